//! Small helpers for keys and for descriptions.

use crate::source::Place;
use crate::yaml::{Key, Node};

/// Whether a key looks like the start of a sentence: our own keys have no capitals or spaces.
pub(super) fn is_sentence(key: &str) -> bool {
    key.chars().any(|c| c.is_uppercase() || c.is_whitespace())
}

/// The place of the first key, so a report about the whole map doesn't underline all of it.
pub(super) fn first_line(place: Place, entries: &[(Key, Node)]) -> Place {
    entries.first().map_or(place, |(key, _)| key.place)
}

/// The first sentence of a description, ready to go inside another sentence.
pub(super) fn first_sentence(text: &str) -> String {
    let sentence = text.split(['\n']).next().unwrap_or(text);
    // A period inside backticks, as in `297 U.S. 278`, doesn't end the sentence.
    let mut quoted = false;
    let end = sentence.char_indices().find(|&(at, c)| {
        quoted ^= c == '`';
        !quoted && c == '.' && sentence[at..].starts_with(". ")
    });
    let sentence = end.map_or(sentence, |(at, _)| &sentence[..at]).trim().trim_end_matches('.');
    let mut letters = sentence.chars();
    // Names such as LaTeX, Markdown, and US keep their capitals.
    let first_word = sentence.split(char::is_whitespace).next().unwrap_or_default();
    if first_word.chars().skip(1).any(char::is_uppercase) || first_word.starts_with("Markdown") {
        return sentence.to_owned();
    }
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
