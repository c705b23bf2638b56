//! The forms a value can have: words, and keys that name the form of their value.

use super::{Form, Property};
use crate::diagnostics::{Help, closest, did_you_mean, in_words, likely};
use crate::hints::Hints;
use crate::yaml::{Key, Node};

/// The most keys of one map that are searched for the name of a form.
pub(super) const MAX_LOOKED_AT: usize = 50;

/// The most forms that a help line lists.
const MAX_LISTED: usize = 12;

/// The forms a value can have.
pub(super) struct Forms<'a> {
    /// Words without a value.
    pub words: Vec<&'a str>,
    /// Keys with the shapes of their values.
    pub keys: Vec<Property<'a>>,
    /// Keys with example values.
    pub examples: Vec<(&'a str, &'a str)>,
}

impl<'a> Forms<'a> {
    pub(super) fn of(variants: &'a [Form]) -> Self {
        let word = |form: &'a Form| if let Form::Word(word, _) = form { Some(word.as_str()) } else { None };
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

    /// The help that lists all forms: words, and keys with an example each.
    pub(super) fn written(&self) -> String {
        let written = self.names().map(|name| match self.examples.iter().find(|(known, _)| *known == name) {
            Some((_, example)) => format!("`{{{name}: {example}}}`"),
            None => format!("`{name}`"),
        });
        // Words first, because they are shortest.
        let (words, keys): (Vec<_>, Vec<_>) = written.partition(|shown| !shown.starts_with("`{"));
        let all: Vec<_> = words.into_iter().chain(keys).collect();
        format!("write {}", in_words(&all, "or"))
    }

    /// The help for an unknown word; `known` are the forms it could mean.
    pub(super) fn help(&self, word: &str, known: &[&'a str], hints: &Hints) -> Option<Help> {
        if !self.examples.is_empty() && closest(word, known.iter().copied()).is_none() {
            return Some(self.written().into());
        }
        let meant = hints.meant(word, known.iter().copied());
        if !meant.is_empty() {
            return Some(Help::meant_one_of(&meant));
        }
        if known.len() <= MAX_LISTED || closest(word, known.iter().copied()).is_some() {
            return did_you_mean(word, known.iter().copied());
        }
        let likely: Vec<_> = likely(word, known.iter().copied()).into_iter().map(|name| format!("`{name}`")).collect();
        let all = hints.all_forms;
        let mut letters = all.chars();
        let sentence = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
        let help =
            if likely.is_empty() { all.to_owned() } else { format!("did you mean {}? {sentence}", in_words(&likely, "or")) };
        Some(help.into())
    }

    /// The names of all forms, words first.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.words.iter().copied().chain(self.keys.iter().map(|(name, _)| *name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    pub(super) fn key(&self, name: &str) -> Option<Property<'a>> {
        self.keys.iter().find(|(known, _)| *known == name).copied()
    }

    /// The index of the entry that names a form; the first one that is spelled right wins.
    pub(super) fn named_by(&self, entries: &[(Key, Node)], hints: &Hints) -> usize {
        let looked_at = &entries[..entries.len().min(MAX_LOOKED_AT)];
        let right = looked_at.iter().position(|(key, _)| self.has(&key.text));
        right.or_else(|| looked_at.iter().position(|(key, _)| self.meant_by(&key.text, hints).is_some())).unwrap_or(0)
    }

    /// The form that a teacher's word or a misspelled name means.
    pub(super) fn meant_by(&self, word: &str, hints: &Hints) -> Option<&'a str> {
        hints.only(word, self.names()).or_else(|| closest(word, self.names()))
    }
}
