//! A table to fill with short answers.

use schemars::JsonSchema;
use serde::Deserialize;

use super::question::item_of;
use super::{Entry, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A table to fill with short answers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ShortAnswers {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What to do; without it "Fill in the table."
    pub ask: Option<Inlines>,
    /// The head of the first column, in which the rows' texts stand.
    pub head: Inlines,
    /// The heads of the columns to fill.
    #[schemars(length(min = 1, max = 5), extend("x-single" = true))]
    pub columns: Vec<Entry>,
    /// What stands in the first column, a row each.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub rows: Vec<Entry>,
    /// How many lines of writing each cell has room for; without it 2.
    #[serde(default = "two")]
    #[schemars(range(min = 1, max = 12))]
    pub lines: u32,
    /// Help for who is stuck.
    pub hint: Option<Inlines>,
    /// What right answers are worth together.
    #[schemars(range(min = 1, max = 1000))]
    pub points: Option<u32>,
    /// Labels of the paragraphs or lines to look at; the packet prints their numbers.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<Id>>,
}

fn two() -> u32 {
    2
}

impl ShortAnswers {
    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "a table of short answers", self.ask.as_ref())
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        let entries = self.columns.iter().chain(&self.rows).map(|entry| &entry.text);
        lines(self.ask.iter().chain([&self.head]).chain(entries))
    }
}
