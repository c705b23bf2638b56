//! The data of the teacher guide: standards, pacing, and common misconceptions.

use serde::Serialize;

use super::block::Block;
use super::run::Runs;

/// A standard the lesson meets.
#[derive(Debug, Clone, Serialize)]
pub struct Standard {
    /// The framework it belongs to.
    pub framework: String,
    /// Its code.
    pub code: String,
    /// Its wording.
    pub text: Option<Runs>,
}

/// One step of the pacing.
#[derive(Debug, Clone, Serialize)]
pub struct Pace {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// When it starts, in minutes from the beginning.
    pub from: u32,
    /// What the class does.
    pub action: Runs,
}

/// A common misconception.
#[derive(Debug, Clone, Serialize)]
pub struct Misconception {
    /// What students believe.
    pub belief: Runs,
    /// How to respond.
    pub response: Vec<Block>,
}
