//! The plan of a substitute, who knows nothing of the lesson: each step says where in the student packet it happens.

use serde::Serialize;

use super::layout::Pages;
use super::reference::Reference;
use super::run::Runs;

/// A step of the plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanStep {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// After how many minutes it begins.
    pub from: u32,
    /// What to do.
    pub action: Runs,
    /// What to say, word for word.
    pub say: Option<Runs>,
    /// Where in the student packet it happens.
    pub spots: Vec<Spot>,
}

/// A place in the student packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
pub enum Spot {
    /// A part, by the kind that templates know.
    Part { part: String, pages: Pages },
    /// An item, by its number if it has one, or else by the kind of its block.
    Item { number: Option<u32>, block: String, page: usize },
    /// Paragraphs or lines.
    Text { reference: Reference, page: Option<usize> },
}

/// Where somebody who has the plan finds the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswersOfPlan {
    /// On the pages behind the plan.
    Behind,
    /// In the answer key, which is a packet of its own.
    Elsewhere,
}
