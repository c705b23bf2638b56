//! Reports of the walker: what was found, what is expected, and what to write instead.

use serde_json::Value as Json;

use super::keywords::{first_sentence, flag, is_sentence};
use super::written::{flow, flow_value};
use super::{AN_ENTRY, Walker};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// How much of a line is looked at for open braces, in bytes.
const MAX_LOOKED_AT: usize = 2000;

/// A report that goes to the sink when it is complete.
pub(super) struct Report<'a> {
    diagnostic: Option<Diagnostic>,
    sink: &'a mut Diagnostics,
}

impl Report<'_> {
    fn change(&mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.diagnostic = self.diagnostic.take().map(change);
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.help(help));
        self
    }

    pub(super) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.change(|diagnostic| diagnostic.maybe_help(help));
        self
    }

    pub(super) fn second(mut self, place: Place, label: &str) -> Self {
        self.change(|diagnostic| diagnostic.second(place, label));
        self
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        if let Some(diagnostic) = self.diagnostic.take() {
            self.sink.push(diagnostic);
        }
    }
}

impl Walker<'_> {
    pub(super) fn wrong_type(&mut self, node: &Node, what: &str, expected: &str) -> Report<'_> {
        let found = match &node.value {
            Value::Text(scalar) if scalar.text.chars().count() <= 40 && !scalar.text.contains('\n') => {
                format!("`{}`", scalar.text)
            }
            other => other.describe().to_owned(),
        };
        let stands = if let Value::Map(_) = node.value { "stand" } else { "stands" };
        self.report(Code::WrongType, node.place, format!("{what} must be {expected}, and {found} {stands} here"))
    }

    /// Reports a list or keys where a text is expected.
    pub(super) fn no_text(&mut self, node: &Node, schema: &Json, what: &str) {
        let markdown = schema.get("x-markdown").and_then(Json::as_str);
        let key = what.trim_matches('`');
        let help = match (&node.value, markdown) {
            (Value::Map(entries), _) => match entries.first() {
                Some((key, _)) if is_sentence(&key.text) => return self.taken_for_a_key(key),
                _ => only_text(entries).unwrap_or_else(|| "put quotation marks around a text with a colon in it".to_owned()),
            },
            (_, Some("verse")) => format!("write the lines below `{key}: |`"),
            (_, Some("blocks" | "blanks")) => "write one text below `|`, with a blank line between paragraphs".to_owned(),
            (Value::List(nodes), _) if !flag(schema, "x-tex") => as_one_text(nodes, what),
            _ => "put quotation marks around it if it is one text".to_owned(),
        };
        self.wrong_type(node, what, "a text").help(help);
    }

    /// Reports the beginning of a sentence that YAML takes for a key.
    pub(super) fn taken_for_a_key(&mut self, key: &Key) {
        self.report(Code::UnknownKey, key.place, format!("`{}` is taken for a key", key.text))
            .help("put quotation marks around a text with a colon in it");
    }

    /// Reports a value with nothing in it, under the code that the schema names for a missing one.
    pub(super) fn empty(&mut self, node: &Node, schema: &Json, what: &str, help: &str) {
        let code = missing_code(schema);
        let meaning = schema.get("description").and_then(Json::as_str).filter(|_| code.is_some()).map(first_sentence);
        let help = meaning.map_or_else(|| help.to_owned(), |meaning| format!("say {meaning}"));
        self.report(code.unwrap_or(Code::EmptyValue), node.place, format!("{what} is empty")).help(help);
    }

    /// What to write where nothing stands, and, where it need not be there, that it can be deleted.
    pub(super) fn or_delete(&self, node: &Node, write: &str) -> String {
        match (self.needed, self.in_flow(node.place)) {
            (true, _) => write.to_owned(),
            (false, true) => format!("{write}, or delete the key"),
            (false, false) => format!("{write}, or delete the line"),
        }
    }

    /// Whether braces or brackets are open before a place in its line.
    fn in_flow(&self, place: Place) -> bool {
        let file = self.context.sources.file(place.file);
        let before = &file.text()[..file.floor_char_boundary(place.start as usize)];
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = &before[file.floor_char_boundary(begin.max(before.len().saturating_sub(MAX_LOOKED_AT)))..];
        let count = |brackets: [char; 2]| line.matches(brackets).count();
        count(['{', '[']) > count(['}', ']'])
    }

    pub(super) fn report(&mut self, code: Code, place: Place, message: String) -> Report<'_> {
        Report { diagnostic: Some(Diagnostic::new(code, place, message)), sink: self.diagnostics }
    }
}

/// The help where keys stand for their text alone: `{text: I give two facts.}`.
pub(super) fn only_text(entries: &[(Key, Node)]) -> Option<String> {
    let (_, text) = entries.iter().find(|(key, _)| matches!(key.text.as_str(), "text" | "ask" | "says" | "title"))?;
    let is_known =
        |key: &Key| matches!(key.text.as_str(), "id" | "text" | "ask" | "says" | "title" | "label" | "lines" | "space");
    let is_text = matches!(text.value, Value::Text(_));
    (is_text && entries.iter().all(|(key, _)| is_known(key))).then(|| format!("write only the text: `{}`", flow_value(text)))
}

/// The help where a list stands for one text.
fn as_one_text(nodes: &[Node], what: &str) -> String {
    let texts: Option<Vec<&str>> =
        nodes.iter().map(|node| if let Value::Text(scalar) = &node.value { Some(scalar.text.trim()) } else { None }).collect();
    let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
        return "put quotation marks around it if it is one text".to_owned();
    };
    if let [text] = texts[..] {
        return format!("write it without brackets: `{}`", flow(text));
    }
    if what.starts_with(AN_ENTRY) {
        let one = flow(&texts.join(", "));
        return format!("begin each entry with one `- `, or put quotation marks around it if it is one text: `{one}`");
    }
    let is_value = |text: &&str| text.contains('/') || text.starts_with(|c: char| c.is_ascii_digit());
    if texts.iter().any(is_value) {
        return format!("keep one of them: `{}`", flow(texts[0]));
    }
    let sentences = texts.iter().all(|text| text.ends_with(['.', '!', '?']));
    let one = match texts[..] {
        _ if sentences => texts.join(" "),
        [first, second] => format!("{first} and {second}"),
        // More of them were most likely one text with commas.
        _ => texts.join(", "),
    };
    match flow(&one) {
        long if long == "…" => "write one text".to_owned(),
        one => format!("write one text: `{one}`"),
    }
}

/// The code that a schema names for a missing value.
pub(super) fn missing_code(schema: &Json) -> Option<Code> {
    let name = schema.get("x-missing").and_then(Json::as_str)?;
    Some(*Code::ALL.iter().find(|code| code.name() == name).expect("`x-missing` names a code"))
}
