//! Markdown inside YAML: CommonMark with tables, footnotes, sub- and superscript, citations, glossary references and labels.
//!
//! Every mistake is reported at its own line of the YAML file.
//! Straight quotation marks become nodes of their own, since only the template knows the language; see `markdown::marks`.

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

/// Longest text that is parsed, in bytes: a book of 60 pages.
const MAX_BYTES: usize = 256 * 1024;

/// Deepest nesting of quotations and lists, and again of emphasis: the template engine takes about twice as much.
const MAX_DEPTH: usize = 8;

/// Most blocks, cells and pieces of text that one text is cut into: a book of 60 pages has half as many.
const MAX_PIECES: usize = 20_000;

/// Parses a text of paragraphs, lists, quotations and tables; `coverage` is what the fonts can show.
pub fn blocks(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<ProseBlock> {
    Reader::read(text, map, coverage, diagnostics, |reader, root| reader.blocks(root, 0))
}

/// Parses a line of text; a blank line, list or heading in it is a mistake.
pub fn inline(text: &str, map: &TextMap, coverage: &Coverage, diagnostics: &mut Diagnostics) -> Vec<Inline> {
    Reader::read(text, map, coverage, diagnostics, |reader, root| {
        reader.only_paragraph(root).map_or_else(Vec::new, |paragraph| reader.inlines(paragraph, 0))
    })
}

/// Parses prose in which `{{name}}` is a blank.
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
    /// The notes by their names, until a mark takes them.
    notes: BTreeMap<String, (Vec<Inline>, Place)>,
    /// The names of the notes that a mark has taken.
    used_notes: BTreeSet<String>,
    /// Whether what is read stands in a note.
    in_note: bool,
    /// Whether `{{name}}` is a blank.
    blanks: bool,
    /// Whether what is read is a line of verse.
    in_verse: bool,
    /// The stars of a line of verse that begin or end no emphasis in it.
    stars: Vec<Star>,
    /// What may be labels, until they are taken as such.
    loose_labels: Vec<Loose>,
    /// The first line of the outermost block that is read, until it is reported as too deep.
    outermost_block: Option<Place>,
    /// The same for emphasis.
    outermost_emphasis: Option<Place>,
    /// How many pieces there are so far.
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
            let message = format!("the text is longer than {} KB, far more than a lesson needs", MAX_BYTES / 1024);
            diagnostics.push(Diagnostic::new(Code::OversizedText, map.place(0, 1), message).help("cut it into several texts"));
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
            pieces: 0,
        };
        reader.collect_notes(root);
        let converted = convert(&mut reader, root);
        reader.report_unused_notes();
        reader.report_loose_labels();
        converted
    }

    /// Counts one more piece; false if there are too many, which has been reported.
    fn count_one(&mut self) -> bool {
        self.pieces += 1;
        if self.pieces == MAX_PIECES + 1 {
            let message =
                format!("the text has more than {},000 paragraphs, cells, quotation marks and the like", MAX_PIECES / 1000);
            self.report(Code::OversizedText, self.map.place(0, 1), message).help = Some("cut it into several texts".into());
        }
        self.pieces <= MAX_PIECES
    }

    /// Reports that `what` are nested too deep, at the outermost of them unless that has been reported.
    fn too_deep(&mut self, outermost: Option<Place>, what: &str) {
        if let Some(place) = outermost {
            let message = format!("{what} more than {MAX_DEPTH} deep");
            self.report(Code::OversizedText, place, message).help = Some("write it flatter, or cut it into several".into());
        }
    }

    fn blocks<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<ProseBlock> {
        if depth > MAX_DEPTH {
            let outermost = self.outermost_block.take();
            self.too_deep(outermost, "quotations and lists stand inside one another");
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
                Some(ProseBlock::Paragraph(Paragraph { nodes, label }))
            }
            NodeValue::Heading(heading) => {
                let nodes = self.inlines(node, 0);
                if nodes.is_empty() {
                    self.report(Code::EmptyPart, place, "a heading without text");
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
                    rows.push(cells.into_iter().map(|cell| self.inlines(cell, 0)).collect());
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
                self.unsupported(place, "a line that begins with four spaces or more", "indent it like the lines around it");
                None
            }
            NodeValue::CodeBlock(_) => {
                self.unsupported(place, "a block of code between ``` marks", "write it as a paragraph");
                None
            }
            NodeValue::HtmlBlock(_) => {
                self.unsupported(place, "HTML", "write it in Markdown; a `<` that is meant as it stands is written `\\<`");
                None
            }
            NodeValue::ThematicBreak => {
                self.unsupported(place, "a line of dashes or stars", "begin a new section with a heading: `## Its title`");
                None
            }
            _ => {
                self.unsupported(place, "this", "write it as a paragraph");
                None
            }
        }
    }

    /// The pieces of a line of text.
    fn inlines<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<Inline> {
        let mut nodes = Vec::new();
        if depth > MAX_DEPTH {
            let outermost = self.outermost_emphasis.take();
            self.too_deep(outermost, "emphasis stands inside emphasis");
            return nodes;
        }
        // Neighbouring pieces of text are read as one, so that a citation may run over a line break.
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
                    if let Some(problem) = wrong_link(&url) {
                        self.report(Code::BadUrl, place, problem).help =
                            Some("an address begins with `https://`, `http://` or `mailto:`".into());
                    }
                    self.glyphs.check(&url, &|_| place, self.diagnostics);
                    nodes.push(Inline::Link { url, nodes: self.inlines(node, depth + 1), place });
                }
                NodeValue::FootnoteReference(reference) => {
                    if let Some(note) = self.note(&reference.name, place) {
                        nodes.push(Inline::Footnote { nodes: note });
                    }
                }
                NodeValue::Image(_) => {
                    self.unsupported(
                        place,
                        "a picture in the middle of a text",
                        "make it an entry of its own: `- figure: {image: …, alt: …}`",
                    );
                }
                NodeValue::Math(math) => self.equation(&math.literal, range, &mut nodes),
                NodeValue::Code(_) if self.text[..range.start].trim_end_matches('`').ends_with('$') => {
                    self.report(Code::BadEquation, place, "an equation is opened here and never closed").help =
                        Some("close it with a backtick and a dollar sign: $`x^2`$".into());
                }
                NodeValue::Code(_) => self.unsupported(place, "code between ` marks", "write it as plain text, or *in italics*"),
                NodeValue::HtmlInline(_) => {
                    self.unsupported(place, "HTML", "write it in Markdown; a `<` that is meant as it stands is written `\\<`");
                }
                _ => self.unsupported(place, "this", "write it as plain text"),
            }
        }
        if let Some((text, range)) = pending {
            self.marks(&text, range, &mut nodes);
        }
        nodes
    }

    /// The one paragraph that a line of text is; whatever stands beside it is reported.
    fn only_paragraph<'n>(&mut self, root: &'n AstNode<'n>) -> Option<&'n AstNode<'n>> {
        let mut paragraph = None;
        for (index, child) in root.children().enumerate() {
            if index == 0 && matches!(child.data.borrow().value, NodeValue::Paragraph) {
                paragraph = Some(child);
            } else if !matches!(child.data.borrow().value, NodeValue::FootnoteDefinition(_)) {
                let place = self.place(child.data.borrow().sourcepos);
                self.report(Code::UnsupportedMarkdown, place, "this text can be one paragraph only").help = Some(
                    "begin it with a letter, and take out blank lines; a number with a dot at the beginning is written `1\\.`"
                        .into(),
                );
            }
        }
        paragraph
    }

    fn unsupported(&mut self, place: Place, what: &str, help: &str) {
        self.report(Code::UnsupportedMarkdown, place, format!("{what} cannot be printed")).help = Some(help.to_owned());
    }

    fn report(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push_new(Diagnostic::new(code, place, message))
    }

    /// The bytes of the text between two positions of the parser, which counts lines and bytes from 1 and includes the end.
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

    /// The place of what lies between two positions, up to the end of its first line.
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

fn wrong_link(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url);
    let good = parsed.is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    (!good).then(|| format!("`{url}` is not an address on the web"))
}
