//! The pieces inside blocks: steps, events, and lines of scripts and verse.

use serde::Serialize;

use super::run::Runs;
use super::space::WritingSpace;
use crate::lesson::block::materials::Per;

/// A sentence starter, with space to finish the sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Starter {
    /// The starter.
    pub runs: Runs,
    /// The writing space.
    pub space: WritingSpace,
}

/// An event on a timeline to complete.
#[derive(Debug, Clone, Serialize)]
pub struct OpenEvent {
    /// The date. `None` means students fill it in.
    pub date: Option<Runs>,
    /// What happened. `None` means students fill it in.
    pub text: Option<Runs>,
}

/// A material.
#[derive(Debug, Clone, Serialize)]
pub struct Material {
    /// What it is.
    pub runs: Runs,
    /// Who gets one.
    pub per: Option<Per>,
}

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What to do.
    pub runs: Runs,
    /// How long it takes, in minutes.
    pub minutes: Option<u32>,
}

/// A speaker's line in a script, or a stage direction.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// The speaker. `None` for a stage direction.
    pub who: Option<Runs>,
    /// What is said or done.
    pub runs: Runs,
}

/// A level of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct RubricLevel {
    /// Its name.
    pub runs: Runs,
    /// The points it's worth.
    pub points: Option<u32>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct RubricCriterion {
    /// What is scored.
    pub runs: Runs,
    /// What work at each level looks like.
    pub levels: Vec<Runs>,
}

/// An event of a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct TimelineEvent {
    /// The date.
    pub date: Runs,
    /// What happened.
    pub text: Runs,
}

/// A line of verse.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Its indent, in characters.
    pub indent: u8,
    /// Its text.
    pub runs: Runs,
}
