//! The plan of a build as data: which files to build and why, and which to remove. [`super::planner`] makes it, and
//! [`super::division`] divides it.

use serde::{Deserialize, Serialize};

use super::inputs::Files;
use super::partition::Subject;
use crate::digest::Digest;
use crate::packet::PacketId;

/// A plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The packets to make, grouped into tasks; an issue comes after its lessons.
    pub tasks: Vec<Task>,
    /// The archives to build if their packets change.
    pub archives: Vec<Archive>,
    /// The files to remove.
    pub removals: Vec<Removal>,
    /// How many packets are up to date.
    pub unchanged: usize,
}

/// Packets of a lesson or a whole issue that are made together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The id of the issue.
    pub issue: String,
    /// The digest of the issue settings that packets use.
    pub issue_inputs: Digest,
    /// The name of the lesson; `None` for a whole issue.
    pub lesson: Option<String>,
    /// The lesson, or the lessons of the issue, each with its files when it was checked.
    pub lessons: Vec<(String, Files)>,
    /// The packets to make.
    pub makes: Vec<Make>,
}

/// A packet to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Make {
    /// Which packet it is.
    pub id: PacketId,
    /// The path from the output folder.
    pub path: String,
    /// The digest of its inputs.
    pub key: Digest,
    /// Why it is out of date.
    pub reason: String,
}

/// An archive of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The id of the issue.
    pub issue: String,
    /// For students if true, otherwise for teachers.
    pub students: bool,
    /// The path from the output folder.
    pub path: String,
    /// Why it is out of date; `None` if it isn't, unless its packets change.
    pub reason: Option<String>,
}

/// A file to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The path from the output folder.
    pub path: String,
    /// Why it is no longer needed.
    pub reason: String,
}

impl Task {
    /// Its lesson or issue, for messages: `fair-hearing-1/moscow-trials` or `fair-hearing-1`.
    pub fn name(&self) -> String {
        match &self.lesson {
            Some(lesson) => format!("{}/{lesson}", self.issue),
            None => self.issue.clone(),
        }
    }

    /// Its lesson or issue.
    pub fn subject(&self) -> Subject {
        let lesson = self.lesson.as_deref().map(|name| name.split('.').next().unwrap_or(name));
        Subject { issue: self.issue.clone(), lesson: lesson.map(str::to_owned) }
    }

    /// Whether its lesson is a translation, which has its language in its file name.
    pub fn is_translation(&self) -> bool {
        self.lesson.as_ref().is_some_and(|lesson| lesson.contains('.'))
    }
}

impl Plan {
    /// The packets to make.
    pub fn makes(&self) -> impl Iterator<Item = &Make> {
        self.tasks.iter().flat_map(|task| &task.makes)
    }

    /// The files to build, each with the reason.
    pub fn made_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let packets = self.makes().map(|make| (make.path.as_str(), make.reason.as_str()));
        let archives = self.archives.iter().filter_map(|archive| Some((archive.path.as_str(), archive.reason.as_deref()?)));
        packets.chain(archives)
    }
}
