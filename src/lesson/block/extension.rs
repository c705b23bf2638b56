//! Work for those who want to go on.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Space, Text};
use crate::lesson::prose::{Inlines, Placed, Prose};
use crate::lesson::values::Id;

/// Work for those who want to go on. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Extension {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// Its title; without it "Go further".
    pub title: Option<Inlines>,
    /// What to do. Markdown.
    pub text: Prose,
    /// Room to write; without it none.
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
