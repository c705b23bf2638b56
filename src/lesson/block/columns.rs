//! Text in two columns of the same height.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Block, Content, Text};
use crate::lesson::prose::Placed;

/// Text in two columns of the same height. In short: only what stands in them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "body"))]
pub struct Columns {
    /// What stands in them: Markdown, or a list of Markdown texts and blocks.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub body: Vec<Placed<Block>>,
}

impl Content for Columns {
    fn texts(&self) -> Vec<Text<'_>> {
        Vec::new()
    }

    fn inside(&self) -> &[Placed<Block>] {
        &self.body
    }
}
