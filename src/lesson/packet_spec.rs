//! Packet variants: edition, part, format, and paper, and which of them can be combined.

use serde::{Deserialize, Serialize};

use super::series::{Edition, Format, Paper, Part};

/// A packet variant: everything that distinguishes packets of the same lesson in the same language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PacketSpec {
    /// Who it's for.
    pub edition: Edition,
    /// Which part of the edition.
    pub part: Part,
    /// The layout.
    pub format: Format,
    /// The paper size.
    pub paper: Paper,
    /// Whether it prints in grayscale.
    pub mono: bool,
    /// Whether each part that students turn in starts on a new sheet, for double-sided printing.
    pub duplex: bool,
    /// How many sheets of paper the student packet may take; `None` for as many as it takes in the usual type.
    pub sheets: Option<u32>,
}

impl PacketSpec {
    /// The standard packet of an edition on this paper.
    pub fn usual(edition: Edition, part: Part, paper: Paper) -> Self {
        Self { edition, part, format: Format::default(), paper, mono: false, duplex: false, sheets: None }
    }

    /// Why this combination isn't possible, in words for teachers. `None` if it is possible.
    pub fn unavailable(self) -> Option<String> {
        let Self { edition, part, format, duplex, .. } = self;
        if format.has_fields() && edition != Edition::Student {
            return Some(format!("`{}` is for students: a {} packet has no blanks to fill in", format.name(), edition.name()));
        }
        if !edition.parts().contains(&part) {
            return Some(format!(
                "the {} edition has no part `{}`: `student` and `teacher` have `reading` and `worksheet`, `student` also has `cards`, \
                 and `substitute` has `plan`",
                edition.name(),
                part.name()
            ));
        }
        if part == Part::Cards && format.is_imposed() {
            return Some(format!(
                "`cards` are cut from whole sheets, but a sheet of a `{}` packet has four pages: leave out one of the two",
                format.name()
            ));
        }
        (duplex && format.is_imposed()).then(|| {
            format!(
                "`duplex` starts each part on a new sheet, but a sheet of a `{}` packet has four pages: leave out one of the two",
                format.name()
            )
        })
    }
}
