//! A question with writing space.

use super::question::question;
use super::{Content, Item, Space, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

question! {
    /// A question with writing space. Short form: just the question.
    #[schemars(extend("x-shorthand" = "ask", "x-answer" = "…"))]
    pub struct Prompt is "a prompt" {
        /// The question.
        pub ask: Inlines,
        /// Sub-questions, lettered a, b, c.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        pub parts: Vec<Inlines>,
        /// The writing space (default: ruled lines by what it asks, or four lines on an exit ticket).
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
