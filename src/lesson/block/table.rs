//! A table that needs more than Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// A table with a title, row headings, or many columns.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-instead" = {"source": "put it in `credit`"}))]
pub struct Table {
    /// The title, printed above the table.
    pub title: Option<Inlines>,
    /// The column headings.
    #[schemars(length(min = 1))]
    pub heads: Vec<Inlines>,
    /// The rows, each with one cell per column heading: `[Free speech, Gitlow v. New York, 1925]`.
    #[schemars(length(min = 1))]
    pub rows: Vec<Vec<Inlines>>,
    /// Make the first cell of each row a heading (default: `false`).
    #[serde(default)]
    pub row_heads: bool,
    /// The width of the table (default: `text`).
    #[serde(default)]
    pub width: TableWidth,
    /// The source, printed under the table.
    pub credit: Option<Inlines>,
}

/// The width of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableWidth {
    /// The width of the text.
    #[default]
    Text,
    /// The full page width, margin to margin.
    Page,
    /// A separate page in landscape orientation.
    Landscape,
}

impl Content for Table {
    fn texts(&self) -> Vec<Text<'_>> {
        let cells = self.rows.iter().flatten();
        lines(self.title.iter().chain(&self.heads).chain(cells).chain(&self.credit))
    }
}
