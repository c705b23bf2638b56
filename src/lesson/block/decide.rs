//! A decision table: each row is sorted into one of the choices.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A decision table: each row is sorted into one of the choices.
    pub struct Decide is "a decision table" {
        /// What to do; without it "Tick one box in each row."
        pub ask: Option<Inlines>,
        /// The head of the first column; without it "Situation".
        pub head: Option<Inlines>,
        /// What can be chosen; choices that do not fit beside the rows are lettered, and a letter is written in each row.
        #[schemars(length(min = 2, max = 26), extend("uniqueItems" = true))]
        pub choices: Vec<Placed<String>>,
        /// Whether there is a column to write a reason.
        #[serde(default)]
        pub reason: bool,
        /// What is to be sorted, a row each.
        #[schemars(length(min = 1))]
        pub items: Vec<Entry>,
    }
}

impl Content for Decide {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(&self.head).chain(self.items.iter().map(|row| &row.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.items)]
    }

    fn answer(&self) -> Form {
        Form::new(&["rows"], "the choice for each row: `{row-id: {choice: …, reason: …}}`")
            .naming("rows", "row", ids(&self.items))
            .valued("{choice: …}")
    }
}
