//! A table to fill in with short answers.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A table to fill in with short answers.
    #[schemars(extend(
        "x-answer" = "{cells: {row-id: {column-id: …}}}",
        "x-instead" = {"heads": "write the first one as `head: …`, and the others as `columns: […]`"},
    ))]
    pub struct ShortAnswers is "a short-answer table" {
        /// The directions (default: "Fill in the table.").
        pub ask: Option<Inlines>,
        /// The heading of the first column, which contains the text of the `rows`.
        pub head: Inlines,
        /// The headings of the columns to fill in.
        #[schemars(length(min = 1, max = 5), extend("x-single" = true))]
        pub columns: Vec<Entry>,
        /// The text in the first column, one entry per row.
        #[schemars(length(min = 1), extend("x-single" = true))]
        pub rows: Vec<Entry>,
        /// How many lines to write on in each cell (default: 2).
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
        Form::new(&["cells"], "the answers, by row and column: `{cells: {row: {column: …}}}`")
            .naming_entries("cells", "row", &self.rows)
            .with("column", ids(&self.columns))
    }
}
