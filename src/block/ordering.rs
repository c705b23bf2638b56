//! Entries to bring into their right order.

use schemars::JsonSchema;
use serde::Deserialize;

use super::question::item_of;
use super::{Entry, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// Entries to bring into their right order.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Ordering {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What to do; without it "Number these in their right order."
    pub ask: Option<Inlines>,
    /// The entries in the order in which they print, which should not be the right one.
    #[schemars(length(min = 2))]
    pub items: Vec<Entry>,
    /// Help for who is stuck.
    pub hint: Option<Inlines>,
    /// What a right answer is worth.
    #[schemars(range(min = 1, max = 1000))]
    pub points: Option<u32>,
    /// Labels of the paragraphs or lines to look at; the packet prints their numbers.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<Id>>,
}

impl Ordering {
    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "an ordering question", self.ask.as_ref())
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.items.iter().map(|entry| &entry.text)))
    }
}
