//! Reads Word documents (ECMA-376, Office Open XML).

use std::collections::{BTreeMap, HashMap};

use super::document::{Aside, Block, Document, Entry, Line, Marker, Span, Style, is_blank, plain, tidy};
use super::limits::{Archive, MAX_BLOCKS};
use super::omml;
use super::xml::{Element, parse};
use super::{Refused, account};

/// The main part of a Word document.
pub(super) const MAIN: &str = "word/document.xml";

/// How far a paragraph is indented on both sides to be a quotation, in twentieths of a point: a third of an inch.
const QUOTED_INDENT: i64 = 480;

pub(super) fn read(mut archive: Archive) -> Result<Document, Refused> {
    let missing = || Refused::Broken("its main part is missing".to_owned());
    let main = parse(&archive.text(MAIN)?.ok_or_else(missing)?)?;
    let mut names = archive.names();
    names.sort();
    let mut part = |name: &str| -> Result<Option<Element>, Refused> { archive.text(name)?.map(|text| parse(&text)).transpose() };
    let styles = part("word/styles.xml")?.map(|root| Styles::of(&root)).unwrap_or_default();
    let numbering = part("word/numbering.xml")?.map(|root| Numbering::of(&root)).unwrap_or_default();
    let links = part("word/_rels/document.xml.rels")?.map(|root| relations(&root)).unwrap_or_default();
    let notes = [("footnotes", "footnote", "f"), ("endnotes", "endnote", "e")];
    let mut note_parts = Vec::new();
    for (file, name, prefix) in notes {
        note_parts.push((part(&format!("word/{file}.xml"))?, name, prefix));
    }
    let comments = part("word/comments.xml")?;
    let core = part("docProps/core.xml")?;
    let mut around = Vec::new();
    for name in &names {
        let file = name.strip_prefix("word/").and_then(|file| file.strip_suffix(".xml")).unwrap_or_default();
        if ["header", "footer"].iter().any(|kind| file.strip_prefix(kind).is_some_and(|number| number.parse::<u16>().is_ok())) {
            around.extend(part(name)?);
        }
    }
    let mut reader = Reader {
        styles,
        numbering,
        links,
        counters: HashMap::new(),
        document: Document::default(),
        wanted: BTreeMap::new(),
        depth: 0,
    };
    let body = main.first("body").ok_or_else(missing)?;
    reader.blocks(body)?;
    for (root, name, prefix) in &note_parts {
        for note in root.iter().flat_map(Element::elements).filter(|note| note.name == *name) {
            // Lines between the text and the notes are notes too.
            let is_line = note.attribute("type").is_some_and(|kind| kind != "normal");
            if let Some(id) = note.attribute("id").filter(|_| !is_line) {
                let lines = reader.lines(note);
                reader.document.notes.insert(format!("{prefix}{id}"), lines);
            }
        }
    }
    for comment in comments.iter().flat_map(Element::elements) {
        reader.aside(Aside::Comment, &pieces(comment).join(" "));
    }
    for root in &around {
        reader.aside(Aside::HeadOrFoot, &pieces(root).join(" "));
    }
    if let Some(title) = core.as_ref().and_then(|core| core.first("title")) {
        reader.document.title = Some(title.text().trim().to_owned()).filter(|title| !title.is_empty());
    }
    reader.document.language.clone_from(&reader.styles.language);
    let (mut document, wanted) = (reader.document, reader.wanted);
    let all: Vec<String> = note_parts.iter().filter_map(|(root, ..)| root.as_ref()).chain([body]).flat_map(pieces).collect();
    account::complete(&mut document, &all);
    for (path, name) in wanted {
        if let Some(bytes) = archive.image(&path)? {
            document.images.insert(name, bytes);
        }
    }
    Ok(document)
}

/// The text of each paragraph inside; equations, instructions of fields, and what is there again for older programs aren't text.
fn pieces(element: &Element) -> Vec<String> {
    let spaces = ["tab", "ptab", "br", "cr"];
    element.pieces(&["p"], &spaces, &["oMath", "instrText", "delInstrText", "Fallback", "posOffset", "sizeRelH", "sizeRelV"])
}

/// The targets of relations by id.
fn relations(root: &Element) -> HashMap<String, String> {
    let relation = |element: &Element| Some((element.attribute("Id")?.to_owned(), element.attribute("Target")?.to_owned()));
    root.elements().filter_map(relation).collect()
}

/// What styles mean.
#[derive(Debug, Default)]
struct Styles {
    /// The level of headings, by the id of their style; 0 for a title.
    levels: HashMap<String, u8>,
    quotes: Vec<String>,
    language: Option<String>,
}

impl Styles {
    fn of(root: &Element) -> Self {
        let mut styles = Self::default();
        for style in root.elements().filter(|element| element.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            // Names are in English in every language.
            let name = style.first("name").and_then(|name| name.attribute("val")).unwrap_or_default().to_lowercase();
            let outline = style.at(&["pPr", "outlineLvl"]).and_then(|level| level.attribute("val")?.parse::<u8>().ok());
            let named = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
            let level =
                if name == "title" { Some(0) } else { named.or(outline.filter(|level| *level < 9).map(|level| level + 1)) };
            if let Some(level) = level {
                styles.levels.insert(id.to_owned(), level);
            }
            if name.contains("quote") || name.contains("block text") {
                styles.quotes.push(id.to_owned());
            }
        }
        let language = root.at(&["docDefaults", "rPrDefault", "rPr", "lang"]).and_then(|lang| lang.attribute("val"));
        styles.language = language.map(str::to_owned);
        styles
    }
}

/// The levels of numbered and bulleted lists.
#[derive(Debug, Default)]
struct Numbering {
    /// The kind and the first number of each level, by the id of a list.
    lists: HashMap<String, BTreeMap<usize, (Kind, usize)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bullet,
    Number,
    Letter,
    /// Numbers that aren't shown.
    Hidden,
}

impl Numbering {
    fn of(root: &Element) -> Self {
        let mut kinds: HashMap<String, BTreeMap<usize, (Kind, usize)>> = HashMap::new();
        for list in root.elements().filter(|element| element.name == "abstractNum") {
            let Some(id) = list.attribute("abstractNumId") else { continue };
            let mut levels = BTreeMap::new();
            for level in list.elements().filter(|element| element.name == "lvl") {
                let Some(number) = level.attribute("ilvl").and_then(|number| number.parse().ok()) else { continue };
                let value = |name: &str| level.first(name).and_then(|element| element.attribute("val"));
                let kind = match value("numFmt").unwrap_or("decimal") {
                    "bullet" => Kind::Bullet,
                    "lowerLetter" | "upperLetter" => Kind::Letter,
                    "none" => Kind::Hidden,
                    _ => Kind::Number,
                };
                levels.insert(number, (kind, value("start").and_then(|start| start.parse().ok()).unwrap_or(1)));
            }
            kinds.insert(id.to_owned(), levels);
        }
        let mut lists = HashMap::new();
        for list in root.elements().filter(|element| element.name == "num") {
            let of = list.first("abstractNumId").and_then(|of| of.attribute("val"));
            if let (Some(id), Some(levels)) = (list.attribute("numId"), of.and_then(|of| kinds.get(of))) {
                lists.insert(id.to_owned(), levels.clone());
            }
        }
        Self { lists }
    }
}

struct Reader {
    styles: Styles,
    numbering: Numbering,
    links: HashMap<String, String>,
    /// The last number of each level of each list.
    counters: HashMap<(String, usize), usize>,
    document: Document,
    /// The names of images by their path in the archive.
    wanted: BTreeMap<String, String>,
    /// How many tables and text boxes are around.
    depth: usize,
}

impl Reader {
    fn blocks(&mut self, parent: &Element) -> Result<(), Refused> {
        for element in parent.elements() {
            if self.document.blocks.len() > MAX_BLOCKS {
                return Err(Refused::TooLarge(format!("it has more than {MAX_BLOCKS} paragraphs")));
            }
            match element.name.as_str() {
                "p" => self.paragraph(element)?,
                "tbl" => {
                    let table = self.table(element);
                    self.document.blocks.push(Block::Table(table));
                }
                "sdt" => {
                    if let Some(content) = element.first("sdtContent") {
                        self.blocks(content)?;
                    }
                }
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(element)?,
                "del" | "moveFrom" => self.aside(Aside::Deleted, &deleted(element)),
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element) -> Result<(), Refused> {
        let properties = element.first("pPr");
        let value =
            |path: &[&str]| properties.and_then(|properties| properties.at(path)).and_then(|found| found.attribute("val"));
        let mut boxes = Vec::new();
        let line = tidy(self.line(element, &mut boxes));
        let style = value(&["pStyle"]).unwrap_or_default().to_owned();
        let outline = value(&["outlineLvl"]).and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
        let level = self.styles.levels.get(&style).copied().or(outline.map(|level| level + 1));
        let list = value(&["numPr", "numId"]).filter(|id| *id != "0").map(str::to_owned);
        let depth = value(&["numPr", "ilvl"]).and_then(|level| level.parse().ok()).unwrap_or(0);
        let display = {
            let mut found = Vec::new();
            element.all("oMathPara", &mut found);
            found
                .first()
                .map(|math| omml::tex(math))
                .filter(|_| plain(&line).trim().is_empty() || found.len() == 1 && only_equation(&line))
        };
        if let Some(tex) = display {
            self.document.blocks.push(Block::Equation(tex));
        } else if !is_blank(&line) {
            let block = match (level, list) {
                (Some(0), _) => {
                    self.document.title.get_or_insert_with(|| plain(&line).trim().to_owned());
                    Block::Heading(1, line)
                }
                (Some(level), _) => Block::Heading(level, line),
                (None, Some(list)) => match self.marker(&list, depth) {
                    Some(marker) => Block::Entry(Entry { level: depth, marker, line }),
                    None => Block::Paragraph(line),
                },
                (None, None) if self.styles.quotes.contains(&style) || is_set_apart(properties) => Block::Quotation(line),
                (None, None) => Block::Paragraph(line),
            };
            self.document.blocks.push(block);
        }
        for text_box in boxes {
            if self.depth < 3 {
                self.depth += 1;
                self.blocks(&text_box)?;
                self.depth -= 1;
            } else {
                self.aside(Aside::HeadOrFoot, &text_box.text());
            }
        }
        Ok(())
    }

    /// What is printed before an entry of a list.
    fn marker(&mut self, list: &str, level: usize) -> Option<Marker> {
        let (kind, start) =
            self.numbering.lists.get(list).and_then(|levels| levels.get(&level)).copied().unwrap_or((Kind::Number, 1));
        // Levels further in begin anew.
        self.counters.retain(|(known, deeper), _| known != list || *deeper <= level);
        let counter = self.counters.entry((list.to_owned(), level)).or_insert(start.saturating_sub(1));
        *counter += 1;
        match kind {
            Kind::Bullet => Some(Marker::Bullet),
            Kind::Number => Some(Marker::Number(*counter)),
            Kind::Letter => Some(Marker::Letter(counter.saturating_sub(1))),
            Kind::Hidden => None,
        }
    }

    /// The lines of a note or cell.
    fn lines(&mut self, element: &Element) -> Vec<Line> {
        let mut lines = Vec::new();
        for inner in element.elements() {
            match inner.name.as_str() {
                "p" => {
                    let mut boxes = Vec::new();
                    let mut line = self.line(inner, &mut boxes);
                    lines.extend(boxes.iter().map(|text_box| vec![Span::Text(text_box.text(), Style::default())]));
                    let list = inner.at(&["pPr", "numPr", "numId"]).and_then(|id| id.attribute("val")).filter(|id| *id != "0");
                    if let Some(list) = list.map(str::to_owned) {
                        let level = inner.at(&["pPr", "numPr", "ilvl"]).and_then(|level| level.attribute("val")?.parse().ok());
                        let marker = self.marker(&list, level.unwrap_or(0));
                        line.insert(0, Span::Text(super::typed(marker.as_ref()), Style::default()));
                    }
                    lines.push(tidy(line));
                }
                // A table in a cell: its rows become lines.
                "tbl" if self.depth < 5 => {
                    self.depth += 1;
                    for row in self.table(inner) {
                        let mut line = Vec::new();
                        for (index, cell) in row.into_iter().enumerate() {
                            if index > 0 {
                                line.push(Span::Text(" | ".to_owned(), Style::default()));
                            }
                            line.extend(cell.into_iter().flatten());
                        }
                        lines.push(line);
                    }
                    self.depth -= 1;
                }
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => lines.extend(self.lines(inner)),
                _ => {}
            }
        }
        lines.retain(|line| !is_blank(line));
        lines
    }

    fn table(&mut self, element: &Element) -> Vec<Vec<Vec<Line>>> {
        let mut rows = Vec::new();
        wrapped(element, "tr", &mut rows);
        rows.into_iter()
            .map(|row| {
                let mut cells = Vec::new();
                let mut inside = Vec::new();
                wrapped(row, "tc", &mut inside);
                for cell in inside {
                    cells.push(self.lines(cell));
                    let span = cell.at(&["tcPr", "gridSpan"]).and_then(|span| span.attribute("val")?.parse::<usize>().ok());
                    cells.extend((1..span.unwrap_or(1).min(60)).map(|_| Vec::new()));
                }
                cells
            })
            .collect()
    }

    /// The text of a paragraph; `boxes` takes the text boxes in it.
    fn line(&mut self, element: &Element, boxes: &mut Vec<Element>) -> Line {
        let mut line = Line::new();
        let mut field = Field::default();
        self.spans(element, &mut line, &mut field, boxes);
        line
    }

    fn spans(&mut self, parent: &Element, line: &mut Line, field: &mut Field, boxes: &mut Vec<Element>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, line, field, boxes),
                "hyperlink" => {
                    let target = element.attribute("id").and_then(|id| self.links.get(id)).cloned();
                    let mut inner = Line::new();
                    self.spans(element, &mut inner, field, boxes);
                    match target.filter(|target| target.starts_with("http")) {
                        Some(target) => line.push(Span::Link(target, tidy(inner))),
                        None => line.extend(inner),
                    }
                }
                "del" | "moveFrom" => self.aside(Aside::Deleted, &deleted(element)),
                "oMath" => line.push(Span::Equation(omml::tex(element))),
                "oMathPara" => line
                    .extend(element.elements().filter(|math| math.name == "oMath").map(|math| Span::Equation(omml::tex(math)))),
                "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml" | "bdo" | "dir" => {
                    self.spans(element, line, field, boxes);
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, line: &mut Line, field: &mut Field, boxes: &mut Vec<Element>) {
        let properties = run.first("rPr");
        let is_on = |name: &str| {
            let property = properties.and_then(|properties| properties.first(name));
            property.is_some_and(|property| !matches!(property.attribute("val"), Some("0" | "false" | "none" | "off")))
        };
        if is_on("vanish") {
            return;
        }
        let position = properties.and_then(|properties| properties.first("vertAlign")).and_then(|found| found.attribute("val"));
        let style = Style {
            bold: is_on("b"),
            italic: is_on("i"),
            underlined: is_on("u"),
            high: position == Some("superscript"),
            low: position == Some("subscript"),
        };
        for part in run.elements() {
            let mut text = |text: &str| {
                if field.is_shown() {
                    line.push(Span::Text(text.to_owned(), style));
                }
            };
            match part.name.as_str() {
                "t" => text(&part.text()),
                "tab" | "ptab" => text("\t"),
                "noBreakHyphen" => text("\u{2011}"),
                "softHyphen" => {}
                "sym" => {
                    // Boxes to check, in the fonts that Word uses for them.
                    let code = part.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let is_box = matches!(code, Some(0xf0a8 | 0xf06f | 0xf071 | 0x2610 | 0xf0a3));
                    text(if is_box { "☐" } else { "•" });
                }
                // A break of a page or column isn't one of a line.
                "br" | "cr" if part.attribute("type").is_none_or(|kind| kind == "textWrapping") => line.push(Span::Break),
                "footnoteReference" | "endnoteReference" => {
                    let prefix = if part.name == "footnoteReference" { "f" } else { "e" };
                    line.extend(part.attribute("id").map(|id| Span::Note(format!("{prefix}{id}"))));
                }
                "ruby" => {
                    // The word, and then how it is read.
                    for part in ["rubyBase", "rt"].iter().filter_map(|name| part.first(name)) {
                        self.spans(part, line, field, boxes);
                        line.push(Span::Text(" ".to_owned(), style));
                    }
                }
                "fldChar" => field.mark(part.attribute("fldCharType").unwrap_or_default(), line),
                "instrText" => field.instruct(&part.text()),
                "delText" => {}
                "drawing" | "pict" | "object" => self.drawing(part, line, boxes),
                "AlternateContent" => {
                    // The other choice says the same for older programs.
                    if let Some(choice) = part.first("Choice").or_else(|| part.first("Fallback")) {
                        for drawing in choice.elements() {
                            self.drawing(drawing, line, boxes);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn drawing(&mut self, drawing: &Element, line: &mut Line, boxes: &mut Vec<Element>) {
        let mut texts = Vec::new();
        drawing.all("txbxContent", &mut texts);
        // Boxes in boxes are in the outer one.
        boxes.extend(texts.into_iter().cloned());
        let mut described = Vec::new();
        drawing.all("docPr", &mut described);
        let description = described.first().and_then(|found| found.attribute("descr")).unwrap_or_default().trim().to_owned();
        let mut pictures = Vec::new();
        drawing.all("blip", &mut pictures);
        drawing.all("imagedata", &mut pictures);
        for picture in pictures {
            let Some(target) = picture.attribute("embed").or_else(|| picture.attribute("id")).and_then(|id| self.links.get(id))
            else {
                continue;
            };
            let path = format!("word/{}", target.trim_start_matches('/').trim_start_matches("word/"));
            let name = path.rsplit('/').next().unwrap_or("image").to_lowercase();
            self.wanted.insert(path, name.clone());
            line.push(Span::Picture(name, description.clone()));
        }
    }

    fn aside(&mut self, kind: Aside, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.document.aside.push((kind, text));
        }
    }
}

/// A field: its instructions aren't shown, its result is.
#[derive(Debug, Default)]
struct Field {
    /// For each open field, whether its result has begun, its instructions, and where in the line it began.
    open: Vec<(bool, String, usize)>,
}

impl Field {
    fn is_shown(&self) -> bool {
        self.open.iter().all(|(is_result, ..)| *is_result)
    }

    fn mark(&mut self, kind: &str, line: &mut Line) {
        match kind {
            "begin" if self.open.len() < 50 => self.open.push((false, String::new(), line.len())),
            "separate" => {
                if let Some((is_result, _, start)) = self.open.last_mut() {
                    *is_result = true;
                    *start = line.len();
                }
            }
            "end" => {
                let Some((_, instructions, start)) = self.open.pop() else { return };
                let address = instructions.trim().strip_prefix("HYPERLINK").and_then(|rest| rest.split('"').nth(1));
                if let Some(address) = address.filter(|address| address.starts_with("http"))
                    && start <= line.len()
                {
                    let inner = line.split_off(start);
                    line.push(Span::Link(address.to_owned(), inner));
                }
            }
            _ => {}
        }
    }

    fn instruct(&mut self, text: &str) {
        if let Some((false, instructions, _)) = self.open.last_mut() {
            instructions.push_str(text);
        }
    }
}

/// The rows or cells in an element, also those in content controls and tracked changes.
fn wrapped<'e>(element: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for inner in element.elements() {
        if inner.name == name {
            found.push(inner);
        } else if matches!(inner.name.as_str(), "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag") {
            wrapped(inner, name, found);
        }
    }
}

/// The text that a tracked change deleted.
fn deleted(element: &Element) -> String {
    let mut found = Vec::new();
    element.all("delText", &mut found);
    element.all("t", &mut found);
    found.into_iter().map(Element::text).collect()
}

/// Whether a line has only one equation.
fn only_equation(line: &[Span]) -> bool {
    line.iter().all(|span| match span {
        Span::Equation(_) => true,
        Span::Text(text, _) => text.trim().is_empty(),
        _ => false,
    })
}

/// Whether a paragraph is indented on both sides, as quotations are.
fn is_set_apart(properties: Option<&Element>) -> bool {
    let indent = properties.and_then(|properties| properties.first("ind"));
    let side = |names: [&str; 2]| {
        let value = indent.and_then(|indent| names.iter().find_map(|name| indent.attribute(name)));
        value.and_then(|value| value.parse::<i64>().ok()).unwrap_or(0)
    };
    side(["left", "start"]) >= QUOTED_INDENT && side(["right", "end"]) >= QUOTED_INDENT
}
