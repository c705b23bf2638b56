//! Keys and values where a list or one of its entries is expected.

use super::lists::EACH_ENTRY;
use super::numbers::{number, number_in};
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::is_sentence;
use super::written::{flow, flow_value};
use super::{Kind, Property, Shape};
use crate::diagnostics::{Code, closest};
use crate::formats::{self, TextFormat};
use crate::yaml::{Key, Node, Value};

/// The most keys of one map that are examined.
const MAX_LOOKED_AT: usize = 50;

/// About how much of a list a help line shows, in bytes.
const MAX_SHOWN: usize = 200;

impl<'a> Reader<'a> {
    /// Reports a map without known keys if its values show what was meant; returns `false` otherwise.
    pub(super) fn is_mistaken(
        &mut self,
        node: &Node,
        entries: &[(Key, Node)],
        shape: &'a Shape,
        properties: &[Property<'a>],
        what: Subject<'_>,
    ) -> bool {
        let Some((first, value)) = entries.first() else { return false };
        let short = shape.shorthand.as_deref();
        if let Some(help) = self.without_keys(entries, properties) {
            self.report(Code::UnknownKey, first.place, format!("`{}` was read as a key", first.text)).help(help);
            return true;
        }
        if let Some((place, help)) = self.halves(entries, shape, properties) {
            self.report(Code::UnknownKey, place, format!("expected two lists for {what}, found one")).help(help);
            return true;
        }
        let are_texts = entries.iter().take(MAX_LOOKED_AT).all(|(_, node)| matches!(node.value, Value::Text(_)));
        if let Some(help) = &shape.otherwise
            && entries.len() > 1
            && are_texts
            && self.none_known(entries, shape)
        {
            self.report(Code::UnknownKey, first.place, format!("unknown key `{}`", first.text)).help(help);
            return true;
        }
        if entries.len() == 1
            && self.stands_for_a_list(entries, shape)
            && let Some(pair) = self.pair(first, value, shape)
        {
            self.report(Code::UnknownKey, first.place, format!("`{}` was read as a key", first.text))
                .help(format!("write `{pair}`"));
            return true;
        }
        if let Some((_, list)) = properties.iter().find(|(name, _)| Some(*name) == short)
            && self.is_list_of_keys(entries, shape, list)
        {
            self.keys_for_a_list(node, entries, &self.schema.list(list).expect("it was just found to be one").entries, what);
            return true;
        }
        if short.is_none()
            && let Some(help) = self.only_list(entries, shape, properties)
        {
            self.report(Code::UnknownKey, first.place, format!("unknown key `{}`", first.text)).help(help);
            return true;
        }
        let is_misspelt = || closest(&first.text, properties.iter().map(|(name, _)| *name)).is_some();
        if short.is_some_and(|short| entries.iter().all(|(key, _)| key.text != short))
            && is_sentence(&first.text)
            && !is_misspelt()
        {
            self.taken_for_a_key(first, value);
            return true;
        }
        false
    }

    /// Whether unknown keys are meant as the entries of the object's list.
    fn is_list_of_keys(&self, entries: &[(Key, Node)], shape: &'a Shape, list: &'a Shape) -> bool {
        let Some(list) = self.schema.list(list) else { return false };
        let items = &list.entries;
        let plain = self.schema.is_any_text(items);
        entries.len() > 1 && self.none_known(entries, shape) && (plain || self.stands_for_a_list(entries, items))
    }

    /// The help for text under unknown keys, if the object only requires one list: `{left: Germany, right: Austria}`.
    fn only_list(&self, entries: &[(Key, Node)], shape: &'a Shape, properties: &[Property<'a>]) -> Option<String> {
        let mut needed = properties.iter().filter(|(name, _)| self.schema.requires(shape, name));
        let (name, list) = needed.next().filter(|_| needed.next().is_none())?;
        let items = &self.schema.list(list)?.entries;
        let target = self.schema.resolve(items);
        let takes_text = self.schema.says_something(target) || target.shorthand.is_some();
        let texts = entries.iter().take(MAX_LOOKED_AT).all(|(_, node)| matches!(node.value, Value::Text(_)));
        if entries.len() < 2 || !takes_text || !texts || !self.none_known(entries, shape) {
            return None;
        }
        // A key that looks like a name is an entry; a position or id only labels one.
        let named = entries.iter().all(|(key, _)| is_sentence(&key.text));
        let shown = |(key, node): &(Key, Node)| if named { flow(&key.text) } else { flow_value(node) };
        let shown: Vec<_> = entries.iter().take(MAX_LOOKED_AT).map(shown).collect();
        Some(format!("write `{name}: [{}]`", shown.join(", ")))
    }

    /// Reports keys and values where a list is expected.
    pub(super) fn keys_for_a_list(&mut self, node: &Node, entries: &[(Key, Node)], items: &'a Shape, what: Subject<'_>) {
        let are_texts = entries.iter().take(MAX_LOOKED_AT).all(|(_, node)| matches!(node.value, Value::Text(_)));
        let help = if what.is_entry() && are_texts && self.schema.is_any_text(items) {
            // A row of a table, with the heads as keys.
            let cells: Vec<_> = entries.iter().take(MAX_LOOKED_AT).map(|(_, node)| flow_value(node)).collect();
            format!("write only the cells, in brackets: `[{}]`", cells.join(", "))
        } else {
            let help = if self.in_braces(node.place) {
                self.in_brackets(entries, items)
            } else {
                match self.entry_of(entries, 0, items) {
                    Some(entry) => format!("start each entry with `- `, such as `- {entry}`"),
                    None => EACH_ENTRY.to_owned(),
                }
            };
            if self.takes_gaps(items) { format!("{help}; leave out what students fill in") } else { help }
        };
        self.wrong_type(node, what, "a list").help(help);
    }

    /// The help for keys in braces where a list is expected: the list in brackets.
    fn in_brackets(&self, entries: &[(Key, Node)], items: &'a Shape) -> String {
        let mut shown = Vec::new();
        let mut length = 0;
        for at in 0..entries.len().min(MAX_LOOKED_AT) {
            match self.entry_of(entries, at, items) {
                Some(entry) if length <= MAX_SHOWN => {
                    length += entry.len();
                    shown.push(entry);
                }
                _ => break,
            }
        }
        if shown.len() < entries.len() {
            shown.push("…".to_owned());
        }
        format!("write a list in brackets: `[{}]`", shown.join(", "))
    }

    /// Whether students may fill in either key that `one: other` is short for.
    fn takes_gaps(&self, items: &'a Shape) -> bool {
        let target = self.schema.resolve(items);
        self.pair_keys(items).is_some_and(|(first, second)| {
            !self.schema.requires(target, first) && !self.schema.requires(target, second) && !self.is_id(items, first)
        })
    }

    /// The list entry that `one: other` is short for: `{who: Driver, says: Stop!}`.
    pub(super) fn pair(&self, key: &Key, value: &Node, items: &'a Shape) -> Option<String> {
        match &value.value {
            Value::Text(scalar) => self.pair_of(&key.text, &scalar.text, items),
            Value::Null => self.pair_of(&key.text, "", items),
            Value::List(_) => {
                let (first, second) = self.pair_keys(items)?;
                let is_list = |name: &str| self.schema.property(items, name).is_some_and(Shape::is_list);
                is_list(second).then(|| format!("{{{first}: {}, {second}: {}}}", flow(&key.text), flow_value(value)))
            }
            Value::Map(inside) => {
                let (first, _) = self.pair_keys(items)?;
                let properties = self.schema.properties(self.schema.resolve(items));
                let is_other = |key: &str| key != first && properties.iter().any(|(name, _)| *name == key);
                let rest: Vec<_> = inside.iter().map(|(key, node)| format!(", {}: {}", key.text, flow_value(node))).collect();
                let first_value = if self.is_id(items, first) && formats::wrong(TextFormat::Id, &key.text).is_some() {
                    None
                } else {
                    Some(flow(&key.text))
                };
                inside
                    .iter()
                    .all(|(key, _)| is_other(&key.text))
                    .then(|| Some(format!("{{{first}: {}{}}}", first_value?, rest.concat())))?
            }
            _ => None,
        }
    }

    /// The same for two strings.
    pub(super) fn pair_of(&self, one: &str, other: &str, items: &'a Shape) -> Option<String> {
        let (first, second) = self.pair_keys(items)?;
        let property = self.schema.property(items, first)?;
        let first_value = if property.is_list() {
            return None;
        } else if property.is_integer() {
            if number_in(one).is_none() && number_in(other).is_some() {
                return self.pair_of(other, one, items);
            }
            number_in(one)?.to_string()
        } else if self.schema.hints.no_ids.contains(&one) {
            return None;
        } else if property.format() == Some(TextFormat::Id) {
            // A number only counts the entries.
            let is_id = formats::wrong(TextFormat::Id, one).is_none() && one.parse::<u32>().is_err();
            is_id.then(|| one.to_owned())?
        } else {
            flow(one)
        };
        Some(format!("{{{first}: {first_value}, {second}: {}}}", flow(other)))
    }

    /// Whether a key of the list's entries holds an id.
    pub(super) fn is_id(&self, items: &'a Shape, key: &str) -> bool {
        self.schema.property(items, key).and_then(Shape::format) == Some(TextFormat::Id)
    }

    /// The keys that `one: other` is short for in the list's entries.
    pub(super) fn pair_keys(&self, items: &'a Shape) -> Option<(&'a str, &'a str)> {
        let (one, other) = self.schema.resolve(items).pair.as_ref()?;
        Some((one, other))
    }

    /// One entry of a list that was written as keys and values.
    fn entry_of(&self, entries: &[(Key, Node)], at: usize, items: &'a Shape) -> Option<String> {
        let (key, value) = entries.get(at)?;
        let said = matches!(&value.value, Value::Text(scalar) if scalar.text.trim_end().ends_with(['.', '!', '?']));
        // Keys that number the entries 1, 2, 3; years don't.
        let mut numbered = entries.iter().zip(1..);
        if numbered.all(|((key, _), number)| key.text.trim_end_matches(['.', ')']).parse() == Ok(number)) {
            return Some(flow_value(value));
        }
        if let Some(pair) = self.pair(key, value, items) {
            return Some(pair);
        }
        let target = self.schema.resolve(items);
        if target.is_list() && matches!(value.value, Value::Text(_)) {
            return Some(format!("[{}, {}]", flow(&key.text), flow_value(value)));
        }
        let takes_text = self.schema.says_something(target) || target.shorthand.is_some();
        if let (true, Some(count)) = (takes_text, number(value)) {
            return Some(flow(&format!("{count} {}", key.text)));
        }
        // A letter only counts the entries.
        let of_value = said || self.schema.says_something(target) || key.text.chars().nth(1).is_none();
        takes_text.then(|| if of_value { flow_value(value) } else { flow(&key.text) })
    }

    /// Whether a map has no keys of an entry and is probably meant as a list of entries.
    pub(super) fn stands_for_a_list(&self, entries: &[(Key, Node)], items: &'a Shape) -> bool {
        let target = self.schema.resolve(items);
        let properties = self.schema.properties(target);
        let known = || properties.iter().map(|(name, _)| *name);
        let is_known = |key: &str| self.schema.hints.only(key, known()).is_some() || closest(key, known()).is_some();
        // `5 minutes` is close to `minutes` but is an amount.
        let counts =
            self.pair_keys(items).and_then(|(first, _)| self.schema.property(items, first)).is_some_and(Shape::is_integer);
        let is_amount = |key: &str| counts && key.contains(' ') && number_in(key).is_some();
        let looked_at = || entries.iter().take(MAX_LOOKED_AT);
        matches!(target.kind, Kind::Object(_))
            && !entries.is_empty()
            && looked_at().all(|(key, _)| is_amount(&key.text) || !is_known(&key.text))
    }
}
