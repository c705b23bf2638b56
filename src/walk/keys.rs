//! What the keys of a map mean: themselves, what they are a misspelling of, or what they stand in for.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};

use super::forms::Forms;
use super::keywords::{choices, first_type, flag, is_required};
use super::numbers::{number, truth};
use super::{AN_ENTRY, Property, Walker};
use crate::diagnostics::{Code, closest};
use crate::read::formats;
use crate::yaml::{Key, Node, Value};

/// How many unknown keys of one map get a suggestion, which takes time.
const MAX_SUGGESTIONS: usize = 50;

/// How many keys a help line names.
const MAX_NAMED: usize = 4;

/// What a key means.
pub(super) struct Meaning<'p, 'a> {
    /// The key that it is, or that it most likely stands for.
    pub property: Option<&'p Property<'a>>,
    /// Whether it may get a suggestion.
    pub is_helped: bool,
}

impl<'a> Walker<'a> {
    /// What each key of a map means.
    ///
    /// A misspelt key is read as what it most likely stands for, so that the mistakes below it are found too.
    /// As many unknown keys as are missing stand for these in their order, if their values can be such.
    pub(super) fn meanings<'p>(
        &self,
        entries: &[(Key, Node)],
        schema: &'a Json,
        properties: &'p [Property<'a>],
    ) -> Vec<Meaning<'p, 'a>> {
        let present: HashSet<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
        let free: Vec<&str> = properties.iter().map(|(name, _)| *name).filter(|name| !present.contains(name)).collect();
        let find = |name: &str| properties.iter().find(|(known, _)| *known == name);
        let mut left = MAX_SUGGESTIONS;
        let mut unknown = Vec::new();
        let mut meanings = Vec::with_capacity(entries.len());
        for (index, (key, _)) in entries.iter().enumerate() {
            let is_helped = left > 0;
            let property = find(&key.text).or_else(|| {
                left = left.saturating_sub(1);
                let guess = if is_helped { closest(&key.text, free.iter().copied()) } else { None };
                guess.and_then(find)
            });
            if property.is_none() {
                unknown.push(index);
            }
            meanings.push(Meaning { property, is_helped });
        }
        let found: HashSet<&str> = meanings.iter().filter_map(|meaning| meaning.property).map(|(name, _)| *name).collect();
        let is_missing = |name: &str| !found.contains(name) && is_required(schema, self.resolve(schema), name);
        let missing: Vec<_> = properties.iter().filter(|(name, _)| is_missing(name)).collect();
        let mut pairs = unknown.iter().zip(&missing);
        if unknown.len() == missing.len() && pairs.clone().all(|(index, (_, schema))| self.fits(&entries[*index].1, schema)) {
            pairs.by_ref().for_each(|(index, property)| meanings[*index].property = Some(property));
        }
        meanings
    }

    /// Whether a value looks like one of a schema.
    pub(super) fn fits(&self, node: &Node, schema: &'a Json) -> bool {
        let schema = self.without_null(schema);
        let target = self.resolve(schema);
        if flag(schema, "x-keyed") {
            return matches!(node.value, Value::Map(_));
        }
        if let Some(variants) = target.get("oneOf").and_then(Json::as_array) {
            let forms = Forms::of(variants);
            return match &node.value {
                Value::Map(entries) => matches!(entries.as_slice(), [(key, _)] if forms.has(&key.text)),
                Value::Text(scalar) => target.get("x-shorthand").is_some() || forms.words.contains(&scalar.text.as_str()),
                _ => false,
            };
        }
        match (target.get("type").and_then(Json::as_str).or_else(|| first_type(target)), &node.value) {
            (Some("object"), Value::Map(entries)) => {
                let properties = self.properties(target);
                let is_known = |key: &str| closest(key, properties.iter().map(|(name, _)| *name)).is_some();
                entries.iter().take(MAX_SUGGESTIONS).any(|(key, _)| is_known(&key.text))
            }
            (Some("object"), _) => {
                let short = target.get("x-shorthand").and_then(Json::as_str);
                short
                    .and_then(|short| target.pointer(&format!("/properties/{short}")))
                    .is_some_and(|short| self.fits(node, short))
            }
            (Some("array"), Value::List(_)) => true,
            (Some("array"), _) => flag(schema, "x-single") && self.fits(node, &schema["items"]),
            (Some("integer"), _) => number(node).is_some(),
            (Some("boolean"), _) => truth(node).is_some(),
            (_, Value::Text(scalar)) => {
                let text = scalar.text.trim();
                let format = schema.get("format").and_then(Json::as_str);
                choices(schema).is_none_or(|choices| choices.contains(&text))
                    && format.is_none_or(|format| formats::wrong(format, text).is_none())
            }
            _ => false,
        }
    }

    /// Whether a comma or brace cuts off what stands here, so that it has become a key without a value.
    pub(super) fn is_cut_off(&self, key: &Key) -> bool {
        let text = self.context.sources.file(key.place.file).text();
        let rest = text.get(key.place.end as usize..).unwrap_or_default();
        rest.trim_start_matches([' ', '\t']).starts_with([',', '}'])
    }

    /// Reads a map of the author's keys that stands where the key of its form is missing; `default` is the form that needs no key.
    ///
    /// Returns `None` if it is no such map.
    pub(super) fn without_its_form(
        &mut self,
        default: &str,
        node: &Node,
        (first, value): (&Key, &Node),
        schema: &'a Json,
        properties: &[Property<'a>],
        what: &str,
    ) -> Option<Json> {
        let fits = |property: &'a Json| flag(property, "x-keyed") && self.fits(value, &property["additionalProperties"]);
        let mut forms: Vec<&str> = properties.iter().filter(|(_, property)| fits(property)).map(|(name, _)| *name).collect();
        if forms.contains(&default) || (forms.is_empty() && matches!(value.value, Value::Map(_))) {
            return self.under(default, node, schema, properties, what);
        }
        if let Value::Map(_) = value.value {
            // Of what fits, the first is the closest.
            let of_maps = |name: &&str| flag(&schema["properties"][*name]["additionalProperties"], "x-keyed");
            forms.sort_by_key(of_maps);
            forms.truncate(1);
        }
        let shown: Vec<_> = forms.iter().map(|form| format!("`{{{form}: {{{}: …}}}}`", first.text)).collect();
        if shown.is_empty() {
            return None;
        }
        self.report(Code::UnknownKey, first.place, format!("`{}` stands here without the form of the answer", first.text))
            .help(format!("write {}", in_words(&shown, "or")));
        match forms.as_slice() {
            [form] => self.under(form, node, schema, properties, what),
            _ => {
                let mut map = Map::new();
                self.fill(&mut map, schema, properties);
                Some(Json::Object(map))
            }
        }
    }

    /// The help for a list where the key `short` is no list but others are.
    pub(super) fn lists_of(&self, short: Option<&str>, properties: &[Property<'a>]) -> Option<String> {
        let is_list = |schema: &Json| schema.get("type").and_then(Json::as_str) == Some("array");
        if properties.iter().any(|(name, schema)| Some(*name) == short && is_list(schema)) {
            return None;
        }
        let lists: Vec<_> = properties
            .iter()
            .filter(|(_, schema)| is_list(schema))
            .map(|(name, _)| format!("`{{{name}: [first, second]}}`"))
            .collect();
        (!lists.is_empty() && lists.len() <= MAX_NAMED).then(|| format!("write {}", in_words(&lists, "or")))
    }

    /// The help for something that stands where keys are needed.
    pub(super) fn needed(&self, what: &str, schema: &'a Json, properties: &[Property<'a>]) -> String {
        let required = |name: &str| is_required(schema, self.resolve(schema), name);
        let mut names: Vec<_> = properties.iter().map(|(name, _)| *name).filter(|name| required(name)).collect();
        if names.is_empty() {
            names = properties.iter().map(|(name, _)| *name).take(MAX_NAMED).collect();
        }
        let shown: Vec<_> = names.iter().map(|name| format!("`{name}: …`")).collect();
        let shown = in_words(&shown, "and");
        match what {
            "the file" => format!("write keys at the margin: {shown}"),
            _ if what.starts_with(AN_ENTRY) => format!("write its keys, each on a line of its own: {shown}"),
            _ => format!("write below it, indented: {shown}"),
        }
    }
}

/// "a, b and c"
pub(super) fn in_words(words: &[String], and: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}
