//! Reads the answers that students typed in forms, and marks them against the key. It never writes a student's file.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use serde::Serialize;

use crate::packet::blank::{Blank, Kind};

/// The largest form that is read, in bytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// The most bytes that anything in a form may be when it's unpacked.
const MAX_UNPACKED: usize = 64 * 1024 * 1024;

/// The most fields of a form, and the most levels of their names.
const MAX_FIELDS: usize = 20_000;
const MAX_LEVELS: usize = 32;

/// The most characters of an answer.
const MAX_ANSWER: usize = 20_000;

/// What students filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The language of the form, as a BCP 47 tag.
    pub language: Option<String>,
    /// The fields, in order.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, as in [`Blank`].
    pub name: String,
    /// The question and what goes there, in words.
    pub question: String,
    /// What was filled in, in words. Empty if nothing was.
    pub answer: String,
    /// The same as a value: the letter of a choice, or `true` for a checked box.
    pub value: String,
}

/// A line of the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The name of the file.
    pub file: String,
    /// The name of the student or the group.
    pub name: String,
    /// The lesson, as `issue/lesson`.
    pub lesson: String,
    /// The question and what goes there.
    pub question: String,
    /// What was filled in.
    pub answer: String,
    /// Whether it's right; `None` if the key doesn't say.
    pub right: Option<bool>,
}

/// The right values by the names of fields.
#[derive(Debug, Default)]
pub struct Key(BTreeMap<String, Right>);

#[derive(Debug)]
enum Right {
    /// The value of the right choice.
    Choice(String),
    /// Whether a box is checked.
    Checked(bool),
    /// Text, in which case and spaces don't matter.
    Text(String),
}

/// The fields at the top of a sheet, which are about the student.
const ABOUT: [&str; 2] = ["name", "group"];

/// Reads a form.
///
/// # Errors
/// In words for teachers, if it isn't a form of Packetpress, or is damaged.
pub fn read(bytes: &[u8]) -> Result<Filled, String> {
    if !bytes.starts_with(b"%PDF-") {
        return Err("it isn't a PDF".to_owned());
    }
    let options = LoadOptions::with_max_decompressed_size(MAX_UNPACKED);
    let document = Document::load_mem_with_options(bytes, options)
        .map_err(|_| "it's damaged, or protected by a password; open it, and save it again".to_owned())?;
    if document.is_encrypted() {
        return Err("it's protected by a password; open it, and save it without one".to_owned());
    }
    let catalog = document.catalog().map_err(|_| "it's damaged: it has no pages".to_owned())?;
    let form = catalog.get(b"AcroForm").ok().and_then(|form| dictionary(&document, form));
    let fields = form.and_then(|form| array(&document, form.get(b"Fields").ok()?));
    let Some(fields) = fields.filter(|fields| !fields.is_empty()) else {
        return Err("it has no fields; collect the files that students filled in and saved, not printouts or scans".to_owned());
    };
    let mut reader = Reader { document: &document, filled: Filled::default(), seen: BTreeSet::new() };
    reader.filled.language = catalog.get(b"Lang").ok().and_then(text);
    for field in fields {
        reader.field(field, "", 0);
    }
    if !reader.filled.fields.iter().any(|field| field.name.contains('/')) {
        return Err("it isn't a form that Packetpress made".to_owned());
    }
    Ok(reader.filled)
}

struct Reader<'a> {
    document: &'a Document,
    filled: Filled,
    seen: BTreeSet<ObjectId>,
}

impl Reader<'_> {
    /// Reads a field and the fields below it.
    fn field(&mut self, object: &Object, above: &str, level: usize) {
        if let Object::Reference(id) = object
            && !self.seen.insert(*id)
        {
            return;
        }
        if level > MAX_LEVELS || self.filled.fields.len() >= MAX_FIELDS {
            return;
        }
        let Some(field) = dictionary(self.document, object) else { return };
        let own = field.get(b"T").ok().and_then(text);
        let name = match own {
            Some(own) if above.is_empty() => own,
            Some(own) => format!("{above}.{own}"),
            None => above.to_owned(),
        };
        let kids = field.get(b"Kids").ok().and_then(|kids| array(self.document, kids)).unwrap_or_default();
        let is_group = kids.iter().any(|kid| dictionary(self.document, kid).is_some_and(|kid| kid.has(b"T")));
        if is_group {
            for kid in kids {
                self.field(kid, &name, level + 1);
            }
            return;
        }
        let value = self.value(field);
        let answer = self.in_words(field, kids, &value);
        let question = field.get(b"TU").ok().and_then(text).unwrap_or_else(|| name.clone());
        self.filled.fields.push(Field { name, question, answer, value });
    }

    fn value(&self, field: &Dictionary) -> String {
        let value = field.get(b"V").ok().and_then(|value| self.document.dereference(value).ok()).map(|(_, value)| value);
        let value = match value {
            Some(Object::Name(name)) => String::from_utf8_lossy(name).into_owned(),
            Some(value) => text(value).unwrap_or_default(),
            None => String::new(),
        };
        let value: String = value.chars().take(MAX_ANSWER).collect();
        if is_button(field) && value == "Off" { String::new() } else { value }
    }

    /// An answer in words: the choice itself, as its widget tells it.
    fn in_words(&self, field: &Dictionary, kids: &[Object], value: &str) -> String {
        if !is_button(field) || value.is_empty() {
            return value.to_owned();
        }
        let shows = |kid: &&Dictionary| {
            let appearance = kid.get(b"AP").ok().and_then(|shown| dictionary(self.document, shown));
            let states = appearance.and_then(|shown| dictionary(self.document, shown.get(b"N").ok()?));
            states.is_some_and(|states| states.has(value.as_bytes()))
        };
        let chosen = kids.iter().filter_map(|kid| dictionary(self.document, kid)).find(shows);
        chosen.and_then(|kid| kid.get(b"Contents").ok().and_then(text)).unwrap_or_else(|| "✓".to_owned())
    }
}

fn is_button(field: &Dictionary) -> bool {
    field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Btn")
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

fn array<'a>(document: &'a Document, object: &'a Object) -> Option<&'a [Object]> {
    document.dereference(object).ok()?.1.as_array().ok().map(Vec::as_slice)
}

/// The text of a string, with the ends of its lines, which the library leaves out of strings in the encoding of PDF.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xef\xbb\xbf") {
        return lopdf::decode_text_string(object).ok().map(|text| text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    let line = |line: &[u8]| lopdf::decode_text_string(&Object::string_literal(line)).unwrap_or_default();
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let mut text = String::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(is_end) {
        text.push_str(&line(&rest[..end]));
        text.push('\n');
        let both = rest[end..].starts_with(b"\r\n");
        rest = &rest[end + if both { 2 } else { 1 }..];
    }
    text.push_str(&line(rest));
    Some(text)
}

impl Filled {
    /// The lessons that the fields are of, as `issue/lesson`.
    pub fn lessons(&self) -> BTreeSet<String> {
        self.fields.iter().filter_map(|field| lesson_of(&field.name)).map(str::to_owned).collect()
    }

    /// The lines of the result, marked against `key`.
    pub fn rows(&self, file: &str, key: &Key) -> Vec<Row> {
        let about = |name: &&Field| ABOUT.contains(&name.name.as_str()) && !name.answer.is_empty();
        let name = self.fields.iter().find(about).map(|field| field.answer.clone()).unwrap_or_default();
        let row = |field: &Field| {
            let lesson = lesson_of(&field.name)?;
            Some(Row {
                file: file.to_owned(),
                name: name.clone(),
                lesson: lesson.to_owned(),
                question: field.question.clone(),
                answer: field.answer.clone(),
                right: key.is_right(field),
            })
        };
        self.fields.iter().filter_map(row).collect()
    }
}

/// The lesson of a field, as `issue/lesson`. The fields for the name and the date have none.
fn lesson_of(field: &str) -> Option<&str> {
    let (at, _) = field.match_indices('/').nth(1)?;
    Some(&field[..at])
}

impl Key {
    /// Adds the blanks of a lesson, as an edition for teachers has them.
    pub fn add<'b>(&mut self, blanks: impl IntoIterator<Item = &'b Blank>) {
        for blank in blanks {
            let Some(answer) = &blank.answer else { continue };
            match (&blank.choice, blank.kind) {
                (Some(choice), _) if answer == "true" => {
                    self.0.insert(choice.group.clone(), Right::Choice(choice.value.clone()));
                }
                (Some(_), _) => {}
                (None, Kind::Check) => {
                    self.0.insert(blank.name.clone(), Right::Checked(answer == "true"));
                }
                (None, _) => {
                    self.0.insert(blank.name.clone(), Right::Text(plain(answer)));
                }
            }
        }
    }

    /// Whether a field is right; `None` if the key doesn't say, or nobody filled it in.
    fn is_right(&self, field: &Field) -> Option<bool> {
        let is_empty = field.value.is_empty();
        match self.0.get(&field.name)? {
            Right::Checked(checked) => Some(*checked != is_empty),
            _ if is_empty => None,
            Right::Choice(value) => Some(field.value == *value),
            Right::Text(text) => Some(plain(&field.value) == *text),
        }
    }
}

/// Text without what doesn't matter: case, spaces, and a period at the end.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_form_is_refused() {
        assert_eq!(read(b"hello").expect_err("it's text"), "it isn't a PDF");
        assert!(read(b"%PDF-1.7\n").expect_err("it's empty").contains("damaged"));
    }

    #[test]
    fn fields_belong_to_lessons() {
        assert_eq!(lesson_of("fair-hearing-1/moscow-trials/sort/0"), Some("fair-hearing-1/moscow-trials"));
        assert_eq!(lesson_of("name"), None);
    }

    #[test]
    fn case_and_spaces_do_not_matter() {
        assert_eq!(plain("  Due  Process. "), "due process");
    }
}
