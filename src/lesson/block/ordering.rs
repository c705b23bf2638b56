//! Entries to bring into their right order.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Entries to bring into their right order.
    pub struct Ordering is "an ordering question" {
        /// What to do; without it "Number these in their right order."
        pub ask: Option<Inlines>,
        /// The entries in the order in which they print, which should not be the right one.
        #[schemars(length(min = 2))]
        pub items: Vec<Entry>,
    }
}

impl Content for Ordering {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.items.iter().map(|entry| &entry.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.items)]
    }

    fn answer(&self) -> Form {
        Form::new(&["order"], "the ids in their right order: `{order: [first, second]}`").naming(
            "order",
            "item",
            ids(&self.items),
        )
    }
}
