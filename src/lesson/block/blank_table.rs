//! An empty table with given heads.

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::Inlines;

question! {
    /// An empty table with given heads.
    pub struct BlankTable is "an empty table" {
        /// What to do; without it "Fill in the table."
        pub ask: Option<Inlines>,
        /// The heads of its columns.
        #[schemars(length(min = 1, max = 8), extend("uniqueItems" = true))]
        pub heads: Vec<Inlines>,
        /// How many empty rows it has.
        #[schemars(range(min = 1, max = 60), extend("x-example" = "5"))]
        pub rows: u32,
        /// How many lines of writing each cell has room for; without it 1.
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
        Form::new(&["table"], "the table as rows of cells: `{table: [[first, second], [first, second]]}`")
    }
}
