//! What the keys of a map mean: the key itself, the key it misspells, or the missing key it replaces.

use std::collections::HashSet;

use super::forms::Forms;
use super::numbers::{number, truth};
use super::reader::Reader;
use super::subject::Subject;
use super::{Kind, Property, Shape};
use crate::diagnostics::{closest, in_words};
use crate::formats;
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// The most unknown keys of one map that get a suggestion, which takes time.
const MAX_SUGGESTIONS: usize = 50;

/// The most keys that a help line names.
const MAX_NAMED: usize = 4;

/// What a key means.
pub(super) struct Meaning<'p, 'a> {
    /// The key it is, or most likely means.
    pub property: Option<&'p Property<'a>>,
    /// Whether it may get a suggestion.
    pub is_helped: bool,
    /// Whether it is another accepted spelling of the key.
    pub is_alias: bool,
}

impl<'a> Reader<'a> {
    /// What each key of a map means.
    ///
    /// A misspelled key is read as the key it most likely means, so mistakes under it are found too.
    /// If there are as many unknown keys as missing ones, they are matched in order, provided their values fit.
    pub(super) fn meanings<'p>(
        &self,
        entries: &[(Key, Node)],
        shape: &'a Shape,
        properties: &'p [Property<'a>],
    ) -> Vec<Meaning<'p, 'a>> {
        let present: HashSet<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
        let free: Vec<&str> = properties.iter().map(|(name, _)| *name).filter(|name| !present.contains(name)).collect();
        let find = |name: &str| properties.iter().find(|(known, _)| *known == name);
        let mut left = MAX_SUGGESTIONS;
        let mut unknown = Vec::new();
        let mut guessed = Vec::new();
        let mut meanings = Vec::with_capacity(entries.len());
        for (index, (key, _)) in entries.iter().enumerate() {
            let is_helped = left > 0;
            let is_alias_of = |(name, shape): &&Property<'a>| shape.alias.as_ref() == Some(&key.text) && free.contains(name);
            let alias = properties.iter().find(is_alias_of);
            let known = find(&key.text).or(alias);
            let is_block = known.is_none()
                && is_helped
                && closest(&key.text, free.iter().copied()).is_none()
                && self.block_beside(&key.text, properties).is_some();
            let property = known.or_else(|| {
                left = left.saturating_sub(1);
                if !is_helped || is_block {
                    return None;
                }
                let meant = self.schema.hints.only(&key.text, free.iter().copied()).filter(|name| !guessed.contains(name));
                let guess = meant.or_else(|| closest(&key.text, free.iter().copied()))?;
                guessed.push(guess);
                find(guess)
            });
            if property.is_none() && !is_block {
                unknown.push(index);
            }
            meanings.push(Meaning { property, is_helped, is_alias: alias.is_some() });
        }
        let found: HashSet<&str> = meanings.iter().filter_map(|meaning| meaning.property).map(|(name, _)| *name).collect();
        let is_missing = |name: &str| !found.contains(name) && self.schema.requires(shape, name);
        let missing: Vec<_> = properties.iter().filter(|(name, _)| is_missing(name)).collect();
        let mut pairs = unknown.iter().zip(&missing);
        if unknown.len() == missing.len() && pairs.clone().all(|(index, (_, shape))| self.fits(&entries[*index].1, shape)) {
            pairs.by_ref().for_each(|(index, property)| meanings[*index].property = Some(property));
        }
        meanings
    }

    /// Whether a value looks right for a shape.
    pub(super) fn fits(&self, node: &Node, shape: &'a Shape) -> bool {
        let target = self.schema.resolve(shape);
        match (&target.kind, &node.value) {
            (Kind::Keyed(_), value) => matches!(value, Value::Map(_)),
            (Kind::Forms(variants), value) => {
                let forms = Forms::of(variants);
                match value {
                    Value::Map(entries) => matches!(entries.as_slice(), [(key, _)] if forms.has(&key.text)),
                    Value::Text(scalar) => target.shorthand.is_some() || forms.words.contains(&scalar.text.as_str()),
                    _ => false,
                }
            }
            (Kind::Object(_), Value::Map(entries)) => {
                let properties = self.properties(target);
                let is_known = |key: &str| closest(key, properties.iter().map(|(name, _)| *name)).is_some();
                entries.iter().take(MAX_SUGGESTIONS).any(|(key, _)| is_known(&key.text))
            }
            (Kind::Object(_), _) => {
                let short = target.shorthand.as_deref().and_then(|short| self.schema.property(target, short));
                short.is_some_and(|short| self.fits(node, short))
            }
            (Kind::List(_), Value::List(_)) => true,
            (Kind::List(list), _) => list.takes_single && self.fits(node, &list.entries),
            (Kind::Integer(..), _) => number(node).is_some(),
            (Kind::Boolean, _) => truth(node).is_some(),
            (Kind::Text(Some(format)), Value::Text(scalar)) => formats::wrong(*format, scalar.text.trim()).is_none(),
            (_, Value::Text(_)) => true,
            _ => false,
        }
    }

    /// Whether a map has no key that is known or means a known one.
    pub(super) fn none_known(&self, entries: &[(Key, Node)], shape: &'a Shape) -> bool {
        let properties = self.schema.properties(shape);
        let names = || properties.iter().map(|(name, _)| *name);
        let is_known = |key: &str| self.schema.hints.only(key, names()).is_some() || closest(key, names()).is_some();
        entries.iter().take(MAX_SUGGESTIONS).all(|(key, _)| !is_known(&key.text))
    }

    /// Whether a comma or brace ends this text, which turned it into a key without a value.
    pub(super) fn is_cut_off(&self, key: &Key) -> bool {
        let text = self.context.sources.file(key.place.file).text();
        let rest = text.get(key.place.end as usize..).unwrap_or_default();
        rest.trim_start_matches([' ', '\t']).starts_with([',', '}'])
    }

    /// The help for a value where keys are expected.
    pub(super) fn needed(&self, place: Place, what: Subject<'_>, shape: &'a Shape, properties: &[Property<'a>]) -> String {
        let required = |name: &str| self.schema.requires(shape, name);
        let mut names: Vec<_> = properties.iter().map(|(name, _)| *name).filter(|name| required(name)).collect();
        if names.is_empty() {
            names = properties
                .iter()
                .map(|(name, _)| *name)
                .filter(|name| !self.schema.hints.common.contains(name))
                .take(MAX_NAMED)
                .collect();
        }
        if self.in_flow(place) {
            let shown: Vec<_> = names.iter().map(|name| format!("{name}: …")).collect();
            return format!("write `{{{}}}`", shown.join(", "));
        }
        let shown: Vec<_> = names.iter().map(|name| format!("`{name}: …`")).collect();
        let shown = in_words(&shown, "and");
        match what {
            Subject::File => format!("write keys at the left margin: {shown}"),
            _ if what.is_entry() => format!("write its keys, each on its own line: {shown}"),
            _ => format!("write under it, indented: {shown}"),
        }
    }
}
