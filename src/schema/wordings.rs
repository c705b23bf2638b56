//! Small questions about keys and about texts for teachers.

use crate::source::Place;
use crate::yaml::{Key, Node};

/// Whether a key looks like the beginning of a sentence: no key of ours has a capital or a space in it.
pub(super) fn is_sentence(key: &str) -> bool {
    key.chars().any(|c| c.is_uppercase() || c.is_whitespace())
}

/// The place of the first key, where a report about the whole can point without underlining all of it.
pub(super) fn first_line(place: Place, entries: &[(Key, Node)]) -> Place {
    entries.first().map_or(place, |(key, _)| key.place)
}

/// The first sentence of a text, in the middle of another.
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
