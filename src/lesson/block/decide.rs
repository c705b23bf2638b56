//! A decision table: students pick one of the choices for each row.

use super::answer::Form;
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, letter, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A decision table: students pick one of the choices for each row.
    #[schemars(extend("x-answer" = "{row-id: {choice: …}}"))]
    pub struct Decide is "a decision table" {
        /// The directions (default: "Check one box in each row.").
        pub ask: Option<Inlines>,
        /// The heading of the first column (default: "Situation").
        pub head: Option<Inlines>,
        /// The answer choices. If they don't fit next to the rows, they're lettered and students write a letter in each row.
        #[schemars(length(min = 2, max = 26), extend("uniqueItems" = true))]
        pub choices: Vec<Placed<String>>,
        /// Add a column where students write a reason (default: `false`).
        #[serde(default)]
        pub reason: bool,
        /// The items to decide on, one per row.
        #[schemars(length(min = 1))]
        pub items: Vec<Entry>,
    }
}

impl Decide {
    /// The position of the choice that the teacher file means: by its text, or else by letter.
    pub fn position(&self, given: &str) -> Option<usize> {
        let given = given.trim();
        let by_text = self.choices.iter().position(|choice| choice.value.trim() == given);
        by_text.or_else(|| letter(given, self.choices.len()))
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
            .naming_entries("rows", "row", &self.items)
            .valued("{choice: …}")
    }
}
