//! What is needed for an activity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// What is needed for an activity. In short: only the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "items"))]
pub struct Materials {
    /// Its title; without it "You need".
    pub title: Option<Inlines>,
    /// What is needed, a list.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub items: Vec<Material>,
}

/// A thing that is needed. In short: only its name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Material {
    /// What it is.
    pub text: Inlines,
    /// For whom there must be one.
    pub per: Option<Per>,
}

/// For whom there must be one of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// For every student.
    Student,
    /// For every group.
    Group,
    /// For the whole class.
    Class,
}

impl Content for Materials {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(self.items.iter().map(|item| &item.text)))
    }
}
