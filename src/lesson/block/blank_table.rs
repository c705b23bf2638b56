//! A blank table with column headings.

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::Inlines;

question! {
    /// A blank table with column headings, for students to fill in.
    #[schemars(extend("x-answer" = "{table: [[first, second], [first, second]]}"))]
    pub struct BlankTable is "a blank table" {
        /// The directions (default: "Fill in the table.").
        pub ask: Option<Inlines>,
        /// The column headings.
        #[schemars(length(min = 1, max = 8), extend("uniqueItems" = true))]
        pub heads: Vec<Inlines>,
        /// How many blank rows to print.
        #[schemars(range(min = 1, max = 60), extend("x-example" = "5", "x-otherwise" = "to print row names, use `short_answers`"))]
        pub rows: u32,
        /// How many lines to write on in each cell (default: 1).
        #[serde(default = "one")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
    }
}

fn one() -> u32 {
    1
}

impl Content for BlankTable {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(&self.heads))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn answer(&self) -> Form {
        Form::new(&["table"], "the rows of the table: `{table: [[first, second], [first, second]]}`")
    }
}
