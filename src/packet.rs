//! Packets as plain data: contents, order, and numbering. [`crate::compose`] builds them; the templates decide how they look.

pub mod blank;
pub mod block;
pub mod guide;
mod identity;
pub mod layout;
pub(crate) mod line_breaks;
mod look;
pub mod pages;
pub mod pieces;
pub mod plan;
pub mod print;
pub mod printing;
pub mod reference;
pub mod run;
pub mod section;
pub mod setting;
pub mod source;
pub mod space;

pub use block::Block;
pub use identity::PacketId;
pub use layout::Layout;
pub use look::{ACCENT, LARGE_PRINT, Logo, Look};
pub use run::{Run, Runs, Speech};
pub use section::Section;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::blank::Blank;
use crate::lesson::series::{Edition, Paper, Part};
use crate::source::Place;

/// One packet, ready for the templates.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Packet {
    /// The packet's identity, for the PDF's document identifier. Stable between builds.
    #[serde(skip)]
    pub identity: String,
    /// Properties of the document.
    pub document: Document,
    /// Who it's for.
    pub edition: Edition,
    /// Which part of the edition it holds.
    pub part: Part,
    /// The paper size.
    pub paper: Paper,
    /// The name of the series.
    pub series: String,
    /// The number of the issue.
    pub number: Option<String>,
    /// The date of the issue, as printed.
    pub date: Option<String>,
    /// The theme of the issue.
    pub theme: Option<Runs>,
    /// The title of the lesson.
    pub title: Runs,
    /// The rights line at the foot of every page.
    pub rights: Option<String>,
    /// The URL of the license.
    pub rights_url: Option<String>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// The images its figures use.
    #[serde(skip)]
    pub images: Vec<Image>,
    /// The look its series sets.
    #[serde(skip)]
    pub look: Look,
    /// How many sheets of paper it may take, double-sided. `None` for as many as it takes in its usual setting.
    #[serde(skip)]
    pub sheets: Option<u32>,
    /// Where each item is in its file, by mark. Reports about the finished layout use this.
    #[serde(skip)]
    pub marks: BTreeMap<String, Place>,
}

/// Properties of the PDF document.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// The publisher.
    pub author: String,
    /// Its topics.
    pub keywords: Vec<String>,
    /// The year, month, and day of its last change.
    pub date: (i32, u8, u8),
    /// The language, as an ISO 639 code.
    pub language: String,
    /// The country, as an ISO 3166 code, if it matters.
    pub region: Option<String>,
}

/// An image file in a packet.
#[derive(Debug, Clone)]
pub struct Image {
    /// The virtual path that figures use for it.
    pub path: String,
    /// The file's contents.
    pub bytes: Vec<u8>,
}

impl Packet {
    /// What students write on, check, or draw on in a lesson's packet, in no order.
    pub fn blanks(&self) -> impl Iterator<Item = &Blank> {
        self.sections.iter().flat_map(Section::blocks).filter_map(Block::blanks).flat_map(BTreeMap::values)
    }

    /// The languages in the packet, as ISO 639 codes: its own and those of an issue's lessons.
    pub fn languages(&self) -> BTreeSet<&str> {
        let of_lessons = self.sections.iter().flat_map(|section| match section {
            Section::Lesson(lesson) => vec![lesson.language.as_str()],
            Section::Sources { lessons } => lessons.iter().map(|lesson| lesson.language.as_str()).collect(),
            _ => Vec::new(),
        });
        std::iter::once(self.document.language.as_str()).chain(of_lessons).collect()
    }
}
