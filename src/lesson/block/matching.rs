//! Two lists of which each entry of the first belongs to one of the second.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Two lists of which each entry of the first belongs to one of the second.
    pub struct Matching is "a matching question" {
        /// What to do; without it "Match each number with a letter."
        pub ask: Option<Inlines>,
        /// The first list, numbered, with a blank before each entry.
        #[schemars(length(min = 2))]
        pub items: Vec<Entry>,
        /// The second list, lettered, in the order in which it prints; it may hold entries that belong to none.
        #[schemars(length(min = 2, max = 26))]
        pub matches: Vec<Entry>,
    }
}

impl Content for Matching {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.items.iter().chain(&self.matches).map(|entry| &entry.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.items), given_ids(&self.matches)]
    }

    fn answer(&self) -> Form {
        Form::new(&["pairs"], "the match of each item, by their ids: `{pairs: {item: match}}`").naming(
            "pairs",
            "item",
            ids(&self.items),
        )
    }
}
