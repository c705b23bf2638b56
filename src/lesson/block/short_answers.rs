//! A table to fill with short answers.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A table to fill with short answers.
    pub struct ShortAnswers is "a table of short answers" {
        /// What to do; without it "Fill in the table."
        pub ask: Option<Inlines>,
        /// The head of the first column, in which the rows' texts stand.
        pub head: Inlines,
        /// The heads of the columns to fill.
        #[schemars(length(min = 1, max = 5), extend("x-single" = true))]
        pub columns: Vec<Entry>,
        /// What stands in the first column, a row each.
        #[schemars(length(min = 1), extend("x-single" = true))]
        pub rows: Vec<Entry>,
        /// How many lines of writing each cell has room for; without it 2.
        #[serde(default = "two")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
    }
}

fn two() -> u32 {
    2
}

impl Content for ShortAnswers {
    fn texts(&self) -> Vec<Text<'_>> {
        let entries = self.columns.iter().chain(&self.rows).map(|entry| &entry.text);
        lines(self.ask.iter().chain([&self.head]).chain(entries))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.rows), given_ids(&self.columns)]
    }

    fn answer(&self) -> Form {
        Form::new(&["cells"], "the answers by row and column: `{cells: {row: {column: …}}}`")
            .naming("cells", "row", ids(&self.rows))
            .with("column", ids(&self.columns))
    }
}
