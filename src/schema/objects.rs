//! Maps with the keys of the model.

use std::collections::HashMap;

use super::keys::Meaning;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::{first_line, first_sentence};
use super::{Property, Shape};
use crate::diagnostics::{Change, Code, Diagnostic, Help};
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
                Some(Datum::Map(self.fields(place, entries, shape, &properties, what)))
            }
            Value::Text(scalar) if let Some(help) = shape.instead.get(scalar.text.trim()) => {
                self.report(Code::WrongType, node.place, format!("{what} can't be `{}`", scalar.text.trim())).help(help);
                None
            }
            Value::List(nodes) if !nodes.is_empty() && shape.map_shorthand.is_some() => {
                self.without_its_form("", node, shape, &properties, what)
            }
            Value::Text(_) | Value::List(_) if short.is_some() => {
                self.under(short.expect("it was just found"), node, shape, &properties, what)
            }
            _ => {
                let help = self
                    .list_for_keys(node, shape, &properties)
                    .or_else(|| self.list_of_halves(node, shape))
                    .or_else(|| self.with_its_key(node, shape, &properties).map(|written| format!("write `{written}`")))
                    .or_else(|| shape.otherwise.clone())
                    .unwrap_or_else(|| self.needed(node.place, what, shape, &properties));
                self.wrong_type(node, what, "keys and values").help(help);
                self.picture_named(node, shape, &properties, what)
            }
        }
    }

    /// Reads the name of an image file where a picture with its keys is expected, so a missing file is reported too.
    fn picture_named(&mut self, node: &Node, shape: &'a Shape, properties: &[Property<'a>], what: Subject<'_>) -> Option<Datum> {
        let Value::Text(scalar) = &node.value else { return None };
        let text = scalar.text.trim();
        let is_image = |name: &&str| self.schema.hints.pictures.0.contains(name) && self.schema.requires(shape, name);
        let image = properties.iter().map(|(name, _)| *name).find(is_image)?;
        let is_file = text.contains('.') && !text.ends_with('.') && !text.contains(char::is_whitespace);
        if is_file { self.under(image, node, shape, properties, what) } else { None }
    }

    /// Reads `node` as a map with only the key `short`.
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
        what: Subject<'_>,
    ) -> Fields {
        let outermost = std::mem::take(&mut self.outermost);
        self.duplicates(entries);
        if self.is_a_picture(entries, shape, properties) {
            return match self.placeholder(shape) {
                Datum::Map(fields) => fields,
                _ => Fields::new(),
            };
        }
        let meanings = self.meanings(entries, shape, properties);
        let outer = self.enter(entries, shape);
        let mut map = Fields::new();
        for (index, ((key, value), meaning)) in entries.iter().zip(&meanings).enumerate() {
            let Some((name, property)) = meaning.property else {
                match value.value {
                    Value::Broken if outermost => drop(self.broken.insert(key.text.clone())),
                    Value::Broken => {}
                    _ => self.unknown_key(&entries[index], index, &meanings, shape, properties),
                }
                continue;
            };
            if *name != key.text && !meaning.is_alias && !matches!(value.value, Value::Broken) {
                self.unknown_key(&entries[index], index, &meanings, shape, properties);
            }
            if has(&map, name) {
                continue;
            }
            let told = *name != key.text && matches!(value.value, Value::Null);
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
        self.asked = outer;
        self.missing(whole, &map, shape, properties);
        self.not_both(entries, shape);
        self.alone(entries, shape, what);
        self.fill(&mut map, shape, properties);
        map
    }

    /// Reports a key that needs another one.
    fn alone(&mut self, entries: &[(Key, Node)], shape: &Shape, what: Subject<'_>) {
        if let ([(key, _)], Some((reason, example))) = (entries, &shape.not_alone)
            && key.text == *reason
        {
            self.report(Code::MissingKey, key.place, format!("{what} has a `{reason}` but no answer"))
                .help(format!("add the answer, such as `{example}`"));
        }
    }

    /// Reports a picture in the place of a short text.
    fn is_a_picture(&mut self, entries: &[(Key, Node)], shape: &Shape, properties: &[Property<'a>]) -> bool {
        let (words, help) = self.schema.hints.pictures;
        let takes_text = shape.shorthand.as_deref().is_some_and(|short| self.schema.hints.text_keys.contains(&short));
        let Some((key, _)) = entries.iter().find(|(key, _)| words.contains(&key.text.as_str())).filter(|_| takes_text) else {
            return false;
        };
        if properties.iter().any(|(name, _)| *name == key.text) {
            return false;
        }
        self.report(Code::UnknownKey, key.place, "expected text, found a picture".to_owned()).help(help);
        true
    }

    /// Reports a misspelled or unknown key; `index` is its position in the map.
    fn unknown_key(
        &mut self,
        (key, value): &(Key, Node),
        index: usize,
        meanings: &[Meaning<'_, 'a>],
        shape: &'a Shape,
        properties: &[Property<'a>],
    ) {
        let meaning = &meanings[index];
        if matches!(value.value, Value::Null) && self.is_cut_off(key) {
            let before = index.checked_sub(1).and_then(|before| meanings[before].property);
            let help = match before {
                Some((name, list)) if self.schema.list(list).is_some() => {
                    format!("put the whole list in brackets: `{name}: […, …]`")
                }
                _ if key.text.contains(['“', '”']) => {
                    "type straight quotation marks in place of the curly ones: only they keep a comma inside the text".to_owned()
                }
                _ => "put quotation marks around the whole text: inside braces, a comma ends it".to_owned(),
            };
            self.report(Code::UnknownKey, key.place, format!("`{}` was read as a key", key.text)).help(help);
            return;
        }
        let help = match meaning.property {
            _ if let Some(help) = shape.instead.get(&key.text) => Some(help.into()),
            Some((name, _)) => Some(Help::meant(name)),
            None if let Some(help) = self.in_another_file(&key.text, properties) => Some(help.into()),
            None if let Some(help) = self.answer_elsewhere(key, value) => Some(help.into()),
            None if meaning.is_helped => {
                let present =
                    |name: &str| meanings.iter().any(|meaning| meaning.property.is_some_and(|(known, _)| *known == name));
                let free: Vec<Property<'a>> = properties.iter().filter(|(name, _)| !present(name)).copied().collect();
                let help = self
                    .block_beside(&key.text, properties)
                    .or_else(|| self.form_elsewhere(key, value, &free))
                    .or_else(|| self.own_block(key, value))
                    .or_else(|| self.part_of_the_file(key));
                Some(help.map_or_else(|| self.or_one_of(&free), Into::into))
            }
            None => None,
        };
        self.report(Code::UnknownKey, key.place, format!("unknown key `{}`", key.text)).maybe_help(help);
    }

    /// Reports a key that can't be combined with another one.
    fn not_both(&mut self, entries: &[(Key, Node)], shape: &Shape) {
        let Some((kept, useless)) = &shape.not_both else { return };
        let find = |name: &str| entries.iter().find(|(key, _)| key.text == name).map(|(key, _)| key);
        if let (Some(kept), Some(useless)) = (find(kept), find(useless)) {
            let message = format!("`{}` and `{}` can't be combined", kept.text, useless.text);
            self.report(Code::UnknownKey, useless.place, message)
                .second(kept.place, format!("`{}` is here", kept.text))
                .help(Help::with(format!("remove `{}`", useless.text), Change::Remove));
        }
    }

    /// Reports missing keys that are required.
    fn missing(&mut self, whole: Place, map: &Fields, shape: &'a Shape, properties: &[Property<'a>]) {
        for (name, property) in properties {
            if self.schema.requires(shape, name) && !has(map, name) {
                let code = property.missing.unwrap_or(Code::MissingKey);
                let help = property.description.as_deref().map(first_sentence);
                self.report(code, whole, format!("`{name}` is missing")).maybe_help(
                    help.map(|help| Help::with(format!("add `{name}:` — {help}"), Change::AddKey((*name).to_owned()))),
                );
            }
        }
    }

    pub(super) fn duplicates(&mut self, entries: &[(Key, Node)]) {
        let mut seen = HashMap::new();
        for (key, _) in entries {
            if let Some(first) = seen.insert(key.text.as_str(), key.place) {
                let help = if entries.first().is_some_and(|(first, _)| self.starts_entry(first.place)) {
                    "remove one of them, or start a new entry with `- `"
                } else {
                    "remove one of them"
                };
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateKey, key.place, format!("duplicate key `{}`", key.text))
                        .second(first, "the first is here")
                        .help(help),
                );
            }
        }
    }

    /// The help for a key that belongs in another file.
    fn in_another_file(&self, key: &str, properties: &[Property<'a>]) -> Option<String> {
        let has = |key: &str| properties.iter().any(|(name, _)| *name == key);
        let fits =
            |known: &&Elsewhere| known.keys.contains(&key) && has(known.has_key) && known.and_one_of.iter().any(|key| has(key));
        self.schema.hints.elsewhere.iter().find(fits).map(|known| known.help.replace("<lesson>", self.stem()))
    }

    /// The help for an unknown key that isn't close to any unused key.
    fn or_one_of(&self, free: &[Property<'a>]) -> Help {
        let own = free.iter().filter(|(name, _)| !self.schema.hints.never_meant.contains(name));
        let own: Vec<_> = own.map(|(name, _)| format!("`{name}`")).collect();
        // A single unused key is unlikely to be the one that was meant.
        let help = if own.len() < 2 { "remove it".to_owned() } else { format!("remove it, or use one of {}", own.join(", ")) };
        Help::with(help, Change::Remove)
    }

    /// The help for a list where keys are expected: the keys written as entries, or the entries of the object's own list.
    fn list_for_keys(&self, node: &Node, shape: &'a Shape, properties: &[Property<'a>]) -> Option<String> {
        let Value::List(nodes) = &node.value else { return None };
        let is_keys = |node: &Node| matches!(&node.value, Value::Map(entries) if !self.none_known(entries, shape));
        if nodes.is_empty() || self.context.sources.text(node.place).starts_with('[') {
            return None;
        }
        if nodes.iter().all(is_keys) {
            return Some("remove the `- ` before each key".to_owned());
        }
        let mut lists = properties.iter().filter(|(name, property)| self.schema.requires(shape, name) && property.is_list());
        let (name, list) = *lists.next().filter(|_| lists.next().is_none())?;
        let items = &self.schema.list(list)?.entries;
        let are_entries = nodes.iter().all(|node| matches!(node.value, Value::Map(_)) && self.fits(node, items));
        are_entries.then(|| format!("write `{name}:` above the list, and indent the list under it"))
    }
}

/// Whether a key has been read.
pub(super) fn has(fields: &Fields, name: &str) -> bool {
    fields.iter().any(|(known, _)| known == name)
}
