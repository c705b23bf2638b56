//! Lists, and maps with keys that the author chooses.

use std::collections::HashMap;

use super::numbers::number_in;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::{first_sentence, is_sentence};
use super::written::flow;
use super::{Kind, List, Shape};
use crate::diagnostics::{Code, Diagnostic};
use crate::formats::{self, TextFormat};
use crate::source::Place;
use crate::value::Datum;
use crate::yaml::{Node, Value};

/// The longest text that is shown as a list, in bytes.
const MAX_SHOWN: usize = 120;

/// The most cells that are shown as separate rows.
const SHOWN_CELLS: usize = 3;

/// Words for no entries.
const NOTHING: [&str; 4] = ["none", "nothing", "no", "n/a"];

/// The help for a list if nothing more specific applies.
pub(super) const EACH_ENTRY: &str = "write each entry on its own line, starting with `- `";

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
                    ([(key, value)], _) if is_sentence(&key.text) => self.taken_for_a_key(key, value),
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
            Value::Text(_) if self.is_misplaced_word(node, items, what) => return None,
            Value::Text(scalar) => {
                let help = self.text_for_a_list(node, &scalar.text, shape, list, what);
                self.wrong_type(node, what, "a list").help(help);
                return None;
            }
            _ => {
                let help = self.each_entry(node.place);
                self.wrong_type(node, what, "a list").help(help);
                return None;
            }
        };
        if let Some(texts) = texts(nodes).filter(|_| items.is_list()) {
            let help = match texts.iter().find(|text| text.contains(',')) {
                Some(row) => {
                    format!("write each row's cells in brackets: `- {}`", as_list(&[row]).unwrap_or_else(|| "[…, …]".to_owned()))
                }
                None => {
                    let row = as_list(&texts).unwrap_or_else(|| "[…, …]".to_owned());
                    let cells: Vec<_> = texts.iter().take(SHOWN_CELLS).map(|text| format!("[{}]", flow(text))).collect();
                    let more = if texts.len() > SHOWN_CELLS { ", …" } else { "" };
                    format!("write `[{row}]` if it is one row, and `[{}{more}]` if each is a row", cells.join(", "))
                }
            };
            self.report(Code::WrongType, nodes[0].place, format!("expected a list for each entry in {what}, found text"))
                .help(help);
            return None;
        }
        if self.is_split(nodes) {
            return None;
        }
        self.count(node, nodes.len(), list, what);
        if list.is_unique {
            self.repetitions(nodes, list, what);
        }
        let outer = self.blocks.clone();
        if self.is_any_block(items) {
            self.blocks = Some((what.key().to_owned(), items));
        }
        let mut values = Vec::with_capacity(nodes.len());
        for item in nodes {
            self.needed = false;
            self.is_alone = nodes.len() == 1;
            let value = self.value(item, items, of);
            // A cell that can't be read still counts: the row is not too short.
            let is_cell = of.is_cell() && matches!(items.kind, Kind::Markdown(_));
            values.extend(value.or_else(|| is_cell.then(|| self.placeholder(items))));
        }
        self.blocks = outer;
        // A list without a readable entry isn't an empty one.
        (nodes.is_empty() || !values.is_empty()).then_some(Datum::List(values))
    }

    /// Whether a value is any of many blocks.
    fn is_any_block(&self, shape: &'a Shape) -> bool {
        self.schema.resolve(shape).shorthand.is_some() && self.schema.forms(shape).is_some()
    }

    /// The help for a list if nothing more specific applies.
    fn each_entry(&self, place: Place) -> &'static str {
        if self.in_flow(place) { "write a list in brackets: `[…, …]`" } else { EACH_ENTRY }
    }

    /// The help for text where a list is expected.
    fn text_for_a_list(&self, node: &Node, text: &str, shape: &'a Shape, list: &'a List, what: Subject<'_>) -> String {
        let items = &list.entries;
        let more = if list.least > 1 { ", …" } else { "" };
        let line = text.trim().lines().next().unwrap_or_default();
        if self.pair_keys(items).is_some_and(|(first, _)| !self.is_id(items, first))
            && let Some((first, second)) = line.split_once(':')
            && let Some(pair) = self.pair_of(first.trim(), second.trim(), items)
        {
            return format!("write each one as an entry: `- {pair}`");
        }
        let target = self.schema.resolve(items);
        if matches!(target.kind, Kind::Object(_)) && target.shorthand.is_none() {
            let entry = match &node.value {
                Value::Text(scalar) if NOTHING.contains(&scalar.text.trim()) => self.empty_entry(target),
                _ => self.with_its_key(node, target, &self.properties(target)),
            };
            return match entry {
                Some(entry) if self.in_flow(node.place) => format!("write a list in brackets: `[{entry}{more}]`"),
                Some(entry) => format!("write each entry as `- {entry}`"),
                None => self.each_entry(node.place).to_owned(),
            };
        }
        let example = shape.example.as_deref();
        match (as_list(&[text]), example) {
            (Some(_), Some(example)) if number_in(text).is_some() => format!("write a list: `{example}`"),
            (Some(cells), _) if what.is_entry() => format!("write the cells in brackets: `{cells}`"),
            (Some(entries), _) if entries.contains(',') => format!("write a list: `{entries}`"),
            (Some(_), _) => match text.split_once(" or ").or_else(|| text.split_once(" and ")) {
                Some((first, second)) => format!("write a list: `[{}, {}]`", flow(first), flow(second)),
                None => format!("write a list: `[{}{more}]`", flow(text)),
            },
            _ => self.each_entry(node.place).to_owned(),
        }
    }

    /// An entry with its required keys, without their values.
    fn empty_entry(&self, shape: &'a Shape) -> Option<String> {
        let properties = self.properties(shape);
        let needed = properties.iter().filter(|(name, _)| self.schema.requires(shape, name));
        let keys: Vec<_> = needed.map(|(name, _)| format!("{name}: …")).collect();
        (!keys.is_empty()).then(|| format!("{{{}}}", keys.join(", ")))
    }

    /// Reports a comma that splits a number or text in curly quotation marks into two entries.
    fn is_split(&mut self, nodes: &[Node]) -> bool {
        let text = |node: &Node| if let Value::Text(scalar) = &node.value { Some(scalar.text.clone()) } else { None };
        for pair in nodes.windows(2) {
            let (Some(one), Some(other)) = (text(&pair[0]), text(&pair[1])) else { continue };
            let place = Place { end: pair[1].place.end, ..pair[0].place };
            let written = self.context.sources.text(place);
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_number =
                digits(&one) && one.len() <= 3 && digits(&other) && other.len() == 3 && *written == format!("{one},{other}");
            let is_quoted = one.starts_with('“') && !one.contains('”') && other.contains('”') && !other.contains('“');
            if is_number || is_quoted {
                let whole = if is_number { written.to_owned() } else { written.replace(['“', '”'], "") };
                self.report(Code::BrokenYaml, place, format!("this comma splits `{written}` into two entries"))
                    .help(format!("put straight quotation marks around the whole text: `\"{whole}\"`"));
                return true;
            }
        }
        false
    }

    /// Reports too few or too many entries.
    fn count(&mut self, node: &Node, count: usize, list: &List, what: Subject<'_>) {
        let (few, many) = (list.least, list.most);
        if count == 0 {
            self.nothing_in_it(node, few, what, what.is_entry());
            return;
        }
        let entries = |count: usize| if count == 1 { "entry" } else { "entries" };
        let (limit, help) = if count < few {
            (format!("needs at least {few} {}", entries(few)), format!("add at least {} more", few - count))
        } else if let Some(many) = many.filter(|many| count > *many) {
            (format!("can have at most {many} {}", entries(many)), format!("remove at least {}", count - many))
        } else {
            return;
        };
        self.report(Code::OutOfRange, node.place, format!("{what} {limit}, found {count}")).help(help);
    }

    fn nothing_in_it(&mut self, node: &Node, least: usize, what: Subject<'_>, of_cells: bool) {
        if of_cells {
            self.report(Code::EmptyPart, node.place, "this row is empty".to_owned())
                .help("write a cell for each column, or delete the line");
            return;
        }
        let add = if least > 1 { format!("add at least {least} entries") } else { "add an entry".to_owned() };
        let help = self.or_delete(node, &add, what);
        self.report(Code::EmptyPart, node.place, format!("{what} is empty")).help(help);
    }

    /// Reads a map with keys that the author chooses as a list of keys, each with its place and value.
    pub(super) fn keyed(&mut self, node: &Node, shape: &'a Shape, values: &'a Shape, what: Subject<'_>) -> Option<Datum> {
        let Value::Map(entries) = &node.value else {
            let help = match meaning_of_values(shape) {
                Some(meaning) => {
                    format!("write {meaning}: `{{name: {}}}`", first_text(node).map_or_else(|| "…".to_owned(), flow))
                }
                None if self.in_flow(node.place) => "write keys and values in braces: `{key: value}`".to_owned(),
                None => "write each key on its own line, indented: `key: value`".to_owned(),
            };
            self.wrong_type(node, what, "keys and values").help(help);
            return None;
        };
        match &shape.empty {
            Some(help) if entries.is_empty() => {
                self.report(Code::EmptyPart, node.place, format!("{what} is empty")).help(help);
            }
            None if entries.is_empty() => self.nothing_in_it(node, 1, what, false),
            _ => {}
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

    /// Reports duplicate entries of a list, in their short or long form.
    fn repetitions(&mut self, nodes: &[Node], list: &'a List, what: Subject<'_>) {
        let text_key = self.schema.resolve(&list.entries).shorthand.as_deref();
        let is_text = |key: &str| text_key.map_or_else(|| self.schema.hints.text_keys.contains(&key), |text_key| key == text_key);
        let text = |node: &'_ Node| matches!(node.value, Value::Text(_));
        let mut seen: HashMap<&str, Place> = HashMap::new();
        let mut repeated = Vec::new();
        for node in nodes {
            let node = match &node.value {
                Value::Map(entries) => entries.iter().find(|(key, node)| is_text(&key.text) && text(node)).map(|(_, node)| node),
                _ => Some(node),
            };
            let Some(Node { place, value: Value::Text(scalar) }) = node else { continue };
            match seen.get(scalar.text.trim()) {
                Some(first) => repeated.push((scalar.text.trim(), *place, *first)),
                None if scalar.text.trim().is_empty() => {}
                None => {
                    seen.insert(scalar.text.trim(), *place);
                }
            }
        }
        let help = if nodes.len() - repeated.len() < list.least { "change one of them" } else { "remove one of them" };
        for (text, place, first) in repeated {
            self.report(Code::DuplicateKey, place, format!("duplicate entry `{text}` in {what}"))
                .second(first, "the first is here")
                .help(help);
        }
    }
}

/// What the keys and values of a map mean, from its description: "For `cloze`: the word for each blank, by the name of the blank."
fn meaning_of_values(shape: &Shape) -> Option<String> {
    let meaning = first_sentence(shape.description.as_deref()?);
    let meaning = meaning.split_once("`: ").map_or(meaning.as_str(), |(_, meaning)| meaning);
    meaning.contains(", by ").then(|| meaning.to_owned())
}

/// The first text in a value.
fn first_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(scalar) => Some(&scalar.text),
        Value::List(nodes) => {
            nodes.first().and_then(|node| if let Value::Text(scalar) = &node.value { Some(&*scalar.text) } else { None })
        }
        _ => None,
    }
}

/// The strings of a list, if it has nothing else.
fn texts(nodes: &[Node]) -> Option<Vec<&str>> {
    let text = |node: &'_ Node| matches!(node.value, Value::Text(_));
    (!nodes.is_empty() && nodes.iter().all(text)).then(|| {
        nodes
            .iter()
            .filter_map(|node| if let Value::Text(scalar) = &node.value { Some(scalar.text.as_str()) } else { None })
            .collect()
    })
}

/// Strings as a list in brackets; `None` if some would need quotation marks.
fn as_list(texts: &[&str]) -> Option<String> {
    let length: usize = texts.iter().map(|text| text.len()).sum();
    let plain = |text: &&str| !text.contains(['"', '\'', '[', ']', '{', '}', ':', '#', '\n', '*', '&']);
    if length > MAX_SHOWN || !texts.iter().all(plain) {
        return None;
    }
    let entries: Vec<_> = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty()).collect();
    Some(format!("[{}]", entries.join(", ")))
}
