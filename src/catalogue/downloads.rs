//! The files that a page offers: what each is called, what it is good for, and how much there is of it.

use serde::Serialize;

use super::languages;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};
use crate::manifest::{FileEntry, FileKind, PacketEntry};

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Download {
    /// Its name in the folder of its issue.
    pub file: String,
    /// What it is: `Student packet on A4`.
    pub name: String,
    /// What it is good for.
    pub purpose: &'static str,
    /// "PDF" or "ZIP".
    pub form: &'static str,
    /// How many pages it has, if it is a packet.
    pub pages: Option<usize>,
    /// How many sheets of paper one copy takes, printed on both sides.
    pub sheets: Option<usize>,
    /// Its size: `120 KB`.
    pub size: String,
}

/// What sets a packet apart from the usual one for readers or printers of a kind, for the filter of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variant {
    /// In large print.
    LargePrint,
    /// To be folded.
    Booklet,
    /// With two pages on a side.
    TwoUp,
    /// Without colours.
    Mono,
}

impl Variant {
    /// All of them, in the order in which `search.js` has them.
    pub(super) const ALL: [Variant; 4] = [Variant::LargePrint, Variant::Booklet, Variant::TwoUp, Variant::Mono];

    /// What sets a packet apart; nothing for the usual one.
    pub(super) fn of(packet: &PacketEntry) -> impl Iterator<Item = Self> + use<> {
        let format = match packet.format {
            Format::Standard => None,
            Format::LargePrint => Some(Variant::LargePrint),
            Format::Booklet => Some(Variant::Booklet),
            Format::TwoUp => Some(Variant::TwoUp),
        };
        format.into_iter().chain(packet.mono.then_some(Variant::Mono))
    }
}

/// A packet to print now.
#[derive(Debug, Serialize)]
pub(super) struct Print {
    #[serde(flatten)]
    download: Download,
    copies: u32,
    /// Of paper, printed on both sides, for all copies.
    all_sheets: usize,
}

/// What to print of these files for the class in front of you: the student packet, and the packet of the substitute or its plan.
pub(super) fn prints(files: &[&FileEntry], series: &Series, language: &str) -> Vec<Print> {
    let usual = |edition, part| {
        files.iter().find_map(|entry| match &entry.kind {
            FileKind::Packet(packet)
                if (packet.edition, packet.part) == (edition, part)
                    && packet.paper == series.paper
                    && packet.language == language
                    && Variant::of(packet).next().is_none()
                    && !packet.duplex =>
            {
                Some((*entry, packet))
            }
            _ => None,
        })
    };
    let print = |(entry, packet): (&FileEntry, &PacketEntry), copies: u32| Print {
        download: download(entry, series, language),
        copies,
        all_sheets: packet.sheets * copies as usize,
    };
    let student = usual(Edition::Student, Part::All).map(|found| print(found, series.class_size));
    let substitute = usual(Edition::Substitute, Part::All).or_else(|| usual(Edition::Substitute, Part::Plan));
    student.into_iter().chain(substitute.map(|found| print(found, 1))).collect()
}

/// The files that everybody may have, or those for teachers, in the order in which they are of use.
pub(super) fn downloads(files: &[&FileEntry], for_all: bool, series: &Series, language: &str) -> Vec<Download> {
    let is_offered = |entry: &&FileEntry| matches!(entry.kind, FileKind::Packet(_) | FileKind::Zip { .. });
    let mut files: Vec<&FileEntry> =
        files.iter().copied().filter(is_offered).filter(|entry| entry.is_for_all() == for_all).collect();
    files.sort_by_key(|entry| match &entry.kind {
        FileKind::Packet(packet) => {
            let is_foreign = packet.language != language;
            let look = (packet.format, packet.paper != series.paper, packet.mono, packet.duplex);
            (0, is_foreign, packet.language.clone(), packet.edition, packet.part, look)
        }
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => {
            (1, false, String::new(), Edition::Student, Part::All, (Format::Standard, false, false, false))
        }
    });
    files.into_iter().map(|entry| download(entry, series, language)).collect()
}

fn download(entry: &FileEntry, series: &Series, language: &str) -> Download {
    let file = entry.path.rsplit('/').next().unwrap_or_default().to_owned();
    let size = size(entry.bytes);
    match &entry.kind {
        FileKind::Packet(packet) => Download {
            file,
            name: name(packet, series.paper, language),
            purpose: purpose(packet),
            form: "PDF",
            pages: Some(packet.pages),
            sheets: Some(packet.sheets),
            size,
        },
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => {
            let name = if entry.is_for_students() { "All packets for students" } else { "All packets for teachers" };
            let purpose = "every packet of the issue in one file";
            Download { file, name: name.to_owned(), purpose, form: "ZIP", pages: None, sheets: None, size }
        }
    }
}

fn name(packet: &PacketEntry, usual: Paper, language: &str) -> String {
    let name = match (packet.edition, packet.part) {
        (Edition::Student, Part::Reading) => "Reading",
        (Edition::Student, Part::Worksheet) => "Worksheets",
        (Edition::Student, _) => "Student packet",
        (Edition::Teacher, Part::Reading) => "Reading with notes",
        (Edition::Teacher, Part::Worksheet) => "Worksheets with answers",
        (Edition::Teacher, _) => "Teacher packet",
        (Edition::Key, _) => "Answer key",
        (Edition::Substitute, Part::Plan) => "Substitute plan",
        (Edition::Substitute, _) => "Substitute packet",
    };
    let paper = match packet.paper {
        paper if paper == usual => "",
        Paper::A4 => " on A4",
        Paper::Letter => " on US Letter",
    };
    let format = match packet.format {
        Format::Standard => "",
        Format::LargePrint => " in large print",
        Format::Booklet => " as a booklet",
        Format::TwoUp => " with two pages on a side",
    };
    let colours = if packet.mono { ", black only" } else { "" };
    let language = if packet.language == language { String::new() } else { format!(" in {}", languages::name(&packet.language)) };
    let sides = if packet.duplex { ", each part on sheets of its own" } else { "" };
    format!("{name}{format}{language}{paper}{colours}{sides}")
}

fn purpose(packet: &PacketEntry) -> &'static str {
    match packet.format {
        Format::Standard => {}
        Format::LargePrint => return "for readers with low vision: 18-point type, nothing left out",
        Format::Booklet => return "print on both sides, turned over the short edge, then fold and staple; not for screen readers",
        Format::TwoUp => return "half as many sheets of paper",
    }
    match (packet.edition, packet.part) {
        (Edition::Student, Part::Reading) => "a class set that the next class can use again",
        (Edition::Student, Part::Worksheet) => "what each student writes on",
        (Edition::Student, _) if packet.lesson.is_none() => "every lesson of the issue, with cover and contents",
        (Edition::Student, _) => "everything that students need",
        (Edition::Teacher, Part::Reading) => "the class set with notes in its margin",
        (Edition::Teacher, Part::Worksheet) => "what students write on, filled in",
        (Edition::Teacher, _) if packet.lesson.is_none() => "every lesson of the issue with notes and answers",
        (Edition::Teacher, _) => "a guide, then the students’ pages with notes and answers",
        (Edition::Key, _) => "the answers alone",
        (Edition::Substitute, Part::Plan) => "one page that says what to do, minute by minute",
        (Edition::Substitute, _) => "a plan on one page, then the answers",
    }
}

/// "120 KB", "1.4 MB"
fn size(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1000 {
        return format!("{kilobytes} KB");
    }
    let tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_people_say_them() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(150 * 1024), "150 KB");
        assert_eq!(size(1024 * 1024), "1.0 MB");
        assert_eq!(size(12_500_000), "11.9 MB");
    }
}
