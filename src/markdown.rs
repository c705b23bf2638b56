//! Markdown inside YAML: CommonMark with tables, footnotes, sub- and superscripts, citations, glossary references, and labels.
//!
//! Every mistake is reported at its own line of the YAML file.
//! Straight quotation marks become separate nodes, because only composing knows the language; see `markdown::marks`.

mod account;
mod attribution;
mod blocks;
mod citations;
mod definitions;
mod equations;
mod inlines;
mod joined;
mod labels;
mod marks;
mod mask;
mod notes;
mod origin;
mod pasted;
mod stand_ins;
#[cfg(test)]
mod tests;
mod verse;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use comrak::nodes::{AstNode, Sourcepos};
use comrak::options::BrokenLinkReference;
use comrak::{Arena, Options, parse_document};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::{Inline, ProseBlock};
use crate::source::Place;
use crate::yaml::TextMap;

use crate::glyphs::{Coverage, Glyphs};
use account::Account;
use definitions::Definitions;
pub use equations::{SPOILT, is_spoilt};
use labels::Loose;
use marks::Star;
use mask::Masked;
use stand_ins::Hidden;
pub use verse::verse;

/// The longest text that is parsed, in bytes: a 60-page book.
const MAX_BYTES: usize = 256 * 1024;

/// The deepest nesting of quotations and lists, and separately of emphasis: about half of what the template engine can take.
const MAX_DEPTH: usize = 8;

/// The most blocks, cells, and inline pieces in one piece of text: twice what a 60-page book has.
const MAX_PIECES: usize = 20_000;

/// What to do about HTML.
const HTML_HELP: &str = "remove the HTML tag, or write `\\<` to print `<`";

/// Parses paragraphs, lists, quotations, and tables. `coverage` is the characters the fonts have.
pub fn blocks(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<ProseBlock> {
    Reader::read(text, map, coverage, diagnostics, Shape::Blocks, |reader, root| reader.blocks(root, 0))
}

/// Parses a line of text. A blank line, list, or heading in it is a mistake.
pub fn inline(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<Inline> {
    Reader::read(text, map, coverage, diagnostics, Shape::Line, |reader, root| {
        reader.unlabeled = Some("this text");
        reader.only_paragraph(root).map_or_else(Vec::new, |paragraph| reader.inlines(paragraph, 0))
    })
}

/// Parses prose with blanks such as `{{name}}`.
pub fn with_blanks(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<ProseBlock> {
    Reader::read(text, map, coverage, diagnostics, Shape::Blocks, |reader, root| {
        reader.blanks = true;
        reader.blocks(root, 0)
    })
}

/// What text can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Paragraphs, lists, and so on.
    Blocks,
    /// One line, such as a title.
    Line,
}

struct Reader<'a> {
    text: &'a str,
    /// What brings back characters that are hidden from the parser.
    hidden: Hidden,
    line_starts: Vec<usize>,
    map: &'a TextMap,
    glyphs: Glyphs<'a>,
    diagnostics: &'a mut Diagnostics,
    /// The footnotes by name, until a reference uses them.
    notes: BTreeMap<String, (Vec<Inline>, Place)>,
    /// The names of the footnotes that have been used.
    used_notes: BTreeSet<String>,
    /// Whether the reader is inside a footnote.
    in_note: bool,
    /// Whether `{{name}}` is a blank.
    blanks: bool,
    /// Whether the reader is in a line of verse.
    in_verse: bool,
    /// The stars in a line of verse that are not part of emphasis.
    stars: Vec<Star>,
    /// Stars that were hidden from the parser.
    hidden_stars: Vec<usize>,
    /// Where stars were left as text.
    loose_stars: Vec<Range<usize>>,
    /// Possible labels, until they are recognized.
    loose_labels: Vec<Loose>,
    /// The first line of the current outermost block, until it is reported as too deep.
    outermost_block: Option<Place>,
    /// The same for emphasis.
    outermost_emphasis: Option<Place>,
    /// What the current text is part of, if it can't have a label.
    unlabeled: Option<&'static str>,
    /// The number of pieces so far.
    pieces: usize,
    /// Which parts of the text have been used.
    account: Account,
    /// The offsets of lines that aren't joined to the line above.
    own_lines: BTreeSet<usize>,
}

impl<'a> Reader<'a> {
    fn read<T: Default>(
        text: &'a str,
        map: &'a TextMap,
        coverage: &'a Coverage,
        diagnostics: &'a mut Diagnostics,
        shape: Shape,
        convert: impl for<'n> FnOnce(&mut Self, &'n AstNode<'n>) -> T,
    ) -> T {
        if text.len() > MAX_BYTES {
            let message = format!("expected at most {} KB of text, found {} KB", MAX_BYTES / 1024, text.len().div_ceil(1024));
            diagnostics.push(Diagnostic::new(Code::OversizedText, map.place(0, 1), message).help("split it into shorter texts"));
            return T::default();
        }
        let definitions = Definitions::of(text);
        let masked = Masked::new(text, &definitions.ranges(), shape == Shape::Line);
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.footnotes = true;
        options.extension.superscript = true;
        options.extension.subscript = true;
        options.extension.math_code = true;
        options.extension.cjk_friendly_emphasis = true;
        options.parse.leave_footnote_definitions = true;
        let arena = Arena::new();
        options.parse.broken_link_callback =
            Some(Arc::new(|link: BrokenLinkReference<'_>| definitions.resolve(&link, masked.hidden)));
        let root = parse_document(&arena, &masked.text, &options);
        let mut reader = Reader {
            text,
            hidden: masked.hidden,
            line_starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
            map,
            glyphs: Glyphs::new(coverage),
            diagnostics,
            notes: BTreeMap::new(),
            used_notes: BTreeSet::new(),
            in_note: false,
            blanks: false,
            in_verse: false,
            stars: Vec::new(),
            hidden_stars: masked.hidden_stars(),
            loose_stars: Vec::new(),
            loose_labels: Vec::new(),
            outermost_block: None,
            outermost_emphasis: None,
            unlabeled: None,
            pieces: 0,
            account: Account::new(text),
            own_lines: pasted::own_lines(text),
        };
        reader.report_joined(shape);
        reader.collect_notes(root);
        let converted = convert(&mut reader, root);
        reader.report_unused_notes();
        reader.report_loose_labels();
        reader.report_loose_stars();
        reader.report_definitions(&definitions);
        reader.report_lost();
        converted
    }

    /// Counts one more piece. Returns `false` after reporting if there are too many.
    fn count_one(&mut self) -> bool {
        self.pieces += 1;
        if self.pieces == MAX_PIECES + 1 {
            let message =
                format!("the text has more than {},000 paragraphs, cells, quotation marks, and other pieces", MAX_PIECES / 1000);
            self.report(Code::OversizedText, self.map.place(0, 1), message).set_help("split it into shorter texts");
        }
        if self.pieces > MAX_PIECES {
            self.account.cut_short();
        }
        self.pieces <= MAX_PIECES
    }

    /// Reports that `what` is nested too deep, at the outermost one unless that has already been reported.
    fn too_deep(&mut self, outermost: Option<Place>, what: &str) {
        self.account.cut_short();
        if let Some(place) = outermost {
            let message = format!("{what} nested more than {MAX_DEPTH} levels deep");
            self.report(Code::OversizedText, place, message).set_help("use fewer levels");
        }
    }

    /// Reads text that can't have a label; `what` says what it is.
    fn without_label<T>(&mut self, what: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.unlabeled.replace(what);
        let text = read(self);
        self.unlabeled = outside;
        text
    }

    fn unsupported(&mut self, place: Place, what: &str, help: &str) {
        self.report(Code::UnsupportedMarkdown, place, format!("{what} can't be printed")).set_help(help.to_owned());
    }

    fn report(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push_new(Diagnostic::new(code, place, message))
    }

    /// The byte range between two parser positions, which count lines and bytes from 1 and include the end.
    fn range(&self, position: Sourcepos) -> Range<usize> {
        let offset = |line: usize, column: usize| {
            let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
            let mut offset = (start + column.saturating_sub(1)).min(self.text.len());
            while !self.text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = offset(position.start.line, position.start.column);
        let end = offset(position.end.line, position.end.column + 1);
        start..end.max(start)
    }

    fn place(&self, position: Sourcepos) -> Place {
        let range = self.range(position);
        self.map.place(range.start, range.end)
    }

    /// The place between two positions, from the beginning of the last line.
    fn last_line(&self, position: Sourcepos) -> Place {
        let range = self.range(position);
        let line = self.text[range.clone()].lines().next_back().unwrap_or_default();
        self.map.place(range.end - line.len(), range.end)
    }

    /// The place between two positions, up to the end of the first line.
    fn first_line(&self, position: Sourcepos) -> Place {
        let range = self.range(position);
        let line = self.text[range.clone()].lines().next().unwrap_or_default();
        self.map.place(range.start, range.start + line.len())
    }
}
