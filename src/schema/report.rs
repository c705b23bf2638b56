//! The reader's reports: what was expected, what was found, and what to write instead.

use super::keyword::Markdown;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::{first_sentence, is_sentence};
use super::written::{flow, flow_value};
use super::{Kind, Shape};
use crate::diagnostics::{Change, Code, Diagnostic, Diagnostics, Help};
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// The longest text that a help line quotes, in bytes.
const MAX_QUOTED: usize = 80;

/// How much of a line is searched for open braces, in bytes.
const MAX_LOOKED_AT: usize = 2000;

/// The help for text that YAML reads as keys.
const QUOTE: &str = "put quotation marks around text that contains a colon";

/// A report that goes to the sink once it is complete.
pub(super) struct PendingReport<'a> {
    diagnostic: Option<Diagnostic>,
    sink: &'a mut Diagnostics,
}

impl PendingReport<'_> {
    fn change(&mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.diagnostic = self.diagnostic.take().map(change);
    }

    pub(super) fn help(mut self, help: impl Into<Help>) -> Self {
        self.change(|diagnostic| diagnostic.help(help));
        self
    }

    pub(super) fn maybe_help(mut self, help: Option<impl Into<Help>>) -> Self {
        self.change(|diagnostic| diagnostic.maybe_help(help));
        self
    }

    pub(super) fn second(mut self, place: Place, label: impl Into<String>) -> Self {
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
        let message = match what {
            Subject::File => format!("expected {expected}, found {found}"),
            _ => format!("expected {expected} for {what}, found {found}"),
        };
        self.report(Code::WrongType, node.place, message)
    }

    /// Reports a list or keys where text is expected.
    pub(super) fn no_text(&mut self, node: &Node, shape: &Shape, what: Subject<'_>) {
        let key = what.key();
        let kind = &self.schema.resolve(shape).kind;
        let expected = match kind {
            Kind::Text(Some(format)) => format.noun(),
            _ => "text",
        };
        let help = match (&node.value, kind) {
            (Value::Map(entries), _) => match entries.first() {
                Some((key, value)) if is_sentence(&key.text) => return self.taken_for_a_key(key, value),
                _ => self
                    .only_text(entries)
                    .or_else(|| self.in_braces(node.place).then(|| values_as_text(entries)).flatten())
                    .unwrap_or_else(|| QUOTE.to_owned()),
            },
            (_, Kind::Markdown(Markdown::Verse)) if self.in_flow(node.place) => {
                format!("write each key on its own line, without braces, and the lines below `{key}: |`, indented")
            }
            (_, Kind::Markdown(Markdown::Verse)) => format!("write the lines below `{key}: |`, indented"),
            (_, Kind::Markdown(Markdown::Blocks | Markdown::Blanks)) if !what.is_entry() && !self.in_flow(node.place) => {
                format!("write the text below `{key}: |`, indented, with a blank line between paragraphs")
            }
            (_, Kind::Tex) => "write one equation, in single quotation marks".to_owned(),
            (Value::List(nodes), _) => {
                let in_brackets = self.context.sources.text(node.place).starts_with('[');
                as_one_text(nodes, what, in_brackets)
            }
            _ => "put quotation marks around the whole text".to_owned(),
        };
        self.wrong_type(node, what, expected).help(help);
    }

    /// Reports the start of a sentence that YAML reads as a key.
    pub(super) fn taken_for_a_key(&mut self, key: &Key, value: &Node) {
        let whole = match &value.value {
            Value::Text(scalar) if !scalar.text.contains('\n') => flow(&format!("{}: {}", key.text, scalar.text)),
            _ => "…".to_owned(),
        };
        let help =
            if whole == "…" { QUOTE.to_owned() } else { format!("put quotation marks around the whole text: `{whole}`") };
        let help = Help::with(help, Change::Quote);
        self.report(Code::UnknownKey, key.place, format!("`{}` was read as a key", key.text)).help(help);
    }

    /// Reports an empty value, with the error code that the shape names for a missing one.
    pub(super) fn empty(&mut self, node: &Node, shape: &Shape, what: Subject<'_>, help: &str) {
        let code = shape.missing;
        let meaning = shape.description.as_deref().filter(|_| code.is_some()).map(first_sentence);
        let help = meaning.map_or_else(|| help.to_owned(), |meaning| format!("add text for `{}` — {meaning}", what.key()));
        let help = self.in_a_comment(node).unwrap_or(help);
        self.report(code.unwrap_or(Code::EmptyValue), node.place, format!("{what} is empty")).help(help);
    }

    /// The help for a value that is empty because its text begins with `#`.
    fn in_a_comment(&self, node: &Node) -> Option<String> {
        let text = self.context.sources.file(node.place.file).text();
        let rest = text.get(node.place.end as usize..)?.trim_start_matches([':', ' ']);
        if !matches!(node.value, Value::Null) || !rest.starts_with('#') || rest.starts_with("# ") {
            return None;
        }
        let line = rest.lines().next()?.trim_end();
        let quoted = if line.len() > MAX_QUOTED || line.contains(['"', '\\', '}', ']']) { "…" } else { line };
        Some(format!("`#` starts a comment; put quotation marks around the text: `\"{quoted}\"`"))
    }

    /// The help for an empty value; an optional one may also be removed.
    pub(super) fn or_delete(&self, node: &Node, write: &str, what: Subject<'_>) -> String {
        match (self.needed, self.in_flow(node.place)) {
            _ if what.is_cell() => "write `–` for an empty cell".to_owned(),
            (true, _) => write.to_owned(),
            (false, true) if what.is_entry() => format!("{write}, or remove the entry"),
            (false, true) => format!("{write}, or remove {what}"),
            (false, false) => format!("{write}, or delete the line"),
        }
    }

    /// Whether a key directly follows the `-` of a list entry.
    pub(super) fn starts_entry(&self, place: Place) -> bool {
        let file = self.context.sources.file(place.file);
        let before = &file.text()[..file.floor_char_boundary(place.start as usize)];
        before.trim_end_matches(' ').ends_with('-')
    }

    /// Whether braces or brackets are open before a place on its line.
    pub(super) fn in_flow(&self, place: Place) -> bool {
        let file = self.context.sources.file(place.file);
        let before = &file.text()[..file.floor_char_boundary(place.start as usize)];
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = &before[file.floor_char_boundary(begin.max(before.len().saturating_sub(MAX_LOOKED_AT)))..];
        let count = |brackets: [char; 2]| line.matches(brackets).count();
        count(['{', '[']) > count(['}', ']'])
    }

    /// The help for keys where only their text is expected: `{text: I give two facts.}`.
    pub(super) fn only_text(&self, entries: &[(Key, Node)]) -> Option<String> {
        let (texts, beside) = (self.schema.hints.text_keys, self.schema.hints.beside_texts);
        let (_, text) = entries.iter().find(|(key, _)| texts.contains(&key.text.as_str()))?;
        let is_known = |key: &Key| texts.contains(&key.text.as_str()) || beside.contains(&key.text.as_str());
        let is_text = matches!(text.value, Value::Text(_));
        (is_text && entries.iter().all(|(key, _)| is_known(key))).then(|| format!("write only the text: `{}`", flow_value(text)))
    }

    pub(super) fn report(&mut self, code: Code, place: Place, message: String) -> PendingReport<'_> {
        PendingReport { diagnostic: Some(Diagnostic::new(code, place, message)), sink: self.diagnostics }
    }
}

/// The values of a map as one string, if all of them are text: `Rupert Brooke, The Soldier`.
fn values_as_text(entries: &[(Key, Node)]) -> Option<String> {
    let text =
        |(_, node): &(Key, Node)| if let Value::Text(scalar) = &node.value { Some(scalar.text.trim().to_owned()) } else { None };
    let texts = entries.iter().map(text).collect::<Option<Vec<_>>>()?;
    let one = flow(&texts.join(", "));
    (one != "…").then(|| format!("write only the text: `{one}`"))
}

/// The help for a list where one string is expected.
fn as_one_text(nodes: &[Node], what: Subject<'_>, in_brackets: bool) -> String {
    let strings: Option<Vec<&str>> =
        nodes.iter().map(|node| if let Value::Text(scalar) = &node.value { Some(scalar.text.trim()) } else { None }).collect();
    let Some(strings) = strings.filter(|strings| !strings.is_empty()) else {
        return "put quotation marks around the whole text".to_owned();
    };
    if let [text] = strings[..] {
        return format!("write it without brackets: `{}`", flow(text));
    }
    if what.is_entry() {
        let one = flow(&strings.join(", "));
        return if in_brackets {
            format!("write it as text, without brackets: `{one}`")
        } else {
            "start each entry with a single `- `".to_owned()
        };
    }
    let is_value = |text: &&str| text.contains('/') || text.starts_with(|c: char| c.is_ascii_digit());
    if strings.iter().any(is_value) {
        return format!("keep only one: `{}`", flow(strings[0]));
    }
    let sentences = strings.iter().all(|text| text.ends_with(['.', '!', '?']));
    let one = match strings[..] {
        _ if sentences => strings.join(" "),
        [first, second] => format!("{first} and {second}"),
        // More than two were most likely a sentence with commas.
        _ => strings.join(", "),
    };
    match flow(&one) {
        long if long == "…" => "write it as text, without brackets or `- `".to_owned(),
        one => format!("write it as one text: `{one}`"),
    }
}
