//! The materials for an activity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// The materials for an activity. Short form: just the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "items"))]
pub struct Materials {
    /// The title (default: "Materials").
    pub title: Option<Inlines>,
    /// The materials, as a list.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub items: Vec<Material>,
}

/// An item in the materials list. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Material {
    /// The name of the item.
    pub text: Inlines,
    /// Who needs one (default: the page doesn't say).
    pub per: Option<Per>,
}

/// Who gets one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// One for each student.
    Student,
    /// One for each group.
    Group,
    /// One for the whole class.
    Class,
}

impl Content for Materials {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(self.items.iter().map(|item| &item.text)))
    }
}
