//! A checklist for students before they turn in their work.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// A checklist for students before they turn in their work. Short form: just the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "items"))]
pub struct SelfCheck {
    /// The title (default: "Before you turn this in").
    pub title: Option<Inlines>,
    /// What to check, as a list.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub items: Vec<Inlines>,
}

impl Content for SelfCheck {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(&self.items))
    }
}
