//! A question in the middle of a reading, where a reader should pause.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Space, Text};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A question in the middle of a reading. In short: only the question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "ask"))]
pub struct StopAndThink {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What is asked.
    pub ask: Inlines,
    /// Room to write; without it none, since a reading is often collected again.
    pub space: Option<Placed<Space>>,
}

impl Content for StopAndThink {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Line(&self.ask)]
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "a question to stop and think", id: self.id.as_ref(), ask: Some(&self.ask), ..Item::default() })
    }
}
