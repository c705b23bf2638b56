//! The sub plan, for a substitute who hasn't seen the lesson: each step says where it happens in the student packet.

use serde::Serialize;

use super::pages::Pages;
use super::reference::Reference;
use super::run::Runs;

/// A step of the plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanStep {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// When it starts, in minutes from the beginning.
    pub from: u32,
    /// What to do.
    pub action: Runs,
    /// What to say, word for word.
    pub say: Option<Runs>,
    /// Where it happens in the student packet.
    pub spots: Vec<Spot>,
}

/// A place in the student packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the comment on each variant covers its fields")]
pub enum Spot {
    /// A part, by the kind the templates use.
    Part { part: String, pages: Pages },
    /// An item, by its number or, if it has none, by the kind of its block.
    Item { number: Option<u32>, block: String, page: usize },
    /// Paragraphs or lines.
    Text { reference: Reference, page: Option<usize> },
}

/// Where a substitute finds the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswersOfPlan {
    /// On the pages after the plan.
    Behind,
    /// In the answer key, a separate packet.
    Elsewhere,
}
