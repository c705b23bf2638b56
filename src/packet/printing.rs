//! The parts of a student packet as they're printed: their pages, and who needs a copy.

use serde::{Deserialize, Serialize};

use super::pages::Pages;
use crate::lesson::block::materials::Per;

/// How a student packet can be printed: as a whole, or each part for those who need it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printing {
    /// Its parts, in order. Empty if they can't be printed by themselves.
    pub parts: Vec<PrintPart>,
    /// The parts of a class set and of the worksheets. Empty if there is no reading that the next class can use.
    pub class_set: Vec<PrintPart>,
}

/// A part of a student packet, and who needs a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintPart {
    /// The kind of part or of cards, as the templates call it.
    pub kind: String,
    /// The id of its lesson, in an issue packet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// Its pages.
    pub pages: Pages,
    /// Who needs a copy.
    pub per: Per,
    /// The number of students in a group.
    pub group: u32,
    /// How many copies a sheet has in the packet of sheets to cut.
    pub on_sheet: usize,
}
