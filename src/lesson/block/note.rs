//! A note to the reader.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text};
use crate::lesson::prose::{Inlines, Prose};

/// A note to the reader. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Note {
    /// The title (default: "Note").
    pub title: Option<Inlines>,
    /// The text of the note. Markdown.
    pub text: Prose,
}

impl Content for Note {
    fn texts(&self) -> Vec<Text<'_>> {
        self.title.iter().map(Text::Line).chain([Text::Prose(&self.text)]).collect()
    }
}
