//! The manifest: the files in the output folder and the digests of their inputs. The same packets give the same bytes on any
//! computer.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};
use crate::offer;
use crate::packet::PacketId;
use crate::packet::printing::Printing;
use crate::paths;

/// The version of the manifest format.
const VERSION: u32 = 1;

/// The files in an output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files by path from the output folder.
    pub entries: BTreeMap<String, FileEntry>,
}

/// A built file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct FileEntry {
    /// The path from the output folder.
    pub path: String,
    /// The id of its issue; `null` for pages about more than one issue.
    pub issue: Option<String>,
    /// What kind of file it is.
    #[serde(flatten)]
    pub kind: FileKind,
    /// The digest of its inputs: if it changes, the file is out of date.
    pub key: Digest,
    /// The digest of the file.
    pub sha256: Digest,
    /// The size of the file.
    pub bytes: u64,
}

/// The kind of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileKind {
    /// One PDF.
    Packet(PacketEntry),
    /// The packets of an issue in one file.
    Zip {
        /// For students if true, otherwise for teachers.
        students: bool,
    },
    /// An image of a page of a packet.
    #[serde(rename = "preview")]
    PageImage {
        /// The path of the packet from the output folder.
        packet: String,
        /// The page number, starting at 1.
        page: usize,
        /// The width in pixels.
        width: u32,
    },
    /// A page of the catalogue, or a file that pages need.
    Page,
}

/// A packet, with everything that distinguishes it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct PacketEntry {
    /// The id of its lesson; `null` for the whole issue.
    pub lesson: Option<String>,
    /// Its part.
    pub part: Part,
    /// Its edition.
    pub edition: Edition,
    /// Its page format.
    pub format: Format,
    /// Whether it is grayscale.
    pub mono: bool,
    /// Whether each part that students turn in starts on a new sheet.
    pub duplex: bool,
    /// How many sheets of paper the student packet may take, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Its language, as a BCP 47 tag.
    pub language: String,
    /// Its paper size.
    pub paper: Paper,
    /// The title of the lesson, or the theme of the issue.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// How many sheets of paper one copy takes, printed double-sided.
    pub sheets: usize,
    /// How a complete student packet can be printed by part.
    #[serde(default, skip_serializing_if = "is_whole")]
    pub printing: Box<Printing>,
}

/// Whether a packet is only printed as a whole.
fn is_whole(printing: &Printing) -> bool {
    *printing == Printing::default()
}

impl PacketEntry {
    /// The entry of a packet with this identity, title, page count, and parts.
    pub fn new(id: &PacketId, title: String, pages: usize, printing: Printing) -> Self {
        let PacketId { issue: _, lesson, edition, part, format, mono, duplex, sheets: limit, language, paper } = id.clone();
        let sheets = crate::imposition::sheets(pages, format);
        Self {
            lesson,
            part,
            edition,
            format,
            mono,
            duplex,
            limit,
            language,
            paper,
            title,
            pages,
            sheets,
            printing: Box::new(printing),
        }
    }

    /// The identity of the packet, in this issue.
    pub fn identity(&self, issue: &str) -> PacketId {
        let Self { lesson, part, edition, format, mono, duplex, limit, language, paper, .. } = self.clone();
        PacketId { issue: issue.to_owned(), lesson, edition, part, format, mono, duplex, sheets: limit, language, paper }
    }
}

impl FileEntry {
    /// The entry of a file with this path, content, and input digest.
    pub fn new(path: &str, issue: Option<&str>, kind: FileKind, key: Digest, bytes: &[u8]) -> Self {
        let (path, issue) = (path.to_owned(), issue.map(str::to_owned));
        Self { path, issue, kind, key, sha256: Digest::of(bytes), bytes: bytes.len() as u64 }
    }

    /// Whether its path stays in the folder. Packetpress never writes outside it.
    pub fn is_inside(&self) -> bool {
        paths::is_inside(&self.path)
    }

    /// Whether it is for students.
    pub fn is_for_students(&self) -> bool {
        match &self.kind {
            FileKind::Packet(packet) => packet.edition == Edition::Student,
            FileKind::Zip { students } => *students,
            FileKind::PageImage { .. } | FileKind::Page => true,
        }
    }

    /// Whether anyone may have it: student files, and the sub plan without answers.
    pub fn is_for_all(&self) -> bool {
        match &self.kind {
            FileKind::Packet(packet) => offer::is_for_all(packet.edition, packet.part),
            FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => self.is_for_students(),
        }
    }
}

/// The manifest as written to its file.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    version: u32,
    program: String,
    series: String,
    #[serde(skip_deserializing)]
    files: Vec<&'a FileEntry>,
}

/// The manifest as read from its file.
#[derive(Deserialize)]
struct Read {
    version: u32,
    files: Vec<FileEntry>,
}

impl Manifest {
    /// Reads a manifest; `None` if this version of Packetpress can't read it.
    pub fn parse(text: &str) -> Option<Self> {
        let read: Read = serde_json::from_str(text).ok()?;
        if read.version != VERSION {
            return None;
        }
        let entries = read.files.into_iter().filter(FileEntry::is_inside);
        Some(Self { entries: entries.map(|entry| (entry.path.clone(), entry)).collect() })
    }

    /// The files of an issue.
    pub fn of_issue(&self, issue: &str) -> impl Iterator<Item = &FileEntry> {
        let folder = format!("{issue}/");
        let files = self.entries.range(folder.clone()..).map(|(_, entry)| entry);
        files.take_while(move |entry| entry.path.starts_with(&folder))
    }

    /// The manifest file's text.
    pub fn to_json(&self, series: &Series) -> String {
        let written = Written {
            version: VERSION,
            program: format!("Packetpress {}", env!("CARGO_PKG_VERSION")),
            series: series.name.clone(),
            files: self.entries.values().collect(),
        };
        let mut text = serde_json::to_string_pretty(&written).expect("a manifest is plain data");
        text.push('\n');
        text
    }

    /// The list of digests, for `sha256sum -c`.
    pub fn to_sums(&self) -> String {
        let mut text = String::new();
        for entry in self.entries.values() {
            writeln!(text, "{}  {}", entry.sha256, entry.path).expect("writing to a string cannot fail");
        }
        text
    }
}
