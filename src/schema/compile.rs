//! Compiles the derived schema into typed shapes. Anything unknown is an error in the model; nothing is ignored.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::keyword::{Keyword, definition};
use super::{Form, Kind, List, Object, Schema, Shape};
use crate::formats::TextFormat;
use crate::hints::Hints;

/// JSON Schema keywords that are read in place or don't affect reading.
const KNOWN: [&str; 20] = [
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "const",
    "default",
    "description",
    "format",
    "items",
    "maxItems",
    "maximum",
    "minItems",
    "minimum",
    "oneOf",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
];

impl Schema {
    /// Compiles a derived schema, with hints about its words.
    ///
    /// # Errors
    /// Names the unknown part of the schema and where it is.
    pub fn compile(derived: &Json, hints: &'static Hints) -> Result<Self, String> {
        let none = Map::new();
        let definitions = derived.get("$defs").and_then(Json::as_object).unwrap_or(&none);
        let numbers = definitions.keys().enumerate().map(|(number, name)| (name.as_str(), number)).collect();
        let compiler = Compiler { numbers };
        let compiled =
            definitions.iter().map(|(name, schema)| compiler.shape(schema).map_err(|wrong| format!("{name}: {wrong}")));
        Ok(Self { definitions: compiled.collect::<Result<_, _>>()?, root: compiler.shape(derived)?, hints })
    }
}

struct Compiler<'a> {
    /// The index of each definition by name.
    numbers: BTreeMap<&'a str, usize>,
}

impl Compiler<'_> {
    fn shape(&self, schema: &Json) -> Result<Shape, String> {
        let map = schema.as_object().ok_or_else(|| format!("not a schema: {schema}"))?;
        if let Some(unknown) = map.keys().find(|name| !name.starts_with("x-") && !KNOWN.contains(&name.as_str())) {
            return Err(format!("unknown keyword `{unknown}`"));
        }
        if let Some(any) = map.get("anyOf").and_then(Json::as_array) {
            // An optional value.
            let inner = any.iter().find(|one| one.get("type").and_then(Json::as_str) != Some("null"));
            let mut shape = self.shape(inner.ok_or("`anyOf` has only null")?)?;
            shape.description = text_of(map, "description").or(shape.description);
            return self.with_keywords(shape, map);
        }
        let shape = Shape { description: text_of(map, "description"), kind: self.kind(map)?, ..Shape::default() };
        self.with_keywords(shape, map)
    }

    fn kind(&self, map: &Map<String, Json>) -> Result<Kind, String> {
        if let Some(variants) = map.get("oneOf").and_then(Json::as_array) {
            return self.variants(variants);
        }
        if let Some(reference) = map.get("$ref").and_then(Json::as_str) {
            return self.number(reference).map(Kind::Reference);
        }
        let number = |name: &str| map.get(name).and_then(Json::as_i64);
        Ok(match type_of(map) {
            Some("object") if map.get("x-keyed").is_some() => {
                Kind::Keyed(Box::new(self.shape(map.get("additionalProperties").ok_or("`x-keyed` has no values")?)?))
            }
            Some("object") => Kind::Object(self.object(map)?),
            Some("array") => {
                let mut entries = self.shape(map.get("items").ok_or("a list has no entries")?)?;
                // The help for a format applies to the entries of the list.
                if let Some(help) = map.get("x-format-help").and_then(Json::as_str) {
                    entries.format_help = Some(help.to_owned());
                }
                let length = |name| number(name).and_then(|length| usize::try_from(length).ok());
                Kind::List(Box::new(List {
                    entries,
                    least: length("minItems").unwrap_or(1),
                    most: length("maxItems"),
                    takes_single: map.contains_key("x-single"),
                    is_unique: map.get("uniqueItems") == Some(&Json::Bool(true)),
                }))
            }
            Some("integer") => {
                let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
                Kind::Integer(number("minimum").unwrap_or(least), number("maximum").unwrap_or(most))
            }
            Some("boolean") => Kind::Boolean,
            Some("string") => Kind::Text(match map.get("format").and_then(Json::as_str) {
                None => None,
                Some(name) => Some(TextFormat::named(name).ok_or_else(|| format!("unknown format `{name}`"))?),
            }),
            other => return Err(format!("unknown type {other:?}")),
        })
    }

    fn object(&self, map: &Map<String, Json>) -> Result<Object, String> {
        let mut object = Object::default();
        for (name, schema) in map.get("properties").and_then(Json::as_object).into_iter().flatten() {
            object.keys.push((name.clone(), self.shape(schema).map_err(|wrong| format!("{name}: {wrong}"))?));
        }
        let required = map.get("required").and_then(Json::as_array).into_iter().flatten();
        object.required = required.filter_map(Json::as_str).map(str::to_owned).collect();
        Ok(object)
    }

    fn variants(&self, variants: &[Json]) -> Result<Kind, String> {
        let mut forms = Vec::new();
        let mut tags = Vec::new();
        for variant in variants {
            if let Some(word) = variant.get("const").and_then(Json::as_str) {
                let meaning = variant.get("description").and_then(Json::as_str).map(str::to_owned);
                forms.push(Form::Word(word.to_owned(), meaning));
                continue;
            }
            let properties = variant.get("properties").and_then(Json::as_object);
            let (name, schema) = properties.and_then(|keys| keys.iter().next()).ok_or("a variant has no key")?;
            if let Some(tag) = schema.get("const").and_then(Json::as_str) {
                let reference = variant.get("$ref").and_then(Json::as_str).ok_or("a tagged variant has no reference")?;
                let shape = Shape { kind: Kind::Reference(self.number(reference)?), ..Shape::default() };
                tags.push((name, (tag.to_owned(), shape)));
                continue;
            }
            let map = variant.as_object().ok_or("a variant isn't an object")?;
            let example = Keyword::all_of(map)?.into_iter().find_map(|keyword| match keyword {
                Keyword::Example(example) => Some(example),
                _ => None,
            });
            let mut shape = self.shape(schema).map_err(|wrong| format!("{name}: {wrong}"))?;
            shape.description = text_of(map, "description").or(shape.description);
            forms.push(Form::Key(name.clone(), Box::new(shape), example));
        }
        match tags.first().map(|(key, _)| (*key).clone()) {
            None => Ok(Kind::Forms(forms)),
            Some(key) if forms.is_empty() && tags.iter().all(|(other, _)| **other == key) => {
                Ok(Kind::Tagged(key, tags.into_iter().map(|(_, tag)| tag).collect()))
            }
            Some(key) => Err(format!("only some variants have the tag `{key}`")),
        }
    }

    fn with_keywords(&self, mut shape: Shape, map: &Map<String, Json>) -> Result<Shape, String> {
        for keyword in Keyword::all_of(map)? {
            match keyword {
                Keyword::Placed => shape.is_placed = true,
                Keyword::Null => shape.takes_null = true,
                Keyword::Markdown(kind) => shape.kind = Kind::Markdown(kind),
                Keyword::Tex => shape.kind = Kind::Tex,
                // Read together with the kind of value.
                Keyword::Keyed | Keyword::Single => {}
                Keyword::Shorthand(key) => shape.shorthand = Some(key),
                Keyword::MapShorthand(key) => shape.map_shorthand = Some(key),
                Keyword::Bare(words) => shape.bare = words,
                Keyword::Alias(key) => shape.alias = Some(key),
                Keyword::Range => shape.takes_range = true,
                Keyword::Asked(form) => shape.asked = Some(form),
                Keyword::Unnamed(key) => shape.unnamed = Some(key),
                Keyword::Missing(code) => shape.missing = Some(code),
                Keyword::Among(name) => shape.among = Some(self.number_of(&name)?),
                Keyword::NotAlone(key, example) => shape.not_alone = Some((key, example)),
                Keyword::NotBoth(kept, useless) => shape.not_both = Some((kept, useless)),
                Keyword::Least(length, help) => shape.least = Some((length, help)),
                Keyword::Pair(one, other) => shape.pair = Some((one, other)),
                Keyword::Example(example) => shape.example = Some(example),
                Keyword::Empty(help) => shape.empty = Some(help),
                Keyword::Instead(words) => shape.instead = words.into_iter().collect(),
                Keyword::Otherwise(help) => shape.otherwise = Some(help),
                Keyword::Answer(form) => shape.answer = Some(form),
                Keyword::FormatHelp(help) => shape.format_help = Some(help),
            }
        }
        Ok(shape)
    }

    fn number(&self, reference: &str) -> Result<usize, String> {
        self.number_of(definition(reference).ok_or_else(|| format!("`{reference}` isn't a reference"))?)
    }

    fn number_of(&self, name: &str) -> Result<usize, String> {
        self.numbers.get(name).copied().ok_or_else(|| format!("unknown definition `{name}`"))
    }
}

fn text_of(map: &Map<String, Json>, name: &str) -> Option<String> {
    map.get(name).and_then(Json::as_str).map(str::to_owned)
}

/// The type of a value. For an optional value the schema has a list with "null".
fn type_of(map: &Map<String, Json>) -> Option<&str> {
    match map.get("type")? {
        Json::Array(types) => types.iter().filter_map(Json::as_str).find(|name| *name != "null"),
        name => name.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static NONE: Hints = Hints::NONE;

    #[test]
    fn unknown_parts_are_rejected() {
        let of = |keyword: &str| json!({"type": "object", "properties": {"ask": {"type": "string", keyword: true}}});
        assert!(Schema::compile(&of("x-placed"), &NONE).is_ok());
        for (keyword, expected) in [
            ("x-placd", "ask: unknown keyword `x-placd`"),
            ("pattern", "ask: unknown keyword `pattern`"),
            ("x-pair", "ask: `x-pair` can't be true"),
        ] {
            let refused = Schema::compile(&of(keyword), &NONE).err();
            assert_eq!(refused.as_deref(), Some(expected));
        }
        let format = json!({"type": "string", "format": "coulour"});
        assert_eq!(Schema::compile(&format, &NONE).err().as_deref(), Some("unknown format `coulour`"));
    }
}
