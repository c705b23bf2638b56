//! How the answer to a block is written in the teacher file: by which keys, and which ids it can name. Its meaning is left to the rules in `check`.

use super::{Entry, given_ids};

/// How the answer to a block is written.
#[derive(Debug, Clone)]
pub struct Form {
    /// The keys that can hold it.
    pub keys: &'static [&'static str],
    /// Those of them without which it has a hole.
    pub needed: Vec<&'static str>,
    /// What to write, for a teacher who wrote something else.
    pub example: &'static str,
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
}

impl Form {
    /// An answer that names nothing.
    pub fn new(keys: &'static [&'static str], example: &'static str) -> Self {
        Self { keys, needed: Vec::new(), example, names: Vec::new() }
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
        self.names.push(Names { key, what, ids, inner: None, needs_all: true });
        self
    }

    /// The same where each id of the last key has ids of its own below it.
    pub fn with(mut self, what: &'static str, ids: Vec<String>) -> Self {
        self.names.last_mut().expect("a key has been given").inner = Some((what, ids));
        self
    }

    /// The same where ids of the last key can be left out.
    pub fn partly(mut self) -> Self {
        self.names.last_mut().expect("a key has been given").needs_all = false;
        self
    }
}

/// The ids that entries have.
pub fn ids(entries: &[Entry]) -> Vec<String> {
    given_ids(entries).into_iter().map(|id| id.value.0.clone()).collect()
}
