//! Which packet the preview shows.

use serde::{Deserialize, Serialize};

use crate::formats::{self, TextFormat};
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};

/// The packet that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct View {
    /// The id of the issue.
    pub issue: String,
    /// The name of the lesson's file without `.yaml`: its id, and for a translation the language.
    pub lesson: String,
    /// Who it's for.
    #[serde(default = "student")]
    pub edition: Edition,
    /// Which part of it.
    #[serde(default)]
    pub part: Part,
    /// How it is laid out.
    #[serde(default)]
    pub format: Format,
    /// The paper; the series' if it isn't chosen.
    pub paper: Option<Paper>,
    /// Whether it's in grayscale.
    #[serde(default)]
    pub mono: bool,
}

fn student() -> Edition {
    Edition::Student
}

impl View {
    /// The packet of the series.
    pub(super) fn spec(&self, series: &Series) -> PacketSpec {
        let usual = PacketSpec::usual(self.edition, self.part, self.paper.unwrap_or(series.paper));
        PacketSpec { format: self.format, mono: self.mono, ..usual }
    }

    /// Whether its issue can be the name of a folder in the lessons folder, and not of one elsewhere.
    pub(super) fn is_inside(&self) -> bool {
        formats::wrong(TextFormat::Id, &self.issue).is_none()
    }

    /// Something that is the same for the same packet.
    pub(super) fn key(&self) -> String {
        serde_json::to_string(self).expect("a view is plain data")
    }
}
