//! A sidebar.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Block, Content, Text};
use crate::lesson::prose::{Inlines, Placed};

/// A sidebar: a short aside about a person, a place, or a case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Sidebar {
    /// A short title.
    pub title: Inlines,
    /// The content of the sidebar: Markdown, or a list of Markdown text and blocks.
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
