//! What a class must know before it begins.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text};
use crate::lesson::prose::{Inlines, Prose};

/// What a class must know before it begins. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Background {
    /// Its title; without it "Background".
    pub title: Option<Inlines>,
    /// What it says. Markdown.
    pub text: Prose,
}

impl Content for Background {
    fn texts(&self) -> Vec<Text<'_>> {
        self.title.iter().map(Text::Line).chain([Text::Prose(&self.text)]).collect()
    }
}
