//! Background that the class needs before starting.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text};
use crate::lesson::prose::{Inlines, Prose};

/// Background that the class needs before starting. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Background {
    /// The title (default: "Background").
    pub title: Option<Inlines>,
    /// What the class needs to know. Markdown.
    pub text: Prose,
}

impl Content for Background {
    fn texts(&self) -> Vec<Text<'_>> {
        self.title.iter().map(Text::Line).chain([Text::Prose(&self.text)]).collect()
    }
}
