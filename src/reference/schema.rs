//! Turns a derived schema into one that editors understand: expands shorthands and removes our own keywords.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

/// The JSON Schema (draft 2020-12) of a kind of file, for completion and hover text in editors.
pub fn for_editors(schema: &Json) -> Json {
    let mut tagged = BTreeSet::new();
    collect_tagged(schema, &mut tagged);
    let mut out = convert(schema);
    if let Some(definitions) = out.get_mut("$defs").and_then(Json::as_object_mut) {
        for (name, definition) in definitions {
            // The variant with `kind` already rejects unknown keys; rejecting them here would reject `kind` itself.
            if tagged.contains(name) {
                remove_closing(definition);
            }
        }
    }
    out
}

/// Collects the definitions that variants with a `kind` refer to.
fn collect_tagged(schema: &Json, tagged: &mut BTreeSet<String>) {
    match schema {
        Json::Object(map) => {
            if map.get("properties").and_then(|properties| properties.get("kind")).is_some()
                && let Some(name) = map.get("$ref").and_then(Json::as_str).and_then(|reference| reference.rsplit('/').next())
            {
                tagged.insert(name.to_owned());
            }
            map.values().for_each(|value| collect_tagged(value, tagged));
        }
        Json::Array(list) => list.iter().for_each(|value| collect_tagged(value, tagged)),
        _ => {}
    }
}

fn remove_closing(definition: &mut Json) {
    if let Some(map) = definition.as_object_mut() {
        map.remove("additionalProperties");
    }
}

fn convert(schema: &Json) -> Json {
    let Json::Object(source) = schema else { return schema.clone() };
    let mut map = Map::new();
    for (name, value) in source {
        let value = match name.as_str() {
            "properties" | "$defs" => {
                let entries = value.as_object().into_iter().flatten();
                let entries = entries.flat_map(|(key, value)| {
                    let alias = value.get("x-alias").and_then(Json::as_str);
                    std::iter::once(key.as_str()).chain(alias).map(|key| (key.to_owned(), convert(value)))
                });
                Json::Object(entries.collect())
            }
            "oneOf" | "anyOf" => Json::Array(value.as_array().into_iter().flatten().map(convert).collect()),
            "items" | "additionalProperties" => convert(value),
            "type" => without_null(value, source.contains_key("x-null")),
            // Our own formats, which editors don't know.
            "format" if !matches!(value.as_str(), Some("date" | "uri")) => continue,
            "default" => continue,
            name if name.starts_with("x-") => continue,
            _ => value.clone(),
        };
        map.insert(name.clone(), value);
    }
    if map.contains_key("properties") && !map.contains_key("additionalProperties") {
        let closing = if map.contains_key("$ref") { "unevaluatedProperties" } else { "additionalProperties" };
        map.insert(closing.to_owned(), false.into());
    }
    with_shorthands(Json::Object(map), source)
}

/// The type of a value that may be left out, but not `null`.
fn without_null(types: &Json, null_has_a_meaning: bool) -> Json {
    match types.as_array() {
        Some(list) if !null_has_a_meaning => list.iter().find(|name| *name != "null").cloned().unwrap_or(json!("string")),
        _ => types.clone(),
    }
}

fn with_shorthands(schema: Json, source: &Map<String, Json>) -> Json {
    let mut also = Vec::new();
    if let Some(short) = source.get("x-shorthand").and_then(Json::as_str) {
        let is_boolean = schema.pointer(&format!("/properties/{short}/type")).and_then(Json::as_str) == Some("boolean");
        also.push(json!({"type": if is_boolean { "boolean" } else { "string" }}));
    }
    if let Some(bare) = source.get("x-bare").and_then(Json::as_object) {
        also.push(json!({"enum": bare.keys().collect::<Vec<_>>()}));
    }
    if source.contains_key("x-map-shorthand") {
        also.push(json!({"type": "object"}));
    }
    if source.contains_key("x-asked") {
        also.push(json!({"type": "object", "required": ["ask"]}));
    }
    if source.contains_key("x-range") {
        also.push(json!({"type": "array", "items": {"type": ["string", "integer"]}}));
    }
    if source.contains_key("x-single") {
        also.push(schema["items"].clone());
    }
    if also.is_empty() {
        return schema;
    }
    let mut outer = Map::new();
    let mut schema = schema;
    if let Some(description) = schema.as_object_mut().and_then(|map| map.remove("description")) {
        outer.insert("description".to_owned(), description);
    }
    also.insert(0, schema);
    outer.insert("anyOf".to_owned(), also.into());
    Json::Object(outer)
}
