//! The structure tree, which tells a screen reader what to read and in what order: as elements, as text, and as an outline of tags.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::{Painting, Run, join, plain};
use super::{string, string_in};

/// An element of the structure tree.
pub(super) struct Element {
    /// The name in the file, before the role map.
    name: String,
    /// The standard name after the role map.
    pub(super) role: String,
    /// As `key="value"`, in a fixed order.
    properties: Vec<(&'static str, String)>,
    pub(super) is_block: bool,
    /// Whether it holds an annotation.
    has_object: bool,
    pub(super) kids: Vec<Kid>,
}

/// Content by page and number, in reading order.
pub(super) type Stretches = Vec<(usize, i64)>;

pub(super) enum Kid {
    Element(Element),
    Content { page: usize, mcid: i64 },
}

/// How many characters of text `tags` shows.
const SHOWN: usize = 40;

/// Standard elements that start a new line (ISO 32000-1, 14.8.4). All others continue the line.
const BLOCKS: &str = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index \
    P H H1 H2 H3 H4 H5 H6 L LI LBody Table THead TBody TFoot TR TH TD Note Aside Title";

impl Element {
    /// Reads the tree of a document with these page ids.
    pub(super) fn root(document: &Document, pages: &[ObjectId]) -> Element {
        let catalog = document.catalog().expect("a file has a catalog");
        let root = document.get_dict_in_dict(catalog, b"StructTreeRoot").expect("the file is tagged");
        let roles = document.get_dict_in_dict(root, b"RoleMap").ok();
        let reader = Reader { document, pages, roles };
        let kids = root.get(b"K").map(|kids| reader.kids(kids, None)).unwrap_or_default();
        Element { name: "Root".into(), role: "Root".into(), properties: Vec::new(), is_block: true, has_object: false, kids }
    }

    /// Adds the content inside figures, by page and number.
    pub(super) fn figures(&self, stretches: &mut BTreeSet<(usize, i64)>) {
        for kid in &self.kids {
            match kid {
                Kid::Element(element) => element.figures(stretches),
                Kid::Content { page, mcid } if self.role == "Figure" => {
                    stretches.insert((*page, *mcid));
                }
                Kid::Content { .. } => {}
            }
        }
    }

    /// The elements with text of their own, by role: the content of each, with the elements inside its lines.
    pub(super) fn paragraphs(&self, wanted: impl Fn(&str) -> bool + Copy) -> Vec<Stretches> {
        let mut found = Vec::new();
        self.add_paragraphs(wanted, &mut found);
        found
    }

    fn add_paragraphs(&self, wanted: impl Fn(&str) -> bool + Copy, found: &mut Vec<Stretches>) {
        let mut own = Vec::new();
        if self.is_block {
            self.add_content(&mut own);
        }
        if !own.is_empty() && wanted(&self.role) {
            found.push(own);
        }
        for kid in &self.kids {
            if let Kid::Element(element) = kid {
                element.add_paragraphs(wanted, found);
            }
        }
    }

    /// Adds the content of this element and of those inside its lines.
    fn add_content(&self, own: &mut Stretches) {
        for kid in &self.kids {
            match kid {
                Kid::Content { page, mcid } => own.push((*page, *mcid)),
                Kid::Element(element) if !element.is_block => element.add_content(own),
                Kid::Element(_) => {}
            }
        }
    }

    /// The text in reading order, one line per block.
    pub(super) fn text(&self, pages: &[Painting]) -> String {
        let mut speech = Speech { pages, lines: vec![String::new()], last: None, label_only: false };
        speech.read(self);
        let lines = speech.lines.iter().map(|line| plain(&line.replace('\u{ad}', "")));
        lines.filter(|line| !line.is_empty()).fold(String::new(), |text, line| text + &line + "\n")
    }

    /// The tree below this element, one element or run of text per line.
    pub(super) fn tags(&self, pages: &[Painting]) -> String {
        let mut out = String::new();
        for kid in &self.kids {
            if let Kid::Element(element) = kid {
                element.write_tags(pages, 0, &mut out);
            }
        }
        out
    }

    fn write_tags(&self, pages: &[Painting], depth: usize, out: &mut String) {
        _ = write!(out, "{:1$}{2}", "", depth * 2, self.name);
        for (key, value) in &self.properties {
            _ = write!(out, " {key}=\"{value}\"");
        }
        let is_leaf = self.kids.iter().all(|kid| matches!(kid, Kid::Content { .. }));
        let stretches = self.kids.chunk_by(|a, b| matches!((a, b), (Kid::Content { .. }, Kid::Content { .. })));
        for stretch in stretches {
            if let Kid::Element(element) = &stretch[0] {
                out.push('\n');
                element.write_tags(pages, depth + 1, out);
                out.pop();
                continue;
            }
            let text = stretch_text(stretch, pages);
            if is_leaf && text.is_empty() {
                continue;
            }
            let indent = if is_leaf { " ".into() } else { format!("\n{:1$}", "", depth * 2 + 2) };
            _ = write!(out, "{indent}\"{}\"", start_of(&text));
        }
        out.push('\n');
    }

    /// Whether it has anything on a page: marked content, or an annotation. PDFium skips elements that don't.
    pub(super) fn is_there(&self) -> bool {
        self.has_object
            || self.kids.iter().any(|kid| match kid {
                Kid::Content { .. } => true,
                Kid::Element(element) => element.is_there(),
            })
    }

    pub(super) fn property(&self, key: &str) -> Option<&str> {
        self.properties.iter().find(|(name, _)| *name == key).map(|(_, value)| value.as_str())
    }
}

/// Reads elements from the file.
struct Reader<'a> {
    document: &'a Document,
    pages: &'a [ObjectId],
    roles: Option<&'a Dictionary>,
}

impl Reader<'_> {
    fn kids(&self, kids: &Object, page: Option<usize>) -> Vec<Kid> {
        let (_, kids) = self.document.dereference(kids).expect("the structure tree is complete");
        match kids {
            Object::Array(kids) => kids.iter().flat_map(|kid| self.kids(kid, page)).collect(),
            Object::Integer(mcid) => vec![Kid::Content { page: page.expect("content names its page"), mcid: *mcid }],
            Object::Dictionary(kid) => self.kid(kid, page).into_iter().collect(),
            other => panic!("unexpected object in the structure tree: {other:?}"),
        }
    }

    fn kid(&self, kid: &Dictionary, page: Option<usize>) -> Option<Kid> {
        let own_page = kid.get(b"Pg").and_then(Object::as_reference).ok();
        let page = own_page.map(|id| self.pages.iter().position(|page| *page == id).expect("an element is on a page")).or(page);
        if let Ok(mcid) = kid.get(b"MCID").and_then(Object::as_i64) {
            return Some(Kid::Content { page: page.expect("content names its page"), mcid });
        }
        kid.has(b"S").then(|| Kid::Element(self.element(kid, page)))
    }

    fn element(&self, element: &Dictionary, page: Option<usize>) -> Element {
        let name = element.get(b"S").and_then(Object::as_name).expect("an element has a name");
        let name = String::from_utf8_lossy(name).into_owned();
        let mut role = name.clone();
        while let Some(to) = self.roles.and_then(|roles| roles.get(role.as_bytes()).and_then(Object::as_name).ok()) {
            role = String::from_utf8_lossy(to).into_owned();
        }

        let attributes = self.attributes(element);
        let attribute = |key: &str| attributes.get(key).cloned();
        let text = |key: &[u8]| string_in(self.document, element, key);
        let properties = [
            ("alt", text(b"Alt")),
            ("actual", text(b"ActualText")),
            ("expansion", text(b"E")),
            ("lang", text(b"Lang")),
            ("scope", attribute("Scope")),
            ("numbering", attribute("ListNumbering")),
            ("colspan", attribute("ColSpan")),
            ("rowspan", attribute("RowSpan")),
            ("role", attribute("Role")),
            ("checked", attribute("checked")),
            ("annotation", self.annotation(element)),
        ];
        let properties = properties.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        let is_block =
            BLOCKS.split(' ').any(|block| block == role) || attribute("Placement").is_some_and(|place| place == "Block");
        let kids = element.get(b"K").map(|kids| self.kids(kids, page)).unwrap_or_default();
        let has_object = self.annotation(element).is_some();
        Element { name, role, properties, is_block, has_object, kids }
    }

    /// The attributes of an element as words, whatever their owner.
    fn attributes(&self, element: &Dictionary) -> HashMap<String, String> {
        let own = element.get_deref(b"A", self.document).ok();
        let owners = match own {
            Some(Object::Array(owners)) => owners.iter().collect(),
            other => Vec::from_iter(other),
        };
        let owners = owners.into_iter().filter_map(|owner| self.document.dereference(owner).ok()?.1.as_dict().ok());
        let attributes = owners.flat_map(Dictionary::iter).filter_map(|(key, value)| {
            let value = match value {
                Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
                Object::Integer(number) => number.to_string(),
                _ => return None,
            };
            Some((String::from_utf8_lossy(key).into_owned(), value))
        });
        attributes.collect()
    }

    /// The descriptions of the annotations in an element.
    fn annotation(&self, element: &Dictionary) -> Option<String> {
        let kids = element.get_deref(b"K", self.document).ok()?;
        let kids = kids.as_array().map_or(std::slice::from_ref(kids), Vec::as_slice);
        kids.iter().find_map(|kid| {
            let (_, kid) = self.document.dereference(kid).ok()?;
            let object = self.document.get_dict_in_dict(kid.as_dict().ok()?, b"Obj").ok()?;
            Some(object.get_deref(b"Contents", self.document).map(string).unwrap_or_default())
        })
    }
}

/// Text as it's read aloud, line by line.
pub(super) struct Speech<'a> {
    pages: &'a [Painting],
    lines: Vec<String>,
    last: Option<&'a Run>,
    /// The line has only the label of a list item, a note, or a caption so far.
    label_only: bool,
}

impl<'a> Speech<'a> {
    /// The text of some content.
    pub(super) fn of(kids: &[&Kid], pages: &'a [Painting]) -> String {
        let mut speech = Speech { pages, lines: vec![String::new()], last: None, label_only: false };
        for kid in kids {
            if let Kid::Content { page, mcid } = kid {
                speech.read_content(*page, *mcid);
            }
        }
        speech.line().replace(['\u{ad}', '\u{2060}'], "")
    }

    fn read(&mut self, element: &Element) {
        if element.is_block {
            self.break_line();
        }
        let is_first = self.line().trim().is_empty();
        if let Some(actual) = element.property("actual") {
            self.say(actual);
        } else if element.role == "Form" {
            let said = element.property("alt").or(element.property("annotation")).unwrap_or("no name");
            self.say(&format!(" [blank: {said}] "));
        } else if matches!(element.role.as_str(), "Figure" | "Formula") {
            self.say(&format!(" [{}: {}] ", element.role.to_lowercase(), element.property("alt").unwrap_or("no alt text")));
        } else {
            for kid in &element.kids {
                match kid {
                    Kid::Element(element) => self.read(element),
                    Kid::Content { page, mcid } => self.read_content(*page, *mcid),
                }
            }
        }
        if element.role == "Lbl" {
            self.say(" ");
            self.label_only = is_first;
        } else if element.is_block {
            self.label_only = false;
            self.break_line();
        }
    }

    fn read_content(&mut self, page: usize, mcid: i64) {
        for run in self.pages[page].runs.iter().filter(|run| run.mcid == Some(mcid)) {
            let last = self.last.replace(run);
            join(self.lines.last_mut().expect("there is always a line"), last, run, "");
            self.label_only = false;
        }
    }

    fn say(&mut self, text: &str) {
        self.lines.last_mut().expect("there is always a line").push_str(text);
        (self.last, self.label_only) = (None, false);
    }

    fn break_line(&mut self) {
        if !self.label_only {
            self.lines.push(String::new());
            self.last = None;
        }
    }

    fn line(&self) -> &str {
        self.lines.last().expect("there is always a line")
    }
}

fn stretch_text(kids: &[Kid], pages: &[Painting]) -> String {
    Speech::of(&kids.iter().collect::<Vec<_>>(), pages)
}

fn start_of(text: &str) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() { start + "…" } else { start }
}
