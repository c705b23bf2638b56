//! Reads OpenDocument text (ISO/IEC 26300), as LibreOffice writes it.

use std::collections::{BTreeMap, HashMap};

use super::document::{Aside, Block, Document, Entry, Line, Marker, Span, Style, is_blank, plain, tidy};
use super::limits::{Archive, MAX_BLOCKS};
use super::mathml;
use super::xml::{Element, Node, parse};
use super::{Refused, account};

/// The main part of an OpenDocument file.
pub(super) const MAIN: &str = "content.xml";

pub(super) fn read(mut archive: Archive) -> Result<Document, Refused> {
    let missing = || Refused::Broken("its main part is missing".to_owned());
    let main = parse(&archive.text(MAIN)?.ok_or_else(missing)?)?;
    let styles = archive.text("styles.xml")?.map(|text| parse(&text)).transpose()?;
    let meta = archive.text("meta.xml")?.map(|text| parse(&text)).transpose()?;
    let mut reader = Reader {
        styles: HashMap::new(),
        lists: HashMap::new(),
        document: Document::default(),
        wanted: BTreeMap::new(),
        objects: Vec::new(),
        depth: 0,
    };
    for root in styles.iter().chain([&main]) {
        for group in root.elements().filter(|group| matches!(group.name.as_str(), "styles" | "automatic-styles")) {
            reader.learn(group);
        }
    }
    let body = main.at(&["body", "text"]).ok_or_else(missing)?;
    reader.blocks(body, None)?;
    if let Some(styles) = &styles {
        let mut found = Vec::new();
        for name in ["header", "footer"] {
            styles.all(name, &mut found);
        }
        for part in found {
            reader.aside(Aside::HeadOrFoot, &pieces(part).join(" "));
        }
    }
    let meta = meta.as_ref().and_then(|meta| meta.first("meta"));
    let value = |name: &str| meta.and_then(|meta| meta.first(name)).map(|found| found.text().trim().to_owned());
    reader.document.title = reader.document.title.or(value("title").filter(|title| !title.is_empty()));
    reader.document.language = value("language").filter(|language| !language.is_empty());
    let (mut document, wanted, objects) = (reader.document, reader.wanted, reader.objects);
    account::complete(&mut document, &pieces(body));
    for (path, name) in wanted {
        if let Some(bytes) = archive.image(&path)? {
            document.images.insert(name, bytes);
        }
    }
    // Equations are files of their own; their places were marked with their paths.
    let mut equations = HashMap::new();
    for path in objects {
        let text = archive.text(&format!("{path}/content.xml"))?;
        let tex = text.and_then(|text| parse(&text).ok()).filter(|root| root.name == "math").map(|root| mathml::tex(&root));
        equations.insert(path, tex.unwrap_or_default());
    }
    for block in &mut document.blocks {
        if let Block::Heading(_, line) | Block::Paragraph(line) | Block::Quotation(line) | Block::Entry(Entry { line, .. }) =
            block
        {
            resolve(line, &equations);
        }
    }
    Ok(document)
}

fn resolve(line: &mut Line, equations: &HashMap<String, String>) {
    for span in line {
        match span {
            Span::Equation(path) => {
                if let Some(tex) = equations.get(path) {
                    path.clone_from(tex);
                }
            }
            Span::Link(_, inner) => resolve(inner, equations),
            _ => {}
        }
    }
}

/// What a style says.
#[derive(Debug, Clone, Default)]
struct Known {
    style: Style,
    parent: Option<String>,
    /// Its name for people, in English.
    display: String,
    /// Whether both of its margins are wide.
    is_set_apart: bool,
}

struct Reader {
    styles: HashMap<String, Known>,
    /// For each list style, whether each of its levels has numbers or letters.
    lists: HashMap<String, BTreeMap<usize, Signs>>,
    document: Document,
    wanted: BTreeMap<String, String>,
    objects: Vec<String>,
    depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    Bullets,
    Numbers,
    Letters,
}

/// The list around an entry.
struct Around<'a> {
    style: Option<&'a str>,
    level: usize,
    number: usize,
}

/// The text of each paragraph inside.
fn pieces(element: &Element) -> Vec<String> {
    element.pieces(
        &["h", "p"],
        &["s", "tab", "line-break"],
        &["change-info", "creator", "date", "note-citation", "title", "desc"],
    )
}

impl Reader {
    fn learn(&mut self, group: &Element) {
        for style in group.elements() {
            let Some(name) = style.attribute("name").map(str::to_owned) else { continue };
            match style.name.as_str() {
                "style" => {
                    let text = style.first("text-properties");
                    let value = |name: &str| text.and_then(|text| text.attribute(name)).unwrap_or_default();
                    let position = value("text-position");
                    let margins = style.first("paragraph-properties");
                    let margin = |name: &str| margins.and_then(|found| found.attribute(name)).map_or(0.0, inches);
                    self.styles.insert(
                        name.clone(),
                        Known {
                            style: Style {
                                bold: value("font-weight") == "bold",
                                italic: value("font-style") == "italic",
                                underlined: !matches!(value("text-underline-style"), "" | "none"),
                                high: position.starts_with("super"),
                                low: position.starts_with("sub"),
                            },
                            parent: style.attribute("parent-style-name").map(str::to_owned),
                            display: style.attribute("display-name").unwrap_or(&name).to_lowercase().replace("_20_", " "),
                            is_set_apart: margin("margin-left") >= 0.33 && margin("margin-right") >= 0.33,
                        },
                    );
                }
                "list-style" => {
                    let mut levels = BTreeMap::new();
                    for level in style.elements() {
                        let Some(number) = level.attribute("level").and_then(|number| number.parse::<usize>().ok()) else {
                            continue;
                        };
                        let kind = match (level.name.as_str(), level.attribute("num-format").unwrap_or_default()) {
                            ("list-level-style-number", "a" | "A") => Signs::Letters,
                            ("list-level-style-number", _) => Signs::Numbers,
                            _ => Signs::Bullets,
                        };
                        levels.insert(number.saturating_sub(1), kind);
                    }
                    self.lists.insert(name, levels);
                }
                _ => {}
            }
        }
    }

    /// The style with this name and those that it is made from, innermost first.
    fn chain(&self, name: Option<&str>) -> Vec<&Known> {
        let mut chain = Vec::new();
        let mut name = name;
        while let Some(known) = name.and_then(|name| self.styles.get(name)).filter(|_| chain.len() < 20) {
            chain.push(known);
            name = known.parent.as_deref();
        }
        chain
    }

    fn is_named(&self, name: Option<&str>, wanted: &str) -> bool {
        let own = name.map(|name| name.to_lowercase().replace("_20_", " "));
        own.is_some_and(|own| own.contains(wanted)) || self.chain(name).iter().any(|known| known.display.contains(wanted))
    }

    fn blocks(&mut self, parent: &Element, around: Option<&Around<'_>>) -> Result<(), Refused> {
        for element in parent.elements() {
            if self.document.blocks.len() > MAX_BLOCKS {
                return Err(Refused::TooLarge(format!("it has more than {MAX_BLOCKS} paragraphs")));
            }
            match element.name.as_str() {
                "h" | "p" => self.paragraph(element, around)?,
                "list" => self.list(element, around)?,
                "table" => {
                    let table = self.table(element);
                    self.document.blocks.push(Block::Table(table));
                }
                "section" | "index-body" | "numbered-paragraph" => self.blocks(element, around)?,
                "tracked-changes" => {
                    let mut deleted = Vec::new();
                    element.all("deletion", &mut deleted);
                    for deletion in deleted {
                        let text: Vec<String> =
                            deletion.elements().filter(|part| part.name != "change-info").map(Element::text).collect();
                        self.aside(Aside::Deleted, &text.join(" "));
                    }
                }
                "table-of-content" | "alphabetical-index" | "bibliography" => {
                    self.aside(Aside::Furniture, &pieces(element).join(" "));
                }
                "frame" | "text-box" | "custom-shape" => {
                    let mut line = Line::new();
                    let mut boxes = Vec::new();
                    self.frame(element, &mut line, &mut boxes);
                    self.push(Block::Paragraph(tidy(line)));
                    self.text_boxes(&boxes)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn push(&mut self, block: Block) {
        let is_empty = match &block {
            Block::Paragraph(line) | Block::Heading(_, line) | Block::Quotation(line) => is_blank(line),
            _ => false,
        };
        if !is_empty {
            self.document.blocks.push(block);
        }
    }

    fn text_boxes(&mut self, boxes: &[Element]) -> Result<(), Refused> {
        for text_box in boxes {
            if self.depth < 3 {
                self.depth += 1;
                self.blocks(text_box, None)?;
                self.depth -= 1;
            } else {
                self.aside(Aside::HeadOrFoot, &text_box.text());
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element, around: Option<&Around<'_>>) -> Result<(), Refused> {
        let style = element.attribute("style-name");
        let mut boxes = Vec::new();
        let mut line = Line::new();
        self.spans(element, Style::default(), &mut line, &mut boxes);
        let line = tidy(line);
        let level = element.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        if self.is_named(style, "title") && !self.is_named(style, "subtitle") {
            self.document.title.get_or_insert_with(|| plain(&line).trim().to_owned());
            self.push(Block::Heading(1, line));
        } else if element.name == "h" {
            self.push(Block::Heading(level.unwrap_or(1), line));
        } else if let Some(around) = around.filter(|_| !is_blank(&line)) {
            let kind = around.style.and_then(|style| self.lists.get(style)).and_then(|levels| levels.get(&around.level));
            let marker = match kind {
                Some(Signs::Numbers) => Marker::Number(around.number),
                Some(Signs::Letters) => Marker::Letter(around.number.saturating_sub(1)),
                _ => Marker::Bullet,
            };
            self.document.blocks.push(Block::Entry(Entry { level: around.level, marker, line }));
        } else if self.is_named(style, "quot") || self.chain(style).iter().any(|known| known.is_set_apart) {
            self.push(Block::Quotation(line));
        } else {
            self.push(Block::Paragraph(line));
        }
        self.text_boxes(&boxes)
    }

    fn list(&mut self, element: &Element, around: Option<&Around<'_>>) -> Result<(), Refused> {
        let level = around.map_or(0, |around| around.level + 1);
        let style = element.attribute("style-name").or(around.and_then(|around| around.style)).map(str::to_owned);
        let mut number = 0;
        for entry in element.elements().filter(|entry| matches!(entry.name.as_str(), "list-item" | "list-header")) {
            number = entry.attribute("start-value").and_then(|start| start.parse().ok()).unwrap_or(number + 1);
            let own = Around { style: style.as_deref(), level, number };
            self.blocks(entry, Some(&own))?;
        }
        Ok(())
    }

    fn table(&mut self, element: &Element) -> Vec<Vec<Vec<Line>>> {
        let mut rows = Vec::new();
        element.all("table-row", &mut rows);
        rows.into_iter()
            .map(|row| {
                let cells = row.elements().filter(|cell| matches!(cell.name.as_str(), "table-cell" | "covered-table-cell"));
                cells.map(|cell| self.lines(cell)).collect()
            })
            .collect()
    }

    fn lines(&mut self, element: &Element) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut paragraphs = Vec::new();
        for name in ["h", "p"] {
            element.all(name, &mut paragraphs);
        }
        for paragraph in paragraphs {
            let mut line = Line::new();
            self.spans(paragraph, Style::default(), &mut line, &mut Vec::new());
            lines.push(tidy(line));
        }
        lines.retain(|line| !is_blank(line));
        lines
    }

    fn spans(&mut self, parent: &Element, style: Style, line: &mut Line, boxes: &mut Vec<Element>) {
        for node in &parent.inside {
            let element = match node {
                Node::Text(text) => {
                    // Line breaks in the file mean nothing.
                    let text: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
                    line.push(Span::Text(text, style));
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                "span" => {
                    let own = self.chain(element.attribute("style-name")).iter().fold(style, |style, known| Style {
                        bold: style.bold || known.style.bold,
                        italic: style.italic || known.style.italic,
                        underlined: style.underlined || known.style.underlined,
                        high: style.high || known.style.high,
                        low: style.low || known.style.low,
                    });
                    self.spans(element, own, line, boxes);
                }
                "a" => {
                    let mut inner = Line::new();
                    self.spans(element, style, &mut inner, boxes);
                    match element.attribute("href").filter(|address| address.starts_with("http")) {
                        Some(address) => line.push(Span::Link(address.to_owned(), tidy(inner))),
                        None => line.extend(inner),
                    }
                }
                "line-break" => line.push(Span::Break),
                "tab" => line.push(Span::Text("\t".to_owned(), style)),
                "s" => {
                    let count = element.attribute("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                    line.push(Span::Text(" ".repeat(count.min(1000)), style));
                }
                "note" => {
                    let name = element.attribute("id").unwrap_or("note").to_owned();
                    let lines = element.first("note-body").map(|body| self.lines(body)).unwrap_or_default();
                    self.document.notes.insert(name.clone(), lines);
                    line.push(Span::Note(name));
                }
                "annotation" => self.aside(Aside::Comment, &element.text()),
                "frame" | "text-box" | "custom-shape" | "g" => self.frame(element, line, boxes),
                "change" | "change-start" | "change-end" | "annotation-end" | "soft-page-break" => {}
                _ => self.spans(element, style, line, boxes),
            }
        }
    }

    fn frame(&mut self, frame: &Element, line: &mut Line, boxes: &mut Vec<Element>) {
        if frame.name == "text-box" || frame.name == "custom-shape" {
            boxes.push(frame.clone());
            return;
        }
        let described =
            |name: &str| frame.first(name).map(|found| found.text().trim().to_owned()).filter(|text| !text.is_empty());
        let description = described("desc").or_else(|| described("title")).unwrap_or_default();
        for part in frame.elements() {
            match part.name.as_str() {
                "object" => {
                    let Some(path) =
                        part.attribute("href").map(|path| path.trim_start_matches("./").trim_end_matches('/').to_owned())
                    else {
                        continue;
                    };
                    self.objects.push(path.clone());
                    line.push(Span::Equation(path));
                    // The picture after it shows the same.
                    return;
                }
                "image" => {
                    let Some(path) = part.attribute("href").map(|path| path.trim_start_matches("./").to_owned()) else {
                        continue;
                    };
                    let name = path.rsplit('/').next().unwrap_or("image").to_lowercase();
                    self.wanted.insert(path, name.clone());
                    line.push(Span::Picture(name, description.clone()));
                }
                "text-box" => boxes.push(part.clone()),
                "frame" | "g" => self.frame(part, line, boxes),
                _ => {}
            }
        }
    }

    fn aside(&mut self, kind: Aside, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.document.aside.push((kind, text));
        }
    }
}

/// A length in inches: `0.5in`, `1.27cm`, `12pt`.
fn inches(length: &str) -> f64 {
    let unit = length.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(length.len());
    let number: f64 = length[..unit].parse().unwrap_or(0.0);
    match &length[unit..] {
        "cm" => number / 2.54,
        "mm" => number / 25.4,
        "pt" => number / 72.0,
        _ => number,
    }
}
