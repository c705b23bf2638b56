//! The identity of a packet: subject, edition, part, format, language, and paper. The document identifier and, through
//! [`crate::paths`], the file name follow from it.

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
    /// Who it's for.
    pub edition: Edition,
    /// Which part of the edition it holds.
    pub part: Part,
    /// How it is laid out.
    pub format: Format,
    /// Whether it's in grayscale.
    pub mono: bool,
    /// Whether each part that students turn in starts a new sheet, for double-sided printing.
    pub duplex: bool,
    /// How many sheets of paper the student packet may take; `None` for as many as it takes in the usual type.
    pub sheets: Option<u32>,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// The paper size.
    pub paper: Paper,
}

impl PacketId {
    /// The packet of this kind for a lesson or a whole issue.
    pub fn new(spec: PacketSpec, issue: &str, lesson: Option<&str>, language: &str) -> Self {
        let PacketSpec { edition, part, format, paper, mono, duplex, sheets } = spec;
        Self {
            issue: issue.to_owned(),
            lesson: lesson.map(str::to_owned),
            edition,
            part,
            format,
            mono,
            duplex,
            sheets,
            language: language.to_owned(),
            paper,
        }
    }

    /// The kind of packet that it is.
    pub fn spec(&self) -> PacketSpec {
        let Self { edition, part, format, paper, mono, duplex, sheets, .. } = *self;
        PacketSpec { edition, part, format, paper, mono, duplex, sheets }
    }

    /// The id of the lesson, or [`WHOLE_ISSUE`].
    pub fn subject(&self) -> &str {
        self.lesson.as_deref().unwrap_or(WHOLE_ISSUE)
    }

    /// The language of a lesson's packets.
    pub fn language_of(lesson: &Lesson, series: &Series) -> String {
        lesson.language.as_ref().unwrap_or(&series.language).value.0.clone()
    }
}

impl fmt::Display for PacketId {
    /// The whole identity, defaults included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { issue, edition, part, format, language, paper, .. } = self;
        let colors = if self.mono { "mono" } else { "color" };
        let sides = if self.duplex { "duplex" } else { "any-side" };
        let sheets = self.sheets.map(|sheets| format!("/{sheets}-sheets")).unwrap_or_default();
        write!(f, "{issue}/{}/{}/{}/{}", self.subject(), part.name(), edition.name(), format.name())?;
        write!(f, "/{colors}/{sides}{sheets}/{language}/{}", paper.name())
    }
}
