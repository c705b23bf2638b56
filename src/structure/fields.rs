//! Makes form fields of blanks: one widget for each (ISO 32000-1, 12.7), in the order of the structure tree, with appearances that
//! need no program to draw them.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Error, Object, ObjectId, text_string};

use super::appearance::{Appearances, BUTTON_ON, FONT};
use super::{Area, Blank, Form, Mark, Placed, parents};
use crate::packet::blank::Kind;

/// Field flags (ISO 32000-1, tables 226, 228, and 230), as bits.
const MULTILINE: i64 = 1 << 12;
const NO_TOGGLE_TO_OFF: i64 = 1 << 14;
const RADIO: i64 = 1 << 15;
const COMBO: i64 = 1 << 17;
const DO_NOT_SPELL_CHECK: i64 = 1 << 22;
const COMB: i64 = 1 << 24;

/// The flag of an annotation that prints (table 165).
const PRINT: i64 = 1 << 2;

/// The type size of a field in a packet of usual size, in points, and the least.
const TYPE: f64 = 10.5;
const LEAST_TYPE: f64 = 6.0;

/// An area at least this many times as high as its type has several lines.
const TALL: f64 = 2.2;

/// The digits of a number to write in a box.
const DIGITS: i64 = 2;

/// Adds a field for each of these blanks, whose elements are form elements.
///
/// # Errors
/// If the document isn't one that the engine writes.
pub(super) fn add(document: &mut Document, marks: &[Placed], forms: &[(usize, ObjectId)], form: Form) -> Result<(), Error> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let mut maker =
        Maker { appearances: Appearances::new(document), zoom: form.zoom, groups: BTreeMap::new(), order: Vec::new() };
    let mut on_page: BTreeMap<usize, Vec<ObjectId>> = BTreeMap::new();
    let mut elements = Vec::new();
    let mut next = parents::next_key(document)?;
    for (index, element) in forms {
        let Placed { mark: Mark::Blank(blank), area: Some(area) } = &marks[*index] else { continue };
        let (Some(field), Some(page)) = (&blank.field, pages.get(area.page)) else { continue };
        let area = scaled(*area, form.zoom);
        let widget = maker.widget(document, blank, area, *page, next);
        let group = field.choice.as_ref().map_or(&field.name, |choice| &choice.group);
        maker.join(group, widget);
        on_page.entry(area.page).or_default().push(widget);
        let reference = Dictionary::from_iter([("Type", "OBJR".into()), ("Obj", widget.into()), ("Pg", (*page).into())]);
        let form_element = document.get_dictionary_mut(*element)?;
        form_element.set("K", Object::Dictionary(reference));
        form_element.set("Pg", *page);
        form_element.remove(b"Alt");
        form_element.remove(b"A");
        elements.push((next, *element));
        next += 1;
    }
    for (page, widgets) in on_page {
        add_to_page(document, pages[page], widgets)?;
    }
    parents::add(document, &elements, next)?;
    let fields = maker.fields(document, marks, forms)?;
    let font = maker.appearances.font;
    let resources = Dictionary::from_iter([("Font", Object::Dictionary(Dictionary::from_iter([(FONT, Object::from(font))])))]);
    let acro_form = Dictionary::from_iter([
        ("Fields", Object::Array(fields.into_iter().map(Object::from).collect())),
        ("DR", Object::Dictionary(resources)),
        ("DA", Object::string_literal(default_appearance(TYPE * form.zoom))),
    ]);
    let acro_form = document.add_object(acro_form);
    document.catalog_mut()?.set("AcroForm", acro_form);
    Ok(())
}

struct Maker {
    appearances: Appearances,
    zoom: f64,
    /// The widgets of each field, by its name.
    groups: BTreeMap<String, Vec<ObjectId>>,
    /// The names of fields in order.
    order: Vec<String>,
}

impl Maker {
    fn join(&mut self, name: &str, widget: ObjectId) {
        let widgets = self.groups.entry(name.to_owned()).or_default();
        if widgets.is_empty() {
            self.order.push(name.to_owned());
        }
        widgets.push(widget);
    }

    /// The widget of a blank, without what it shares with other widgets of its field.
    fn widget(&mut self, document: &mut Document, blank: &Blank, area: Area, page: ObjectId, parent_key: i64) -> ObjectId {
        let field = blank.field.as_ref().expect("it has a field");
        let rect = [area.left, area.bottom, area.right, area.top].map(|side| Object::Real(round(side)));
        let mut widget = Dictionary::from_iter([
            ("Type", "Annot".into()),
            ("Subtype", "Widget".into()),
            ("Rect", Object::Array(rect.to_vec())),
            ("F", PRINT.into()),
            ("P", page.into()),
            ("StructParent", parent_key.into()),
            ("TU", text_string(&field.label)),
            ("Contents", text_string(field.choice.as_ref().map_or(&field.label, |choice| &choice.said))),
        ]);
        let size = (area.right - area.left, area.top - area.bottom);
        match blank.kind {
            Kind::Check => self.button(document, &mut widget, BUTTON_ON, size),
            Kind::Choice => {
                let value = field.choice.as_ref().map_or(BUTTON_ON, |choice| choice.value.as_str());
                self.button(document, &mut widget, value, size);
            }
            _ => {
                let shown = self.appearances.empty_text(document, size);
                widget.set("AP", Object::Dictionary(Dictionary::from_iter([("N", Object::from(shown))])));
                widget.set("DA", Object::string_literal(default_appearance(self.type_size(blank.kind, size.1))));
            }
        }
        document.add_object(widget)
    }

    /// The look of a box or a circle to check, without and with its mark.
    fn button(&mut self, document: &mut Document, widget: &mut Dictionary, value: &str, size: (f64, f64)) {
        let (off, on) = self.appearances.button(document, size);
        let shown = Dictionary::from_iter([("Off", Object::from(off)), (value, Object::from(on))]);
        widget.set("AP", Object::Dictionary(Dictionary::from_iter([("N", Object::Dictionary(shown))])));
        widget.set("AS", "Off");
    }

    /// The type size in a field this high: smaller where a line wouldn't fit.
    fn type_size(&self, kind: Kind, height: f64) -> f64 {
        let usual = TYPE * self.zoom;
        if is_multiline(kind, height, self.zoom) { usual } else { usual.min(0.72 * height).max(LEAST_TYPE) }
    }

    /// The fields in order, each with its widgets.
    fn fields(&self, document: &mut Document, marks: &[Placed], forms: &[(usize, ObjectId)]) -> Result<Vec<ObjectId>, Error> {
        let mut first: BTreeMap<&str, &Blank> = BTreeMap::new();
        for (index, _) in forms {
            if let Mark::Blank(blank) = &marks[*index].mark
                && let Some(field) = &blank.field
            {
                first.entry(field.choice.as_ref().map_or(&field.name, |choice| &choice.group)).or_insert(blank);
            }
        }
        let mut fields = Vec::new();
        for name in &self.order {
            let (widgets, blank) = (&self.groups[name], first[name.as_str()]);
            let height = height_of(document, widgets[0])?;
            let mut field = of_field(blank, height, self.zoom);
            field.set("T", text_string(name));
            if widgets.len() == 1 && blank.kind != Kind::Choice {
                document.get_dictionary_mut(widgets[0])?.extend(&field);
                fields.push(widgets[0]);
                continue;
            }
            let label = blank.field.as_ref().map_or(&blank.said, |it| it.choice.as_ref().map_or(&it.label, |_| &it.question));
            field.set("TU", text_string(label));
            field.set("Kids", Object::Array(widgets.iter().copied().map(Object::from).collect()));
            let id = document.add_object(field);
            for widget in widgets {
                document.get_dictionary_mut(*widget)?.set("Parent", id);
            }
            fields.push(id);
        }
        Ok(fields)
    }
}

/// What the widgets of a field share.
fn of_field(blank: &Blank, height: f64, zoom: f64) -> Dictionary {
    let letters = blank.field.as_ref().map_or(&[][..], |field| field.letters.as_slice());
    match blank.kind {
        Kind::Check => Dictionary::from_iter([("FT", "Btn".into()), ("V", "Off".into())]),
        Kind::Choice => {
            Dictionary::from_iter([("FT", "Btn".into()), ("Ff", (RADIO | NO_TOGGLE_TO_OFF).into()), ("V", "Off".into())])
        }
        Kind::Letter if !letters.is_empty() => {
            let options = letters.iter().map(|letter| text_string(letter)).collect();
            Dictionary::from_iter([("FT", "Ch".into()), ("Ff", COMBO.into()), ("Opt", Object::Array(options))])
        }
        Kind::Number => {
            let flags = DO_NOT_SPELL_CHECK | COMB;
            Dictionary::from_iter([("FT", "Tx".into()), ("Ff", flags.into()), ("MaxLen", DIGITS.into())])
        }
        kind => {
            let flags = if is_multiline(kind, height, zoom) { MULTILINE } else { 0 };
            Dictionary::from_iter([("FT", "Tx".into()), ("Ff", flags.into())])
        }
    }
}

fn is_multiline(kind: Kind, height: f64, zoom: f64) -> bool {
    matches!(kind, Kind::Lines | Kind::Box | Kind::Cell | Kind::Drawing) && height > TALL * TYPE * zoom
}

fn default_appearance(size: f64) -> String {
    format!("/{FONT} {:.1} Tf 0 g", size)
}

fn scaled(area: Area, zoom: f64) -> Area {
    let Area { page, left, bottom, right, top } = area;
    Area { page, left: left * zoom, bottom: bottom * zoom, right: right * zoom, top: top * zoom }
}

/// To a hundredth of a point.
#[expect(clippy::cast_possible_truncation, reason = "a place on a page has few digits")]
fn round(points: f64) -> f32 {
    ((points * 100.0).round() / 100.0) as f32
}

fn height_of(document: &Document, widget: ObjectId) -> Result<f64, Error> {
    let rect = document.get_dictionary(widget)?.get(b"Rect")?.as_array()?;
    let side = |index: usize| rect.get(index).and_then(|side| side.as_float().ok()).unwrap_or_default();
    Ok(f64::from(side(3) - side(1)))
}

/// Adds widgets to a page, after its links, and says that they follow the structure tree.
fn add_to_page(document: &mut Document, page: ObjectId, widgets: Vec<ObjectId>) -> Result<(), Error> {
    let mut annotations = match document.get_dictionary(page)?.get(b"Annots") {
        Ok(Object::Reference(id)) => document.get_object(*id)?.as_array()?.clone(),
        Ok(Object::Array(annotations)) => annotations.clone(),
        _ => Vec::new(),
    };
    annotations.extend(widgets.into_iter().map(Object::from));
    let page = document.get_dictionary_mut(page)?;
    page.set("Annots", annotations);
    page.set("Tabs", "S");
    Ok(())
}
