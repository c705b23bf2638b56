//! Maps with the keys of the model.

use std::collections::HashMap;

use super::reader::Reader;
use super::subject::Subject;
use super::wordings::{first_line, first_sentence};
use super::{Property, Shape};
use crate::diagnostics::{Code, Diagnostic};
use crate::formats::{self, TextFormat};
use crate::hints::Elsewhere;
use crate::source::Place;
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

/// The keys of a map that have been read, with their values.
pub(super) type Fields = Vec<(String, Datum)>;

impl<'a> Reader<'a> {
    pub(super) fn object(&mut self, node: &Node, shape: &'a Shape, what: Subject<'_>) -> Option<Datum> {
        let properties = self.schema.properties(shape);
        let short = shape.shorthand.as_deref();
        match &node.value {
            Value::Map(entries) => {
                if let Some(default) = shape.map_shorthand.as_deref()
                    && entries.first().is_some_and(|(key, value)| !self.may_be_a_form(key, value, &properties))
                    && entries.iter().all(|(key, value)| !self.is_a_form(key, value, &properties))
                    && let Some(read) = self.without_its_form(default, node, shape, &properties, what)
                {
                    return Some(read);
                }
                if self.is_mistaken(node, entries, shape, &properties, what) {
                    return Some(self.placeholder(shape));
                }
                let place = first_line(node.place, entries);
                Some(Datum::Map(self.fields(place, entries, shape, &properties)))
            }
            Value::List(nodes) if !nodes.is_empty() && shape.map_shorthand.is_some() => {
                self.without_its_form("", node, shape, &properties, what)
            }
            Value::Text(_) | Value::List(_) if short.is_some() => {
                self.under(short.expect("it was just found"), node, shape, &properties, what)
            }
            _ => {
                let help = match self.with_its_key(node, shape, &properties) {
                    Some(written) => format!("write `{written}`"),
                    None => self.needed(what, shape, &properties),
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
        shape: &'a Shape,
        properties: &[Property<'a>],
        what: Subject<'_>,
    ) -> Option<Datum> {
        let (name, property) = properties.iter().find(|(name, _)| *name == short).expect("a shorthand names a key");
        let value = self.value(node, property, what)?;
        let mut map = vec![((*name).to_owned(), value)];
        self.fill(&mut map, shape, properties);
        Some(Datum::Map(map))
    }

    pub(super) fn fields(
        &mut self,
        whole: Place,
        entries: &[(Key, Node)],
        shape: &'a Shape,
        properties: &[Property<'a>],
    ) -> Fields {
        let outermost = std::mem::take(&mut self.outermost);
        self.duplicates(entries);
        let meanings = self.meanings(entries, shape, properties);
        let mut map = Fields::new();
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
            if has(&map, name) {
                continue;
            }
            let told =
                (*name != key.text && matches!(value.value, Value::Null)) || self.year_for_day(value, property, properties);
            self.needed = self.schema.requires(shape, name);
            let read = if told { None } else { self.value(value, property, Subject::Key(name)) };
            self.needed = false;
            if read.is_none() && outermost {
                self.broken.insert((*name).to_owned());
            }
            let value = match read {
                Some(value) => value,
                None if self.schema.requires(shape, name) => self.placeholder(property),
                None => continue,
            };
            map.push(((*name).to_owned(), value));
        }
        self.missing(whole, &map, shape, properties);
        self.not_both(entries, shape);
        if let ([(key, _)], Some((reason, example))) = (entries, &shape.not_alone)
            && key.text == *reason
        {
            self.report(Code::MissingKey, key.place, format!("`{reason}` stands alone, and the answer itself is missing"))
                .help(format!("write the answer beside it, such as `{example}`"));
        }
        self.fill(&mut map, shape, properties);
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
            None if let Some(help) = self.in_another_file(&key.text, properties) => Some(help.to_owned()),
            None if meaning.is_helped => {
                let present =
                    |name: &str| meanings.iter().any(|meaning| meaning.property.is_some_and(|(known, _)| *known == name));
                let free: Vec<Property<'a>> = properties.iter().filter(|(name, _)| !present(name)).copied().collect();
                let help = self.block_beside(&key.text, properties).or_else(|| self.form_elsewhere(key, value, &free));
                Some(help.unwrap_or_else(|| self.or_one_of(&free)))
            }
            None => None,
        };
        self.report(Code::UnknownKey, key.place, format!("there is no key `{}` here", key.text)).maybe_help(help);
    }

    /// Reports a key that another makes useless.
    fn not_both(&mut self, entries: &[(Key, Node)], shape: &Shape) {
        let Some((kept, useless)) = &shape.not_both else { return };
        let find = |name: &str| entries.iter().find(|(key, _)| key.text == name).map(|(key, _)| key);
        if let (Some(kept), Some(useless)) = (find(kept), find(useless)) {
            let message = format!("`{}` stands beside `{}`, and only one of them can stand here", useless.text, kept.text);
            self.report(Code::UnknownKey, useless.place, message)
                .second(kept.place, "this takes its place")
                .help(format!("take `{}` away", useless.text));
        }
    }

    /// Reports the required keys that are not there.
    fn missing(&mut self, whole: Place, map: &Fields, shape: &'a Shape, properties: &[Property<'a>]) {
        for (name, property) in properties {
            if self.schema.requires(shape, name) && !has(map, name) {
                let code = property.missing.unwrap_or(Code::MissingKey);
                let help = property.description.as_deref().map(first_sentence);
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
    fn year_for_day(&mut self, node: &Node, shape: &Shape, properties: &[Property<'a>]) -> bool {
        let Value::Text(scalar) = &node.value else { return false };
        let key = self.schema.hints.year;
        let year = scalar.text.trim();
        let is_day = shape.format() == Some(TextFormat::Date);
        if !is_day || !formats::is_year(year) || properties.iter().all(|(name, _)| *name != key) {
            return false;
        }
        self.report(Code::BadDate, node.place, format!("`{year}` is a year, and a full day is needed"))
            .help(format!("write `{key}: {year}` if the day does not matter, or the day in full: `{year}-04-01`"));
        true
    }

    /// The help for a key that belongs into another file.
    fn in_another_file(&self, key: &str, properties: &[Property<'a>]) -> Option<&'static str> {
        let has = |key: &str| properties.iter().any(|(name, _)| *name == key);
        let fits =
            |known: &&Elsewhere| known.keys.contains(&key) && has(known.beside) && known.and_one_of.iter().any(|key| has(key));
        self.schema.hints.elsewhere.iter().find(fits).map(|known| known.help)
    }

    /// The help for a key that is like none of those that can still stand there.
    fn or_one_of(&self, free: &[Property<'a>]) -> String {
        let own = free.iter().filter(|(name, _)| !self.schema.hints.never_meant.contains(name));
        let own: Vec<_> = own.map(|(name, _)| format!("`{name}`")).collect();
        // One key that is left is hardly the one that was meant.
        if own.len() < 2 { "take it away".to_owned() } else { format!("take it away, or write one of {}", own.join(", ")) }
    }
}

/// Whether a key has been read.
pub(super) fn has(fields: &Fields, name: &str) -> bool {
    fields.iter().any(|(known, _)| known == name)
}
