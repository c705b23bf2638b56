//! A question with room to write.

use super::question::question;
use super::{Content, Item, Space, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

question! {
    /// A question with space to write. In short: only the question.
    #[schemars(extend("x-shorthand" = "ask"))]
    pub struct Prompt is "a prompt" {
        /// What is asked.
        pub ask: Inlines,
        /// Smaller questions below it, lettered a, b, c.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        pub parts: Vec<Inlines>,
        /// Room to write; without it, ruled lines that share what is left of the page, or four on an exit ticket.
        pub space: Option<Placed<Space>>,
    }
}

impl Content for Prompt {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(std::iter::once(&self.ask).chain(&self.parts))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }
}
