//! True-or-false statements.

use super::answer::Form;
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// True-or-false statements.
    #[schemars(extend("x-answer" = "{statements: {statement-id: {is: …}}}"))]
    pub struct TrueFalse is "a true-or-false question" {
        /// The directions (default: "True or false?").
        pub ask: Option<Inlines>,
        /// The statements, as a list.
        #[schemars(length(min = 1), extend("x-single" = true))]
        pub statements: Vec<Entry>,
        /// Add a line under each statement for students to correct it if it's false (default: `false`).
        #[serde(default)]
        #[schemars(extend("x-otherwise" = "write `true` or `false`; answers go in the teacher file"))]
        pub correct: bool,
    }
}

impl Content for TrueFalse {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.statements.iter().map(|statement| &statement.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.statements)]
    }

    fn answer(&self) -> Form {
        Form::new(&["statements"], "the answer to each statement: `{statements: {id: {is: true}}}`")
            .naming_entries("statements", "statement", &self.statements)
            .valued("{is: …}")
    }
}
