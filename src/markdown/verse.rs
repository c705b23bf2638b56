//! Splits verse into lines of inline Markdown.

use comrak::nodes::{AstNode, NodeValue};

use super::marks::Star;
use super::{MAX_BYTES, Reader, Shape};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::glyphs::Coverage;
use crate::lesson::block::verse::{Stanzas, VerseLine};
use crate::lesson::prose::{Inline, Placed};
use crate::yaml::TextMap;

/// The most lines of one poem: the longest book of the Iliad has 909.
const MAX_LINES: usize = 1000;

/// The deepest indentation of a line, in characters.
const MAX_INDENT: usize = 40;

/// Parses verse line by line. A blank line ends a stanza.
pub fn verse(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Stanzas {
    let mut stanzas = vec![Vec::new()];
    let too_long = text.len() > MAX_BYTES || text.lines().count() > MAX_LINES;
    if too_long {
        let (lines, size) = (text.lines().count(), text.len().div_ceil(1024));
        let message =
            format!("expected at most {MAX_LINES} lines and {} KB, found {lines} lines and {size} KB", MAX_BYTES / 1024);
        diagnostics.push(Diagnostic::new(Code::OversizedText, map.place(0, 1), message).help("split it into several blocks"));
        return Stanzas::default();
    }
    let mut start = 0;
    // The star that opened emphasis on a line above.
    let mut open = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() {
            stanzas.push(Vec::new());
        } else {
            let indent = line.len() - line.trim_start().len();
            let from = start + indent;
            let part = map.part(from..from + content.len());
            let read = Reader::read(content, &part, coverage, diagnostics, Shape::Line, |reader, root| reader.verse_line(root));
            let Line { nodes, label, stars } = read;
            stars.into_iter().for_each(|star| over_lines(star, &mut open, &part, diagnostics));
            let indent = u8::try_from(indent.min(MAX_INDENT)).unwrap_or(u8::MAX);
            stanzas.last_mut().expect("there is always a last stanza").push(VerseLine { nodes, indent, label });
        }
        start += line.len();
    }
    stanzas.retain(|stanza| !stanza.is_empty());
    Stanzas(stanzas)
}

/// What was read from a line.
#[derive(Default)]
struct Line {
    nodes: Vec<Inline>,
    label: Option<Placed<String>>,
    stars: Vec<Star>,
}

/// Reports a star that opens emphasis on one line. The one that closes it on another line is not reported.
fn over_lines(star: Star, open: &mut Option<u8>, map: &TextMap, diagnostics: &mut Diagnostics) {
    if *open == Some(star.mark) {
        *open = None;
        return;
    }
    *open = Some(star.mark);
    let mark = char::from(star.mark);
    let message = format!("this `{mark}` is never closed on its line");
    let help = map.help(&format!("begin and end emphasis on the same line, or write `\\{mark}` to print `{mark}`"));
    diagnostics.push(Diagnostic::new(Code::UnsupportedMarkdown, star.place, message).help(help));
}

impl Reader<'_> {
    /// The pieces of a line of verse, its label, and its literal stars.
    fn verse_line<'n>(&mut self, root: &'n AstNode<'n>) -> Line {
        self.in_verse = true;
        let first = root.first_child().filter(|first| !matches!(first.data.borrow().value, NodeValue::Paragraph));
        if let Some(first) = first
            && let Some(mark) = beginning(self.text)
        {
            let place = self.first_line(first.data.borrow().sourcepos);
            self.account.cut_short();
            let help = format!("write `{}`", self.map.help(&escaped(mark)));
            self.report(Code::UnsupportedMarkdown, place, format!("a line of verse can't begin with `{mark}`")).set_help(help);
            return Line::default();
        }
        let Some(paragraph) = self.only_paragraph(root) else { return Line::default() };
        let nodes = self.inlines(paragraph, 0);
        let (nodes, label) = self.label(nodes, 0..self.text.len());
        Line { nodes, label, stars: std::mem::take(&mut self.stars) }
    }
}

/// A mark with a backslash before its last character: `\#`, `1\.`
pub(super) fn escaped(mark: &str) -> String {
    let (before, last) = mark.split_at(mark.len() - 1);
    format!("{before}\\{last}")
}

/// The Markdown mark at the beginning of a line: `#`, `-`, `1.`
pub(super) fn beginning(line: &str) -> Option<&str> {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let length = match line.as_bytes().get(digits)? {
        b'.' | b')' if digits > 0 => digits + 1,
        b'#' | b'-' | b'+' | b'*' | b'>' | b'<' | b'_' if digits == 0 => 1,
        _ => return None,
    };
    Some(&line[..length])
}
