//! Claim, evidence and reasoning: a claim, what supports it, and why it does.

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::Inlines;

question! {
    /// Claim, evidence and reasoning: a claim, what supports it, and why it does.
    pub struct ClaimEvidence is "a claim with evidence" {
        /// The question that the claim answers.
        pub ask: Inlines,
        /// How many pieces of evidence there is room for; without it 2.
        #[serde(default = "two")]
        #[schemars(range(min = 1, max = 8))]
        pub evidence: u32,
        /// How many lines of writing each has room for; without it 3.
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
    }
}

fn two() -> u32 {
    2
}

fn three() -> u32 {
    3
}

impl Content for ClaimEvidence {
    fn texts(&self) -> Vec<Text<'_>> {
        lines([&self.ask])
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn answer(&self) -> Form {
        Form::new(&["claim", "evidence", "reasoning"], "a sample answer: `{claim: …, evidence: [first, second], reasoning: …}`")
            .needing(["claim", "evidence", "reasoning"])
    }
}
