//! A question with answers to choose from.

use super::answer::Form;
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A question with answers to choose from.
    pub struct MultipleChoice is "a multiple choice" {
        /// The question, above its choices.
        pub ask: Inlines,
        /// What can be chosen, in the order in which it prints; lettered A, B, C.
        #[schemars(length(min = 2, max = 8), extend("uniqueItems" = true))]
        pub choices: Vec<Entry>,
        /// Whether more than one of them may be right.
        #[serde(default)]
        pub several: bool,
    }
}

impl Content for MultipleChoice {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(std::iter::once(&self.ask).chain(self.choices.iter().map(|choice| &choice.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.choices)]
    }

    fn answer(&self) -> Form {
        if self.several {
            Form::new(&["choices"], "all right choices: `{choices: [first, second]}`")
        } else {
            Form::new(&["choice"], "the right choice, by its id or its text: `{choice: …}`")
        }
    }
}
