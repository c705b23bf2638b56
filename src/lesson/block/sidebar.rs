//! A short text beside the story.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Block, Content, Text};
use crate::lesson::prose::{Inlines, Placed};

/// A short text beside the story: a person, a place, a case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Sidebar {
    /// What it is about, in a few words.
    pub title: Inlines,
    /// What stands in it: Markdown, or a list of Markdown texts and blocks.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub body: Vec<Placed<Block>>,
}

impl Content for Sidebar {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Line(&self.title)]
    }

    fn inside(&self) -> &[Placed<Block>] {
        &self.body
    }
}
