//! Claim, evidence, and reasoning (CER).

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::Inlines;

question! {
    /// Claim, evidence, and reasoning (CER): a claim, what supports it, and why.
    #[schemars(extend("x-answer" = "{claim: …, evidence: [first, second], reasoning: …}"))]
    pub struct ClaimEvidence is "a claim-and-evidence question" {
        /// The question that students answer with a claim.
        pub ask: Inlines,
        /// How many pieces of evidence to leave space for (default: 2).
        #[serde(default = "two")]
        #[schemars(range(min = 1, max = 8), extend("x-otherwise" = "put sample evidence in the teacher file"))]
        pub evidence: u32,
        /// How many lines to write on in each section (default: 3).
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
