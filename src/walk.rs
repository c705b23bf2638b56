//! Holds a YAML tree against the derived schema: every mistake is reported at its place, and what comes out always deserialises.
//!
//! Besides the keywords of JSON Schema it knows these:
//! `x-placed` (the value goes out with its place), `x-markdown` and `x-tex` (the text is parsed), `x-keyed` (a map with keys of the author's choice),
//! `x-shorthand` and `x-map-shorthand` (the key that a bare text, or a bare map, stands for), `x-bare` (words that stand for a key with a value),
//! `x-single` (one value stands for a list of one), `x-null` (`null` has a meaning), `x-missing` (the code of the report when the key is missing or empty),
//! `x-among` (the forms that would stand here are chosen from those of another value), `x-not-alone` (the key that says nothing without another),
//! `x-not-both` (two keys of which one makes the other useless), `x-least` (the least length).
//! Others only make reports better: `x-pair` (the keys that `one: other` stands for), `x-example` (what could be written),
//! `x-empty` (what to do about an empty value), `x-instead` and `x-otherwise` (what to do about certain words, or about any that cannot stand here).
//! A kind of value is a module: [`texts`], [`numbers`], [`lists`], [`objects`] with what their [`keys`] mean, and [`variants`] with their [`forms`],
//! which maps name ([`keyed_forms`]) or which cannot stand there ([`misplaced`]). What stands for a broken value is [`placeholder`].
//! The wording of reports is [`report`], with [`words`] that mean a key and examples of how a value is [`written`];
//! what was written in another way than it is read is found by [`elsewhere`] (keys in a wrong place), [`entries`] (keys for a list) and [`unnamed`] (answers).

mod elsewhere;
mod entries;
mod forms;
mod keyed_forms;
mod keys;
mod keywords;
mod lists;
mod misplaced;
mod numbers;
mod objects;
mod placeholder;
mod report;
mod texts;
mod unnamed;
mod variants;
mod words;
mod written;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use self::keywords::{first_type, flag};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::read::Context;
use crate::yaml::{Node, Value};

/// The value of the tree as the schema wants it, and the outermost keys whose values were left out because they are broken.
pub fn walk(root: &Node, schema: &Json, context: &Context<'_>, diagnostics: &mut Diagnostics) -> (Json, BTreeSet<String>) {
    let mut walker = Walker { root: schema, context, diagnostics, outermost: true, needed: false, broken: BTreeSet::new() };
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
    /// Whether the value that is read next must be there.
    needed: bool,
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
        if let Some(help) = schema.get("x-empty").and_then(Json::as_str)
            && is_left_open(node)
        {
            self.report(Code::EmptyValue, node.place, format!("{what} is empty")).help(help);
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
            let after =
                if what.starts_with(AN_ENTRY) { "write something after the `-`" } else { "write something after the colon" };
            let help = self.or_delete(node, after);
            self.empty(node, schema, what, &help);
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
            Some("boolean") => self.boolean(node, schema, what),
            Some("string") => self.text(node, schema, what),
            other => unreachable!("the model has no values of type {other:?}"),
        }
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

/// Whether nothing stands here, or only a line to write on.
fn is_left_open(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(scalar) => scalar.text.trim().chars().all(|c| matches!(c, '_' | '.' | '…' | '?')),
        _ => false,
    }
}

/// How the name of a list's entry begins in messages.
const AN_ENTRY: &str = "an entry of";
