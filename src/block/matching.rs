//! Two lists of which each entry of the first belongs to one of the second.

use schemars::JsonSchema;
use serde::Deserialize;

use super::question::item_of;
use super::{Entry, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// Two lists of which each entry of the first belongs to one of the second.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Matching {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What to do; without it "Match each number with a letter."
    pub ask: Option<Inlines>,
    /// The first list, numbered, with a blank before each entry.
    #[schemars(length(min = 2))]
    pub items: Vec<Entry>,
    /// The second list, lettered, in the order in which it prints; it may hold entries that belong to none.
    #[schemars(length(min = 2, max = 26))]
    pub matches: Vec<Entry>,
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

impl Matching {
    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "a matching question", self.ask.as_ref())
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.items.iter().chain(&self.matches).map(|entry| &entry.text)))
    }
}
