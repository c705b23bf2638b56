//! What a build and its workers say to one another: a line of JSON each, and behind that of a packet the bytes of its files.

use serde::{Deserialize, Serialize};

use super::cache::Warning;
use super::inputs::SharedInputs;
use super::plan::Task;

/// The form of what is said. A worker of another version refuses its first job.
pub(super) const VERSION: u32 = 1;

/// What a worker is to make.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    /// [`VERSION`] of the build that sends it.
    pub version: u32,
    /// What all packets of the build are made from.
    pub inputs: SharedInputs,
    /// The packets.
    pub task: Task,
    /// Whether a packet in which something does not fit is not wanted.
    pub strict: bool,
}

/// The version alone, which is read before anything else is believed.
#[derive(Debug, Deserialize)]
pub(super) struct Versioned {
    /// That of the sender.
    pub version: u32,
}

/// What a worker answers: one for each packet in the order of the job, and then one that ends it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// A packet.
    Packet(PressedPacket),
    /// All were pressed.
    Done,
    /// The others cannot be pressed, for this reason.
    Failed(String),
    /// Nothing can be pressed any more, for this reason.
    Refused(String),
}

/// A packet that was pressed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PressedPacket {
    /// The title of its document.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// What does not fit in it and has not been told of another packet.
    pub overflows: Vec<Warning>,
    /// How many bytes its PDF has, which follow; `None` if something does not fit, and such a packet is not wanted.
    pub bytes: Option<usize>,
    /// How many bytes the pictures of its pages have, which follow the PDF.
    pub page_images: Vec<usize>,
}
