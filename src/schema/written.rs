//! The examples in help lines, written with the file's own values.

use super::keyword::Markdown;
use super::numbers::number;
use super::reader::Reader;
use super::{Kind, Property, Shape};
use crate::yaml::{Key, Node, Value};

/// The longest text that an example repeats, in bytes.
const MAX_SHOWN: usize = 80;

/// How deep lists and maps in an example are nested.
const MAX_DEPTH: usize = 2;

/// Text as written inside braces or brackets, with quotation marks if needed; `…` if it is long.
pub(super) fn flow(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_SHOWN || text.contains('\n') {
        return "…".to_owned();
    }
    let special = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | ':' | '#' | '"');
    let begins = text.starts_with(['\'', '&', '*', '!', '|', '>', '%', '@', '`', '?', '-']);
    if !begins && !text.contains(special) {
        text.to_owned()
    } else if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A value as written on one line inside braces.
pub(super) fn flow_value(node: &Node) -> String {
    flow_to_depth(node, MAX_DEPTH)
}

/// The same, with `…` for lists and maps that are nested deeper.
fn flow_to_depth(node: &Node, depth: usize) -> String {
    match &node.value {
        Value::Text(scalar) => flow(&scalar.text),
        Value::List(nodes) if depth > 0 => {
            let shown: Vec<_> = nodes.iter().take(MAX_SHOWN).map(|node| flow_to_depth(node, depth - 1)).collect();
            let shown = format!("[{}]", shown.join(", "));
            if shown.len() > MAX_SHOWN { "[…, …]".to_owned() } else { shown }
        }
        Value::Map(entries) if depth > 0 => {
            let entry = |(key, node): &(Key, Node)| format!("{}: {}", flow(&key.text), flow_to_depth(node, depth - 1));
            let shown: Vec<_> = entries.iter().take(MAX_SHOWN).map(entry).collect();
            let shown = format!("{{{}}}", shown.join(", "));
            if shown.len() > MAX_SHOWN { "…".to_owned() } else { shown }
        }
        _ => "…".to_owned(),
    }
}

impl<'a> Reader<'a> {
    /// Whether each entry of a list looks right for a shape that is a list.
    fn takes(&self, node: &Node, shape: &'a Shape) -> bool {
        let (Value::List(nodes), Some(list)) = (&node.value, self.schema.list(shape)) else { return true };
        nodes.iter().all(|node| self.fits(node, &list.entries))
    }

    /// A shown list with `…` in place of the entries it lacks.
    fn with_more(&self, shown: &str, node: &Node, shape: &'a Shape) -> String {
        let lacks = self.schema.list(shape).zip(shown.strip_suffix(']')).filter(|(list, _)| match &node.value {
            Value::List(nodes) => nodes.len() < list.least,
            _ => false,
        });
        lacks.map_or_else(|| shown.to_owned(), |(_, entries)| format!("{entries}, …]"))
    }

    /// The key that text or a list most likely belongs to, with that value: `{ask: Why?}`.
    pub(super) fn with_its_key(&self, node: &Node, shape: &'a Shape, properties: &[Property<'a>]) -> Option<String> {
        let (mut is_list, text) = match &node.value {
            Value::Text(scalar) => (false, scalar.text.trim()),
            Value::List(_) => (true, ""),
            _ => return None,
        };
        if let Value::List(nodes) = &node.value
            && let [Node { value: Value::Text(one), .. }, Node { value: Value::Text(other), .. }] = nodes.as_slice()
            && let Some(pair) = self.pair_of(&one.text, &other.text, shape)
        {
            return Some(pair);
        }
        let required = |name: &str| self.schema.requires(shape, name);
        let count = properties.iter().find(|(name, property)| required(name) && property.is_integer());
        if let (Some((name, _)), Some(number)) = (count, number(node)) {
            return Some(format!("{{{name}: {number}}}"));
        }
        let is_text = |property: &'a Shape| matches!(property.kind, Kind::Text(None) | Kind::Markdown(_) | Kind::Tex);
        let mut shown = flow_value(node);
        if shown.contains('…')
            || matches!(&node.value, Value::List(nodes) if nodes.iter().any(|node| !matches!(node.value, Value::Text(_))))
        {
            return None;
        }
        if let Some((one, other)) = text.split_once(": ")
            && let Some(pair) = self.pair_of(one, other, shape)
        {
            return Some(pair);
        }
        let sentence = text.ends_with(['.', '!', '?']);
        if !sentence
            && text.contains(", ")
            && !text.contains(['"', '\'', '[', ']', '{', '}', ':', '#'])
            && properties.iter().any(|(name, property)| required(name) && property.is_list())
        {
            is_list = true;
            shown = format!("[{text}]");
        }
        let kind = |property: &'a Shape| {
            let takes_single = || self.schema.list(property).is_some_and(|list| list.takes_single);
            if is_list { property.is_list() } else { is_text(property) || takes_single() }
        };
        let all = || properties.iter().filter(|(_, property)| kind(property));
        let ask = || all().find(|(name, _)| self.schema.hints.common.first() == Some(name));
        let has_needed = properties.iter().any(|(name, _)| required(name));
        let own = || all().find(|(name, _)| !self.schema.hints.common.contains(name));
        let is_longer = |property: &'a Shape| !matches!(property.kind, Kind::Markdown(Markdown::Inline));
        let needed = || all().filter(|(name, _)| required(name));
        let (holder, _) = if text.ends_with('?') && ask().is_some() {
            ask()
        } else if sentence {
            needed().find(|(_, property)| is_longer(property)).or_else(|| needed().next())
        } else {
            needed().next()
        }
        .or_else(|| if has_needed { ask() } else { None })
        .or_else(own)?;
        let keys: Vec<_> = properties
            .iter()
            .filter(|(name, _)| name == holder || required(name))
            .map(|(name, property)| match *name == *holder {
                true => format!("{name}: {}", self.with_more(&shown, node, property)),
                false if property.is_list() => format!("{name}: {}", property.example.as_deref().unwrap_or("[…, …]")),
                false => format!("{name}: {}", property.example.as_deref().unwrap_or("…")),
            })
            .collect();
        // A list of text where its entries need keys would only lead to the next report.
        let is_wrong = is_list && properties.iter().any(|(name, property)| name == holder && !self.takes(node, property));
        (!is_wrong).then(|| format!("{{{}}}", keys.join(", ")))
    }
}
