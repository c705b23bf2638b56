//! Values that have several forms: a word, a key that names the form, or keys of which `kind` names it.

use serde_json::{Value as Json, json};

use super::{AN_ENTRY, Property, Walker, first_line, is_sentence};
use crate::diagnostics::{Code, closest, did_you_mean};
use crate::lesson::values::Length;
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

impl<'a> Walker<'a> {
    /// One of several forms: a word, a key that names the form, or keys of which `kind` names it.
    pub(super) fn variant(&mut self, node: &Node, schema: &'a Json, variants: &'a [Json], what: &str) -> Option<Json> {
        let words: Vec<&str> = variants.iter().filter_map(|variant| variant.get("const").and_then(Json::as_str)).collect();
        let kinds: Vec<(&str, &Json)> =
            variants.iter().filter_map(|variant| Some((variant.pointer("/properties/kind/const")?.as_str()?, variant))).collect();
        if !kinds.is_empty() {
            return self.tagged(node, &kinds, what);
        }
        let forms: Vec<Property<'_>> = variants
            .iter()
            .filter_map(|variant| variant.get("properties")?.as_object()?.iter().next())
            .map(|(name, schema)| (name.as_str(), schema))
            .collect();
        match &node.value {
            Value::Text(scalar) => {
                if let Some(meaning) = schema.pointer(&format!("/x-bare/{}", scalar.text)) {
                    return Some(json!({scalar.text.as_str(): meaning}));
                }
                if words.contains(&scalar.text.as_str()) {
                    return Some(scalar.text.as_str().into());
                }
                if let Some(short) = schema.get("x-shorthand").and_then(Json::as_str) {
                    let (name, form) = forms.iter().find(|(name, _)| *name == short).expect("a shorthand names a form");
                    return Some(json!({*name: self.value(node, form, what)?}));
                }
                if forms.iter().any(|(name, _)| *name == scalar.text) {
                    let name = &scalar.text;
                    self.report(Code::WrongType, node.place, format!("`{name}` needs a value behind it"))
                        .help(format!("write `{{{name}: …}}`"));
                    return None;
                }
                let all: Vec<&str> = words.iter().copied().chain(forms.iter().map(|(name, _)| *name)).collect();
                match amount(&scalar.text, &forms) {
                    Some(help) => {
                        self.report(Code::UnknownChoice, node.place, format!("{what} cannot be `{}`", scalar.text)).help(help);
                        None
                    }
                    None => self.choice(node.place, &scalar.text, &all, what),
                }
            }
            Value::Map(entries) => {
                if let Some(short) = schema.get("x-map-shorthand").and_then(Json::as_str)
                    && !matches!(entries.as_slice(), [(key, _)] if forms.iter().any(|(name, _)| *name == key.text))
                {
                    let (name, form) = forms.iter().find(|(name, _)| *name == short).expect("a shorthand names a form");
                    return Some(json!({*name: self.value(node, form, what)?}));
                }
                if schema.get("x-shorthand").is_some()
                    && let Some((key, _)) = entries.first()
                    && !forms.iter().any(|(name, _)| *name == key.text)
                    && closest(&key.text, forms.iter().map(|(name, _)| *name)).is_none()
                {
                    if !what.starts_with(AN_ENTRY) {
                        self.report(Code::UnknownKey, key.place, format!("there is no block `{}`", key.text))
                            .help(format!("a text of several lines begins with `{}: |`", what.trim_matches('`')));
                        return Some(self.placeholder(schema));
                    }
                    if is_sentence(&key.text) {
                        self.taken_for_a_key(key);
                        return Some(self.placeholder(schema));
                    }
                }
                self.keyed_form(node, entries, &forms, what)
            }
            _ => {
                let names: Vec<_> =
                    words.iter().copied().chain(forms.iter().map(|(name, _)| *name)).map(|name| format!("`{name}`")).collect();
                let help = format!("write it without `- `, as {}", names.first().map_or("a word", String::as_str));
                self.wrong_type(node, what, &format!("one of {}", names.join(", "))).help(help);
                None
            }
        }
    }

    /// A map with one key that names the form of its value.
    fn keyed_form(&mut self, node: &Node, entries: &[(Key, Node)], forms: &[Property<'a>], what: &str) -> Option<Json> {
        let names = forms.iter().map(|(name, _)| *name);
        let Some((key, value)) = entries.first() else {
            self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it")).maybe_help(did_you_mean("", names));
            return None;
        };
        let in_braces = self.context.sources.text(node.place).starts_with('{');
        for (extra, _) in &entries[1..] {
            let help = if in_braces {
                "keep one of the two".to_owned()
            } else {
                format!("indent `{}` if it belongs to `{}`, or begin a new entry with `- `", extra.text, key.text)
            };
            self.report(
                Code::UnknownKey,
                extra.place,
                format!("`{}` stands beside `{}`, and only one of them can stand here", extra.text, key.text),
            )
            .second(key.place, "this comes first")
            .help(help);
        }
        let known = forms.iter().find(|(name, _)| *name == key.text);
        let (name, form) = known.or_else(|| {
            self.report(Code::UnknownKey, key.place, format!("there is no `{}`", key.text))
                .maybe_help(did_you_mean(&key.text, names.clone()));
            closest(&key.text, names.clone()).and_then(|name| forms.iter().find(|(known, _)| *known == name))
        })?;
        let value = self.value(value, form, &format!("`{name}`"))?;
        Some(json!({*name: value}))
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
                .choice(*place, &scalar.text, &names, "`kind`")
                .and_then(|kind| kind.as_str().and_then(|kind| kinds.iter().find(|(name, _)| *name == kind)))
                .or_else(|| {
                    closest(&scalar.text, names.iter().copied()).and_then(|kind| kinds.iter().find(|(name, _)| *name == kind))
                }),
            Some((_, node)) => {
                self.wrong_type(node, "`kind`", "a word").help("write one word behind it: `kind: book`");
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

    pub(super) fn choice(&mut self, place: Place, text: &str, choices: &[&str], what: &str) -> Option<Json> {
        if choices.contains(&text) {
            return Some(text.into());
        }
        self.report(Code::UnknownChoice, place, format!("{what} cannot be `{text}`"))
            .maybe_help(did_you_mean(text, choices.iter().copied()));
        None
    }
}

/// What to write for a bare number or length, if one of the forms holds such a thing.
fn amount(text: &str, forms: &[Property<'_>]) -> Option<String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = (&text[..digits], text[digits..].trim());
    let has = |form: &str| forms.iter().any(|(name, _)| *name == form);
    if !number.is_empty() && matches!(unit, "" | "line" | "lines") && has("lines") {
        return Some(format!("write `{{lines: {number}}}`"));
    }
    (has("box") && Length(text.to_owned()).points().is_some()).then(|| format!("write `{{box: {text}}}`"))
}
