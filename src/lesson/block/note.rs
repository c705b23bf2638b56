//! A remark for the reader.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text};
use crate::lesson::prose::{Inlines, Prose};

/// A remark for the reader. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Note {
    /// What it is about; without it "Note".
    pub title: Option<Inlines>,
    /// The remark. Markdown.
    pub text: Prose,
}

impl Content for Note {
    fn texts(&self) -> Vec<Text<'_>> {
        self.title.iter().map(Text::Line).chain([Text::Prose(&self.text)]).collect()
    }
}
