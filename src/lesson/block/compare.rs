//! Sources side by side, held against the same questions.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Sources side by side, held against the same questions.
    pub struct Compare is "a comparison" {
        /// What to do; without it "Compare them."
        pub ask: Option<Inlines>,
        /// What is compared, a column each.
        #[schemars(length(min = 2, max = 4), extend("uniqueItems" = true))]
        pub sources: Vec<Entry>,
        /// What is asked of each, a row each.
        #[schemars(length(min = 1), extend("x-single" = true))]
        pub questions: Vec<Entry>,
        /// How many lines of writing each cell has room for; without it 3.
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
        /// A last question, with room below all of them.
        pub conclusion: Option<Inlines>,
    }
}

fn three() -> u32 {
    3
}

impl Content for Compare {
    fn texts(&self) -> Vec<Text<'_>> {
        let entries = self.sources.iter().chain(&self.questions).map(|entry| &entry.text);
        lines(self.ask.iter().chain(entries).chain(&self.conclusion))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.sources), given_ids(&self.questions)]
    }

    fn answer(&self) -> Form {
        Form::new(
            &["cells", "conclusion"],
            "the answers by question and source: `{cells: {question: {source: …}}, conclusion: …}`",
        )
        .naming("cells", "question", ids(&self.questions))
        .with("source", ids(&self.sources))
        .needing(["cells"])
        .needing(self.conclusion.as_ref().map(|_| "conclusion"))
    }
}
