//! Statements that are true or false.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Statements that are true or false.
    pub struct TrueFalse is "a true or false question" {
        /// What to do; without it "True or false?".
        pub ask: Option<Inlines>,
        /// What is true or false, a list of statements.
        #[schemars(length(min = 1), extend("x-single" = true))]
        pub statements: Vec<Entry>,
        /// Whether there is a line below each to correct it if it is false.
        #[serde(default)]
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
        Form::new(&["statements"], "what each statement is: `{statements: {id: {is: true}}}`")
            .naming("statements", "statement", ids(&self.statements))
            .valued("{is: …}")
    }
}
