//! The empty values that stand for what was reported as broken or missing, so that the rest can be read.

use serde_json::{Map, Value as Json, json};

use super::keywords::{choices, first_type, flag, is_required};
use super::{Property, Walker};
use crate::source::Place;

impl<'a> Walker<'a> {
    /// Puts placeholders where required keys are missing.
    pub(super) fn fill(&self, map: &mut Map<String, Json>, schema: &'a Json, properties: &[Property<'a>]) {
        for (name, property) in properties {
            if is_required(schema, self.resolve(schema), name) && !map.contains_key(*name) {
                map.insert((*name).to_owned(), self.placeholder(property));
            }
        }
    }

    /// The smallest value that deserialises, for something that was reported as broken or missing.
    pub(super) fn placeholder(&self, schema: &'a Json) -> Json {
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
            _ if flag(schema, "x-tex") => Json::Null,
            _ => match (schema.get("x-markdown").and_then(Json::as_str), choices(schema)) {
                (Some("inline"), _) => json!({"nodes": [], "place": null}),
                (Some(_), _) => json!([]),
                (None, Some(choices)) => json!(choices[0]),
                (None, None) => json!(""),
            },
        })
    }
}
