//! Lists, and maps with keys of the author's choice.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::keywords::{flag, is_sentence};
use super::{AN_ENTRY, Walker};
use crate::diagnostics::{Code, Diagnostic};
use crate::read::formats;
use crate::yaml::{Node, Value};

/// Longest text that is shown again as a list, in bytes.
const MAX_SHOWN: usize = 120;

impl<'a> Walker<'a> {
    pub(super) fn array(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let items = &schema["items"];
        let single = flag(schema, "x-single");
        let mut of = format!("{AN_ENTRY} {what}");
        let nodes = match &node.value {
            Value::Text(scalar) if scalar.text.contains(',') && items.get("format").and_then(Json::as_str) == Some("id") => {
                let ids: Vec<_> = scalar.text.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
                self.wrong_type(node, what, "a list").help(format!("write a list: `[{}]`", ids.join(", ")));
                return None;
            }
            Value::List(nodes) => nodes.as_slice(),
            Value::Map(entries) if single && self.is_text(items) => {
                match entries.first() {
                    Some((key, _)) if is_sentence(&key.text) => self.taken_for_a_key(key),
                    _ => drop(self.wrong_type(node, what, "a list").help("begin each entry with `- `")),
                }
                return None;
            }
            _ if single => {
                what.clone_into(&mut of);
                std::slice::from_ref(node)
            }
            other => {
                let shown = if let Value::Text(scalar) = other { as_list(&[&scalar.text]) } else { None };
                let help = match shown {
                    Some(cells) if what.starts_with(AN_ENTRY) => format!("write its cells in brackets: `{cells}`"),
                    Some(entries) if entries.contains(',') => format!("write a list: `{entries}`"),
                    _ => "begin each entry on a line of its own with `- `".to_owned(),
                };
                self.wrong_type(node, what, "a list").help(help);
                return None;
            }
        };
        if let (Some(texts), Some("array")) = (texts(nodes), items.get("type").and_then(Json::as_str)) {
            let row = texts.iter().find(|text| text.contains(',')).map_or_else(|| as_list(&texts), |row| as_list(&[row]));
            let cells = row.unwrap_or_else(|| "[…, …]".to_owned());
            self.report(Code::WrongType, nodes[0].place, format!("every entry of {what} must be a list, and a text stands here"))
                .help(format!("write the cells of each in brackets: `- {cells}`"));
            return None;
        }
        self.count(node, nodes.len(), schema, what);
        if flag(schema, "uniqueItems") {
            self.repetitions(nodes, items);
        }
        let values = nodes.iter().filter_map(|item| self.value(item, items, &of)).collect();
        Some(Json::Array(values))
    }

    /// Reports too few entries, or too many.
    fn count(&mut self, node: &Node, count: usize, schema: &Json, what: &str) {
        let few = schema.get("minItems").and_then(Json::as_u64).unwrap_or(1);
        let many = schema.get("maxItems").and_then(Json::as_u64);
        let count = count as u64;
        if count == 0 {
            self.nothing_in_it(node, what);
            return;
        }
        let entries = if count == 1 { "entry" } else { "entries" };
        let range = many.map_or_else(|| format!("at least {few}"), |many| format!("{few} to {many}"));
        let help = if count < few {
            format!("add at least {} more", few - count)
        } else if let Some(many) = many.filter(|many| count > *many) {
            format!("take at least {} away", count - many)
        } else {
            return;
        };
        self.report(Code::OutOfRange, node.place, format!("{what} has {count} {entries}, and there must be {range}")).help(help);
    }

    fn nothing_in_it(&mut self, node: &Node, what: &str) {
        let help =
            if what.starts_with(AN_ENTRY) { "add an entry, or delete the line" } else { "add an entry, or delete the key" };
        self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it")).help(help);
    }

    /// A map with keys of the author's choice, as a list of keys with their places and values.
    pub(super) fn keyed(&mut self, node: &Node, values: &'a Json, what: &str) -> Option<Json> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, what, "keys with values").help("write each on a line of its own, indented: `key: value`");
            return None;
        };
        if entries.is_empty() {
            self.nothing_in_it(node, what);
        }
        self.duplicates(entries);
        let mut list = Vec::new();
        for (key, node) in entries {
            if let Some(wrong) = formats::wrong("id", &key.text) {
                self.diagnostics.push(Diagnostic::new(wrong.code, key.place, wrong.message).help(wrong.help));
            }
            let value = self.value(node, values, &format!("`{}`", key.text)).unwrap_or_else(|| self.placeholder(values));
            list.push(json!({"key": {"value": key.text, "place": key.place}, "value": value}));
        }
        Some(Json::Array(list))
    }

    /// Reports texts that a list offers twice; `items` is the schema of its entries.
    fn repetitions(&mut self, nodes: &[Node], items: &'a Json) {
        let text_key = self.resolve(items).get("x-shorthand").and_then(Json::as_str);
        let mut seen = HashMap::new();
        for node in nodes {
            let node = match &node.value {
                Value::Map(entries) => entries.iter().find(|(key, _)| Some(key.text.as_str()) == text_key).map(|(_, node)| node),
                _ => Some(node),
            };
            let Some(Node { place, value: Value::Text(scalar) }) = node else { continue };
            let text = scalar.text.trim();
            if let Some(first) = seen.insert(text, *place) {
                self.report(Code::DuplicateKey, *place, format!("`{text}` is offered a second time"))
                    .second(first, "it stands here already")
                    .help("keep one of the two");
            }
        }
    }

    /// Whether a value is a text and has no other form.
    fn is_text(&self, schema: &'a Json) -> bool {
        self.resolve(schema).get("type").and_then(Json::as_str) == Some("string")
    }
}

/// The texts of a list that has nothing else.
fn texts(nodes: &[Node]) -> Option<Vec<&str>> {
    let text = |node: &'_ Node| matches!(node.value, Value::Text(_));
    (!nodes.is_empty() && nodes.iter().all(text)).then(|| {
        nodes
            .iter()
            .filter_map(|node| if let Value::Text(scalar) = &node.value { Some(scalar.text.as_str()) } else { None })
            .collect()
    })
}

/// Texts as a list in brackets; `None` if some of them would need quotation marks there.
fn as_list(texts: &[&str]) -> Option<String> {
    let length: usize = texts.iter().map(|text| text.len()).sum();
    let plain = |text: &&str| !text.contains(['"', '\'', '[', ']', '{', '}', ':', '#', '\n', '*', '&']);
    if length > MAX_SHOWN || !texts.iter().all(plain) {
        return None;
    }
    let entries: Vec<_> = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty()).collect();
    Some(format!("[{}]", entries.join(", ")))
}
