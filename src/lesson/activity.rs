//! The class activity and its worksheet.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use crate::lesson::block::Block;

/// The class activity and its worksheet.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Activity {
    /// The title of the activity.
    pub title: Inlines,
    /// How many minutes the activity takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<Placed<u32>>,
    /// The student groups.
    pub groups: Option<Groups>,
    /// The worksheet: Markdown, or a list of Markdown text and blocks.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub body: Vec<Block>,
}

/// Student groups for an activity.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Groups {
    /// How many students are in a group.
    #[schemars(range(min = 2, max = 40))]
    pub size: u32,
    /// The job of each group member.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub roles: Vec<Inlines>,
}
