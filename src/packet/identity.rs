//! Which packet: what it is about, edition, part, format, language, paper. The document identifier follows from it, and by [`crate::paths`] its file.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::lesson::Lesson;
use crate::lesson::issue::WHOLE_ISSUE;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};

/// The identity of one packet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PacketId {
    /// The id of the issue.
    pub issue: String,
    /// The id of the lesson; `None` for the whole issue.
    pub lesson: Option<String>,
    /// For whom.
    pub edition: Edition,
    /// What of it.
    pub part: Part,
    /// How it is laid out.
    pub format: Format,
    /// Whether it has no colour but black.
    pub mono: bool,
    /// Whether every part that is handed in is a sheet of its own when printed on both sides.
    pub duplex: bool,
    /// In which language: a tag of BCP 47.
    pub language: String,
    /// On which paper.
    pub paper: Paper,
}

impl PacketId {
    /// The packet of this kind of a lesson, or of a whole issue, in a language.
    pub fn new(spec: PacketSpec, issue: &str, lesson: Option<&str>, language: &str) -> Self {
        let PacketSpec { edition, part, format, paper, mono, duplex } = spec;
        Self {
            issue: issue.to_owned(),
            lesson: lesson.map(str::to_owned),
            edition,
            part,
            format,
            mono,
            duplex,
            language: language.to_owned(),
            paper,
        }
    }

    /// The id of the lesson, or [`WHOLE_ISSUE`].
    pub fn subject(&self) -> &str {
        self.lesson.as_deref().unwrap_or(WHOLE_ISSUE)
    }

    /// The language of a lesson's packets.
    pub fn language_of(lesson: &Lesson, series: &Series) -> String {
        lesson.language.as_ref().map_or(&series.language, |language| &language.value).0.clone()
    }
}

impl fmt::Display for PacketId {
    /// The whole identity, in which nothing is left out because it is a default.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { issue, edition, part, format, language, paper, .. } = self;
        let colours = if self.mono { "mono" } else { "colour" };
        let sides = if self.duplex { "duplex" } else { "any-side" };
        write!(f, "{issue}/{}/{}/{}/{}", self.subject(), part.name(), edition.name(), format.name())?;
        write!(f, "/{colours}/{sides}/{language}/{}", paper.name())
    }
}
