//! A decision table: each row is sorted into one of the choices.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A decision table: each row is sorted into one of the choices.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Decide {
    /// Its name in the teacher file.
    pub id: Option<Placed<Id>>,
    /// The head of the first column; without it "Situation".
    pub head: Option<Inlines>,
    /// What can be chosen, two to five.
    #[schemars(length(min = 2, max = 5), extend("uniqueItems" = true))]
    pub choices: Vec<Placed<String>>,
    /// Whether there is a column to write a reason.
    #[serde(default)]
    pub reason: bool,
    /// What is to be sorted, a row each.
    #[schemars(length(min = 1))]
    pub items: Vec<Entry>,
}

impl Decide {
    pub(super) fn item(&self) -> Item<'_> {
        Item { what: "a decision table", id: self.id.as_ref(), ..Item::default() }
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        lines(self.head.iter().chain(self.items.iter().map(|row| &row.text)))
    }
}
