//! Sources side by side, compared with the same questions.

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A comparison: the same questions about each of several sources, side by side.
    #[schemars(extend("x-answer" = "{cells: {question-id: {source-id: …}}}"))]
    pub struct Compare is "a comparison" {
        /// The directions (default: "Compare the sources.").
        pub ask: Option<Inlines>,
        /// The sources to compare, one per column.
        #[schemars(length(min = 2, max = 4), extend("uniqueItems" = true))]
        pub sources: Vec<Entry>,
        /// The questions to ask about each source, one per row.
        #[schemars(length(min = 1), extend("x-single" = true))]
        pub questions: Vec<Entry>,
        /// How many lines to write on in each cell (default: 3).
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
        /// A final question about all the sources, with writing space.
        #[schemars(extend(
            "x-instead" = {"true": "write the question", "false": "remove `conclusion`"},
        ))]
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
            "the answers, by question and source: `{cells: {question: {source: …}}, conclusion: …}`",
        )
        .naming_entries("cells", "question", &self.questions)
        .with("source", ids(&self.sources))
        .needing(["cells"])
        .needing(self.conclusion.as_ref().map(|_| "conclusion"))
    }
}
