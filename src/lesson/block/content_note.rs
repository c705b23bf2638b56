//! A warning of what follows.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text};
use crate::lesson::prose::Prose;

/// A warning of what follows: violence, loss, strong language. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct ContentNote {
    /// What a reader may want to know before reading on. Markdown.
    pub text: Prose,
}

impl Content for ContentNote {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Prose(&self.text)]
    }
}
