//! The activity: what a class does together, and its worksheet.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use crate::lesson::block::Block;

/// What the class does, and the worksheet for it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Activity {
    /// What the activity is called.
    pub title: Inlines,
    /// How long it takes, in minutes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<Placed<u32>>,
    /// How the class is divided.
    pub groups: Option<Groups>,
    /// What stands on the worksheet: Markdown, or a list of Markdown texts and blocks.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub body: Vec<Block>,
}

/// How a class is divided for an activity.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Groups {
    /// How many students work together.
    #[schemars(range(min = 2, max = 40))]
    pub size: u32,
    /// What each of them does.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub roles: Vec<Inlines>,
}
