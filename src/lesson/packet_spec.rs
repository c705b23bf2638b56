//! The kinds of packets: which edition, part, format and paper, and which of them go together.

use super::series::{Edition, Format, Paper, Part};

/// A kind of packet that every lesson may have: all that tells packets of one lesson in one language apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PacketSpec {
    /// For whom.
    pub edition: Edition,
    /// What of it.
    pub part: Part,
    /// How it is laid out.
    pub format: Format,
    /// On which paper.
    pub paper: Paper,
    /// Whether it has no colour but black.
    pub mono: bool,
    /// Whether each part that is handed in is a sheet of its own when it prints on both sides.
    pub duplex: bool,
}

impl PacketSpec {
    /// The usual packet of an edition on this paper.
    pub fn usual(edition: Edition, part: Part, paper: Paper) -> Self {
        Self { edition, part, format: Format::default(), paper, mono: false, duplex: false }
    }

    /// Why there is no such kind of packet, in a teacher's words; `None` if there is.
    pub fn unavailable(self) -> Option<String> {
        let Self { edition, part, format, duplex, .. } = self;
        if !edition.parts().contains(&part) {
            return Some(format!(
                "the {} packet has no part `{}`: `student` and `teacher` have a `reading` and a `worksheet`, `substitute` has a `plan`",
                edition.name(),
                part.name()
            ));
        }
        (duplex && format.is_imposed()).then(|| {
            format!(
                "`duplex` puts each part on a sheet of its own, and a sheet of a `{}` packet has four pages: leave one of the two out",
                format.name()
            )
        })
    }
}
