//! Keys with values that stand for the entries of a list, or for one entry.

use super::lists::EACH_ENTRY;
use super::numbers::number_in;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::is_sentence;
use super::written::{flow, flow_value};
use super::{Kind, Property, Shape};
use crate::diagnostics::{Code, closest};
use crate::formats::{self, TextFormat};
use crate::yaml::{Key, Node, Value};

/// How many keys of one map are looked at.
const MAX_LOOKED_AT: usize = 50;

impl<'a> Reader<'a> {
    /// Reports a map of which no key is one of a schema's, but that says by its values what was meant; `false` if it does not.
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
            self.report(Code::UnknownKey, first.place, format!("`{}` is taken for a key", first.text)).help(help);
            return true;
        }
        if entries.len() == 1
            && self.stands_for_a_list(entries, shape)
            && let Some(pair) = self.pair(first, value, shape)
        {
            self.report(Code::UnknownKey, first.place, format!("`{}` is taken for a key", first.text))
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
            self.report(Code::UnknownKey, first.place, format!("there is no key `{}` here", first.text)).help(help);
            return true;
        }
        let is_misspelt = || closest(&first.text, properties.iter().map(|(name, _)| *name)).is_some();
        if short.is_some_and(|short| entries.iter().all(|(key, _)| key.text != short))
            && is_sentence(&first.text)
            && !is_misspelt()
        {
            self.taken_for_a_key(first);
            return true;
        }
        false
    }

    /// Whether keys that are none of a schema's stand for the entries of its list.
    fn is_list_of_keys(&self, entries: &[(Key, Node)], shape: &'a Shape, list: &'a Shape) -> bool {
        let Some(list) = self.schema.list(list) else { return false };
        let items = &list.entries;
        let plain = self.schema.is_any_text(items);
        entries.len() > 1 && self.none_known(entries, shape) && (plain || self.stands_for_a_list(entries, items))
    }

    /// The help for texts under keys that are none of a schema's, if one list is all that it needs: `{left: Germany, right: Austria}`.
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
        // Names are written as keys, and places or ids stand before them.
        let named = entries.iter().all(|(key, _)| is_sentence(&key.text));
        let shown = |(key, node): &(Key, Node)| if named { flow(&key.text) } else { flow_value(node) };
        let shown: Vec<_> = entries.iter().take(MAX_LOOKED_AT).map(shown).collect();
        Some(format!("write `{name}: [{}]`", shown.join(", ")))
    }

    /// Reports keys with values that stand for the entries of a list.
    pub(super) fn keys_for_a_list(&mut self, node: &Node, entries: &[(Key, Node)], items: &'a Shape, what: Subject<'_>) {
        let help = match self.first_entry(entries, items) {
            Some(entry) => format!("begin each entry with `- `, such as `- {entry}`"),
            None => EACH_ENTRY.to_owned(),
        };
        self.wrong_type(node, what, "a list").help(help);
    }

    /// The entry of a list that `one: other` stands for: `{who: Driver, says: Stop!}`.
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

    /// The same of two texts.
    pub(super) fn pair_of(&self, one: &str, other: &str, items: &'a Shape) -> Option<String> {
        let (first, second) = self.pair_keys(items)?;
        let property = self.schema.property(items, first)?;
        let first_value = if property.is_integer() {
            if number_in(one).is_none() && number_in(other).is_some() {
                return self.pair_of(other, one, items);
            }
            number_in(one)?.to_string()
        } else if self.schema.hints.no_ids.contains(&one) {
            return None;
        } else if property.format() == Some(TextFormat::Id) {
            // A bare number counts the entries.
            let is_id = formats::wrong(TextFormat::Id, one).is_none() && one.parse::<u32>().is_err();
            is_id.then(|| one.to_owned())?
        } else {
            flow(one)
        };
        Some(format!("{{{first}: {first_value}, {second}: {}}}", flow(other)))
    }

    /// Whether a key of the entries of a list holds an id.
    pub(super) fn is_id(&self, items: &'a Shape, key: &str) -> bool {
        self.schema.property(items, key).and_then(Shape::format) == Some(TextFormat::Id)
    }

    /// The keys that `one: other` stands for in the entries of a list.
    pub(super) fn pair_keys(&self, items: &'a Shape) -> Option<(&'a str, &'a str)> {
        let (one, other) = self.schema.resolve(items).pair.as_ref()?;
        Some((one, other))
    }

    /// The first entry of a list that is written as keys with values.
    pub(super) fn first_entry(&self, entries: &[(Key, Node)], items: &'a Shape) -> Option<String> {
        let (key, value) = entries.first()?;
        let said = matches!(&value.value, Value::Text(scalar) if scalar.text.trim_end().ends_with(['.', '!', '?']));
        // Entries that are numbered one, two, three; years are none.
        let mut numbered = entries.iter().zip(1..);
        if numbered.all(|((key, _), number)| key.text.trim_end_matches(['.', ')']).parse() == Ok(number)) {
            return Some(flow_value(value));
        }
        if let Some(pair) = self.pair(key, value, items) {
            return Some(pair);
        }
        let target = self.schema.resolve(items);
        let takes_text = self.schema.says_something(target) || target.shorthand.is_some();
        // A letter only counts the entries.
        let of_value = said || self.schema.says_something(target) || key.text.chars().nth(1).is_none();
        takes_text.then(|| if of_value { flow_value(value) } else { flow(&key.text) })
    }

    /// Whether the keys of a map are none of an entry's, so that the map stands for a list of entries.
    pub(super) fn stands_for_a_list(&self, entries: &[(Key, Node)], items: &'a Shape) -> bool {
        let target = self.schema.resolve(items);
        let properties = self.schema.properties(target);
        let known = || properties.iter().map(|(name, _)| *name);
        let is_known = |key: &str| self.schema.hints.only(key, known()).is_some() || closest(key, known()).is_some();
        // `5 minutes` is like `minutes`, and says how many there are.
        let counts =
            self.pair_keys(items).and_then(|(first, _)| self.schema.property(items, first)).is_some_and(Shape::is_integer);
        let is_amount = |key: &str| counts && key.contains(' ') && number_in(key).is_some();
        let looked_at = || entries.iter().take(MAX_LOOKED_AT);
        matches!(target.kind, Kind::Object(_))
            && !entries.is_empty()
            && looked_at().all(|(key, _)| is_amount(&key.text) || !is_known(&key.text))
    }
}
