//! Maps with the keys of the model.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::keywords::{first_line, first_sentence, is_required};
use super::{Property, Walker, report};
use crate::diagnostics::{Code, Diagnostic};
use crate::read::formats;
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// Keys that all questions have, which nobody means by another word.
const NEVER_MEANT: [&str; 4] = ["id", "hint", "points", "see"];

impl<'a> Walker<'a> {
    pub(super) fn object(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let properties = self.properties(schema);
        let short = schema.get("x-shorthand").and_then(Json::as_str);
        match &node.value {
            Value::Map(entries) => {
                if let Some(default) = schema.get("x-map-shorthand").and_then(Json::as_str)
                    && entries.first().is_some_and(|(key, value)| !self.may_be_a_form(key, value, &properties))
                    && entries.iter().all(|(key, value)| !self.is_a_form(key, value, &properties))
                    && let Some(read) = self.without_its_form(default, node, schema, &properties, what)
                {
                    return Some(read);
                }
                if self.is_mistaken(node, entries, schema, &properties, what) {
                    return Some(self.placeholder(schema));
                }
                let place = first_line(node.place, entries);
                Some(Json::Object(self.fields(place, entries, schema, &properties)))
            }
            Value::List(nodes) if !nodes.is_empty() && schema.get("x-map-shorthand").is_some() => {
                self.without_its_form("", node, schema, &properties, what)
            }
            Value::Text(_) | Value::List(_) if short.is_some() => {
                self.under(short.expect("it was just found"), node, schema, &properties, what)
            }
            _ => {
                let help = match self.with_its_key(node, schema, &properties) {
                    Some(written) => format!("write `{written}`"),
                    None => self.needed(what, schema, &properties),
                };
                self.wrong_type(node, what, "keys with values").help(help);
                None
            }
        }
    }

    /// The map of which `node` is the value of the key `short` alone.
    pub(super) fn under(
        &mut self,
        short: &str,
        node: &Node,
        schema: &'a Json,
        properties: &[Property<'a>],
        what: &str,
    ) -> Option<Json> {
        let (name, property) = properties.iter().find(|(name, _)| *name == short).expect("a shorthand names a key");
        let value = self.value(node, property, what)?;
        let mut map = Map::from_iter([((*name).to_owned(), value)]);
        self.fill(&mut map, schema, properties);
        Some(Json::Object(map))
    }

    pub(super) fn fields(
        &mut self,
        whole: Place,
        entries: &[(Key, Node)],
        schema: &'a Json,
        properties: &[Property<'a>],
    ) -> Map<String, Json> {
        let outermost = std::mem::take(&mut self.outermost);
        self.duplicates(entries);
        let meanings = self.meanings(entries, schema, properties);
        let mut map = Map::new();
        for ((key, value), meaning) in entries.iter().zip(&meanings) {
            let Some((name, property)) = meaning.property else {
                match value.value {
                    Value::Broken if outermost => drop(self.broken.insert(key.text.clone())),
                    Value::Broken => {}
                    _ => self.unknown_key(key, value, meaning, &meanings, properties),
                }
                continue;
            };
            if *name != key.text && !matches!(value.value, Value::Broken) {
                self.unknown_key(key, value, meaning, &meanings, properties);
            }
            if map.contains_key(*name) {
                continue;
            }
            let told =
                (*name != key.text && matches!(value.value, Value::Null)) || self.year_for_day(value, property, properties);
            self.needed = is_required(schema, self.resolve(schema), name);
            let read = if told { None } else { self.value(value, property, &format!("`{name}`")) };
            self.needed = false;
            if read.is_none() && outermost {
                self.broken.insert((*name).to_owned());
            }
            let value = match read {
                Some(value) => value,
                None if is_required(schema, self.resolve(schema), name) => self.placeholder(property),
                None => continue,
            };
            map.insert((*name).to_owned(), value);
        }
        self.missing(whole, &map, schema, properties);
        self.not_both(entries, schema);
        if let ([(key, _)], Some(reason)) = (entries, schema.get("x-not-alone").and_then(Json::as_str))
            && key.text == reason
        {
            self.report(Code::MissingKey, key.place, format!("`{reason}` stands alone, and the answer itself is missing"))
                .help(format!("write the answer beside it, such as `{{choice: …, {reason}: …}}`"));
        }
        self.fill(&mut map, schema, properties);
        map
    }

    /// Reports a key that stands here under another name than its own, or that means nothing.
    fn unknown_key(
        &mut self,
        key: &Key,
        value: &Node,
        meaning: &super::keys::Meaning<'_, 'a>,
        meanings: &[super::keys::Meaning<'_, 'a>],
        properties: &[Property<'a>],
    ) {
        if matches!(value.value, Value::Null) && self.is_cut_off(key) {
            self.report(Code::UnknownKey, key.place, format!("`{}` is taken for a key", key.text))
                .help("a text with a comma in it needs quotation marks between braces: the comma ends the text");
            return;
        }
        let help = match meaning.property {
            Some((name, _)) => Some(format!("did you mean `{name}`?")),
            None if matches!(key.text.as_str(), "answer" | "answers" | "correct") && is_question(properties) => {
                Some("answers stand in `<lesson>.teacher.yaml`, by the `id` of the question".to_owned())
            }
            None if meaning.is_helped => {
                let present =
                    |name: &str| meanings.iter().any(|meaning| meaning.property.is_some_and(|(known, _)| *known == name));
                let free: Vec<Property<'a>> = properties.iter().filter(|(name, _)| !present(name)).copied().collect();
                let help = self.block_beside(&key.text, properties).or_else(|| self.room_elsewhere(key, value, &free));
                Some(help.unwrap_or_else(|| or_one_of(&free)))
            }
            None => None,
        };
        self.report(Code::UnknownKey, key.place, format!("there is no key `{}` here", key.text)).maybe_help(help);
    }

    /// Reports a key that another makes useless.
    fn not_both(&mut self, entries: &[(Key, Node)], schema: &Json) {
        let Some(both) = schema.get("x-not-both").and_then(Json::as_array) else { return };
        let find = |name: &Json| entries.iter().find(|(key, _)| Some(key.text.as_str()) == name.as_str()).map(|(key, _)| key);
        if let [kept, useless] = both.as_slice()
            && let (Some(kept), Some(useless)) = (find(kept), find(useless))
        {
            let message = format!("`{}` stands beside `{}`, and only one of them can stand here", useless.text, kept.text);
            self.report(Code::UnknownKey, useless.place, message)
                .second(kept.place, "this takes its place")
                .help(format!("take `{}` away", useless.text));
        }
    }

    /// Reports the required keys that are not there.
    fn missing(&mut self, whole: Place, map: &Map<String, Json>, schema: &'a Json, properties: &[Property<'a>]) {
        for (name, property) in properties {
            if is_required(schema, self.resolve(schema), name) && !map.contains_key(*name) {
                let code = report::missing_code(property).unwrap_or(Code::MissingKey);
                let help = property.get("description").and_then(Json::as_str).map(first_sentence);
                self.report(code, whole, format!("`{name}` is missing"))
                    .maybe_help(help.map(|help| format!("add `{name}:` — {help}")));
            }
        }
    }

    pub(super) fn duplicates(&mut self, entries: &[(Key, Node)]) {
        let mut seen = HashMap::new();
        for (key, _) in entries {
            if let Some(first) = seen.insert(key.text.as_str(), key.place) {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateKey, key.place, format!("`{}` stands here a second time", key.text))
                        .second(first, "it stands here already")
                        .help("keep one of the two"),
                );
            }
        }
    }

    /// Reports a bare year where a day is wanted, in a map that has a key for the year.
    fn year_for_day(&mut self, node: &Node, schema: &Json, properties: &[Property<'a>]) -> bool {
        let Value::Text(scalar) = &node.value else { return false };
        let year = scalar.text.trim();
        let is_day = schema.get("format").and_then(Json::as_str) == Some("date");
        if !is_day || !formats::is_year(year) || properties.iter().all(|(name, _)| *name != "year") {
            return false;
        }
        self.report(Code::BadDate, node.place, format!("`{year}` is a year, and a full day is needed"))
            .help(format!("write `year: {year}` if the day does not matter, or the day in full: `{year}-04-01`"));
        true
    }
}

/// The help for a key that is like none of those that can still stand there.
fn or_one_of(free: &[Property<'_>]) -> String {
    let own: Vec<_> = free.iter().filter(|(name, _)| !NEVER_MEANT.contains(name)).map(|(name, _)| format!("`{name}`")).collect();
    // One key that is left is hardly the one that was meant.
    if own.len() < 2 { "take it away".to_owned() } else { format!("take it away, or write one of {}", own.join(", ")) }
}

/// Whether these are the keys of something that a student answers.
fn is_question(properties: &[Property<'_>]) -> bool {
    let has = |key: &str| properties.iter().any(|(name, _)| *name == key);
    has("id") && (has("ask") || has("choices"))
}
