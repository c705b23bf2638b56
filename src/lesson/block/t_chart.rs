//! A T-chart.

use super::answer::Form;
use super::question::question;
use super::{Canvas, Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A T-chart: two to four columns under headings, for students to fill in.
    #[schemars(extend("x-answer" = "{columns: {column-id: …}}"))]
    pub struct TChart is "a T-chart" {
        /// The directions (default: "Fill in the chart.").
        pub ask: Option<Inlines>,
        /// The column headings.
        #[schemars(length(min = 2, max = 4), extend("uniqueItems" = true))]
        pub columns: Vec<Entry>,
        /// The writing space in each column (default: eight lines).
        pub space: Option<Placed<Canvas>>,
    }
}

impl Content for TChart {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.columns.iter().map(|column| &column.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.columns)]
    }

    fn answer(&self) -> Form {
        Form::new(&["columns"], "what belongs in each column: `{columns: {id: …}}`").naming_entries(
            "columns",
            "column",
            &self.columns,
        )
    }
}
