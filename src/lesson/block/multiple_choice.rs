//! A question with answer choices.

use super::answer::Form;
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A multiple-choice question.
    #[schemars(extend("x-answer" = "{choice: …}"))]
    pub struct MultipleChoice is "a multiple-choice question" {
        /// The question, printed above the answer choices.
        pub ask: Inlines,
        /// The answer choices in print order, lettered A, B, C.
        #[schemars(length(min = 2, max = 8), extend("uniqueItems" = true))]
        pub choices: Vec<Entry>,
        /// Allow more than one correct answer (default: `false`).
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
            Form::new(&["choices"], "all correct choices: `{choices: [first, second]}`")
        } else {
            Form::new(&["choice"], "the correct choice, by id or text: `{choice: …}`")
        }
    }
}
