//! Holds a YAML tree against the derived schema: every mistake is reported at its place, and what comes out always deserialises.
//!
//! Besides the keywords of JSON Schema it knows these:
//! `x-placed` (the value goes out with its place), `x-markdown` and `x-tex` (the text is parsed), `x-keyed` (a map with keys of the author's choice),
//! `x-shorthand` and `x-map-shorthand` (the key that a bare text, or a bare map, stands for), `x-bare` (words that stand for a key with a value),
//! `x-single` (one value stands for a list of one), `x-null` (`null` has a meaning), `x-missing` (the code of the report when the key is missing or empty).
//! What a value with several forms is made of stands in [`variants`], what stands for a broken one in [`placeholder`], the wording of reports in [`report`].

mod keywords;
mod placeholder;
mod report;
mod variants;

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value as Json, json};

use self::keywords::{choices, first_line, first_sentence, first_type, flag, is_required, is_sentence};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, closest, did_you_mean};
use crate::equation;
use crate::markdown::{self, glyphs::Glyphs};
use crate::read::{Context, formats};
use crate::source::Place;
use crate::yaml::{Key, Node, Scalar, TextMap, Value};

/// How many unknown keys of one map get a suggestion, which takes time.
const MAX_SUGGESTIONS: usize = 50;

/// The value of the tree as the schema wants it, and the outermost keys whose values were left out because they are broken.
pub fn walk(root: &Node, schema: &Json, context: &Context<'_>, diagnostics: &mut Diagnostics) -> (Json, BTreeSet<String>) {
    let mut walker = Walker { root: schema, context, diagnostics, outermost: true, broken: BTreeSet::new() };
    if let Value::Null = root.value {
        let message = "the file is empty";
        walker.diagnostics.push(Diagnostic::new(Code::EmptyPart, root.place, message).maybe_help(walker.example(schema)));
        return (walker.placeholder(schema), walker.all_keys(schema));
    }
    match walker.value(root, schema, "the file") {
        Some(value) => (value, walker.broken),
        None => (walker.placeholder(schema), walker.all_keys(schema)),
    }
}

struct Walker<'a> {
    root: &'a Json,
    context: &'a Context<'a>,
    diagnostics: &'a mut Diagnostics,
    /// Whether no map has been entered yet.
    outermost: bool,
    /// The outermost keys whose values were left out.
    broken: BTreeSet<String>,
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
            let help = if what.starts_with(AN_ENTRY) {
                "write something behind the `-`, or delete the line"
            } else {
                "write something behind the colon, or delete the line"
            };
            self.empty(node, schema, what, help);
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
            self.no_text(node, what);
            return None;
        };
        if let Some(choices) = choices(schema) {
            return self.choice(node.place, &scalar.text, &choices, what);
        }
        if let Some(kind) = schema.get("x-markdown").and_then(Json::as_str) {
            return self.markdown(node, scalar, schema, kind, what);
        }
        if flag(schema, "x-tex") {
            self.not_empty(node, schema, &scalar.text, what)?;
            return self.formula(node, scalar);
        }
        self.glyphs(node, scalar);
        let text = scalar.text.trim();
        self.not_empty(node, schema, text, what)?;
        if let Some(wrong) = schema.get("format").and_then(Json::as_str).and_then(|format| formats::wrong(format, text)) {
            self.diagnostics.push(Diagnostic::new(wrong.code, node.place, wrong.message).help(wrong.help));
            return None;
        }
        Some(text.into())
    }

    /// A text that is Markdown of some kind.
    fn markdown(&mut self, node: &Node, scalar: &Scalar, schema: &Json, kind: &str, what: &str) -> Option<Json> {
        self.not_empty(node, schema, &scalar.text, what)?;
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let (text, has_glyph) = (scalar.text.as_str(), self.context.has_glyph);
        Some(match kind {
            "inline" => json!({"nodes": markdown::inline(text, &map, has_glyph, self.diagnostics), "place": node.place}),
            "verse" => json!(markdown::verse(text, &map, has_glyph, self.diagnostics)),
            "blanks" => json!(markdown::with_blanks(text, &map, has_glyph, self.diagnostics)),
            _ => json!(markdown::blocks(text, &map, has_glyph, self.diagnostics)),
        })
    }

    /// An equation in LaTeX.
    fn formula(&mut self, node: &Node, scalar: &Scalar) -> Option<Json> {
        self.glyphs(node, scalar);
        match equation::parse(&scalar.text) {
            Ok(math) => Some(json!(math)),
            Err(mistakes) => {
                let map = TextMap::new(node, &scalar.text, self.context.sources);
                for mistake in mistakes {
                    let place = map.place(mistake.range.start, mistake.range.end);
                    self.report(Code::BadEquation, place, mistake.message).maybe_help(mistake.help);
                }
                None
            }
        }
    }

    /// Reports a text of nothing but blanks.
    fn not_empty(&mut self, node: &Node, schema: &Json, text: &str, what: &str) -> Option<()> {
        if text.trim().is_empty() {
            self.empty(node, schema, what, "write something, or delete the line");
            return None;
        }
        Some(())
    }

    /// Reports the first characters of a plain text that cannot be printed; Markdown checks its own.
    fn glyphs(&mut self, node: &Node, scalar: &Scalar) {
        // Most texts need no map.
        let plain = |c: char| (' '..='~').contains(&c) || c == '\n';
        if scalar.text.chars().all(|c| plain(c) && (self.context.has_glyph)(c)) {
            return;
        }
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let place = |range: std::ops::Range<usize>| map.place(range.start, range.end);
        Glyphs::new(self.context.has_glyph).check(&scalar.text, &place, self.diagnostics);
    }

    fn integer(&mut self, node: &Node, schema: &Json, what: &str) -> Option<Json> {
        let number = match &node.value {
            Value::Text(scalar) => scalar.text.trim().replace('_', "").parse::<i64>().ok(),
            _ => None,
        };
        let low = schema.get("minimum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MIN));
        let high = schema.get("maximum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MAX));
        // A number without bounds is a year.
        let example = if high == i64::from(i32::MAX) { 1991 } else { 50.clamp(low, high) };
        let Some(number) = number else {
            self.wrong_type(node, what, "a whole number").help(format!("write digits only: `{example}`"));
            return None;
        };
        if !(low..=high).contains(&number) {
            self.report(Code::OutOfRange, node.place, format!("{what} is {number}, and it must lie between {low} and {high}"))
                .help(format!("write a number in this range, such as `{example}`"));
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
                self.wrong_type(node, what, "`true` or `false`").help("write `true` or `false`");
                None
            }
        }
    }

    fn array(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let items = &schema["items"];
        let mut of = format!("{AN_ENTRY} {what}");
        let nodes = match &node.value {
            Value::Text(scalar) if scalar.text.contains(',') && items.get("format").and_then(Json::as_str) == Some("id") => {
                let ids: Vec<_> = scalar.text.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
                self.wrong_type(node, what, "a list").help(format!("write a list: `[{}]`", ids.join(", ")));
                return None;
            }
            Value::List(nodes) => nodes.as_slice(),
            _ if flag(schema, "x-single") => {
                what.clone_into(&mut of);
                std::slice::from_ref(node)
            }
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
            let entries = if count == 1 { "entry" } else { "entries" };
            let help = if count < few { format!("add {} more", few - count) } else { format!("take {} away", count - many) };
            self.report(Code::OutOfRange, node.place, format!("{what} has {count} {entries}, and there must be {few} to {many}"))
                .help(help);
        }
        if flag(schema, "uniqueItems") {
            self.repetitions(nodes);
        }
        let values = nodes.iter().filter_map(|item| self.value(item, items, &of)).collect();
        Some(Json::Array(values))
    }

    /// A map with keys of the author's choice, as a list of keys with their places and values.
    fn keyed(&mut self, node: &Node, values: &'a Json, what: &str) -> Option<Json> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, what, "keys with values").help("write each on a line of its own, indented: `key: value`");
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
            Value::Map(entries) => {
                let known = || properties.iter().map(|(name, _)| *name);
                if let Some(short) = schema.get("x-map-shorthand").and_then(Json::as_str)
                    && matches!(entries.first(), Some((_, Node { value: Value::Map(_), .. })))
                    && entries.iter().all(|(key, _)| known().all(|name| name != key.text))
                {
                    return self.under(short, node, schema, &properties, what);
                }
                if schema.get("x-shorthand").is_some()
                    && let Some((key, _)) = entries.first()
                    && is_sentence(&key.text)
                    && closest(&key.text, known()).is_none()
                    && entries.iter().all(|(key, _)| Some(key.text.as_str()) != schema["x-shorthand"].as_str())
                {
                    self.taken_for_a_key(key);
                    return Some(self.placeholder(schema));
                }
                let place = first_line(node.place, entries);
                Some(Json::Object(self.fields(place, entries, schema, &properties)))
            }
            Value::Text(_) | Value::List(_) if schema.get("x-shorthand").is_some() => {
                let short = schema["x-shorthand"].as_str().expect("a shorthand is the name of a key");
                self.under(short, node, schema, &properties, what)
            }
            _ => {
                let keys: Vec<_> = properties.iter().map(|(name, _)| format!("`{name}`")).collect();
                self.wrong_type(node, what, "keys with values").help(format!("the keys are {}", keys.join(", ")));
                None
            }
        }
    }

    /// The map of which `node` is the value of the key `short` alone.
    fn under(&mut self, short: &str, node: &Node, schema: &'a Json, properties: &[Property<'a>], what: &str) -> Option<Json> {
        let (name, property) = properties.iter().find(|(name, _)| *name == short).expect("a shorthand names a key");
        let value = self.value(node, property, what)?;
        let mut map = Map::from_iter([((*name).to_owned(), value)]);
        self.fill(&mut map, schema, properties);
        Some(Json::Object(map))
    }

    fn fields(
        &mut self,
        whole: Place,
        entries: &[(Key, Node)],
        schema: &'a Json,
        properties: &[Property<'a>],
    ) -> Map<String, Json> {
        let outermost = std::mem::take(&mut self.outermost);
        self.duplicates(entries);
        let mut map = Map::new();
        let mut suggestions = MAX_SUGGESTIONS;
        let present: HashSet<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
        let free: Vec<&str> = properties.iter().map(|(name, _)| *name).filter(|name| !present.contains(name)).collect();
        let free = || free.iter().copied();
        for (key, value) in entries {
            let known = properties.iter().find(|(name, _)| *name == key.text);
            // A misspelt key is read as what it most likely stands for, so that the mistakes below it are found too.
            let meant = |left: usize| {
                if left == 0 { None } else { closest(&key.text, free()) }
                    .and_then(|name| properties.iter().find(|(known, _)| *known == name))
            };
            let Some((name, property)) = known.or_else(|| {
                if let Value::Null = value.value {
                    self.report(Code::UnknownKey, key.place, format!("`{}` is taken for a key", key.text))
                        .help("a text with a comma in it needs quotation marks between braces: the comma ends the text");
                    return None;
                }
                let found = meant(suggestions);
                if let Value::Broken = value.value {
                    if found.is_none() && outermost {
                        self.broken.insert(key.text.clone());
                    }
                    return found;
                }
                let help = if suggestions == 0 { None } else { did_you_mean(&key.text, free()) };
                self.report(Code::UnknownKey, key.place, format!("there is no key `{}` here", key.text)).maybe_help(help);
                suggestions = suggestions.saturating_sub(1);
                found
            }) else {
                continue;
            };
            if map.contains_key(*name) {
                continue;
            }
            let read = self.year_for_day(value, property, properties);
            let read = if read { None } else { self.value(value, property, &format!("`{name}`")) };
            if read.is_none() && outermost {
                self.broken.insert((*name).to_owned());
            }
            let value = match read {
                Some(value) => value,
                None if is_required(schema, self.resolve(schema), name) => self.placeholder(property),
                None => continue,
            };
            map.insert((*name).to_owned(), value);
        }
        for (name, property) in properties {
            if is_required(schema, self.resolve(schema), name) && !map.contains_key(*name) {
                let code = report::missing_code(property).unwrap_or(Code::MissingKey);
                let help = property.get("description").and_then(Json::as_str).map(first_sentence);
                self.report(code, whole, format!("`{name}` is missing"))
                    .maybe_help(help.map(|help| format!("add `{name}:` — {help}")));
            }
        }
        self.fill(&mut map, schema, properties);
        map
    }

    fn duplicates(&mut self, entries: &[(Key, Node)]) {
        let mut seen = HashMap::new();
        for (key, _) in entries {
            if let Some(first) = seen.insert(key.text.as_str(), key.place) {
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateKey, key.place, format!("`{}` stands here a second time", key.text))
                        .second(first, "it stands here already")
                        .help("keep one of the two"),
                );
            }
        }
    }

    /// Reports texts that a list offers twice.
    fn repetitions(&mut self, nodes: &[Node]) {
        let mut seen = HashMap::new();
        for node in nodes {
            let Value::Text(scalar) = &node.value else { continue };
            let text = scalar.text.trim();
            if let Some(first) = seen.insert(text, node.place) {
                self.report(Code::DuplicateKey, node.place, format!("`{text}` is offered a second time"))
                    .second(first, "it stands here already")
                    .help("keep one of the two");
            }
        }
    }

    /// Reports a bare year where a day is wanted, in a map that has a key for the year.
    fn year_for_day(&mut self, node: &Node, schema: &Json, properties: &[Property<'a>]) -> bool {
        let Value::Text(scalar) = &node.value else { return false };
        let year = scalar.text.trim();
        let is_day = schema.get("format").and_then(Json::as_str) == Some("date");
        if !is_day || !formats::is_year(year) || properties.iter().all(|(name, _)| *name != "year") {
            return false;
        }
        self.report(Code::BadDate, node.place, format!("`{year}` is a year, and a full day is needed"))
            .help(format!("write `year: {year}` if the day does not matter, or the day in full: `{year}-04-01`"));
        true
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

    fn file(&self) -> crate::source::FileId {
        self.context.file
    }

    fn all_keys(&self, schema: &'a Json) -> BTreeSet<String> {
        self.properties(schema).into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// What a file of this kind must at least have.
    fn example(&self, schema: &'a Json) -> Option<String> {
        let required = schema.get("required").and_then(Json::as_array)?;
        let keys: Vec<_> = required.iter().filter_map(Json::as_str).map(|key| format!("`{key}`")).collect();
        Some(format!("it needs at least {}", keys.join(", ")))
    }
}

/// How the name of a list's entry begins in messages.
const AN_ENTRY: &str = "an entry of";
