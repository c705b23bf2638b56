//! A list to tick before work is handed in.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// A list to tick before work is handed in. In short: only the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "items"))]
pub struct SelfCheck {
    /// Its title; without it "Before you hand this in".
    pub title: Option<Inlines>,
    /// What to look at, a list.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub items: Vec<Inlines>,
}

impl Content for SelfCheck {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(&self.items))
    }
}
