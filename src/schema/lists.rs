//! Lists, and maps with keys of the author's choice.

use std::collections::HashMap;

use super::numbers::number_in;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::is_sentence;
use super::written::flow;
use super::{List, Shape};
use crate::diagnostics::{Code, Diagnostic};
use crate::formats::{self, TextFormat};
use crate::value::Datum;
use crate::yaml::{Node, Value};

/// Longest text that is shown again as a list, in bytes.
const MAX_SHOWN: usize = 120;

/// How many cells are shown as rows of their own.
const SHOWN_CELLS: usize = 3;

/// The help for a list of which nothing better can be said.
pub(super) const EACH_ENTRY: &str = "begin each entry on a line of its own with `- `";

impl<'a> Reader<'a> {
    pub(super) fn list(&mut self, node: &Node, shape: &'a Shape, list: &'a List, what: Subject<'_>) -> Option<Datum> {
        let items = &list.entries;
        let single = list.takes_single;
        let mut of = Subject::EntryOf(&what);
        let nodes = match &node.value {
            Value::Text(scalar) if scalar.text.contains(',') && items.format() == Some(TextFormat::Id) => {
                let ids: Vec<_> = scalar.text.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
                self.wrong_type(node, what, "a list").help(format!("write a list: `[{}]`", ids.join(", ")));
                return None;
            }
            Value::List(nodes) => nodes.as_slice(),
            Value::Map(entries) if single && self.schema.is_any_text(items) => {
                match (entries.as_slice(), self.only_text(entries)) {
                    ([(key, _)], _) if is_sentence(&key.text) => self.taken_for_a_key(key),
                    (_, Some(help)) => drop(self.wrong_type(node, what, "a list").help(help)),
                    _ => self.keys_for_a_list(node, entries, items, what),
                }
                return None;
            }
            Value::Map(entries) if single && entries.len() > 1 && self.stands_for_a_list(entries, items) => {
                self.keys_for_a_list(node, entries, items, what);
                return None;
            }
            _ if single => {
                of = what;
                std::slice::from_ref(node)
            }
            Value::Map(entries) => {
                self.keys_for_a_list(node, entries, items, what);
                return None;
            }
            Value::Text(scalar) => {
                let help = self.text_for_a_list(&scalar.text, shape, items, what);
                self.wrong_type(node, what, "a list").help(help);
                return None;
            }
            _ => {
                self.wrong_type(node, what, "a list").help(EACH_ENTRY);
                return None;
            }
        };
        if let Some(texts) = texts(nodes).filter(|_| items.is_list()) {
            let help = match texts.iter().find(|text| text.contains(',')) {
                Some(row) => {
                    format!("write the cells of each in brackets: `- {}`", as_list(&[row]).unwrap_or_else(|| "[…, …]".to_owned()))
                }
                None => {
                    let row = as_list(&texts).unwrap_or_else(|| "[…, …]".to_owned());
                    let cells: Vec<_> = texts.iter().take(SHOWN_CELLS).map(|text| format!("[{}]", flow(text))).collect();
                    let more = if texts.len() > SHOWN_CELLS { ", …" } else { "" };
                    format!("write `[{row}]` if it is one row, and `[{}{more}]` if each is a row", cells.join(", "))
                }
            };
            self.report(Code::WrongType, nodes[0].place, format!("every entry of {what} must be a list, and a text stands here"))
                .help(help);
            return None;
        }
        self.count(node, nodes.len(), list, what);
        if list.is_unique {
            self.repetitions(nodes, items, what);
        }
        let mut values = Vec::with_capacity(nodes.len());
        for item in nodes {
            self.needed = false;
            values.extend(self.value(item, items, of));
        }
        Some(Datum::List(values))
    }

    /// What to write for a text that stands for a list.
    fn text_for_a_list(&self, text: &str, shape: &'a Shape, items: &'a Shape, what: Subject<'_>) -> String {
        let line = text.trim().lines().next().unwrap_or_default();
        if self.pair_keys(items).is_some_and(|(first, _)| !self.is_id(items, first))
            && let Some((first, second)) = line.split_once(':')
            && let Some(pair) = self.pair_of(first.trim(), second.trim(), items)
        {
            return format!("write each of them as an entry: `- {pair}`");
        }
        let example = shape.example.as_deref();
        match (as_list(&[text]), example) {
            (Some(_), Some(example)) if number_in(text).is_some() => format!("write a list: `{example}`"),
            (Some(cells), _) if what.is_entry() => format!("write its cells in brackets: `{cells}`"),
            (Some(entries), _) if entries.contains(',') => format!("write a list: `{entries}`"),
            (Some(_), _) => match text.split_once(" or ").or_else(|| text.split_once(" and ")) {
                Some((first, second)) => format!("write a list: `[{}, {}]`", flow(first), flow(second)),
                None => EACH_ENTRY.to_owned(),
            },
            _ => EACH_ENTRY.to_owned(),
        }
    }

    /// Reports too few entries, or too many.
    fn count(&mut self, node: &Node, count: usize, list: &List, what: Subject<'_>) {
        let (few, many) = (list.least, list.most);
        if count == 0 {
            self.nothing_in_it(node, what);
            return;
        }
        let entries = if count == 1 { "entry" } else { "entries" };
        let range = match many {
            None => format!("at least {few}"),
            Some(many) if many == few + 1 => format!("{few} or {many}"),
            Some(many) => format!("{few} to {many}"),
        };
        let help = if count < few {
            format!("add at least {} more", few - count)
        } else if let Some(many) = many.filter(|many| count > *many) {
            format!("take at least {} away", count - many)
        } else {
            return;
        };
        self.report(Code::OutOfRange, node.place, format!("{what} has {count} {entries}, and there must be {range}")).help(help);
    }

    fn nothing_in_it(&mut self, node: &Node, what: Subject<'_>) {
        let help = match (self.needed, what.is_entry()) {
            (true, _) => "add an entry",
            (false, true) => "add an entry, or delete the line",
            (false, false) => "add an entry, or delete the key",
        };
        self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it")).help(help);
    }

    /// A map with keys of the author's choice, as a list of keys with their places and values.
    pub(super) fn keyed(&mut self, node: &Node, values: &'a Shape, what: Subject<'_>) -> Option<Datum> {
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
            if let Some(wrong) = formats::wrong(TextFormat::Id, &key.text) {
                self.diagnostics.push(Diagnostic::new(wrong.code, key.place, wrong.message).help(wrong.help));
            }
            self.needed = false;
            let value = self.value(node, values, Subject::Key(&key.text)).unwrap_or_else(|| self.placeholder(values));
            let key = Datum::Text(key.text.clone()).placed(key.place);
            list.push(Datum::Map(vec![("key".to_owned(), key), ("value".to_owned(), value)]));
        }
        Some(Datum::List(list))
    }

    /// Reports texts that stand in a list twice; `items` is the shape of its entries.
    fn repetitions(&mut self, nodes: &[Node], items: &'a Shape, what: Subject<'_>) {
        let text_key = self.schema.resolve(items).shorthand.as_deref();
        let mut seen = HashMap::new();
        for node in nodes {
            let node = match &node.value {
                Value::Map(entries) => entries.iter().find(|(key, _)| Some(key.text.as_str()) == text_key).map(|(_, node)| node),
                _ => Some(node),
            };
            let Some(Node { place, value: Value::Text(scalar) }) = node else { continue };
            let text = scalar.text.trim();
            if text.is_empty() {
                continue;
            }
            if let Some(first) = seen.insert(text, *place) {
                self.report(Code::DuplicateKey, *place, format!("`{text}` stands in {what} a second time"))
                    .second(first, "it stands here already")
                    .help("keep one of the two");
            }
        }
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
