//! A question with answers to choose from.

use schemars::JsonSchema;
use serde::Deserialize;

use super::question::item_of;
use super::{Entry, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A question with answers to choose from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct MultipleChoice {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// The question, above its choices.
    pub ask: Inlines,
    /// What can be chosen, in the order in which it prints; lettered A, B, C.
    #[schemars(length(min = 2, max = 8), extend("uniqueItems" = true))]
    pub choices: Vec<Entry>,
    /// Whether more than one of them may be right.
    #[serde(default)]
    pub several: bool,
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

impl MultipleChoice {
    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "a multiple choice", Some(&self.ask))
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        lines(std::iter::once(&self.ask).chain(self.choices.iter().map(|choice| &choice.text)))
    }
}
