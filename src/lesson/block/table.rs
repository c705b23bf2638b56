//! A table that Markdown is too small for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// A table with a title, row heads or more columns than the text is wide.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Table {
    /// What it shows, printed above it.
    pub title: Option<Inlines>,
    /// The heads of its columns.
    #[schemars(length(min = 1))]
    pub heads: Vec<Inlines>,
    /// Its rows, each with as many cells as there are heads: `[Free speech, Gitlow v. New York, 1925]`.
    #[schemars(length(min = 1))]
    pub rows: Vec<Vec<Inlines>>,
    /// Whether the first cell of a row is the head of that row.
    #[serde(default)]
    pub row_heads: bool,
    /// How much room it takes; without it the width of the text.
    #[serde(default)]
    pub width: TableWidth,
    /// Where its content comes from, printed below it.
    pub credit: Option<Inlines>,
}

/// How much room a table takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableWidth {
    /// The width of the text.
    #[default]
    Text,
    /// The whole width between the margins of the page.
    Page,
    /// A page of its own that is turned on its side.
    Landscape,
}

impl Content for Table {
    fn texts(&self) -> Vec<Text<'_>> {
        let cells = self.rows.iter().flatten();
        lines(self.title.iter().chain(&self.heads).chain(cells).chain(&self.credit))
    }
}
