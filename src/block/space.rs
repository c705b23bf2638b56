//! Room to write, by what it is for; how high it comes out is left to the templates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lesson::values::Length;

/// Room to write, by what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-bare" = {"fill": "box"}))]
pub enum Space {
    /// No room: the question is talked about.
    None,
    /// So many ruled lines.
    Lines(#[schemars(range(min = 1, max = 60))] u32),
    /// An empty box of this height.
    Box(Length),
    /// What is left of the page, shared fairly among all that ask for it: `fill`, or `{fill: lines}`.
    Fill(Surface),
}

/// What a space that fills the page is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// An empty box.
    Box,
    /// Ruled lines.
    Lines,
}
