//! What the walker asks of a schema's keywords and of keys.

use serde_json::Value as Json;

use crate::source::Place;
use crate::yaml::{Key, Node};

/// Whether a key looks like the beginning of a sentence: no key of ours has a capital or a space in it.
pub(super) fn is_sentence(key: &str) -> bool {
    key.chars().any(|c| c.is_uppercase() || c.is_whitespace())
}

pub(super) fn flag(schema: &Json, name: &str) -> bool {
    schema.get(name) == Some(&Json::Bool(true))
}

/// The type of an optional value, which the schema writes as a list with "null".
pub(super) fn first_type(schema: &Json) -> Option<&str> {
    schema.get("type")?.as_array()?.iter().filter_map(Json::as_str).find(|name| *name != "null")
}

/// The type of a value, optional or not.
pub(super) fn type_of(schema: &Json) -> Option<&str> {
    first_type(schema).or_else(|| schema.get("type")?.as_str())
}

pub(super) fn choices(schema: &Json) -> Option<Vec<&str>> {
    Some(schema.get("enum")?.as_array()?.iter().filter_map(Json::as_str).collect())
}

pub(super) fn is_required(schema: &Json, resolved: &Json, name: &str) -> bool {
    [schema, resolved].iter().any(|schema| {
        schema.get("required").and_then(Json::as_array).is_some_and(|required| required.iter().any(|key| key == name))
    })
}

/// The place of the first key, where a report about the whole can point without underlining all of it.
pub(super) fn first_line(place: Place, entries: &[(Key, Node)]) -> Place {
    entries.first().map_or(place, |(key, _)| key.place)
}

pub(super) fn first_sentence(text: &str) -> String {
    let sentence = text.split(['\n']).next().unwrap_or(text);
    // A full stop within backticks, as in `297 U.S. 278`, ends no sentence.
    let mut quoted = false;
    let end = sentence.char_indices().find(|&(at, c)| {
        quoted ^= c == '`';
        !quoted && c == '.' && sentence[at..].starts_with(". ")
    });
    let sentence = end.map_or(sentence, |(at, _)| &sentence[..at]).trim().trim_end_matches('.');
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
