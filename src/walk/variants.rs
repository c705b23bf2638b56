//! Values that have several forms: a word, a key that names the form, or keys of which `kind` names it.

use serde_json::{Value as Json, json};

use super::forms::Forms;
use super::keywords::first_line;
use super::{Property, Walker};
use crate::diagnostics::{Code, closest, did_you_mean};
use crate::lesson::values::Length;
use crate::source::Place;
use crate::yaml::{Node, Value};

/// Longest text that may be the name of a form by mistake, in bytes.
const LONGEST_NAME: usize = 40;

impl<'a> Walker<'a> {
    /// One of several forms: a word, a key that names the form, or keys of which `kind` names it.
    pub(super) fn variant(&mut self, node: &Node, schema: &'a Json, variants: &'a [Json], what: &str) -> Option<Json> {
        let kinds: Vec<(&str, &Json)> =
            variants.iter().filter_map(|variant| Some((variant.pointer("/properties/kind/const")?.as_str()?, variant))).collect();
        if !kinds.is_empty() {
            return self.tagged(node, &kinds, what);
        }
        let forms = Forms::of(variants);
        let short = schema.get("x-shorthand").and_then(Json::as_str);
        let short = short.map(|short| forms.key(short).expect("a shorthand names a form"));
        match &node.value {
            Value::Text(scalar) => {
                if let Some(meaning) = schema.pointer(&format!("/x-bare/{}", scalar.text)) {
                    return Some(json!({scalar.text.as_str(): meaning}));
                }
                if forms.words.contains(&scalar.text.as_str()) {
                    return Some(scalar.text.as_str().into());
                }
                match short {
                    Some(short) => self.short_text(node, &scalar.text, schema, &forms, short, what),
                    None => self.word(node, &scalar.text, schema, &forms, what),
                }
            }
            Value::Map(entries) => {
                let names_a_form = short.is_some_and(|short| self.names_a_form(entries, &forms, &short));
                if let Some(misplaced) = self.misplaced(node, schema, &forms, what) {
                    return Some(misplaced);
                }
                if let Some((name, form)) = short.filter(|_| !names_a_form) {
                    if schema.get("x-map-shorthand").is_some() {
                        return Some(json!({name: self.value(node, form, what)?}));
                    }
                    if let Some((key, _)) = entries.first()
                        && self.no_form(key, what)
                    {
                        return Some(self.placeholder(schema));
                    }
                }
                let unnamed = short.map(|(name, _)| name).filter(|_| schema.get("x-map-shorthand").is_none());
                self.keyed_form(node, entries, &forms, unnamed, what)
            }
            _ if short.is_some() => {
                let kind = if schema.get("x-map-shorthand").is_some() { "question" } else { "block" };
                self.wrong_type(node, what, &format!("a text or a {kind}")).help("begin each with one `- `");
                None
            }
            _ => {
                let names: Vec<_> = forms.names().map(|name| format!("`{name}`")).collect();
                let help = format!("write it without `- `, as {}", names.first().map_or("a word", String::as_str));
                self.wrong_type(node, what, &format!("one of {}", names.join(", "))).help(help);
                None
            }
        }
    }

    /// A text that stands for the form `short`, unless it is the name of another form.
    fn short_text(
        &mut self,
        node: &Node,
        text: &str,
        schema: &'a Json,
        forms: &Forms<'a>,
        short: Property<'a>,
        what: &str,
    ) -> Option<Json> {
        let line = text.trim();
        if line.len() <= LONGEST_NAME && !line.contains('\n') {
            if let Some(misplaced) = self.misplaced(node, schema, forms, what) {
                return Some(misplaced);
            }
            if let Some((name, form)) = forms.key(line).filter(|form| *form != short) {
                let form = self.resolve(self.without_null(form));
                let below = self.needed(&format!("`{name}`"), form, &self.properties(form));
                self.report(Code::WrongType, node.place, format!("`{name}` stands here without its keys"))
                    .help(format!("write a colon after it, and{}", below.trim_start_matches("write")));
                return None;
            }
            if let Some(word) = closest(line, forms.words.iter().copied()) {
                self.report(Code::UnknownChoice, node.place, format!("there is no `{line}`"))
                    .help(format!("did you mean `{word}`?"));
                return Some(word.into());
            }
        }
        let (name, form) = short;
        Some(json!({name: self.value(node, form, what)?}))
    }

    /// A text where only words and keys can stand.
    fn word(&mut self, node: &Node, text: &str, schema: &'a Json, forms: &Forms<'a>, what: &str) -> Option<Json> {
        if forms.key(text).is_some() {
            let example = forms.examples.iter().find(|(name, _)| *name == text).map_or("…", |(_, example)| example);
            self.report(Code::WrongType, node.place, format!("`{text}` needs a value after it"))
                .help(format!("write `{{{text}: {example}}}`"));
            return None;
        }
        let instead = schema.pointer(&format!("/x-instead/{text}")).and_then(Json::as_str).map(str::to_owned);
        let Some(help) = instead.or_else(|| amount(text, &forms.keys)) else {
            let all: Vec<&str> = forms.names().collect();
            let written = (!forms.examples.is_empty()).then(|| forms.written());
            let otherwise = written.as_deref().or_else(|| schema.get("x-otherwise").and_then(Json::as_str));
            return self.choice(node.place, text, &all, otherwise, what);
        };
        self.report(Code::UnknownChoice, node.place, format!("{what} cannot be `{text}`")).help(help);
        None
    }

    /// Keys of which `kind` says what the others can be.
    fn tagged(&mut self, node: &Node, kinds: &[(&'a str, &'a Json)], what: &str) -> Option<Json> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, what, "keys with values").help("write `{kind: book, …}`");
            return None;
        };
        let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
        let kind = match entries.iter().find(|(key, _)| key.text == "kind") {
            Some((_, Node { place, value: Value::Text(scalar) })) => self
                .choice(*place, &scalar.text, &names, None, "`kind`")
                .and_then(|kind| kind.as_str().and_then(|kind| kinds.iter().find(|(name, _)| *name == kind)))
                .or_else(|| {
                    closest(&scalar.text, names.iter().copied()).and_then(|kind| kinds.iter().find(|(name, _)| *name == kind))
                }),
            Some((_, node)) => {
                self.wrong_type(node, "`kind`", "a word").help("write one word after it: `kind: book`");
                None
            }
            None => {
                let list: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                let place = first_line(node.place, entries);
                self.report(Code::MissingKey, place, "`kind` is missing".to_owned())
                    .help(format!("say what it is: {}", list.join(", ")));
                None
            }
        };
        let (name, schema) = kind?;
        let rest: Vec<_> = entries.iter().filter(|(key, _)| key.text != "kind").cloned().collect();
        let inner = self.resolve(schema);
        let properties = self.properties(inner);
        let mut map = self.fields(first_line(node.place, entries), &rest, inner, &properties);
        map.insert("kind".to_owned(), (*name).into());
        Some(Json::Object(map))
    }

    /// One of several words; `otherwise` is what to do about a word that is like none of them.
    pub(super) fn choice(
        &mut self,
        place: Place,
        text: &str,
        choices: &[&str],
        otherwise: Option<&str>,
        what: &str,
    ) -> Option<Json> {
        if choices.contains(&text) {
            return Some(text.into());
        }
        let otherwise = otherwise.filter(|_| closest(text, choices.iter().copied()).is_none());
        let help = otherwise.map(str::to_owned).or_else(|| did_you_mean(text, choices.iter().copied()));
        self.report(Code::UnknownChoice, place, format!("{what} cannot be `{text}`")).maybe_help(help);
        None
    }
}

/// What to write for a bare number or length, if one of the forms holds such a thing.
fn amount(text: &str, forms: &[Property<'_>]) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("lines").or_else(|| text.strip_prefix("line")).unwrap_or(text).trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = (&text[..digits], text[digits..].trim());
    let has = |form: &str| forms.iter().any(|(name, _)| *name == form);
    if !number.is_empty() && matches!(unit, "" | "line" | "lines") && has("lines") {
        return Some(format!("write `{{lines: {number}}}`"));
    }
    (has("box") && Length(text.to_owned()).points().is_some()).then(|| format!("write `{{box: {text}}}`"))
}
