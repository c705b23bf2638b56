//! Turns documents from other programs into lessons: Word, OpenDocument, web pages, Google Docs, Markdown, plain text, and PDF.
//!
//! A reader for each format makes a plain `document` of paragraphs, lists, and tables. `recognize` finds the parts of a lesson in it by
//! their headings (`parts`), with `questions` and `sources` for what needs a closer look, and `write` writes the lesson and its teacher
//! file. Nothing of the document is lost: what has no place is in a comment, and `account` makes sure of it.

mod account;
mod document;
mod docx;
mod html;
mod limits;
mod markdown;
mod mathml;
mod odt;
mod omml;
mod parts;
mod pdf;
pub mod printed_text;
mod prose;
mod questions;
mod recognize;
mod sources;
mod text;
mod write;
mod xml;

use std::fmt;

use document::Document;
use limits::Archive;
use prose::Prose;

pub use limits::MAX_FILE;

/// A lesson made from a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its title, as text.
    pub title: String,
    /// The text of its file.
    pub lesson: String,
    /// The text of its teacher file, if the document has something for teachers.
    pub teacher: Option<String>,
    /// The images that the lesson uses, by the name of their file.
    pub images: Vec<(String, Vec<u8>)>,
    /// Who published the document, where, and when.
    pub publication: Publication,
    /// What became of the document.
    pub report: Report,
}

/// What is above the title of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publication {
    /// The name of the series.
    pub series: Option<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// The number of the issue.
    pub number: Option<String>,
    /// The date of the issue, as printed.
    pub date: Option<String>,
    /// The theme of the issue.
    pub theme: Option<String>,
}

/// What became of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What was recognized.
    pub recognized: Vec<String>,
    /// What was guessed, and should be checked.
    pub guessed: Vec<String>,
    /// What has no place in a lesson, and is in a comment at its end.
    pub left: Vec<String>,
}

/// Why a document can't be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file is damaged.
    Broken(String),
    /// The file is larger than any lesson.
    TooLarge(String),
    /// The file has a password.
    Locked,
    /// A PDF of pictures.
    NoText,
    /// A format that isn't known.
    Unknown(&'static str),
    /// The file has nothing in it.
    Empty,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(what) => {
                write!(f, "the file is damaged: {what}; open it in the program that made it, and save it again")
            }
            Self::TooLarge(what) => write!(f, "the file is too large: {what}; split it into several documents"),
            Self::Locked => f.write_str("the file has a password; save a copy without one"),
            Self::NoText => f.write_str(
                "the PDF has no text, only pictures of pages, such as from a scanner; run text recognition (OCR) on it first, or import \
                 the document that it was made from",
            ),
            Self::Unknown(advice) => write!(f, "this kind of file can't be imported; {advice}"),
            Self::Empty => f.write_str("the file has no text"),
        }
    }
}

impl std::error::Error for Refused {}

/// What to do about files that aren't known.
const SAVE_AS: &str = "save it as Word (.docx), OpenDocument (.odt), a web page (.html), Markdown (.md), text (.txt), or PDF";

/// Makes a lesson from a document. `name` is the name of its file; `font` is for text in fonts that a PDF doesn't have in it.
///
/// # Errors
/// If the document can't be read.
pub fn import(name: &str, bytes: Vec<u8>, font: &'static [u8]) -> Result<Imported, Refused> {
    if bytes.len() as u64 > MAX_FILE {
        return Err(Refused::TooLarge(format!("the maximum is {} MB", MAX_FILE / 1024 / 1024)));
    }
    let (document, is_styled) = read(name, bytes, font)?;
    if document.blocks.iter().all(|block| recognize::text_of(block).trim().is_empty()) {
        return Err(Refused::Empty);
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut found = recognize::recognize(&document, stem, is_styled);
    let mut prose = Prose::new(&document.notes);
    let written = write::write(&found, name, &mut prose);
    let missing = {
        let teacher = written.teacher.as_deref().unwrap_or_default();
        // Some answers are in other words: `is: false` for "F".
        let answers: Vec<String> = found.answers.iter().map(|(_, line)| document::plain(line)).collect();
        account::missing(&document, &[&written.lesson, teacher, &found.headings.join("\n"), &answers.join("\n")])
    };
    let written = if missing.is_empty() {
        written
    } else {
        found.left.extend(missing.into_iter().map(|text| ("Not placed".to_owned(), text)));
        write::write(&found, name, &mut Prose::new(&document.notes))
    };
    let mut images = Vec::new();
    for name in &written.images {
        if let Some(bytes) = document.images.get(name)
            && !images.iter().any(|(known, _)| known == name)
        {
            images.push((name.clone(), bytes.clone()));
        }
    }
    let recognize::Masthead { publisher, series, number, date, theme } = found.masthead;
    Ok(Imported {
        title: found.title,
        lesson: written.lesson,
        teacher: written.teacher,
        images,
        publication: Publication { series, publisher, number, date, theme },
        report: Report {
            recognized: found.certain,
            guessed: found.guessed,
            left: written.left.into_iter().map(|(what, text)| format!("{what}: {text}")).collect(),
        },
    })
}

/// Reads a document, and tells whether its headings are marked as such.
fn read(name: &str, bytes: Vec<u8>, font: &'static [u8]) -> Result<(Document, bool), Refused> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if bytes.starts_with(b"PK\x03\x04") {
        let archive = Archive::open(bytes)?;
        let names = archive.names();
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        if has(docx::MAIN) {
            return docx::read(archive).map(|document| (document, true));
        }
        if has(odt::MAIN) {
            return odt::read(archive).map(|document| (document, true));
        }
        let page = names.iter().find(|name| name.ends_with(".html") && !name.contains('/')).cloned();
        return match page {
            Some(page) => html::read_archive(archive, &page).map(|document| (document, true)),
            None => Err(Refused::Unknown(SAVE_AS)),
        };
    }
    if bytes.starts_with(b"%PDF") {
        return pdf::read(bytes, font).map(|document| (document, false));
    }
    // The formats of old versions of Word and of Works.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refused::Unknown("it is from an old version of Word: open it, and save it as .docx"));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Refused::Unknown("it is Rich Text: open it, and save it as .docx or .odt"));
    }
    let text = decoded(&bytes).ok_or(Refused::Unknown(SAVE_AS))?;
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_lowercase();
    let is_page =
        matches!(ending.as_str(), "html" | "htm" | "xhtml") || start.starts_with("<!doctype html") || start.starts_with("<html");
    if is_page {
        return html::read(&text).map(|document| (document, true));
    }
    if matches!(ending.as_str(), "md" | "markdown") {
        return Ok((markdown::read(&text), true));
    }
    Ok((text::read(&text), false))
}

/// Text in the encodings that editors use; `None` if it isn't text.
fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok()
    };
    // UTF-32, in which nothing saves.
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) {
        return None;
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return wide(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if bytes.iter().take(8000).any(|byte| *byte == 0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        // Windows-1252, in which older programs save.
        Err(_) => Some(bytes.iter().map(|byte| windows(*byte)).collect()),
    }
}

/// A character of Windows-1252.
fn windows(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–', '—',
        '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// What is typed before an entry of a list.
fn typed(marker: Option<&document::Marker>) -> String {
    match marker {
        Some(document::Marker::Number(number)) => format!("{number}. "),
        Some(document::Marker::Letter(letter)) => format!("{}. ", char::from(b'a' + u8::try_from(letter % 26).unwrap_or(0))),
        Some(document::Marker::Box) => "☐ ".to_owned(),
        Some(document::Marker::Bullet) => "• ".to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of documents, and signs that mean something to one of the readers.
    const PIECES: [&str; 34] = [
        "\n",
        "\n\n",
        " ",
        "Activity\n\n",
        "Discussion Questions\n\n",
        "Works Cited\n\n",
        "Answer Key\n\n",
        "Vocabulary\n\n",
        "1. ",
        "2) ",
        "a. ",
        "• ",
        "____",
        "True or false: ",
        "Doe, Ann. *Stone*. Paris: Quay, 1990.",
        "“quoted”",
        "\"x\"",
        "Doe v. Roe, 297 U.S. 278 (1936)",
        "[link](https://example.org)",
        "*é*",
        "decide which is a “fair” one:\n\n",
        "Match the words\n\n",
        "Word bank: a, b",
        "😀",
        "ß",
        "İ",
        "|",
        "<p>",
        "<li>",
        "<table><tr><td>",
        "</td>",
        "> ",
        "# ",
        "ends here.",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_makes_it_fail(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60), ending in 0_usize..3) {
            let text = pieces.concat();
            let name = ["a.txt", "a.md", "a.html"][ending];
            // Whatever it says, it says it without a panic.
            if let Ok(imported) = import(name, text.into_bytes(), b"") {
                prop_assert!(imported.lesson.contains("title: "));
            }
        }

        #[test]
        fn no_bytes_make_it_fail(mut bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0_usize..4) {
            let starts: [&[u8]; 4] = [b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b""];
            bytes.splice(0..0, starts[start].iter().copied());
            let _ = import("a", bytes, b"");
        }
    }
}
