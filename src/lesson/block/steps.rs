//! Step-by-step directions.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

/// Step-by-step directions. Short form: just the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "items"))]
pub struct Steps {
    /// The title (default: "What to do").
    pub title: Option<Inlines>,
    /// Continue the numbering from the previous steps (default: `false`).
    #[serde(default)]
    pub continues: bool,
    /// The steps, as a list.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub items: Vec<Step>,
}

/// A step. Short form: just what to do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["minutes", "do"], "x-shorthand" = "do"))]
pub struct Step {
    /// How many minutes the step takes. The total can't be more than the activity's `minutes`.
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
