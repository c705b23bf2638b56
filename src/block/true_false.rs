//! Statements that are true or false.

use schemars::JsonSchema;
use serde::Deserialize;

use super::question::item_of;
use super::{Entry, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// Statements that are true or false.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct TrueFalse {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What to do; without it "True or false?".
    pub ask: Option<Inlines>,
    /// What is true or false, a list of statements.
    #[schemars(length(min = 1), extend("x-single" = true))]
    pub statements: Vec<Entry>,
    /// Whether there is a line below each to correct it if it is false.
    #[serde(default)]
    pub correct: bool,
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

impl TrueFalse {
    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "a true or false question", self.ask.as_ref())
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.statements.iter().map(|statement| &statement.text)))
    }
}
