//! How the teacher file answers a block: which keys it uses, and which ids it can name. The rules in `check` decide whether the
//! answer makes sense.

use super::{Entry, given_ids};
use crate::lesson::values::slug;

/// Maximum number of ids in an example.
const MAX_SHOWN: usize = 4;

/// The form that the answer to a block takes.
#[derive(Debug, Clone)]
pub struct Form {
    /// The keys that can hold the answer.
    pub keys: &'static [&'static str],
    /// The keys without which the answer is incomplete.
    pub needed: Vec<&'static str>,
    /// What to write for an item whose entries have no ids.
    sample: &'static str,
    /// The ids that its keys can name.
    pub names: Vec<Names>,
}

/// The ids that a key of an answer can name.
#[derive(Debug, Clone)]
pub struct Names {
    /// The key, such as `cells`.
    pub key: &'static str,
    /// What the ids name, such as `row`.
    pub what: &'static str,
    /// All the ids.
    pub ids: Vec<String>,
    /// The ids nested under each of them, and what these name.
    pub inner: Option<(&'static str, Vec<String>)>,
    /// Whether an answer that leaves one out is incomplete.
    pub needs_all: bool,
    /// The value of each id in an example.
    pub value: &'static str,
    /// The ids that an example shows, each with its value; empty for all of them.
    shown: Vec<(String, String)>,
    /// The text of each entry, for an example of their ids.
    texts: Vec<String>,
    /// A common wrong name for one of the ids, and the correct one.
    pub also: Option<(&'static str, &'static str)>,
}

impl Form {
    /// An answer that names no ids. `sample` says what to write, with an example in backticks.
    pub fn new(keys: &'static [&'static str], sample: &'static str) -> Self {
        Self { keys, needed: Vec::new(), sample, names: Vec::new() }
    }

    /// What to write, for use in a report: the sample with the item's ids.
    pub fn example(&self) -> String {
        let Some(names) = self.names.first().filter(|names| names.key != "order") else {
            return format!("write {}", self.sample);
        };
        let ids = if names.ids.is_empty() { names.new_ids() } else { names.ids.clone() };
        let inner = names.inner.as_ref().map(|(_, ids)| ids).filter(|ids| !ids.is_empty());
        let value = inner.map_or_else(|| names.value.to_owned(), |ids| in_braces(&with_value(ids, "…")));
        let shown = if names.shown.is_empty() { with_value(&ids, &value) } else { names.shown.clone() };
        let rows = in_braces(&shown);
        let others = self.needed.iter().filter(|key| **key != names.key).map(|key| format!(", {key}: …")).collect::<String>();
        let shown = if names.key == "rows" { rows } else { format!("{{{}: {rows}{others}}}", names.key) };
        let written = match self.sample.split('`').nth(1) {
            Some(sample) => self.sample.replacen(sample, &shown, 1),
            None => format!("`{shown}`"),
        };
        if names.ids.is_empty() { names.first_give_ids(&written) } else { format!("write {written}") }
    }

    /// A sample answer in Markdown.
    pub fn text() -> Self {
        Self::new(&["text"], "the answer as text")
    }

    /// Makes these keys required.
    pub fn needing(mut self, keys: impl IntoIterator<Item = &'static str>) -> Self {
        self.needed.extend(keys);
        self
    }

    /// Adds a key that names ids that each need an answer.
    pub fn naming(mut self, key: &'static str, what: &'static str, ids: Vec<String>) -> Self {
        let (shown, texts) = (Vec::new(), Vec::new());
        self.names.push(Names { key, what, ids, inner: None, needs_all: true, value: "…", shown, texts, also: None });
        self
    }

    /// Adds a key that names entries by their ids.
    pub fn naming_entries(self, key: &'static str, what: &'static str, entries: &[Entry]) -> Self {
        let mut form = self.naming(key, what, ids(entries));
        let texts = entries.iter().map(|entry| entry.text.plain().trim().to_owned());
        form.names.last_mut().expect("a key has just been given").texts = texts.collect();
        form
    }

    /// Sets the ids of the last key that an example shows, each with its value.
    pub fn showing(mut self, shown: Vec<(String, String)>) -> Self {
        self.names.last_mut().expect("a key has been given").shown = shown;
        self
    }

    /// Nests ids under each id of the last key.
    pub fn with(mut self, what: &'static str, ids: Vec<String>) -> Self {
        self.names.last_mut().expect("a key has been given").inner = Some((what, ids));
        self
    }

    /// Sets the value that examples show for each id of the last key.
    pub fn valued(mut self, value: &'static str) -> Self {
        self.names.last_mut().expect("a key has been given").value = value;
        self
    }

    /// Reads `one` as a common wrong name for the id `other` of the last key.
    pub fn also(mut self, one: &'static str, other: &'static str) -> Self {
        self.names.last_mut().expect("a key has been given").also = Some((one, other));
        self
    }

    /// Makes the ids of the last key optional.
    pub fn partly(mut self) -> Self {
        self.names.last_mut().expect("a key has been given").needs_all = false;
        self
    }
}

impl Names {
    /// Ids that the entries could have.
    fn new_ids(&self) -> Vec<String> {
        let ids: Vec<_> = self.texts.iter().filter_map(|text| slug(text)).collect();
        if ids.is_empty() { vec!["id".to_owned()] } else { ids }
    }

    /// What to do if the entries have no ids: add them, and then write the answer.
    fn first_give_ids(&self, written: &str) -> String {
        let first = self.texts.first().and_then(|text| Some((slug(text)?, text)));
        let example = first.filter(|(_, text)| !text.contains([',', ':', '"', '#', '[', ']', '{', '}', '`']));
        let such_as = example.map_or_else(String::new, |(id, text)| format!(", such as `{{id: {id}, text: {text}}}`"));
        let then = if such_as.is_empty() { ", " } else { "; " };
        format!("first give each {} an id in the lesson{such_as}{then}then write {written}", self.what)
    }
}

/// The ids, each with the same value.
fn with_value(ids: &[String], value: &str) -> Vec<(String, String)> {
    ids.iter().map(|id| (id.clone(), value.to_owned())).collect()
}

/// The first few ids as keys, each with its value.
fn in_braces(ids: &[(String, String)]) -> String {
    let shown: Vec<_> = ids.iter().take(MAX_SHOWN).map(|(id, value)| format!("{id}: {value}")).collect();
    let more = if ids.len() > MAX_SHOWN { ", …" } else { "" };
    format!("{{{}{more}}}", shown.join(", "))
}

/// The ids of the entries that have one.
pub fn ids(entries: &[Entry]) -> Vec<String> {
    given_ids(entries).into_iter().map(|id| id.value.0.clone()).collect()
}
