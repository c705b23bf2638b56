//! Two lists to match, item by item.

use super::answer::Form;
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Two lists: students match each item in the first with one in the second.
    #[schemars(extend("x-answer" = "{pairs: {item-id: match-id}}", "x-pair" = ["items", "matches"]))]
    pub struct Matching is "a matching question" {
        /// The directions (default: "Write the matching letter next to each number.").
        pub ask: Option<Inlines>,
        /// The first list, numbered, with a blank in front of each item.
        #[schemars(length(min = 2))]
        pub items: Vec<Entry>,
        /// The second list, lettered, in print order. It can include extra items that match nothing.
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
        Form::new(&["pairs"], "the match for each item, by id: `{pairs: {item: match}}`").naming_entries(
            "pairs",
            "item",
            &self.items,
        )
    }
}
