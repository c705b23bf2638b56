//! Holds a YAML tree against the derived schema: every mistake is reported at its place, and what comes out always deserialises.
//!
//! Besides the keywords of JSON Schema it knows these:
//! `x-placed` (the value goes out with its place), `x-markdown` (the text is parsed), `x-keyed` (a map with keys of the author's choice),
//! `x-shorthand` and `x-map-shorthand` (the key that a bare text, or a bare map, stands for), `x-bare` (words that stand for a key with a value),
//! `x-single` (one value stands for a list of one), `x-null` (`null` has a meaning), `x-missing` (the code of the report when the key is missing).

use serde_json::{Map, Value as Json, json};

use super::{Context, formats};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, closest, did_you_mean};
use crate::markdown;
use crate::source::Place;
use crate::yaml::{Key, Node, Scalar, TextMap, Value};

/// The value of the tree as the schema wants it.
pub fn walk(root: &Node, schema: &Json, context: &Context<'_>, diagnostics: &mut Diagnostics) -> Json {
    let mut walker = Walker { root: schema, context, diagnostics };
    if let Value::Null = root.value {
        let message = "the file is empty";
        walker.diagnostics.push(Diagnostic::new(Code::EmptyPart, root.place, message).maybe_help(walker.example(schema)));
        return walker.placeholder(schema);
    }
    walker.value(root, schema, "the file").unwrap_or_else(|| walker.placeholder(schema))
}

struct Walker<'a> {
    root: &'a Json,
    context: &'a Context<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// A key that a schema knows, and the schema of its value.
type Property<'a> = (&'a str, &'a Json);

impl<'a> Walker<'a> {
    /// The value of `node` as `schema` wants it; `None` if it had to be left out, which has been reported.
    fn value(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        if let Value::Broken = node.value {
            return None;
        }
        let schema = self.without_null(schema);
        let value = self.bare_value(node, schema, what)?;
        Some(if flag(schema, "x-placed") && !value.is_null() { json!({"value": value, "place": node.place}) } else { value })
    }

    fn bare_value(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        if let Value::Null = node.value {
            if flag(schema, "x-null") {
                return Some(Json::Null);
            }
            self.report(Code::EmptyValue, node.place, format!("{what} is empty"))
                .help("write something behind the colon, or delete the line");
            return None;
        }
        if flag(schema, "x-keyed") {
            return self.keyed(node, &schema["additionalProperties"], what);
        }
        let target = self.resolve(schema);
        if let Some(variants) = target.get("oneOf").and_then(Json::as_array) {
            return self.variant(node, target, variants, what);
        }
        match target.get("type").and_then(Json::as_str).or_else(|| first_type(target)) {
            Some("object") => self.object(node, target, what),
            Some("array") => self.array(node, schema, what),
            Some("integer") => self.integer(node, schema, what),
            Some("boolean") => self.boolean(node, what),
            Some("string") => self.text(node, schema, what),
            other => unreachable!("the model has no values of type {other:?}"),
        }
    }

    fn text(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let Value::Text(scalar) = &node.value else {
            self.wrong_type(node, what, "a text");
            return None;
        };
        if let Some(choices) = choices(schema) {
            return self.choice(node.place, &scalar.text, &choices, what);
        }
        self.glyphs(node, scalar);
        match schema.get("x-markdown").and_then(Json::as_str) {
            Some("inline") => {
                let map = TextMap::new(node, &scalar.text, self.context.sources);
                let nodes = markdown::inline(&scalar.text, &map, self.diagnostics);
                self.not_empty(node, &scalar.text, what)?;
                Some(json!({"nodes": nodes, "place": node.place}))
            }
            Some(_) => {
                let map = TextMap::new(node, &scalar.text, self.context.sources);
                self.not_empty(node, &scalar.text, what)?;
                Some(json!(markdown::blocks(&scalar.text, &map, self.diagnostics)))
            }
            None => {
                let text = scalar.text.trim();
                self.not_empty(node, text, what)?;
                if let Some(wrong) = schema.get("format").and_then(Json::as_str).and_then(|format| formats::wrong(format, text)) {
                    self.diagnostics.push(Diagnostic::new(wrong.code, node.place, wrong.message).help(wrong.help));
                    return None;
                }
                Some(text.into())
            }
        }
    }

    /// Reports a text of nothing but blanks.
    fn not_empty(&mut self, node: &Node, text: &str, what: &str) -> Option<()> {
        if text.trim().is_empty() {
            self.report(Code::EmptyValue, node.place, format!("{what} is empty")).help("write something, or delete the line");
            return None;
        }
        Some(())
    }

    /// Reports the first characters that no font has, each once.
    fn glyphs(&mut self, node: &Node, scalar: &Scalar) {
        let mut missing: Vec<(usize, char)> = Vec::new();
        for (at, c) in scalar.text.char_indices() {
            if !(self.context.has_glyph)(c) && missing.len() < 5 && missing.iter().all(|(_, known)| *known != c) {
                missing.push((at, c));
            }
        }
        if missing.is_empty() {
            return;
        }
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        for (at, c) in missing {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::MissingGlyph,
                    map.place(at, at + c.len_utf8()),
                    format!("no font has the character `{c}` (U+{:04X})", c as u32),
                )
                .help("put a font that has it into a folder `fonts` beside the lessons, or write it another way"),
            );
        }
    }

    fn integer(&mut self, node: &Node, schema: &Json, what: &str) -> Option<Json> {
        let number = match &node.value {
            Value::Text(scalar) if scalar.plain => scalar.text.replace('_', "").parse::<i64>().ok(),
            _ => None,
        };
        let Some(number) = number else {
            self.wrong_type(node, what, "a whole number");
            return None;
        };
        let low = schema.get("minimum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MIN));
        let high = schema.get("maximum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MAX));
        if !(low..=high).contains(&number) {
            self.report(Code::OutOfRange, node.place, format!("{what} is {number}, and it must lie between {low} and {high}"));
            return None;
        }
        Some(number.into())
    }

    fn boolean(&mut self, node: &Node, what: &str) -> Option<Json> {
        let word = match &node.value {
            Value::Text(scalar) => scalar.text.to_lowercase(),
            _ => String::new(),
        };
        match word.as_str() {
            "true" | "yes" => Some(true.into()),
            "false" | "no" => Some(false.into()),
            _ => {
                self.wrong_type(node, what, "`true` or `false`");
                None
            }
        }
    }

    fn array(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let items = &schema["items"];
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ if flag(schema, "x-single") => std::slice::from_ref(node),
            _ => {
                self.wrong_type(node, what, "a list").help("begin each entry on a line of its own with `- `");
                return None;
            }
        };
        let few = schema.get("minItems").and_then(Json::as_u64).unwrap_or(1);
        let many = schema.get("maxItems").and_then(Json::as_u64).unwrap_or(u64::MAX);
        let count = nodes.len() as u64;
        if count == 0 {
            self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it")).help("add an entry, or delete the key");
        } else if !(few..=many).contains(&count) {
            self.report(Code::OutOfRange, node.place, format!("{what} has {count} entries, and there must be {few} to {many}"));
        }
        let of = format!("an entry of {what}");
        let values = nodes.iter().filter_map(|item| self.value(item, items, &of)).collect();
        Some(Json::Array(values))
    }

    /// A map with keys of the author's choice, as a list of keys with their places and values.
    fn keyed(&mut self, node: &Node, values: &'a Json, what: &str) -> Option<Json> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, what, "keys with values");
            return None;
        };
        if entries.is_empty() {
            self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it")).help("add an entry, or delete the key");
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

    fn object(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let properties = self.properties(schema);
        match &node.value {
            Value::Map(entries) => Some(Json::Object(self.fields(node, entries, schema, &properties))),
            Value::Text(_) | Value::List(_) if schema.get("x-shorthand").is_some() => {
                let short = schema["x-shorthand"].as_str().expect("a shorthand is the name of a key");
                let (name, property) = properties.iter().find(|(name, _)| *name == short).expect("a shorthand names a key");
                let value = self.value(node, property, what)?;
                let mut map = Map::from_iter([((*name).to_owned(), value)]);
                self.fill(&mut map, schema, &properties);
                Some(Json::Object(map))
            }
            _ => {
                let keys: Vec<_> = properties.iter().map(|(name, _)| format!("`{name}`")).collect();
                self.wrong_type(node, what, "keys with values").help(format!("the keys are {}", keys.join(", ")));
                None
            }
        }
    }

    fn fields(
        &mut self,
        node: &Node,
        entries: &[(Key, Node)],
        schema: &'a Json,
        properties: &[Property<'a>],
    ) -> Map<String, Json> {
        self.duplicates(entries);
        let mut map = Map::new();
        let present: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
        let free = || properties.iter().map(|(name, _)| *name).filter(|name| !present.contains(name));
        for (key, value) in entries {
            let known = properties.iter().find(|(name, _)| *name == key.text);
            // A misspelt key is read as what it most likely stands for, so that the mistakes below it are found too.
            let meant = || closest(&key.text, free()).and_then(|name| properties.iter().find(|(known, _)| *known == name));
            let Some((name, property)) = known.or_else(|| {
                if let Value::Null = value.value {
                    self.report(Code::UnknownKey, key.place, format!("`{}` is taken for a key", key.text))
                        .help("a text with a comma in it needs quotation marks between braces: the comma ends the text");
                    return None;
                }
                self.report(Code::UnknownKey, key.place, format!("there is no key `{}` here", key.text))
                    .maybe_help(did_you_mean(&key.text, free()));
                meant()
            }) else {
                continue;
            };
            if map.contains_key(*name) {
                continue;
            }
            let value = match self.value(value, property, &format!("`{name}`")) {
                Some(value) => value,
                None if is_required(schema, self.resolve(schema), name) => self.placeholder(property),
                None => continue,
            };
            map.insert((*name).to_owned(), value);
        }
        for (name, property) in properties {
            if is_required(schema, self.resolve(schema), name) && !map.contains_key(*name) {
                let code = property.get("x-missing").and_then(Json::as_str);
                let code = code.map_or(Code::MissingKey, |name| {
                    *Code::ALL.iter().find(|code| code.name() == name).expect("`x-missing` names a code")
                });
                let place = first_line(node.place, entries);
                let help = property.get("description").and_then(Json::as_str).map(first_sentence);
                self.report(code, place, format!("`{name}` is missing"))
                    .maybe_help(help.map(|help| format!("add `{name}:` — {help}")));
            }
        }
        self.fill(&mut map, schema, properties);
        map
    }

    /// Puts placeholders where required keys are missing.
    fn fill(&self, map: &mut Map<String, Json>, schema: &'a Json, properties: &[Property<'a>]) {
        for (name, property) in properties {
            if is_required(schema, self.resolve(schema), name) && !map.contains_key(*name) {
                map.insert((*name).to_owned(), self.placeholder(property));
            }
        }
    }

    fn duplicates(&mut self, entries: &[(Key, Node)]) {
        for (index, (key, _)) in entries.iter().enumerate() {
            // Looking back over a bounded stretch keeps a file of a hundred thousand keys linear.
            if let Some((first, _)) =
                entries[index.saturating_sub(500)..index].iter().find(|(earlier, _)| earlier.text == key.text)
            {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateKey, key.place, format!("`{}` stands here a second time", key.text))
                        .second(first.place, "it stands here already")
                        .help("keep one of the two"),
                );
            }
        }
    }

    /// One of several forms: a word, a key that names the form, or keys of which `kind` names it.
    fn variant(&mut self, node: &Node, schema: &'a Json, variants: &'a [Json], what: &str) -> Option<Json> {
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
                if let Some(short) = schema.get("x-shorthand").and_then(Json::as_str) {
                    let (name, form) = forms.iter().find(|(name, _)| *name == short).expect("a shorthand names a form");
                    return Some(json!({*name: self.value(node, form, what)?}));
                }
                if words.contains(&scalar.text.as_str()) {
                    return Some(scalar.text.as_str().into());
                }
                if forms.iter().any(|(name, _)| *name == scalar.text) {
                    let name = &scalar.text;
                    self.report(Code::WrongType, node.place, format!("`{name}` needs a value behind it"))
                        .help(format!("write `{{{name}: …}}`"));
                    return None;
                }
                let all: Vec<&str> = words.iter().copied().chain(forms.iter().map(|(name, _)| *name)).collect();
                self.choice(node.place, &scalar.text, &all, what)
            }
            Value::Map(entries) => {
                if let Some(short) = schema.get("x-map-shorthand").and_then(Json::as_str)
                    && !matches!(entries.as_slice(), [(key, _)] if forms.iter().any(|(name, _)| *name == key.text))
                {
                    let (name, form) = forms.iter().find(|(name, _)| *name == short).expect("a shorthand names a form");
                    return Some(json!({*name: self.value(node, form, what)?}));
                }
                self.keyed_form(node, entries, &forms, what)
            }
            _ => {
                let names: Vec<_> =
                    words.iter().copied().chain(forms.iter().map(|(name, _)| *name)).map(|name| format!("`{name}`")).collect();
                self.wrong_type(node, what, &format!("one of {}", names.join(", ")));
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
        for (extra, _) in &entries[1..] {
            self.report(
                Code::UnknownKey,
                extra.place,
                format!("`{}` stands beside `{}`, and only one of them can stand here", extra.text, key.text),
            )
            .second(key.place, "this comes first")
            .help(format!("indent `{}` if it belongs to `{}`, or begin a new entry with `- `", extra.text, key.text));
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
                self.wrong_type(node, "`kind`", "a word");
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
        let mut map = self.fields(node, &rest, inner, &properties);
        map.insert("kind".to_owned(), (*name).into());
        Some(Json::Object(map))
    }

    fn choice(&mut self, place: Place, text: &str, choices: &[&str], what: &str) -> Option<Json> {
        if choices.contains(&text) {
            return Some(text.into());
        }
        self.report(Code::UnknownChoice, place, format!("{what} cannot be `{text}`"))
            .maybe_help(did_you_mean(text, choices.iter().copied()));
        None
    }

    fn wrong_type(&mut self, node: &Node, what: &str, expected: &str) -> Report<'_> {
        let found = match &node.value {
            Value::Text(scalar) if scalar.text.chars().count() <= 40 && !scalar.text.contains('\n') => {
                format!("`{}`", scalar.text)
            }
            other => other.describe().to_owned(),
        };
        self.report(Code::WrongType, node.place, format!("{what} must be {expected}, and {found} stands here"))
    }

    fn report(&mut self, code: Code, place: Place, message: String) -> Report<'_> {
        Report { diagnostic: Some(Diagnostic::new(code, place, message)), sink: self.diagnostics }
    }

    /// The schema that a reference stands for.
    fn resolve(&self, schema: &'a Json) -> &'a Json {
        match schema.get("$ref").and_then(Json::as_str) {
            Some(reference) => self.root.pointer(&reference[1..]).expect("the derived schema has what it refers to"),
            None => schema,
        }
    }

    /// The schema of the value itself, where a key may also be absent.
    fn without_null(&self, schema: &'a Json) -> &'a Json {
        match schema.get("anyOf").and_then(Json::as_array) {
            Some(any) => any.iter().find(|one| one.get("type").and_then(Json::as_str) != Some("null")).unwrap_or(schema),
            None => schema,
        }
    }

    fn properties(&self, schema: &'a Json) -> Vec<Property<'a>> {
        let own = |schema: &'a Json| schema.get("properties").and_then(Json::as_object);
        own(schema).into_iter().flatten().map(|(name, schema)| (name.as_str(), schema)).collect()
    }

    /// The smallest value that deserialises, for something that was reported as broken or missing.
    fn placeholder(&self, schema: &'a Json) -> Json {
        let schema = self.without_null(schema);
        let placed = |value: Json| {
            if flag(schema, "x-placed") { json!({"value": value, "place": Place::beginning(self.file())}) } else { value }
        };
        if flag(schema, "x-keyed") {
            return json!([]);
        }
        let target = self.resolve(schema);
        if let Some(first) = target.get("oneOf").and_then(Json::as_array).and_then(|variants| variants.first()) {
            if let Some(word) = first.get("const") {
                return placed(word.clone());
            }
            let mut map = Map::new();
            for source in [first, self.resolve(first)] {
                let properties = self.properties(source);
                self.fill(&mut map, source, &properties);
            }
            if let Some(kind) = first.pointer("/properties/kind/const") {
                map.insert("kind".to_owned(), kind.clone());
            }
            return placed(Json::Object(map));
        }
        placed(match target.get("type").and_then(Json::as_str).or_else(|| first_type(target)) {
            Some("object") => {
                let mut map = Map::new();
                self.fill(&mut map, target, &self.properties(target));
                Json::Object(map)
            }
            Some("array") => json!([]),
            Some("integer") => schema.get("minimum").cloned().unwrap_or(json!(0)),
            Some("boolean") => json!(false),
            _ => match (schema.get("x-markdown").and_then(Json::as_str), choices(schema)) {
                (Some("inline"), _) => json!({"nodes": [], "place": null}),
                (Some(_), _) => json!([]),
                (None, Some(choices)) => json!(choices[0]),
                (None, None) => json!(""),
            },
        })
    }

    fn file(&self) -> crate::source::FileId {
        self.context.file
    }

    /// What a file of this kind must at least have.
    fn example(&self, schema: &'a Json) -> Option<String> {
        let required = schema.get("required").and_then(Json::as_array)?;
        let keys: Vec<_> = required.iter().filter_map(Json::as_str).map(|key| format!("`{key}`")).collect();
        Some(format!("it needs at least {}", keys.join(", ")))
    }
}

/// A report that goes to the sink when it is complete.
struct Report<'a> {
    diagnostic: Option<Diagnostic>,
    sink: &'a mut Diagnostics,
}

impl Report<'_> {
    fn change(&mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.diagnostic = self.diagnostic.take().map(change);
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.change(|diagnostic| diagnostic.help(help));
        self
    }

    fn maybe_help(mut self, help: Option<String>) -> Self {
        self.change(|diagnostic| diagnostic.maybe_help(help));
        self
    }

    fn second(mut self, place: Place, label: &str) -> Self {
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

fn flag(schema: &Json, name: &str) -> bool {
    schema.get(name) == Some(&Json::Bool(true))
}

/// The type of an optional value, which the schema writes as a list with "null".
fn first_type(schema: &Json) -> Option<&str> {
    schema.get("type")?.as_array()?.iter().filter_map(Json::as_str).find(|name| *name != "null")
}

fn choices(schema: &Json) -> Option<Vec<&str>> {
    Some(schema.get("enum")?.as_array()?.iter().filter_map(Json::as_str).collect())
}

fn is_required(schema: &Json, resolved: &Json, name: &str) -> bool {
    [schema, resolved].iter().any(|schema| {
        schema.get("required").and_then(Json::as_array).is_some_and(|required| required.iter().any(|key| key == name))
    })
}

/// The place of the first key, where a report about the whole can point without underlining all of it.
fn first_line(place: Place, entries: &[(Key, Node)]) -> Place {
    entries.first().map_or(place, |(key, _)| key.place)
}

fn first_sentence(text: &str) -> String {
    let sentence = text.split(['\n']).next().unwrap_or(text);
    let sentence = sentence.split_inclusive(". ").next().unwrap_or(sentence).trim().trim_end_matches('.');
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
