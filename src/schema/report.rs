//! Reports of the reader: what was found, what is expected, and what to write instead.

use super::keyword::Markdown;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::{first_sentence, is_sentence};
use super::written::{flow, flow_value};
use super::{Kind, Shape};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// How much of a line is looked at for open braces, in bytes.
const MAX_LOOKED_AT: usize = 2000;

/// A report that goes to the sink when it is complete.
pub(super) struct PendingReport<'a> {
    diagnostic: Option<Diagnostic>,
    sink: &'a mut Diagnostics,
}

impl PendingReport<'_> {
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

impl Drop for PendingReport<'_> {
    fn drop(&mut self) {
        if let Some(diagnostic) = self.diagnostic.take() {
            self.sink.push(diagnostic);
        }
    }
}

impl Reader<'_> {
    pub(super) fn wrong_type(&mut self, node: &Node, what: Subject<'_>, expected: &str) -> PendingReport<'_> {
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
    pub(super) fn no_text(&mut self, node: &Node, shape: &Shape, what: Subject<'_>) {
        let key = what.key();
        let help = match (&node.value, &self.schema.resolve(shape).kind) {
            (Value::Map(entries), _) => match entries.first() {
                Some((key, _)) if is_sentence(&key.text) => return self.taken_for_a_key(key),
                _ => self.only_text(entries).unwrap_or_else(|| "put quotation marks around a text with a colon in it".to_owned()),
            },
            (_, Kind::Markdown(Markdown::Verse)) => format!("write the lines below `{key}: |`"),
            (_, Kind::Markdown(Markdown::Blocks | Markdown::Blanks)) => {
                "write one text below `|`, with a blank line between paragraphs".to_owned()
            }
            (Value::List(nodes), kind) if !matches!(kind, Kind::Tex) => as_one_text(nodes, what),
            _ => "put quotation marks around it if it is one text".to_owned(),
        };
        self.wrong_type(node, what, "a text").help(help);
    }

    /// Reports the beginning of a sentence that YAML takes for a key.
    pub(super) fn taken_for_a_key(&mut self, key: &Key) {
        self.report(Code::UnknownKey, key.place, format!("`{}` is taken for a key", key.text))
            .help("put quotation marks around a text with a colon in it");
    }

    /// Reports a value with nothing in it, under the code that the shape names for a missing one.
    pub(super) fn empty(&mut self, node: &Node, shape: &Shape, what: Subject<'_>, help: &str) {
        let code = shape.missing;
        let meaning = shape.description.as_deref().filter(|_| code.is_some()).map(first_sentence);
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

    /// The help where keys stand for their text alone: `{text: I give two facts.}`.
    pub(super) fn only_text(&self, entries: &[(Key, Node)]) -> Option<String> {
        let (texts, beside) = (self.schema.hints.texts, self.schema.hints.beside_texts);
        let (_, text) = entries.iter().find(|(key, _)| texts.contains(&key.text.as_str()))?;
        let is_known = |key: &Key| texts.contains(&key.text.as_str()) || beside.contains(&key.text.as_str());
        let is_text = matches!(text.value, Value::Text(_));
        (is_text && entries.iter().all(|(key, _)| is_known(key))).then(|| format!("write only the text: `{}`", flow_value(text)))
    }

    pub(super) fn report(&mut self, code: Code, place: Place, message: String) -> PendingReport<'_> {
        PendingReport { diagnostic: Some(Diagnostic::new(code, place, message)), sink: self.diagnostics }
    }
}

/// The help where a list stands for one text.
fn as_one_text(nodes: &[Node], what: Subject<'_>) -> String {
    let texts: Option<Vec<&str>> =
        nodes.iter().map(|node| if let Value::Text(scalar) = &node.value { Some(scalar.text.trim()) } else { None }).collect();
    let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
        return "put quotation marks around it if it is one text".to_owned();
    };
    if let [text] = texts[..] {
        return format!("write it without brackets: `{}`", flow(text));
    }
    if what.is_entry() {
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
