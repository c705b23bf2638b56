//! What blocks are made of: steps, events, lines of a script or of verse.

use serde::Serialize;

use super::run::Runs;
use super::space::WritingSpace;
use crate::lesson::block::materials::Per;

/// The beginning of a sentence, with room to go on.
#[derive(Debug, Clone, Serialize)]
pub struct Starter {
    /// How it begins.
    pub runs: Runs,
    /// Room to go on.
    pub space: WritingSpace,
}

/// An event of a timeline to fill.
#[derive(Debug, Clone, Serialize)]
pub struct OpenEvent {
    /// When it was, unless that is to be filled in.
    pub date: Option<Runs>,
    /// What happened, unless that is to be filled in.
    pub text: Option<Runs>,
}

/// A thing that is needed.
#[derive(Debug, Clone, Serialize)]
pub struct Material {
    /// What it is.
    pub runs: Runs,
    /// For whom there must be one.
    pub per: Option<Per>,
}

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What to do.
    pub runs: Runs,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// What one of the parts of a script says, or a stage direction.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// Who says it.
    pub who: Option<Runs>,
    /// What is said.
    pub runs: Runs,
}

/// A level of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct RubricLevel {
    /// What it is called.
    pub runs: Runs,
    /// What it is worth.
    pub points: Option<u32>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct RubricCriterion {
    /// What is judged.
    pub runs: Runs,
    /// What work at each level looks like.
    pub levels: Vec<Runs>,
}

/// An event of a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineEvent {
    /// When it was.
    pub date: Runs,
    /// What happened.
    pub text: Runs,
}

/// A line of verse.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// By how many characters it is indented.
    pub indent: u8,
    /// Its text.
    pub runs: Runs,
}
