//! Reads Markdown (CommonMark with tables and footnotes), with or without front matter.

use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::account;
use super::document::{Aside, Block, Document, Entry, Line, Marker, Span, Style, tidy};
use super::limits::MAX_DEPTH;

pub(super) fn read(text: &str) -> Document {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.superscript = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    let mut reader = Reader { document: Document::default() };
    reader.blocks(root, 0, false, 0);
    // Notes without a mark aren't in the tree, nor are cells beyond the head of a table.
    let note = |line: &str| {
        let (name, text) = line.strip_prefix("[^")?.split_once("]:")?;
        (!reader.document.notes.contains_key(name)).then(|| text.to_owned())
    };
    let row = |line: &str| line.starts_with('|').then(|| line.replace(['|', '*', '_', '`'], " "));
    let pieces: Vec<String> = text.lines().filter_map(|line| note(line).or_else(|| row(line))).collect();
    let pieces: Vec<String> = pieces.into_iter().filter(|piece| !piece.contains(['[', '<', '\\', '&'])).collect();
    account::complete(&mut reader.document, &pieces);
    reader.document
}

/// A block as lines of a note.
fn lines_of(block: Block) -> Vec<Line> {
    match block {
        Block::Heading(_, line) | Block::Paragraph(line) | Block::Quotation(line) => vec![line],
        Block::Entry(Entry { marker, mut line, .. }) => {
            line.insert(0, Span::Text(super::typed(Some(&marker)), Style::default()));
            vec![tidy(line)]
        }
        Block::Verse(lines) => lines,
        Block::Table(rows) => rows.into_iter().flatten().flatten().collect(),
        Block::Equation(tex) => vec![vec![Span::Equation(tex)]],
    }
}

struct Reader {
    document: Document,
}

impl Reader {
    fn blocks<'a>(&mut self, parent: &'a AstNode<'a>, level: usize, quoted: bool, depth: usize) {
        if depth > MAX_DEPTH {
            // No one nests text this deep by hand, but none of it is lost.
            let text = |node: &'a AstNode<'a>| match &node.data.borrow().value {
                NodeValue::Text(text) => Some(text.to_string()),
                _ => None,
            };
            let texts: Vec<String> = parent.descendants().filter_map(text).collect();
            self.document.blocks.push(Block::Paragraph(vec![Span::Text(texts.join(" "), Style::default())]));
            return;
        }
        for node in parent.children() {
            let value = node.data.borrow().value.clone();
            match value {
                NodeValue::Heading(heading) => {
                    let line = self.line(node);
                    self.document.blocks.push(Block::Heading(heading.level, line));
                }
                NodeValue::Paragraph => {
                    let line = self.line(node);
                    self.document.blocks.push(if quoted { Block::Quotation(line) } else { Block::Paragraph(line) });
                }
                NodeValue::BlockQuote => self.blocks(node, level, true, depth + 1),
                NodeValue::List(list) => {
                    for (number, item) in (0..).map(|index| list.start.saturating_add(index)).zip(node.children()) {
                        let marker = match (list.list_type, &item.data.borrow().value) {
                            (_, NodeValue::TaskItem(_)) => Marker::Box,
                            (ListType::Ordered, _) => Marker::Number(number),
                            (ListType::Bullet, _) => Marker::Bullet,
                        };
                        let before = self.document.blocks.len();
                        self.blocks(item, level + 1, quoted, depth + 1);
                        if let Some(block) = self.document.blocks.get_mut(before)
                            && let Block::Paragraph(line) = block
                        {
                            *block = Block::Entry(Entry { level, marker, line: std::mem::take(line) });
                        }
                    }
                }
                NodeValue::Table(_) => {
                    let rows = node.children().map(|row| {
                        row.children()
                            .map(|cell| vec![self.line(cell)].into_iter().filter(|line| !line.is_empty()).collect())
                            .collect()
                    });
                    let rows = rows.collect();
                    self.document.blocks.push(Block::Table(rows));
                }
                NodeValue::CodeBlock(code) => {
                    let lines = code.literal.trim_end().lines().map(|line| vec![Span::Text(line.to_owned(), Style::default())]);
                    self.document.blocks.push(Block::Verse(lines.collect()));
                }
                NodeValue::FootnoteDefinition(note) => {
                    // Whatever is in a note becomes lines.
                    let before = self.document.blocks.len();
                    self.blocks(node, 0, false, depth + 1);
                    let inside = self.document.blocks.split_off(before);
                    self.document.notes.insert(note.name.clone(), inside.into_iter().flat_map(lines_of).collect());
                }
                NodeValue::FrontMatter(text) => {
                    let title = text.lines().find_map(|line| line.strip_prefix("title:"));
                    self.document.title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
                    self.document.aside.push((Aside::HeadOrFoot, text.trim().trim_matches('-').trim().replace('\n', "; ")));
                }
                NodeValue::HtmlBlock(html) => {
                    // Tables and images that Markdown can't write.
                    if let Ok(inner) = super::html::read(&html.literal) {
                        self.document.blocks.extend(inner.blocks);
                        self.document.aside.extend(inner.aside);
                    }
                }
                NodeValue::ThematicBreak => {}
                _ => self.blocks(node, level, quoted, depth + 1),
            }
        }
    }

    fn line<'a>(&mut self, node: &'a AstNode<'a>) -> Line {
        let mut line = Line::new();
        self.spans(node, Style::default(), 0, &mut line);
        tidy(line)
    }

    fn spans<'a>(&mut self, parent: &'a AstNode<'a>, style: Style, depth: usize, line: &mut Line) {
        if depth > MAX_DEPTH {
            let text = |node: &'a AstNode<'a>| match &node.data.borrow().value {
                NodeValue::Text(text) => Some(text.to_string()),
                _ => None,
            };
            line.extend(parent.descendants().filter_map(text).map(|text| Span::Text(text, style)));
            return;
        }
        for node in parent.children() {
            let value = node.data.borrow().value.clone();
            match value {
                NodeValue::Text(text) => line.push(Span::Text(text.to_string(), style)),
                NodeValue::Code(code) => line.push(Span::Text(code.literal.clone(), style)),
                NodeValue::SoftBreak => line.push(Span::Text(" ".to_owned(), style)),
                NodeValue::LineBreak => line.push(Span::Break),
                NodeValue::Emph => self.spans(node, Style { italic: true, ..style }, depth + 1, line),
                NodeValue::Strong => self.spans(node, Style { bold: true, ..style }, depth + 1, line),
                NodeValue::Superscript => self.spans(node, Style { high: true, ..style }, depth + 1, line),
                NodeValue::Strikethrough => {
                    let mut gone = Line::new();
                    self.spans(node, style, depth + 1, &mut gone);
                    self.document.aside.push((Aside::Deleted, super::document::plain(&gone)));
                }
                NodeValue::Link(link) => {
                    let mut inner = Line::new();
                    self.spans(node, style, depth + 1, &mut inner);
                    if link.url.starts_with("http") {
                        line.push(Span::Link(link.url.clone(), tidy(inner)))
                    } else {
                        line.extend(inner)
                    }
                }
                NodeValue::Image(image) => {
                    let mut inner = Line::new();
                    self.spans(node, style, depth + 1, &mut inner);
                    let name = image.url.rsplit('/').next().unwrap_or("image").to_lowercase();
                    line.push(Span::Picture(name, super::document::plain(&inner)));
                }
                NodeValue::FootnoteReference(note) => line.push(Span::Note(note.name.clone())),
                NodeValue::HtmlInline(html) => {
                    if html.starts_with("<br") {
                        line.push(Span::Break);
                    }
                }
                _ => self.spans(node, style, depth + 1, line),
            }
        }
    }
}
