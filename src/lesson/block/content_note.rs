//! A content warning.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text};
use crate::lesson::prose::Prose;

/// A content warning about what follows: violence, loss, strong language. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct ContentNote {
    /// What readers may want to know before they read on. Markdown.
    pub text: Prose,
}

impl Content for ContentNote {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Prose(&self.text)]
    }
}
