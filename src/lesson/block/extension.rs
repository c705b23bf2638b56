//! An extension for students who want to go further.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Space, Text};
use crate::lesson::prose::{Inlines, Placed, Prose};
use crate::lesson::values::Id;

/// An extension for students who want to go further. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Extension {
    /// An id for the teacher file. Needed only if the teacher file has an answer.
    pub id: Option<Placed<Id>>,
    /// The title (default: "Go further").
    pub title: Option<Inlines>,
    /// The directions. Markdown.
    pub text: Prose,
    /// The writing space (default: none).
    pub space: Option<Placed<Space>>,
}

impl Content for Extension {
    fn texts(&self) -> Vec<Text<'_>> {
        self.title.iter().map(Text::Line).chain([Text::Prose(&self.text)]).collect()
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "an extension", id: self.id.as_ref(), ..Item::default() })
    }
}
