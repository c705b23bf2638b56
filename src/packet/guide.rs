//! What a teacher prepares with: what the lesson is for, how its time is spent, and what students often believe.

use serde::Serialize;

use super::block::Block;
use super::run::Runs;

/// A standard that the lesson serves.
#[derive(Debug, Clone, Serialize)]
pub struct Standard {
    /// Who set it.
    pub framework: String,
    /// Its code.
    pub code: String,
    /// What it asks for.
    pub text: Option<Runs>,
}

/// A stretch of the timetable.
#[derive(Debug, Clone, Serialize)]
pub struct Pace {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// After how many minutes it begins.
    pub from: u32,
    /// What the class does.
    pub action: Runs,
}

/// What students often believe.
#[derive(Debug, Clone, Serialize)]
pub struct Misconception {
    /// What they believe.
    pub belief: Runs,
    /// What to say to it.
    pub response: Vec<Block>,
}
