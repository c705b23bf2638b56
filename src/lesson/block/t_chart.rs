//! A T-chart: columns below heads, to collect what belongs to each.

use super::answer::{Form, ids};
use super::question::question;
use super::{Canvas, Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A T-chart: two to four columns below heads, to collect what belongs to each.
    pub struct TChart is "a T-chart" {
        /// What to do; without it "Fill in the chart."
        pub ask: Option<Inlines>,
        /// The heads of the columns.
        #[schemars(length(min = 2, max = 4), extend("uniqueItems" = true))]
        pub columns: Vec<Entry>,
        /// The room of each column; without it eight lines.
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
        Form::new(&["columns"], "what belongs to each column: `{columns: {id: …}}`").naming(
            "columns",
            "column",
            ids(&self.columns),
        )
    }
}
