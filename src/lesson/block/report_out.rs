//! What groups report to the class at the end.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Space, Text};
use crate::lesson::prose::{Placed, Prose};
use crate::lesson::values::Id;

/// What groups report to the class at the end. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct ReportOut {
    /// An id for the teacher file. Needed only if the teacher file has an answer.
    pub id: Option<Placed<Id>>,
    /// What to report. Markdown.
    pub text: Prose,
    /// How many minutes each group has.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<u32>,
    /// The writing space for notes (default: none).
    pub space: Option<Placed<Space>>,
}

impl Content for ReportOut {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Prose(&self.text)]
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "a report", id: self.id.as_ref(), ..Item::default() })
    }
}
