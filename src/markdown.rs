//! Markdown inside YAML: CommonMark with tables, footnotes, sub- and superscripts, citations, glossary references, and labels.
//!
//! Every mistake is reported at its own line of the YAML file.
//! Straight quotation marks become separate nodes, because only the template knows the language; see `markdown::marks`.

mod attribution;
mod equations;
mod labels;
mod marks;
mod notes;
mod origin;
mod verse;

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::{AstNode, ListType, NodeValue, Sourcepos, TableAlignment};
use comrak::{Arena, Options, parse_document};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::{Alignment, Inline, Paragraph, ProseBlock, Table};
use crate::source::Place;
use crate::yaml::TextMap;

use crate::glyphs::{Coverage, Glyphs};
pub use equations::{SPOILT, is_spoilt};
use labels::Loose;
use marks::Star;
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
    Reader::read(text, map, coverage, diagnostics, |reader, root| reader.blocks(root, 0))
}

/// Parses a line of text. A blank line, list, or heading in it is a mistake.
pub fn inline(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<Inline> {
    Reader::read(text, map, coverage, diagnostics, |reader, root| {
        reader.unlabeled = Some("this text");
        reader.only_paragraph(root).map_or_else(Vec::new, |paragraph| reader.inlines(paragraph, 0))
    })
}

/// Parses prose with blanks such as `{{name}}`.
pub fn with_blanks(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<ProseBlock> {
    Reader::read(text, map, coverage, diagnostics, |reader, root| {
        reader.blanks = true;
        reader.blocks(root, 0)
    })
}

struct Reader<'a> {
    text: &'a str,
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
}

impl<'a> Reader<'a> {
    fn read<T: Default>(
        text: &'a str,
        map: &'a TextMap,
        coverage: &'a Coverage,
        diagnostics: &'a mut Diagnostics,
        convert: impl for<'n> FnOnce(&mut Self, &'n AstNode<'n>) -> T,
    ) -> T {
        if text.len() > MAX_BYTES {
            let message = format!("expected at most {} KB of text, found {} KB", MAX_BYTES / 1024, text.len().div_ceil(1024));
            diagnostics.push(Diagnostic::new(Code::OversizedText, map.place(0, 1), message).help("split it into shorter texts"));
            return T::default();
        }
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.footnotes = true;
        options.extension.superscript = true;
        options.extension.subscript = true;
        options.extension.math_code = true;
        options.parse.leave_footnote_definitions = true;
        let arena = Arena::new();
        let root = parse_document(&arena, text, &options);
        let mut reader = Reader {
            text,
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
            loose_labels: Vec::new(),
            outermost_block: None,
            outermost_emphasis: None,
            unlabeled: None,
            pieces: 0,
        };
        reader.collect_notes(root);
        let converted = convert(&mut reader, root);
        reader.report_unused_notes();
        reader.report_loose_labels();
        converted
    }

    /// Counts one more piece. Returns `false` after reporting if there are too many.
    fn count_one(&mut self) -> bool {
        self.pieces += 1;
        if self.pieces == MAX_PIECES + 1 {
            let message =
                format!("the text has more than {},000 paragraphs, cells, quotation marks, and other pieces", MAX_PIECES / 1000);
            self.report(Code::OversizedText, self.map.place(0, 1), message).help = Some("split it into shorter texts".into());
        }
        self.pieces <= MAX_PIECES
    }

    /// Reports that `what` is nested too deep, at the outermost one unless that has already been reported.
    fn too_deep(&mut self, outermost: Option<Place>, what: &str) {
        if let Some(place) = outermost {
            let message = format!("{what} nested more than {MAX_DEPTH} levels deep");
            self.report(Code::OversizedText, place, message).help = Some("use fewer levels".into());
        }
    }

    fn blocks<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<ProseBlock> {
        if depth > MAX_DEPTH {
            let outermost = self.outermost_block.take();
            self.too_deep(outermost, "quotations and lists are");
            return Vec::new();
        }
        let mut blocks = Vec::new();
        for node in parent.children() {
            if !self.count_one() {
                break;
            }
            if depth == 0 {
                self.outermost_block = Some(self.first_line(node.data.borrow().sourcepos));
            }
            if let Some(block) = self.block(node, depth) {
                blocks.push(block);
            }
        }
        blocks
    }

    fn block<'n>(&mut self, node: &'n AstNode<'n>, depth: usize) -> Option<ProseBlock> {
        let data = node.data.borrow();
        let place = self.place(data.sourcepos);
        match &data.value {
            NodeValue::Paragraph => {
                let nodes = self.inlines(node, 0);
                let (nodes, label) = self.label(nodes, self.range(data.sourcepos));
                Some(ProseBlock::Paragraph(Paragraph { nodes, label, place: self.last_line(data.sourcepos) }))
            }
            NodeValue::Heading(heading) => {
                let nodes = self.without_label("a heading", |reader| reader.inlines(node, 0));
                // A heading with a report isn't empty.
                if node.first_child().is_none() {
                    let marks = "#".repeat(usize::from(heading.level));
                    self.report(Code::EmptyPart, place, "empty heading").help =
                        Some(format!("write the heading after `{marks} `, or remove the line"));
                }
                Some(ProseBlock::Heading { level: heading.level, nodes, place })
            }
            NodeValue::BlockQuote => {
                let mut blocks = self.blocks(node, depth + 1);
                let attribution = attribution::take(&mut blocks);
                Some(ProseBlock::Quotation { blocks, attribution })
            }
            NodeValue::List(list) => {
                let start = matches!(list.list_type, ListType::Ordered).then(|| u32::try_from(list.start).unwrap_or(1));
                let items = node.children().take_while(|_| self.count_one()).collect::<Vec<_>>();
                let items = items.into_iter().map(|item| self.blocks(item, depth + 1)).collect();
                Some(ProseBlock::List { start, items })
            }
            NodeValue::Table(table) => {
                let columns = table.alignments.iter().map(alignment).collect();
                let mut rows = Vec::new();
                for row in node.children() {
                    let cells: Vec<_> = row.children().take_while(|_| self.count_one()).collect();
                    let read = |cell| self.without_label("a table cell", |reader| reader.inlines(cell, 0));
                    rows.push(cells.into_iter().map(read).collect());
                    if self.pieces > MAX_PIECES {
                        break;
                    }
                }
                let mut rows = rows.into_iter();
                let head = rows.next().unwrap_or_default();
                Some(ProseBlock::Table(Table { columns, head, rows: rows.collect(), place }))
            }
            NodeValue::FootnoteDefinition(_) => None,
            NodeValue::CodeBlock(code) if !code.fenced => {
                self.unsupported(place, "text indented by four or more spaces", "indent it like the lines around it");
                None
            }
            NodeValue::CodeBlock(_) => {
                self.unsupported(place, "a code block", "remove the ``` lines around it");
                None
            }
            NodeValue::HtmlBlock(_) => {
                self.unsupported(place, "HTML", &self.map.help(HTML_HELP));
                None
            }
            NodeValue::ThematicBreak => {
                self.unsupported(place, "a horizontal line", "remove it, or start a section with a heading: `## Its title`");
                None
            }
            _ => {
                self.unsupported(place, "this", "write it as a plain paragraph");
                None
            }
        }
    }

    /// The inline pieces of a node.
    fn inlines<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<Inline> {
        let mut nodes = Vec::new();
        if depth > MAX_DEPTH {
            let outermost = self.outermost_emphasis.take();
            self.too_deep(outermost, "emphasis is");
            return nodes;
        }
        // Neighboring text is joined, so a citation can continue on the next line.
        let mut pending: Option<(String, std::ops::Range<usize>)> = None;
        for node in parent.children() {
            let data = node.data.borrow();
            let range = self.range(data.sourcepos);
            if !self.count_one() {
                return nodes;
            }
            if depth == 0 {
                self.outermost_emphasis = Some(self.first_line(data.sourcepos));
            }
            let text = match &data.value {
                NodeValue::Text(text) => Some(text.as_ref()),
                NodeValue::SoftBreak => Some(" "),
                _ => None,
            };
            if let Some(text) = text {
                let (so_far, span) = pending.get_or_insert_with(|| (String::new(), range.clone()));
                so_far.push_str(text);
                span.end = span.end.max(range.end);
                continue;
            }
            if let Some((text, range)) = pending.take() {
                self.marks(&text, range, &mut nodes);
            }
            let place = self.place(data.sourcepos);
            match &data.value {
                NodeValue::Emph => nodes.push(Inline::Emphasis { nodes: self.inlines(node, depth + 1) }),
                NodeValue::Strong => nodes.push(Inline::Strong { nodes: self.inlines(node, depth + 1) }),
                NodeValue::Subscript => nodes.push(Inline::Subscript { nodes: self.inlines(node, depth + 1) }),
                NodeValue::Superscript => nodes.push(Inline::Superscript { nodes: self.inlines(node, depth + 1) }),
                NodeValue::LineBreak => nodes.push(Inline::Break),
                NodeValue::Link(link) => {
                    let url = link.url.clone();
                    if !is_good_link(&url) {
                        let message = format!("expected a web or email address, found `{url}`");
                        self.report(Code::BadUrl, place, message).help = Some(match url.contains(':') {
                            false if url.contains('@') => format!("write `mailto:{url}`"),
                            false if url.contains('.') => format!("write `https://{url}`"),
                            _ => "write an address that begins with `https://`, `http://`, or `mailto:`".to_owned(),
                        });
                    }
                    self.glyphs.check(&url, &|_| place, self.diagnostics);
                    nodes.push(Inline::Link { url, nodes: self.inlines(node, depth + 1), place });
                }
                NodeValue::FootnoteReference(reference) => {
                    if let Some(note) = self.note(&reference.name, place) {
                        nodes.push(Inline::Footnote { nodes: note, place });
                    }
                }
                NodeValue::Image(image) => {
                    let help = format!("make it a separate entry: `- figure: {{image: {}, alt: …}}`", image.url);
                    self.unsupported(place, "an image inside text", &help);
                }
                NodeValue::Math(math) => self.equation(&math.literal, range, &mut nodes),
                NodeValue::Code(_) if self.is_unclosed_equation(range.start) => {
                    self.report(Code::BadEquation, place, "this equation is never closed").help =
                        Some("end it with a backtick and a dollar sign: $`x^2`$".into());
                }
                NodeValue::Code(_) => self.unsupported(place, "code", "remove the backticks, or write it in *italics*"),
                NodeValue::HtmlInline(_) => self.unsupported(place, "HTML", &self.map.help(HTML_HELP)),
                _ => self.unsupported(place, "this", "write it as plain text"),
            }
        }
        if let Some((text, range)) = pending {
            self.marks(&text, range, &mut nodes);
        }
        nodes
    }

    /// Whether the code at `start` was meant as an equation: the dollar sign before it isn't escaped.
    fn is_unclosed_equation(&self, start: usize) -> bool {
        let before = self.text[..start].trim_end_matches('`').strip_suffix('$');
        before.is_some_and(|before| !before.ends_with('\\'))
    }

    /// Reads text that can't have a label; `what` says what it is.
    fn without_label<T>(&mut self, what: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.unlabeled.replace(what);
        let text = read(self);
        self.unlabeled = outside;
        text
    }

    /// The only paragraph of a line of text; anything else is reported.
    fn only_paragraph<'n>(&mut self, root: &'n AstNode<'n>) -> Option<&'n AstNode<'n>> {
        let mut paragraph = None;
        for (index, child) in root.children().enumerate() {
            if index == 0 && matches!(child.data.borrow().value, NodeValue::Paragraph) {
                paragraph = Some(child);
            } else if !matches!(child.data.borrow().value, NodeValue::FootnoteDefinition(_)) {
                let place = self.place(child.data.borrow().sourcepos);
                let (found, help) = self.not_a_paragraph(child);
                self.report(Code::UnsupportedMarkdown, place, format!("expected one paragraph, found {found}")).help = Some(help);
            }
        }
        paragraph
    }

    /// What was found instead of a single paragraph, and what to do about it.
    fn not_a_paragraph<'n>(&self, node: &'n AstNode<'n>) -> (&'static str, String) {
        let data = node.data.borrow();
        let found = match &data.value {
            NodeValue::Paragraph => return ("more than one", "remove the blank line before it".to_owned()),
            NodeValue::HtmlBlock(_) => return ("HTML", self.map.help(HTML_HELP)),
            NodeValue::Heading(heading) if heading.setext => {
                return ("a heading", "remove the line of `=` or `-` below it".to_owned());
            }
            NodeValue::Heading(_) => "a heading",
            NodeValue::List(_) => "a list",
            NodeValue::BlockQuote => "a quotation",
            NodeValue::Table(_) => return ("a table", "write it as plain text".to_owned()),
            NodeValue::CodeBlock(code) if code.fenced => return ("a code block", "remove the ``` lines around it".to_owned()),
            NodeValue::CodeBlock(_) => return ("indented text", "remove the spaces at its beginning".to_owned()),
            NodeValue::ThematicBreak if self.text.trim().bytes().all(|byte| byte == b'_') => {
                let help =
                    "write `–` for an empty cell; `space` draws lines below a question, and `blank_table` has cells to fill in";
                return ("a line to write on", help.to_owned());
            }
            NodeValue::ThematicBreak => "a horizontal line",
            _ => "something else",
        };
        let help = verse::beginning(&self.text[self.range(data.sourcepos)]).map_or_else(
            || "write it as plain text".to_owned(),
            |mark| {
                let escaped = self.map.help(&verse::escaped(mark));
                format!("remove the `{mark}` at its beginning, or write `{escaped}` to print it")
            },
        );
        (found, help)
    }

    fn unsupported(&mut self, place: Place, what: &str, help: &str) {
        self.report(Code::UnsupportedMarkdown, place, format!("{what} can't be printed")).help = Some(help.to_owned());
    }

    fn report(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push_new(Diagnostic::new(code, place, message))
    }

    /// The byte range between two parser positions, which count lines and bytes from 1 and include the end.
    fn range(&self, position: Sourcepos) -> std::ops::Range<usize> {
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

fn alignment(alignment: &TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::End,
        TableAlignment::None | TableAlignment::Left => Alignment::Start,
    }
}

fn is_good_link(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}
