//! What groups tell the class at the end.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Space, Text};
use crate::lesson::prose::{Placed, Prose};
use crate::lesson::values::Id;

/// What groups tell the class at the end. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct ReportOut {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What to tell. Markdown.
    pub text: Prose,
    /// How long a group may speak, in minutes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<u32>,
    /// Room for notes; without it none.
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
