//! How the answer to a block is written in the teacher file: by which keys, and which ids it can name. Its meaning is left to the rules in `check`.

use super::{Entry, given_ids};

/// How many ids an example shows.
const MAX_SHOWN: usize = 3;

/// How the answer to a block is written.
#[derive(Debug, Clone)]
pub struct Form {
    /// The keys that can hold it.
    pub keys: &'static [&'static str],
    /// Those of them without which it has a hole.
    pub needed: Vec<&'static str>,
    /// What to write, for an item whose entries have no ids.
    sample: &'static str,
    /// The ids that its keys can name.
    pub names: Vec<Names>,
}

/// The ids that a key of an answer can name.
#[derive(Debug, Clone)]
pub struct Names {
    /// The key: `cells`.
    pub key: &'static str,
    /// What they are the ids of: `row`.
    pub what: &'static str,
    /// All of them.
    pub ids: Vec<String>,
    /// What each of them can name in turn, and what that is.
    pub inner: Option<(&'static str, Vec<String>)>,
    /// Whether an answer that leaves one out has a hole.
    pub needs_all: bool,
    /// What stands below each of them in an example.
    pub value: &'static str,
    /// What is often written for one of them, and that one.
    pub also: Option<(&'static str, &'static str)>,
}

impl Form {
    /// An answer that names nothing; `sample` says what to write: what it is, and how between backticks.
    pub fn new(keys: &'static [&'static str], sample: &'static str) -> Self {
        Self { keys, needed: Vec::new(), sample, names: Vec::new() }
    }

    /// What to write, for a teacher who wrote something else: the sample with the ids of the item.
    pub fn example(&self) -> String {
        let Some(names) = self.names.first().filter(|names| names.key != "order") else { return self.sample.to_owned() };
        if names.ids.is_empty() {
            return format!("{}, and give each {} an `id` in the lesson", self.sample, names.what);
        }
        let inner = names.inner.as_ref().map(|(_, ids)| ids).filter(|ids| !ids.is_empty());
        let value = inner.map_or_else(|| names.value.to_owned(), |ids| in_braces(ids, "…"));
        let rows = in_braces(&names.ids, &value);
        let others = self.needed.iter().filter(|key| **key != names.key).map(|key| format!(", {key}: …")).collect::<String>();
        let shown = if names.key == "rows" { rows } else { format!("{{{}: {rows}{others}}}", names.key) };
        match self.sample.split('`').nth(1) {
            Some(sample) => self.sample.replacen(sample, &shown, 1),
            None => format!("`{shown}`"),
        }
    }

    /// A sample answer in Markdown.
    pub fn text() -> Self {
        Self::new(&["text"], "the answer as a text")
    }

    /// The same that has a hole without these keys.
    pub fn needing(mut self, keys: impl IntoIterator<Item = &'static str>) -> Self {
        self.needed.extend(keys);
        self
    }

    /// The same with one more key that names ids, each of which needs an answer.
    pub fn naming(mut self, key: &'static str, what: &'static str, ids: Vec<String>) -> Self {
        self.names.push(Names { key, what, ids, inner: None, needs_all: true, value: "…", also: None });
        self
    }

    /// The same where each id of the last key has ids of its own below it.
    pub fn with(mut self, what: &'static str, ids: Vec<String>) -> Self {
        self.names.last_mut().expect("a key has been given").inner = Some((what, ids));
        self
    }

    /// The same with what stands below each id of the last key in an example.
    pub fn valued(mut self, value: &'static str) -> Self {
        self.names.last_mut().expect("a key has been given").value = value;
        self
    }

    /// The same where `one` is often written for the id `other` of the last key.
    pub fn also(mut self, one: &'static str, other: &'static str) -> Self {
        self.names.last_mut().expect("a key has been given").also = Some((one, other));
        self
    }

    /// The same where ids of the last key can be left out.
    pub fn partly(mut self) -> Self {
        self.names.last_mut().expect("a key has been given").needs_all = false;
        self
    }
}

/// The first ids as keys of a value each.
fn in_braces(ids: &[String], value: &str) -> String {
    let shown: Vec<_> = ids.iter().take(MAX_SHOWN).map(|id| format!("{id}: {value}")).collect();
    let more = if ids.len() > MAX_SHOWN { ", …" } else { "" };
    format!("{{{}{more}}}", shown.join(", "))
}

/// The ids that entries have.
pub fn ids(entries: &[Entry]) -> Vec<String> {
    given_ids(entries).into_iter().map(|id| id.value.0.clone()).collect()
}
