//! What one partition made: the file `partition.json` next to its packets, which [`super::merge`] reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cache::CachedLesson;
use super::costs::Milliseconds;
use super::inputs::SharedInputs;
use super::partition::{Partition, Subject};
use super::request::Request;
use crate::digest::Digest;
use crate::manifest::FileEntry;

/// The version of the format.
const VERSION: u32 = 1;

/// The finished work of a partition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Portion {
    version: u32,
    /// Which partition it is.
    pub partition: Partition,
    /// The digest of the division that it belongs to.
    pub division: Digest,
    /// The program, fonts, templates, and series that it was built with.
    pub inputs: SharedInputs,
    /// What was asked for.
    pub request: Request,
    /// The lessons and issues that it was for.
    pub subjects: Vec<Subject>,
    /// What is known of its lessons, by issue and name.
    pub lessons: BTreeMap<String, CachedLesson>,
    /// The settings of their issues.
    pub issues: BTreeMap<String, Digest>,
    /// Its packets and their page images.
    pub files: Vec<FileEntry>,
    /// How long its packets took, in milliseconds by lesson or issue and by path.
    pub milliseconds: Milliseconds,
}

/// What a portion is of.
pub(super) struct Work {
    pub partition: Partition,
    pub division: Digest,
    pub inputs: SharedInputs,
    pub request: Request,
    pub subjects: Vec<Subject>,
}

/// Only the version, which is read before the rest.
#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Portion {
    /// A portion without any files yet.
    pub(super) fn new(work: Work) -> Self {
        let Work { partition, division, inputs, request, subjects } = work;
        let (lessons, issues, milliseconds) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self {
            version: VERSION,
            partition,
            division,
            inputs,
            request,
            subjects,
            lessons,
            issues,
            files: Vec::new(),
            milliseconds,
        }
    }

    /// Reads a portion. `Ok(None)` if another version of Packetpress wrote it.
    ///
    /// # Errors
    /// If it isn't one.
    pub(super) fn parse(text: &[u8]) -> serde_json::Result<Option<Self>> {
        let Versioned { version } = serde_json::from_slice(text)?;
        if version != VERSION {
            return Ok(None);
        }
        serde_json::from_slice(text).map(Some)
    }

    /// The text of its file.
    pub(super) fn to_json(&self) -> String {
        let mut text = serde_json::to_string(self).expect("a portion is plain data");
        text.push('\n');
        text
    }
}
