//! A question in the middle of a reading, for students to stop and think about.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Space, Text};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A question in the middle of a reading, for students to stop and think about. Short form: just the question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "ask", "x-answer" = "…"))]
pub struct StopAndThink {
    /// An id for the teacher file. Needed only if the teacher file has an answer.
    pub id: Option<Placed<Id>>,
    /// The question.
    pub ask: Inlines,
    /// The writing space (default: none, because readings are often collected and reused).
    pub space: Option<Placed<Space>>,
}

impl Content for StopAndThink {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Line(&self.ask)]
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "a stop-and-think question", id: self.id.as_ref(), ask: Some(&self.ask), ..Item::default() })
    }
}
