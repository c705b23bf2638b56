//! The messages between a build and its workers: one line of JSON each; the bytes of a packet's files follow its line.

use serde::{Deserialize, Serialize};

use super::cache::Warning;
use super::inputs::SharedInputs;
use super::plan::Task;
use crate::packet::printing::Printing;

/// The version of the protocol. A worker with another version refuses its first job.
pub(super) const VERSION: u32 = 2;

/// A job for a worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    /// The [`VERSION`] of the build that sends it.
    pub version: u32,
    /// The inputs shared by all packets of the build.
    pub inputs: SharedInputs,
    /// The packets to make.
    pub task: Task,
    /// Whether to hold back packets with content that doesn't fit.
    pub strict: bool,
}

/// Only the version, which is read before the rest.
#[derive(Debug, Deserialize)]
pub(super) struct Versioned {
    /// The sender's version.
    pub version: u32,
}

/// A worker's replies: one for each packet in the order of the job, then one that ends the job.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// A packet.
    Packet(PressedPacket),
    /// All packets were made.
    Done,
    /// The remaining packets can't be made, for this reason.
    Failed(String),
    /// No more jobs can run, for this reason.
    Refused(String),
}

/// A finished packet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PressedPacket {
    /// The title of its document.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// How it can be printed by part.
    pub printing: Printing,
    /// Warnings about content that doesn't fit.
    pub overflows: Vec<Warning>,
    /// How it was set to fit on its sheets, for people.
    pub set: Option<String>,
    /// The size of the PDF that follows, in bytes; `None` if it is held back because something doesn't fit.
    pub bytes: Option<usize>,
    /// The sizes of the page images that follow the PDF, in bytes.
    pub page_images: Vec<usize>,
}
