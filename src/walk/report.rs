//! Reports of the walker: what was found, what is expected, and what to write instead.

use serde_json::Value as Json;

use super::Walker;
use super::keywords::{first_sentence, is_sentence};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

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
                _ => "put quotation marks around a text with a colon in it".to_owned(),
            },
            (_, Some("verse")) => format!("write the lines below `{key}: |`"),
            (_, Some("blocks" | "blanks")) => "write one text below `|`, with a blank line between paragraphs".to_owned(),
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

    pub(super) fn report(&mut self, code: Code, place: Place, message: String) -> Report<'_> {
        Report { diagnostic: Some(Diagnostic::new(code, place, message)), sink: self.diagnostics }
    }
}

/// The code that a schema names for a missing value.
pub(super) fn missing_code(schema: &Json) -> Option<Code> {
    let name = schema.get("x-missing").and_then(Json::as_str)?;
    Some(*Code::ALL.iter().find(|code| code.name() == name).expect("`x-missing` names a code"))
}
