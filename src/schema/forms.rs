//! The forms that a value can have: words, and keys that name what stands below them.

use super::{Form, Property};
use crate::diagnostics::{closest, did_you_mean, in_words, likely};
use crate::hints::Hints;
use crate::yaml::{Key, Node};

/// How many keys of one map are looked at for the name of a form.
pub(super) const MAX_LOOKED_AT: usize = 50;

/// How many names of forms a help line lists.
const MAX_LISTED: usize = 12;

/// The forms that a value can have.
pub(super) struct Forms<'a> {
    /// Words that stand alone.
    pub words: Vec<&'a str>,
    /// Keys and what stands below them.
    pub keys: Vec<Property<'a>>,
    /// Keys and what could stand below them.
    pub examples: Vec<(&'a str, &'a str)>,
}

impl<'a> Forms<'a> {
    pub(super) fn of(variants: &'a [Form]) -> Self {
        let word = |form: &'a Form| if let Form::Word(word) = form { Some(word.as_str()) } else { None };
        let key = |form: &'a Form| if let Form::Key(name, shape, _) = form { Some((name.as_str(), &**shape)) } else { None };
        let example = |form: &'a Form| match form {
            Form::Key(name, _, Some(example)) => Some((name.as_str(), example.as_str())),
            _ => None,
        };
        Self {
            words: variants.iter().filter_map(word).collect(),
            keys: variants.iter().filter_map(key).collect(),
            examples: variants.iter().filter_map(example).collect(),
        }
    }

    /// What could be written: words, and keys with an example each.
    pub(super) fn written(&self) -> String {
        let written = self.names().map(|name| match self.examples.iter().find(|(known, _)| *known == name) {
            Some((_, example)) => format!("`{{{name}: {example}}}`"),
            None => format!("`{name}`"),
        });
        // Words are the shortest, so they come first.
        let (words, keys): (Vec<_>, Vec<_>) = written.partition(|shown| !shown.starts_with("`{"));
        let all: Vec<_> = words.into_iter().chain(keys).collect();
        format!("write {}", in_words(&all, "or"))
    }

    /// The help for a word that names none of them; `known` are those that it could be.
    pub(super) fn help(&self, word: &str, known: &[&'a str], hints: &Hints) -> Option<String> {
        if !self.examples.is_empty() && closest(word, known.iter().copied()).is_none() {
            return Some(self.written());
        }
        let meant: Vec<_> = hints.meant(word, known.iter().copied()).into_iter().map(|name| format!("`{name}`")).collect();
        if !meant.is_empty() {
            return Some(format!("did you mean {}?", in_words(&meant, "or")));
        }
        if known.len() <= MAX_LISTED || closest(word, known.iter().copied()).is_some() {
            return did_you_mean(word, known.iter().copied());
        }
        let likely: Vec<_> = likely(word, known.iter().copied()).into_iter().map(|name| format!("`{name}`")).collect();
        let all = hints.all_forms;
        Some(if likely.is_empty() { all.to_owned() } else { format!("perhaps {}; {all}", in_words(&likely, "or")) })
    }

    /// The names of all forms, the words first.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.words.iter().copied().chain(self.keys.iter().map(|(name, _)| *name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    pub(super) fn key(&self, name: &str) -> Option<Property<'a>> {
        self.keys.iter().find(|(known, _)| *known == name).copied()
    }

    /// The one that a key names: of several the first that is spelt right.
    pub(super) fn named_by(&self, entries: &[(Key, Node)], hints: &Hints) -> usize {
        let looked_at = &entries[..entries.len().min(MAX_LOOKED_AT)];
        let right = looked_at.iter().position(|(key, _)| self.has(&key.text));
        right.or_else(|| looked_at.iter().position(|(key, _)| self.meant_by(&key.text, hints).is_some())).unwrap_or(0)
    }

    /// The one that a word of a teacher, or a misspelt name, stands for.
    pub(super) fn meant_by(&self, word: &str, hints: &Hints) -> Option<&'a str> {
        hints.only(word, self.names()).or_else(|| closest(word, self.names()))
    }
}
