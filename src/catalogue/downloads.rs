//! The downloads on a page: their names, what they're for, and their size.

use serde::Serialize;

use super::languages;
use crate::copies::{self, Classes};
use crate::lesson::series::{Edition, Format, Paper as PaperSize, Part, Series};
use crate::manifest::{FileEntry, FileKind, PacketEntry};
use crate::packet::print::{Paper, Way};

/// A file to download.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Download {
    /// The file name in the folder.
    pub file: String,
    /// What it is: `Student packet, A4 paper`.
    pub name: String,
    /// What it's for.
    pub purpose: &'static str,
    /// "PDF" or "ZIP".
    pub form: &'static str,
    /// The number of pages of a packet.
    pub pages: Option<usize>,
    /// The number of sheets of paper for one copy, printed double-sided.
    pub sheets: Option<usize>,
    /// Whether it prints on both sides of a sheet.
    pub two_sided: bool,
    /// The file size: `120 KB`.
    pub size: String,
}

/// How a packet differs from the standard one, for the search filter "Format".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variant {
    /// On less paper.
    Compact,
    /// Clear print.
    ClearPrint,
    /// Large print.
    LargePrint,
    /// A form to fill in on a screen.
    Fillable,
    /// A booklet to fold.
    Booklet,
    /// Two pages per side.
    TwoUp,
    /// Grayscale.
    Mono,
}

impl Variant {
    /// All variants, in the same order as in `search.js`.
    pub(super) const ALL: [Variant; 7] = [
        Variant::Compact,
        Variant::ClearPrint,
        Variant::LargePrint,
        Variant::Fillable,
        Variant::Booklet,
        Variant::TwoUp,
        Variant::Mono,
    ];

    /// The variants of a packet; none for the standard one.
    pub(super) fn of(packet: &PacketEntry) -> impl Iterator<Item = Self> + use<> {
        let formats: &[Variant] = match packet.format {
            Format::Standard => &[],
            Format::Compact => &[Variant::Compact],
            Format::ClearPrint => &[Variant::ClearPrint],
            Format::LargePrint => &[Variant::LargePrint],
            Format::Fillable => &[Variant::Fillable],
            Format::FillableLargePrint => &[Variant::LargePrint, Variant::Fillable],
            Format::Booklet => &[Variant::Booklet],
            Format::TwoUp => &[Variant::TwoUp],
        };
        formats.iter().copied().chain(packet.mono.then_some(Variant::Mono))
    }
}

/// A packet to print now.
#[derive(Debug, Serialize)]
pub(super) struct Print {
    #[serde(flatten)]
    download: Download,
    copies: u32,
    /// The sheets of paper for all copies, printed double-sided.
    all_sheets: usize,
    /// How much paper other ways of printing take, for one class and for all classes.
    paper: Vec<WaysToPrint>,
}

/// How much paper each way of printing takes.
#[derive(Debug, Serialize)]
struct WaysToPrint {
    classes: usize,
    ways: Vec<WayToPrint>,
}

/// A way of printing.
#[derive(Debug, Serialize)]
struct WayToPrint {
    name: &'static str,
    sheets: usize,
    /// Whether it takes the least paper.
    is_least: bool,
}

impl WaysToPrint {
    /// The ways to print a packet, if there is more than one.
    fn of(packet: &PacketEntry, series: &Series) -> Vec<Self> {
        let (class, classes) = copies::paper(packet.pages, packet.format, &packet.printing, Classes::of(series));
        std::iter::once(class).chain(classes).filter(|paper| paper.ways.len() > 1).map(|paper| Self::told(&paper)).collect()
    }

    fn told(paper: &Paper) -> Self {
        let told = |&(way, sheets): &(Way, usize)| {
            let name = match way {
                Way::Packets => "for whole packets",
                Way::ByNeed => "if you print each part only as needed",
                Way::ClassSet => "for a class set and worksheets",
            };
            WayToPrint { name, sheets, is_least: way == paper.least }
        };
        Self { classes: paper.classes, ways: paper.ways.iter().map(told).collect() }
    }
}

/// What to print for a class now: the student packet, and the substitute packet or plan.
pub(super) fn prints(files: &[&FileEntry], series: &Series, language: &str) -> Vec<Print> {
    let usual = |edition, part| {
        files.iter().find_map(|entry| match &entry.kind {
            FileKind::Packet(packet)
                if (packet.edition, packet.part) == (edition, part)
                    && packet.paper == series.paper
                    && packet.language == language
                    && Variant::of(packet).next().is_none()
                    && !packet.duplex
                    && packet.limit.is_none() =>
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
        paper: WaysToPrint::of(packet, series),
    };
    let student = usual(Edition::Student, Part::All).map(|found| print(found, series.class_size));
    let substitute = usual(Edition::Substitute, Part::All).or_else(|| usual(Edition::Substitute, Part::Plan));
    student.into_iter().chain(substitute.map(|found| print(found, 1))).collect()
}

/// The files that anyone may have, or those for teachers, most useful first.
pub(super) fn downloads(files: &[&FileEntry], for_all: bool, series: &Series, language: &str) -> Vec<Download> {
    let is_offered = |entry: &&FileEntry| matches!(entry.kind, FileKind::Packet(_) | FileKind::Zip { .. });
    let mut files: Vec<&FileEntry> =
        files.iter().copied().filter(is_offered).filter(|entry| entry.is_for_all() == for_all).collect();
    files.sort_by_key(|entry| match &entry.kind {
        FileKind::Packet(packet) => {
            let is_foreign = packet.language != language;
            let look = (packet.format, packet.paper != series.paper, packet.mono, packet.duplex, packet.limit);
            (0, is_foreign, packet.language.clone(), packet.edition, packet.part, look)
        }
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => {
            (1, false, String::new(), Edition::Student, Part::All, (Format::Standard, false, false, false, None))
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
            two_sided: packet.pages > pages_per_side(packet.format),
            size,
        },
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => {
            let (name, purpose) = if entry.is_for_students() {
                ("All packets for students", "the whole issue in one file")
            } else {
                ("All packets for teachers", "the whole issue in one file, with answers")
            };
            Download { file, name: name.to_owned(), purpose, form: "ZIP", pages: None, sheets: None, two_sided: false, size }
        }
    }
}

fn pages_per_side(format: Format) -> usize {
    if format == Format::TwoUp { 2 } else { 1 }
}

fn name(packet: &PacketEntry, usual: PaperSize, language: &str) -> String {
    let name = match (packet.edition, packet.part) {
        (Edition::Student, Part::Reading) => "Reading",
        (Edition::Student, Part::Worksheet) => "Worksheets",
        (Edition::Student, Part::Cards) => "Sheets to cut",
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
        PaperSize::A4 => ", A4 paper",
        PaperSize::Letter => ", US Letter paper",
    };
    let format = match packet.format {
        Format::Standard => "",
        Format::Compact => ", compact",
        Format::ClearPrint => ", clear print",
        Format::LargePrint => ", large print",
        Format::Fillable => ", to fill in",
        Format::FillableLargePrint => ", to fill in, large print",
        Format::Booklet => ", booklet",
        Format::TwoUp => ", two pages per side",
    };
    let colors = if packet.mono { ", grayscale" } else { "" };
    let language = if packet.language == language { String::new() } else { format!(" in {}", languages::name(&packet.language)) };
    let sides = if packet.duplex { ", each part on a new sheet" } else { "" };
    let limit = match packet.limit {
        None => String::new(),
        Some(1) => " on 1 sheet".to_owned(),
        Some(sheets) => format!(" on {sheets} sheets"),
    };
    format!("{name}{language}{limit}{format}{paper}{colors}{sides}")
}

fn purpose(packet: &PacketEntry) -> &'static str {
    match packet.format {
        Format::Standard => {}
        Format::Compact => return "the same content on less paper: parts share pages",
        Format::ClearPrint => return "for readers with dyslexia: sans-serif type in 14 points, with wide lines",
        Format::LargePrint => return "for readers with low vision: the same content in 18-point type or larger",
        Format::Fillable => return "type the answers on a screen, then save, print, or send the file",
        Format::FillableLargePrint => return "type the answers on a screen, in 18-point type or larger",
        Format::Booklet => return "print double-sided, flip on the short edge, then fold and staple; not for screen readers",
        Format::TwoUp => return "uses half the paper",
    }
    match (packet.edition, packet.part) {
        (Edition::Student, Part::Reading) => "a class set you can reuse with the next class",
        (Edition::Student, Part::Worksheet) => "what students write on and turn in",
        (Edition::Student, Part::Cards) => "exit tickets and cards, nothing else",
        (Edition::Student, _) if packet.lesson.is_none() => "every lesson in the issue, with a cover and table of contents",
        (Edition::Student, _) => "everything students need",
        (Edition::Teacher, Part::Reading) => "the class set, with notes in the margins",
        (Edition::Teacher, Part::Worksheet) => "the worksheets, filled in",
        (Edition::Teacher, _) if packet.lesson.is_none() => "every lesson in the issue, with notes and answers",
        (Edition::Teacher, _) => "a teacher guide, then the student pages with notes and answers",
        (Edition::Key, _) => "just the answers",
        (Edition::Substitute, Part::Plan) => "a one-page plan: what to do, minute by minute",
        (Edition::Substitute, _) => "a one-page plan, then the answer key",
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
