//! Packets as plain data: what stands in one, in which order, numbered how. Composing them is left to [`crate::compose`], their looks to the templates.

pub mod block;
pub mod guide;
mod identity;
pub mod layout;
mod look;
pub mod pieces;
pub mod plan;
pub mod print;
pub mod reference;
pub mod run;
pub mod section;
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

use crate::lesson::series::{Edition, Paper, Part};
use crate::source::Place;

/// One packet, ready for the templates.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Packet {
    /// What it is, for the PDF's document identifier; stable between builds.
    #[serde(skip)]
    pub identity: String,
    /// Properties of the document.
    pub document: Document,
    /// For whom it is.
    pub edition: Edition,
    /// What of the edition it holds.
    pub part: Part,
    /// The paper on which it prints.
    pub paper: Paper,
    /// The name of the series.
    pub series: String,
    /// The number of the issue.
    pub number: String,
    /// The date of the issue, as printed.
    pub date: String,
    /// The theme of the issue.
    pub theme: Runs,
    /// The title of the lesson.
    pub title: Runs,
    /// Who holds the rights and what others may do, for the foot of every page.
    pub rights: Option<String>,
    /// Where the licence can be read.
    pub rights_url: Option<String>,
    /// What the packet is made of.
    pub sections: Vec<Section>,
    /// The images that its figures name.
    #[serde(skip)]
    pub images: Vec<Image>,
    /// How it looks, where its series has a say.
    #[serde(skip)]
    pub look: Look,
    /// The places of the items by their marks, for reports on the finished layout.
    #[serde(skip)]
    pub marks: BTreeMap<String, Place>,
}

/// Properties of the PDF document.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// What it is about.
    pub keywords: Vec<String>,
    /// Year, month and day of its last change.
    pub date: (i32, u8, u8),
    /// The language, as a tag of ISO 639.
    pub language: String,
    /// The country, as a tag of ISO 3166, if it matters.
    pub region: Option<String>,
}

/// An image file of a packet.
#[derive(Debug, Clone)]
pub struct Image {
    /// The virtual path by which figures name it.
    pub path: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Packet {
    /// The languages of its texts, as tags of ISO 639: its own, then those of the lessons of an issue.
    pub fn languages(&self) -> BTreeSet<&str> {
        let of_lessons = self.sections.iter().flat_map(|section| match section {
            Section::Lesson(lesson) => vec![lesson.language.as_str()],
            Section::Sources { lessons } => lessons.iter().map(|lesson| lesson.language.as_str()).collect(),
            _ => Vec::new(),
        });
        std::iter::once(self.document.language.as_str()).chain(of_lessons).collect()
    }
}
