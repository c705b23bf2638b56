//! Reads web pages, and the HTML that Google Docs and word processors export.

use std::collections::{BTreeMap, HashMap};

use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::document::{Aside, Block, Document, Entry, Line, Marker, Span, Style, is_blank, plain, tidy};
use super::limits::{Archive, MAX_BLOCKS, MAX_DEPTH};
use super::mathml;
use super::xml::{Element, Node};
use super::{Refused, account};

/// Elements that aren't part of the text.
const FURNITURE: [&str; 12] =
    ["nav", "header", "footer", "aside", "form", "button", "select", "dialog", "menu", "iframe", "input", "label"];

/// Elements that hold nothing to read.
const SILENT: [&str; 10] = ["script", "style", "noscript", "template", "head", "link", "meta", "svg", "canvas", "object"];

/// Reads a page on its own.
pub(super) fn read(text: &str) -> Result<Document, Refused> {
    let (document, _) = page(text)?;
    Ok(document)
}

/// Reads an archive with a page and its images, as Google Docs exports it.
pub(super) fn read_archive(mut archive: Archive, name: &str) -> Result<Document, Refused> {
    let text = archive.text(name)?.unwrap_or_default();
    let (mut document, wanted) = page(&text)?;
    for (path, name) in wanted {
        if let Some(bytes) = archive.image(&path)? {
            document.images.insert(name, bytes);
        }
    }
    Ok(document)
}

fn page(text: &str) -> Result<(Document, BTreeMap<String, String>), Refused> {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(text);
    let mut reader = Reader { classes: HashMap::new(), document: Document::default(), wanted: BTreeMap::new(), list: Vec::new() };
    let mut styles = Vec::new();
    find(&dom.document, &["style"], 0, &mut styles);
    styles.iter().for_each(|style| reader.learn(&text_of(style)));
    let mut titles = Vec::new();
    find(&dom.document, &["title"], 0, &mut titles);
    let title = titles.first().map(|title| spaced(&text_of(title))).filter(|title| !title.is_empty());
    let mut roots = Vec::new();
    find(&dom.document, &["html"], 0, &mut roots);
    reader.document.language = roots.first().and_then(|root| attribute(root, "lang"));
    // The part of a page that is its text, if it says so.
    let mut mains = Vec::new();
    find(&dom.document, &["main", "article"], 0, &mut mains);
    let start = mains.first().cloned().unwrap_or_else(|| dom.document.clone());
    if !mains.is_empty() {
        reader.outside(&dom.document, &start, 0);
    }
    reader.blocks(&start, 0)?;
    account::complete(&mut reader.document, &pieces(&dom.document));
    let is_heading = |block: &Block| matches!(block, Block::Heading(1, _));
    if !reader.document.blocks.iter().any(is_heading) {
        reader.document.title = title;
    }
    Ok((reader.document, reader.wanted))
}

/// The elements with these names, in order.
fn find(node: &Handle, names: &[&str], depth: usize, found: &mut Vec<Handle>) {
    if depth > MAX_DEPTH {
        return;
    }
    for child in node.children.borrow().iter() {
        if names.contains(&name(child).as_str()) {
            found.push(child.clone());
        }
        find(child, names, depth + 1, found);
    }
}

fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    match &node.data {
        NodeData::Element { attrs, .. } => {
            attrs.borrow().iter().find(|attribute| &*attribute.name.local == wanted).map(|attribute| attribute.value.to_string())
        }
        _ => None,
    }
}

/// The text inside a node; only as deep as people nest elements.
fn text_of(node: &Handle) -> String {
    fn collect(node: &Handle, depth: usize, out: &mut String) {
        if let NodeData::Text { contents } = &node.data {
            out.push_str(&contents.borrow());
        }
        if depth <= MAX_DEPTH {
            node.children.borrow().iter().for_each(|child| collect(child, depth + 1, out));
        }
    }
    let mut out = String::new();
    collect(node, 0, &mut out);
    out
}

/// The text between the beginnings and ends of blocks, however deep.
fn pieces(root: &Handle) -> Vec<String> {
    enum Step {
        Into(Handle),
        End,
    }
    let mut pieces = vec![String::new()];
    let mut steps = vec![Step::Into(root.clone())];
    while let Some(step) = steps.pop() {
        let Step::Into(node) = step else {
            pieces.push(String::new());
            continue;
        };
        let tag = name(&node);
        // Equations are written anew.
        if SILENT.contains(&tag.as_str()) || tag == "math" {
            continue;
        }
        match &node.data {
            NodeData::Text { contents } => pieces.last_mut().expect("there is always one").push_str(&contents.borrow()),
            _ if tag == "br" => pieces.last_mut().expect("there is always one").push(' '),
            _ => {
                if !is_inline(&node, &tag) {
                    pieces.push(String::new());
                    steps.push(Step::End);
                }
                steps.extend(node.children.borrow().iter().rev().cloned().map(Step::Into));
            }
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a class or a style attribute says.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    style: Style,
    is_set_apart: bool,
}

impl Look {
    fn of(css: &str) -> Self {
        let mut look = Self::default();
        let (mut start, mut end) = (0.0, 0.0);
        for declaration in css.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_lowercase();
            match property.trim().to_lowercase().as_str() {
                "font-weight" => look.style.bold = value == "bold" || value.parse::<u32>().is_ok_and(|weight| weight >= 600),
                "font-style" => look.style.italic = value == "italic",
                "text-decoration" => look.style.underlined = value.contains("underline"),
                "vertical-align" => {
                    look.style.high = value == "super";
                    look.style.low = value == "sub";
                }
                "margin-left" => start = points(&value),
                "margin-right" => end = points(&value),
                _ => {}
            }
        }
        look.is_set_apart = start >= 24.0 && end >= 24.0;
        look
    }

    fn and(self, other: Self) -> Self {
        Self { style: joined(self.style, other.style), is_set_apart: self.is_set_apart || other.is_set_apart }
    }
}

fn joined(one: Style, other: Style) -> Style {
    Style {
        bold: one.bold || other.bold,
        italic: one.italic || other.italic,
        underlined: one.underlined || other.underlined,
        high: one.high || other.high,
        low: one.low || other.low,
    }
}

fn points(length: &str) -> f64 {
    let unit = length.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(length.len());
    let number: f64 = length[..unit].trim().parse().unwrap_or(0.0);
    match &length[unit..] {
        "px" => number * 0.75,
        "in" => number * 72.0,
        "cm" => number * 28.35,
        "em" | "rem" => number * 12.0,
        _ => number,
    }
}

struct Reader {
    classes: HashMap<String, Look>,
    document: Document,
    wanted: BTreeMap<String, String>,
    /// The lists around: whether each is numbered, its last number, and its level.
    list: Vec<(bool, usize, usize)>,
}

impl Reader {
    /// The looks of classes in a style sheet: `.c1{font-weight:700}`.
    fn learn(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            for selector in selectors.split(',') {
                if let Some(class) = selector.trim().strip_prefix('.').filter(|class| !class.contains([' ', ':', '.', '>'])) {
                    self.classes.insert(class.to_owned(), Look::of(body));
                }
            }
        }
    }

    fn look(&self, node: &Handle) -> Look {
        let classes = attribute(node, "class").unwrap_or_default();
        let own = attribute(node, "style").map(|css| Look::of(&css)).unwrap_or_default();
        classes.split_whitespace().filter_map(|class| self.classes.get(class)).fold(own, |look, class| look.and(*class))
    }

    /// What is outside of the main part of a page.
    fn outside(&mut self, node: &Handle, main: &Handle, depth: usize) {
        if depth > MAX_DEPTH || std::rc::Rc::ptr_eq(node, main) || SILENT.contains(&name(node).as_str()) {
            return;
        }
        if let NodeData::Text { contents } = &node.data {
            let text = contents.borrow().to_string();
            self.aside(Aside::Furniture, &text);
        }
        node.children.borrow().iter().for_each(|child| self.outside(child, main, depth + 1));
    }

    fn aside(&mut self, kind: Aside, text: &str) {
        let text = spaced(text);
        if !text.is_empty() {
            self.document.aside.push((kind, text));
        }
    }

    fn push(&mut self, block: Block) {
        let is_empty = match &block {
            Block::Paragraph(line) | Block::Heading(_, line) | Block::Quotation(line) | Block::Entry(Entry { line, .. }) => {
                is_blank(line)
            }
            _ => false,
        };
        if !is_empty {
            self.document.blocks.push(block);
        }
    }

    /// Reads what is in a node; text between blocks becomes paragraphs.
    fn blocks(&mut self, parent: &Handle, depth: usize) -> Result<(), Refused> {
        if self.document.blocks.len() > MAX_BLOCKS {
            return Err(Refused::TooLarge(format!("it has more than {MAX_BLOCKS} paragraphs")));
        }
        let mut loose = Line::new();
        for node in parent.children.borrow().iter() {
            let tag = name(node);
            if is_inline(node, &tag) {
                self.spans(node, Style::default(), depth + 1, &mut loose);
                continue;
            }
            self.push(Block::Paragraph(tidy(std::mem::take(&mut loose))));
            if depth < MAX_DEPTH {
                self.block(node, &tag, depth + 1)?;
            } else {
                // No one nests text this deep by hand, but none of it is lost.
                let text = spaced(&text_of(node));
                self.push(Block::Paragraph(vec![Span::Text(text, Style::default())]));
            }
        }
        self.push(Block::Paragraph(tidy(loose)));
        Ok(())
    }

    fn block(&mut self, node: &Handle, tag: &str, depth: usize) -> Result<(), Refused> {
        let class = attribute(node, "class").unwrap_or_default();
        let role = attribute(node, "role").unwrap_or_default();
        let is_furniture = FURNITURE.contains(&tag) && tag != "header"
            || matches!(role.as_str(), "navigation" | "banner" | "contentinfo" | "search" | "complementary")
            || attribute(node, "hidden").is_some();
        if SILENT.contains(&tag) {
            return Ok(());
        }
        if is_furniture {
            self.aside(Aside::Furniture, &text_of(node));
            return Ok(());
        }
        match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tag[1..].parse().unwrap_or(2);
                let line = self.line(node, depth);
                self.push(Block::Heading(level, line));
            }
            "p" => {
                let look = self.look(node);
                let mut line = Line::new();
                node.children.borrow().iter().for_each(|child| self.spans(child, look.style, depth, &mut line));
                let line = tidy(line);
                if let Some(id) = note_of(node) {
                    // A note at the end, as Google Docs has it: its number isn't part of it.
                    let text = super::document::without_start(&line, plain(&line).find(']').map_or(0, |at| at + 1));
                    let kind = if id.starts_with("cmnt") { Some(Aside::Comment) } else { None };
                    match kind {
                        Some(kind) => self.aside(kind, &plain(&text)),
                        None => drop(self.document.notes.insert(id, vec![text])),
                    }
                } else if class.split(' ').any(|class| class == "title") {
                    self.document.title.get_or_insert_with(|| plain(&line).trim().to_owned());
                    self.push(Block::Heading(1, line));
                } else if look.is_set_apart {
                    self.push(Block::Quotation(line));
                } else {
                    self.push(Block::Paragraph(line));
                }
            }
            "blockquote" => {
                let before = self.document.blocks.len();
                self.blocks(node, depth)?;
                for block in &mut self.document.blocks[before..] {
                    if let Block::Paragraph(line) = block {
                        *block = Block::Quotation(std::mem::take(line));
                    }
                }
            }
            "ul" | "ol" => {
                // Google Docs writes each level as a list of its own, with the level at the end of its class.
                let level =
                    class.split(' ').find_map(|class| class.strip_prefix("lst-kix_")?.rsplit_once('-')?.1.parse::<usize>().ok());
                let start = attribute(node, "start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1);
                self.list.push((tag == "ol", start.saturating_sub(1), level.unwrap_or(self.list.len())));
                self.blocks(node, depth)?;
                self.list.pop();
            }
            "li" if attribute(node, "id").is_some_and(|id| is_note(&id)) => {
                let id = attribute(node, "id").unwrap_or_default();
                let line = self.line(node, depth);
                self.document.notes.insert(id, vec![line]);
            }
            "li" => self.entry(node, depth)?,
            "table" => {
                let mut captions = Vec::new();
                find(node, &["caption"], depth, &mut captions);
                for caption in captions {
                    let line = self.line(&caption, depth);
                    self.push(Block::Paragraph(line));
                }
                let rows = self.table(node, depth);
                if rows.len() == 1 && rows[0].len() == 1 {
                    // A frame around text.
                    for line in rows.into_iter().flatten().flatten() {
                        self.push(Block::Paragraph(line));
                    }
                } else if !rows.is_empty() {
                    self.document.blocks.push(Block::Table(rows));
                }
            }
            "pre" => {
                let text = text_of(node);
                let lines =
                    text.trim_matches('\n').lines().map(|line| vec![Span::Text(line.to_owned(), Style::default())]).collect();
                self.document.blocks.push(Block::Verse(lines));
            }
            "dt" | "dd" | "figcaption" | "caption" => {
                let line = self.line(node, depth);
                self.push(Block::Paragraph(line));
            }
            "hr" => {}
            _ => self.blocks(node, depth)?,
        }
        Ok(())
    }

    fn entry(&mut self, node: &Handle, depth: usize) -> Result<(), Refused> {
        let Some((is_numbered, number, level)) = self.list.last_mut() else { return self.blocks(node, depth) };
        *number += 1;
        let marker = if *is_numbered { Marker::Number(*number) } else { Marker::Bullet };
        let level = *level;
        let before = self.document.blocks.len();
        self.blocks(node, depth)?;
        // Its first paragraph is the entry; what follows it belongs to it.
        if let Some(block) = self.document.blocks.get_mut(before)
            && let Block::Paragraph(line) = block
        {
            *block = Block::Entry(Entry { level, marker, line: std::mem::take(line) });
        }
        Ok(())
    }

    fn line(&mut self, node: &Handle, depth: usize) -> Line {
        let mut line = Line::new();
        node.children.borrow().iter().for_each(|child| self.spans(child, Style::default(), depth, &mut line));
        tidy(line)
    }

    fn table(&mut self, node: &Handle, depth: usize) -> Vec<Vec<Vec<Line>>> {
        let mut rows = Vec::new();
        find(node, &["tr"], depth, &mut rows);
        let mut table = Vec::new();
        for row in rows.iter().take(2000) {
            let mut cells = Vec::new();
            for cell in row.children.borrow().iter().filter(|cell| matches!(name(cell).as_str(), "td" | "th")) {
                let line = self.line(cell, depth + 2);
                cells.push(if is_blank(&line) { Vec::new() } else { vec![line] });
                let span = attribute(cell, "colspan").and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
                cells.extend((1..span.min(60)).map(|_| Vec::new()));
            }
            if !cells.is_empty() {
                table.push(cells);
            }
        }
        table
    }

    fn spans(&mut self, node: &Handle, style: Style, depth: usize, line: &mut Line) {
        match &node.data {
            NodeData::Text { contents } => {
                let text = contents.borrow();
                let mut spaced = String::new();
                for c in text.chars() {
                    let c = if c.is_whitespace() && c != '\u{a0}' { ' ' } else { c };
                    if c != ' ' || !spaced.ends_with(' ') {
                        spaced.push(c);
                    }
                }
                line.push(Span::Text(spaced, style));
                return;
            }
            NodeData::Element { .. } => {}
            _ => return,
        }
        let tag = name(node);
        if depth > MAX_DEPTH {
            line.push(Span::Text(spaced(&text_of(node)), style));
            return;
        }
        if SILENT.contains(&tag.as_str()) {
            return;
        }
        let style = joined(style, self.look(node).style);
        let inner = match tag.as_str() {
            "b" | "strong" | "th" => Style { bold: true, ..style },
            "i" | "em" | "cite" | "var" | "dfn" => Style { italic: true, ..style },
            "u" | "ins" => Style { underlined: true, ..style },
            "sup" => Style { high: true, ..style },
            "sub" => Style { low: true, ..style },
            _ => style,
        };
        match tag.as_str() {
            "br" => line.push(Span::Break),
            "img" => {
                let source = attribute(node, "src").unwrap_or_default();
                if source.starts_with("http") || source.starts_with("data:") || source.is_empty() {
                    let description = attribute(node, "alt").unwrap_or_default();
                    if !source.is_empty() {
                        let shown = if source.starts_with("data:") { "an image inside the page".to_owned() } else { source };
                        self.aside(Aside::Furniture, &format!("image: {shown} {description}"));
                    }
                    return;
                }
                let name = source.rsplit('/').next().unwrap_or("image").to_lowercase();
                self.wanted.insert(source, name.clone());
                line.push(Span::Picture(name, spaced(&attribute(node, "alt").unwrap_or_default())));
            }
            "math" => line.push(Span::Equation(attribute(node, "alttext").unwrap_or_else(|| mathml::tex(&element_of(node, 0))))),
            "a" => {
                let address = attribute(node, "href").unwrap_or_default();
                if let Some(id) = address.strip_prefix('#').filter(|id| is_note(id)) {
                    line.push(Span::Note(id.to_owned()));
                    return;
                }
                if is_way_back(node, &address) {
                    return;
                }
                if address.starts_with("#cmnt") {
                    return;
                }
                let mut own = Line::new();
                node.children.borrow().iter().for_each(|child| self.spans(child, inner, depth + 1, &mut own));
                match behind(&address) {
                    // A space at the end of a link belongs after it.
                    Some(address) => {
                        let ends = plain(&own).ends_with(' ');
                        line.push(Span::Link(address, tidy(own)));
                        if ends {
                            line.push(Span::Text(" ".to_owned(), style));
                        }
                    }
                    None => line.extend(own),
                }
            }
            _ => {
                let is_block = !is_inline(node, &tag);
                if is_block && !line.is_empty() {
                    line.push(Span::Break);
                }
                node.children.borrow().iter().for_each(|child| self.spans(child, inner, depth + 1, line));
            }
        }
    }
}

/// The id of the note that a paragraph is: its first link leads back to the mark.
fn note_of(node: &Handle) -> Option<String> {
    let mut links = Vec::new();
    find(node, &["a"], 0, &mut links);
    let first = links.first()?;
    let back = attribute(first, "href")?;
    let is_back = back.contains("ref") && ["#ftnt", "#cmnt", "#_ftn", "#_edn"].iter().any(|start| back.starts_with(start));
    attribute(first, "id").or_else(|| attribute(first, "name")).filter(|_| is_back)
}

/// Whether the id of a place is that of a note, in the ways that programs name them, and not that of its mark.
fn is_note(id: &str) -> bool {
    let starts = ["ftnt", "_ftn", "_edn", "fn", "footnote", "cite_note", "endnote"];
    starts.iter().any(|start| id.starts_with(start)) && !id.contains("ref") && id.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a link leads from a note back to its mark.
fn is_way_back(node: &Handle, address: &str) -> bool {
    let role = attribute(node, "role").unwrap_or_default();
    let text = text_of(node);
    role == "doc-backlink" || address.starts_with('#') && address.contains("ref") && text.trim().chars().count() <= 4
}

/// The address that a link leads to; Google puts its own in front of it.
fn behind(address: &str) -> Option<String> {
    let wrapped = address.strip_prefix("https://www.google.com/url?").and_then(|query| {
        url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q").map(|(_, value)| value.into_owned())
    });
    let address = wrapped.unwrap_or_else(|| address.to_owned());
    address.starts_with("http").then_some(address)
}

/// Whether a node is part of a line.
fn is_inline(node: &Handle, tag: &str) -> bool {
    match node.data {
        NodeData::Text { .. } | NodeData::Comment { .. } => true,
        NodeData::Element { .. } => matches!(
            tag,
            "a" | "abbr"
                | "b"
                | "bdi"
                | "bdo"
                | "br"
                | "cite"
                | "code"
                | "data"
                | "del"
                | "dfn"
                | "em"
                | "font"
                | "i"
                | "img"
                | "ins"
                | "kbd"
                | "mark"
                | "math"
                | "q"
                | "s"
                | "samp"
                | "small"
                | "span"
                | "strong"
                | "sub"
                | "sup"
                | "time"
                | "tt"
                | "u"
                | "var"
                | "wbr"
        ),
        _ => true,
    }
}

/// A node as an element of XML, for equations.
fn element_of(node: &Handle, depth: usize) -> Element {
    let mut element = Element { name: name(node), ..Element::default() };
    if depth > MAX_DEPTH {
        return element;
    }
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => element.inside.push(Node::Text(contents.borrow().to_string())),
            NodeData::Element { .. } => element.inside.push(Node::Element(element_of(child, depth + 1))),
            _ => {}
        }
    }
    element
}
