//! A document from another program, before anything in it is recognized: paragraphs, headings, lists, tables, pictures, and notes.

use std::collections::BTreeMap;

/// A document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Document {
    /// The title in its properties, if it has one.
    pub title: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Its content in order.
    pub blocks: Vec<Block>,
    /// The text of its footnotes and endnotes, by the names that marks have.
    pub notes: BTreeMap<String, Vec<Line>>,
    /// The image files in it, by name.
    pub images: BTreeMap<String, Vec<u8>>,
    /// What isn't part of the text, with what it is: comments, deleted text, headers and footers.
    pub aside: Vec<(Aside, String)>,
}

/// Something that isn't part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aside {
    /// A comment in the margin.
    Comment,
    /// Text that a tracked change deleted.
    Deleted,
    /// Text at the top or bottom of every page.
    HeadOrFoot,
    /// Navigation and other text of a web page.
    Furniture,
    /// Text in a place where no one writes text.
    Elsewhere,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading; 1 is the highest level.
    Heading(u8, Line),
    /// A paragraph.
    Paragraph(Line),
    /// A paragraph that is set apart as a quotation.
    Quotation(Line),
    /// An entry of a list.
    Entry(Entry),
    /// A table: rows of cells.
    Table(Vec<Vec<Vec<Line>>>),
    /// An equation on its own line, in LaTeX.
    Equation(String),
    /// Lines that belong together, as in a poem.
    Verse(Vec<Line>),
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// How deep it is; 0 is the outermost list.
    pub level: usize,
    /// What is before it: `1.`, `a)`, or a bullet.
    pub marker: Marker,
    /// Its text.
    pub line: Line,
}

/// What is before an entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    /// A bullet.
    Bullet,
    /// A box to check.
    Box,
    /// A number, counted from 1.
    Number(usize),
    /// A letter: 0 is `a`.
    Letter(usize),
}

/// A line of text.
pub(super) type Line = Vec<Span>;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Span {
    /// Text in one style.
    Text(String, Style),
    /// A link with its address, which is empty if the document lost it.
    Link(String, Line),
    /// The mark of a note.
    Note(String),
    /// An equation, in LaTeX.
    Equation(String),
    /// A picture between words, by the name of its file, with its description.
    Picture(String, String),
    /// A line break.
    Break,
}

/// How text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub bold: bool,
    pub italic: bool,
    pub underlined: bool,
    pub high: bool,
    pub low: bool,
}

/// The text of a line without its styles.
pub(super) fn plain(line: &[Span]) -> String {
    let mut out = String::new();
    push_plain(line, &mut out);
    out
}

fn push_plain(line: &[Span], out: &mut String) {
    for span in line {
        match span {
            Span::Text(text, _) => out.push_str(text),
            Span::Link(_, inner) => push_plain(inner, out),
            Span::Equation(tex) => out.push_str(tex),
            Span::Break => out.push('\n'),
            Span::Note(_) | Span::Picture(..) => {}
        }
    }
}

/// Whether a line has nothing to read.
pub(super) fn is_blank(line: &[Span]) -> bool {
    line.iter().all(|span| match span {
        Span::Text(text, _) => text.trim().is_empty(),
        Span::Link(_, inner) => is_blank(inner),
        Span::Break => true,
        Span::Note(_) | Span::Equation(_) | Span::Picture(..) => false,
    })
}

/// A line without spaces at its ends, with neighbors of the same style joined.
pub(super) fn tidy(line: Line) -> Line {
    let mut out: Line = Vec::new();
    for span in line {
        match (out.last_mut(), span) {
            (Some(Span::Text(before, style)), Span::Text(text, own)) if *style == own => before.push_str(&text),
            (_, Span::Text(text, _)) if text.is_empty() => {}
            (_, span) => out.push(span),
        }
    }
    while matches!(out.first(), Some(Span::Break)) {
        out.remove(0);
    }
    while matches!(out.last(), Some(Span::Break)) {
        out.pop();
    }
    if let Some(Span::Text(text, _)) = out.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Span::Text(text, _)) = out.last_mut() {
        *text = text.trim_end().to_owned();
    }
    out.retain(|span| !matches!(span, Span::Text(text, _) if text.is_empty()));
    out
}

/// A line without its first characters.
pub(super) fn without_start(line: &[Span], mut characters: usize) -> Line {
    let mut out = Vec::new();
    for span in line {
        match span {
            Span::Text(text, style) if characters > 0 => {
                let count = text.chars().count();
                if count > characters {
                    out.push(Span::Text(text.chars().skip(characters).collect(), *style));
                }
                characters = characters.saturating_sub(count);
            }
            Span::Link(url, inner) if characters > 0 => {
                let count = plain(inner).chars().count();
                if count > characters {
                    out.push(Span::Link(url.clone(), without_start(inner, characters)));
                }
                characters = characters.saturating_sub(count);
            }
            span => out.push(span.clone()),
        }
    }
    tidy(out)
}

/// A line up to a character, and what comes after it.
pub(super) fn split(line: &[Span], at: usize) -> (Line, Line) {
    let mut left = at;
    let mut before = Vec::new();
    for span in line {
        if left == 0 {
            break;
        }
        match span {
            Span::Text(text, style) => {
                let part: String = text.chars().take(left).collect();
                left -= part.chars().count();
                before.push(Span::Text(part, *style));
            }
            other => {
                left = left.saturating_sub(plain(std::slice::from_ref(other)).chars().count());
                before.push(other.clone());
            }
        }
    }
    (tidy(before), without_start(line, at))
}
