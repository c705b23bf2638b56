//! Carries out the marks in a structure tree, and takes out elements that say nothing: empty ones, and divisions of a grid.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Error, Object, ObjectId, text_string};

use super::elements::{Elements, Kid};
use super::{Blank, Element, Mark, Placed, SIGN, parents};
use crate::packet::blank::Kind;
use crate::words::Words;

/// The most levels of a structure tree. The engine's are a quarter as deep, and each takes little of the stack.
const DEEPEST: usize = 400;

/// The structure tree of a document.
pub(super) struct Tree<'a> {
    elements: Elements<'a>,
    marks: &'a [Placed],
    words: Words,
    /// The element of each blank, by the index of its mark.
    pub forms: Vec<(usize, ObjectId)>,
    /// The level of the last heading.
    level: u8,
    /// The lists that continue one outside of their division.
    joining: BTreeSet<ObjectId>,
    /// The element of marked content that isn't in its first one any more, by its page and number.
    moved: BTreeMap<(ObjectId, i64), ObjectId>,
}

/// The children of an element that is being completed, or of one that a mark opened.
#[derive(Default)]
struct Level {
    element: Option<(Element, Option<u8>)>,
    kids: Vec<Kid>,
    /// How the next list is numbered.
    numbering: Option<String>,
    /// Whether the next list continues the one before.
    joins: bool,
}

impl<'a> Tree<'a> {
    pub(super) fn of(document: &'a mut Document, marks: &'a [Placed], words: Words) -> Self {
        Self {
            elements: Elements { document },
            marks,
            words,
            forms: Vec::new(),
            level: 0,
            joining: BTreeSet::new(),
            moved: BTreeMap::new(),
        }
    }

    /// Carries out every mark.
    ///
    /// # Errors
    /// If the tree isn't one that the engine writes.
    pub(super) fn complete(&mut self) -> Result<(), Error> {
        let root = self.elements.document.catalog()?.get(b"StructTreeRoot")?.as_reference()?;
        self.complete_element(root, 0)?;
        self.correct_parents()
    }

    /// Makes the parent tree name the elements of content that moved (ISO 32000-1, 14.7.4.4).
    fn correct_parents(&mut self) -> Result<(), Error> {
        let mut by_page: BTreeMap<ObjectId, Vec<(i64, ObjectId)>> = BTreeMap::new();
        for ((page, number), element) in std::mem::take(&mut self.moved) {
            by_page.entry(page).or_default().push((number, element));
        }
        let lists = parents::of_pages(self.elements.document)?;
        for (page, moved) in by_page {
            let key = self.elements.document.get_dictionary(page)?.get(b"StructParents")?.as_i64()?;
            let Some(list) = lists.get(&key) else { continue };
            let elements = self.elements.document.get_object_mut(*list)?.as_array_mut()?;
            for (number, element) in moved {
                if let Some(parent) = usize::try_from(number).ok().and_then(|number| elements.get_mut(number)) {
                    *parent = element.into();
                }
            }
        }
        Ok(())
    }

    /// Completes what is below an element.
    fn complete_element(&mut self, id: ObjectId, depth: usize) -> Result<(), Error> {
        if depth > DEEPEST {
            return Err(Error::ReferenceCycle(id));
        }
        let mut inner: Vec<Level> = Vec::new();
        let mut own = Level::default();
        for kid in self.elements.kids(id)? {
            let level = inner.last_mut().unwrap_or(&mut own);
            let Kid::Element(child) = kid else {
                level.kids.push(kid);
                continue;
            };
            let Some(index) = self.mark(child)? else {
                self.complete_child(child, id, level, depth)?;
                continue;
            };
            let mark = &self.marks[index].mark;
            if mark.is_point() {
                self.elements.document.objects.remove(&child);
            }
            match mark {
                Mark::Open { element, level } => {
                    inner.push(Level { element: Some((*element, *level)), ..Level::default() });
                }
                Mark::Close => {
                    if let Some(closed) = inner.pop() {
                        let level = inner.last_mut().unwrap_or(&mut own);
                        self.close(closed, level)?;
                    }
                }
                Mark::Numbering { style } => level.numbering = Some(style.clone()),
                Mark::Join => level.joins = true,
                Mark::Say { said } => {
                    let element = self.elements.document.get_dictionary_mut(child)?;
                    element.set("S", "Span");
                    element.remove(b"Alt");
                    element.remove(b"A");
                    element.set("ActualText", text_string(said));
                    level.kids.push(kid);
                }
                Mark::Span | Mark::Label => {
                    let name = if *mark == Mark::Label { "Lbl" } else { "Span" };
                    let element = self.elements.document.get_dictionary_mut(child)?;
                    element.set("S", name);
                    element.remove(b"Alt");
                    element.remove(b"A");
                    level.kids.push(kid);
                }
                Mark::Blank(blank) => {
                    self.make_form(child, blank)?;
                    self.forms.push((index, child));
                    level.kids.push(kid);
                }
            }
        }
        while let Some(closed) = inner.pop() {
            let level = inner.last_mut().unwrap_or(&mut own);
            self.close(closed, level)?;
        }
        self.elements.set_kids(id, own.kids)
    }

    /// Completes a child that isn't a mark, and adds it, or what is in it.
    fn complete_child(&mut self, child: ObjectId, parent: ObjectId, to: &mut Level, depth: usize) -> Result<(), Error> {
        if let [b'H', digit @ b'1'..=b'9'] = *self.elements.name(child)? {
            self.level = digit - b'0';
        }
        self.complete_element(child, depth + 1)?;
        match self.elements.name(child)?.as_slice() {
            b"Div" if !self.elements.has_text_of_its_own(child)? => self.dissolve(child, to),
            b"L" => self.complete_list(child, to),
            b"P" => match self.elements.kids(child)?.as_slice() {
                // A heading or a title that a mark opened in its paragraph.
                [Kid::Element(title)] if self.elements.is_title(*title) => {
                    let title = *title;
                    self.elements.document.objects.remove(&child);
                    to.kids.push(Kid::Element(title));
                    Ok(())
                }
                _ => self.keep(child, to),
            },
            b"Span" if self.elements.is_block(child)? && self.elements.holds_blocks(parent)? => {
                let element = self.elements.document.get_dictionary_mut(child)?;
                element.set("S", "P");
                element.remove(b"A");
                self.keep(child, to)
            }
            b"Note" => {
                if let Some(Kid::Element(reference)) = to.kids.last() {
                    self.name_link(*reference, "note-number")?;
                }
                for kid in self.elements.kids(child)? {
                    if let Kid::Element(label) = kid {
                        self.name_link(label, "back-to-note")?;
                    }
                }
                self.keep(child, to)
            }
            b"Table" => {
                self.take_caption(child, to)?;
                self.keep(child, to)
            }
            _ => self.keep(child, to),
        }
    }

    /// Puts the title right before a table or a list inside it. The caption of a figure stays outside: what is inside a figure with an
    /// alternative text isn't read.
    fn take_caption(&mut self, id: ObjectId, to: &mut Level) -> Result<(), Error> {
        let Some(Kid::Element(last)) = to.kids.last() else { return Ok(()) };
        if self.elements.name(*last)? == b"Caption" {
            let mut kids = self.elements.kids(id)?;
            kids.splice(0..0, to.kids.pop());
            self.elements.set_kids(id, kids)?;
        }
        Ok(())
    }

    /// Names the links to a note or back from it, which the engine names after the number: in these words of the packet's language.
    fn name_link(&mut self, id: ObjectId, key: &str) -> Result<(), Error> {
        for kid in self.elements.kids(id)? {
            match kid {
                Kid::Element(inside) => self.name_link(inside, key)?,
                Kid::Content(Object::Dictionary(reference)) => {
                    let Ok(annotation) = reference.get(b"Obj").and_then(Object::as_reference) else { continue };
                    let annotation = self.elements.document.get_dictionary_mut(annotation)?;
                    // A link to the web has no destination in the file.
                    if !annotation.has(b"Dest") {
                        continue;
                    }
                    let named = annotation.get(b"Contents").and_then(lopdf::decode_text_string).unwrap_or_default();
                    let number: String = named.chars().filter(char::is_ascii_digit).collect();
                    if !number.is_empty() {
                        annotation.set("Contents", text_string(&self.words.say(key, &[("n", &number)])));
                    }
                }
                Kid::Content(_) => {}
            }
        }
        Ok(())
    }

    /// Adds an element, unless it's empty.
    fn keep(&mut self, id: ObjectId, to: &mut Level) -> Result<(), Error> {
        let element = self.elements.document.get_dictionary(id)?;
        // A table needs each cell.
        if element.has(b"K") || matches!(element.get(b"S")?.as_name()?, b"TD" | b"TH" | b"TR") {
            to.kids.push(Kid::Element(id));
        } else {
            self.elements.document.objects.remove(&id);
        }
        Ok(())
    }

    /// Adds what is in a division, and leaves out the division.
    fn dissolve(&mut self, id: ObjectId, to: &mut Level) -> Result<(), Error> {
        let language = self.elements.document.get_dictionary(id)?.get(b"Lang").ok().cloned();
        let mut loose: Vec<Kid> = Vec::new();
        for kid in self.elements.kids(id)? {
            let Kid::Element(child) = kid else {
                loose.push(kid);
                continue;
            };
            self.add_paragraph(&mut loose, language.as_ref(), to)?;
            let element = self.elements.document.get_dictionary_mut(child)?;
            if let Some(language) = &language
                && !element.has(b"Lang")
            {
                element.set("Lang", language.clone());
            }
            if element.get(b"S")?.as_name()? == b"L" {
                self.complete_list(child, to)?;
            } else {
                to.kids.push(kid);
            }
        }
        self.add_paragraph(&mut loose, language.as_ref(), to)?;
        self.elements.document.objects.remove(&id);
        Ok(())
    }

    /// Adds a list, or its entries to the list before it.
    fn complete_list(&mut self, list: ObjectId, to: &mut Level) -> Result<(), Error> {
        if self.elements.kids(list)?.is_empty() {
            return self.keep(list, to);
        }
        let before = match to.kids.last() {
            Some(Kid::Element(id)) if self.elements.name(*id)? == b"L" => Some(*id),
            _ => None,
        };
        if std::mem::take(&mut to.joins) || self.joining.remove(&list) {
            if let Some(before) = before {
                let kids = [self.elements.kids(before)?, self.elements.kids(list)?].concat();
                self.elements.document.objects.remove(&list);
                return self.elements.set_kids(before, kids);
            }
            // The list before it is outside of this division.
            self.joining.insert(list);
        }
        if let Some(style) = to.numbering.take() {
            self.elements.number(list, &style)?;
        }
        self.take_caption(list, to)?;
        to.kids.push(Kid::Element(list));
        Ok(())
    }

    /// Remembers that this content is in another element now.
    fn note_moved(&mut self, kids: &[Kid], to: ObjectId) {
        for kid in kids {
            let Kid::Content(Object::Dictionary(content)) = kid else { continue };
            let page = content.get(b"Pg").and_then(Object::as_reference);
            if let (Ok(page), Ok(number)) = (page, content.get(b"MCID").and_then(Object::as_i64)) {
                self.moved.insert((page, number), to);
            }
        }
    }

    /// Puts content without an element in a paragraph.
    fn add_paragraph(&mut self, loose: &mut Vec<Kid>, language: Option<&Object>, to: &mut Level) -> Result<(), Error> {
        if loose.is_empty() {
            return Ok(());
        }
        let id = self.elements.new_element("P");
        if let Some(language) = language {
            self.elements.document.get_dictionary_mut(id)?.set("Lang", language.clone());
        }
        self.note_moved(loose, id);
        self.elements.set_kids(id, std::mem::take(loose))?;
        to.kids.push(Kid::Element(id));
        Ok(())
    }

    /// Adds the element that a mark opened.
    fn close(&mut self, closed: Level, to: &mut Level) -> Result<(), Error> {
        let Some((element, level)) = closed.element else { return Ok(()) };
        if closed.kids.is_empty() {
            return Ok(());
        }
        let (name, kids) = match element {
            Element::Quotation => ("BlockQuote".to_owned(), closed.kids),
            Element::Heading => {
                self.level = level.unwrap_or(self.level + 1).clamp(1, self.level + 1).min(6);
                (format!("H{}", self.level), self.without_paragraphs(closed.kids)?)
            }
            Element::Caption => ("Caption".to_owned(), closed.kids),
            Element::List => ("L".to_owned(), closed.kids),
            Element::Entry => {
                let label = self.take_label(&closed.kids)?;
                let body = self.elements.new_element("LBody");
                self.elements.set_kids(body, closed.kids)?;
                ("LI".to_owned(), label.into_iter().chain([Kid::Element(body)]).collect())
            }
        };
        let id = self.elements.new_element(&name);
        self.note_moved(&kids, id);
        self.elements.set_kids(id, kids)?;
        if element == Element::List {
            self.elements.number(id, closed.numbering.as_deref().unwrap_or("Decimal"))?;
        }
        to.kids.push(Kid::Element(id));
        Ok(())
    }

    /// Takes the label out of the first paragraph that has one.
    fn take_label(&mut self, kids: &[Kid]) -> Result<Option<Kid>, Error> {
        for kid in kids {
            let Kid::Element(id) = kid else { continue };
            let inside = self.elements.kids(*id)?;
            let is_label =
                |kid: &Kid| matches!(kid, Kid::Element(id) if self.elements.name(*id).is_ok_and(|name| name == b"Lbl"));
            let Some(at) = inside.iter().position(is_label) else { continue };
            let mut rest = inside;
            let label = rest.remove(at);
            self.elements.set_kids(*id, rest)?;
            return Ok(Some(label));
        }
        Ok(None)
    }

    /// The children, with what is in a paragraph in place of the paragraph.
    fn without_paragraphs(&mut self, kids: Vec<Kid>) -> Result<Vec<Kid>, Error> {
        let mut all = Vec::new();
        for kid in kids {
            match kid {
                Kid::Element(id) if self.elements.name(id)? == b"P" => {
                    all.extend(self.elements.kids(id)?);
                    self.elements.document.objects.remove(&id);
                }
                kid => all.push(kid),
            }
        }
        Ok(all)
    }

    /// Turns the figure of a blank into a form element (ISO 32000-1, 14.8.4.5 and 14.8.5.6).
    fn make_form(&mut self, id: ObjectId, blank: &Blank) -> Result<(), Error> {
        let role = match blank.kind {
            Kind::Check => "cb",
            Kind::Choice => "rb",
            _ => "tv",
        };
        let mut field =
            Dictionary::from_iter([("O", "PrintField".into()), ("Role", role.into()), ("Desc", text_string(&blank.said))]);
        if let Some(checked) = blank.checked.or_else(|| matches!(role, "cb" | "rb").then_some(false)) {
            field.set("checked", if checked { "on" } else { "off" });
        }
        let mut attributes = vec![Object::Dictionary(field)];
        if self.elements.is_block(id)? {
            attributes.push(Object::Dictionary(Dictionary::from_iter([("O", "Layout".into()), ("Placement", "Block".into())])));
        }
        let element = self.elements.document.get_dictionary_mut(id)?;
        element.set("S", "Form");
        element.set("Alt", text_string(&blank.said));
        element.set("A", attributes);
        Ok(())
    }

    /// The index of the mark that an element stands for.
    fn mark(&self, id: ObjectId) -> Result<Option<usize>, Error> {
        let element = self.elements.document.get_dictionary(id)?;
        let Ok(alternative) = element.get(b"Alt") else { return Ok(None) };
        let text = lopdf::decode_text_string(alternative)?;
        let index = text.strip_prefix(SIGN).and_then(|index| index.parse().ok());
        Ok(index.filter(|index| *index < self.marks.len()))
    }
}
