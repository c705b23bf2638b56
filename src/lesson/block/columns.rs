//! Text in two columns of equal height.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Block, Content, Text};
use crate::lesson::prose::Placed;

/// Text in two columns of equal height. Short form: just the content.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend(
    "x-shorthand" = "body",
    "x-instead" = {
        "count": "remove `count`; there are always two columns",
        "2": "write the text; there are always two columns",
        "3": "write the text; there are always two columns",
    },
    "x-otherwise" = "`columns` takes one text, which flows from column to column; write both texts under `body:`",
))]
pub struct Columns {
    /// The content of the columns: Markdown, or a list of Markdown text and blocks.
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
