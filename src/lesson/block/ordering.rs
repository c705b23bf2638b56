//! Items to put in the correct order.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Items to put in the correct order.
    #[schemars(extend("x-answer" = "{order: [first-id, second-id]}"))]
    pub struct Ordering is "an ordering question" {
        /// The directions (default: "Number these in the correct order.").
        pub ask: Option<Inlines>,
        /// The items in print order. Don't list them in the correct order.
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
        Form::new(&["order"], "the ids in the correct order: `{order: [first, second]}`").naming(
            "order",
            "item",
            ids(&self.items),
        )
    }
}
