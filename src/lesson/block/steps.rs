//! What to do, one after the other.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

/// What to do, one after the other. In short: only the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "items"))]
pub struct Steps {
    /// Its title; without it "What to do".
    pub title: Option<Inlines>,
    /// Whether the numbers go on from the steps before.
    #[serde(default)]
    pub continues: bool,
    /// The steps, a list.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub items: Vec<Step>,
}

/// A step. In short: only what to do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["minutes", "do"], "x-shorthand" = "do"))]
pub struct Step {
    /// How long it takes, in minutes. All steps together take no longer than the activity.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<Placed<u32>>,
    /// What to do.
    #[serde(rename = "do")]
    pub action: Inlines,
}

impl Content for Steps {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(self.items.iter().map(|step| &step.action)))
    }
}
