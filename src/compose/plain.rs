//! Turns plain text into runs, with overlong words as words that may break anywhere.

use std::borrow::Cow;

use crate::packet::{Run, Runs};
use crate::script::is_spaceless_or_wide;

/// Plain text as runs, with quotation marks as typed.
pub(super) fn from_text(text: &str) -> Runs {
    let mut runs = Runs::new();
    push_words(text, &mut runs);
    runs
}

/// The text of a note without the period at its end, for the middle of a sentence.
pub(super) fn without_period(mut runs: Runs) -> Runs {
    if let Some(Run::Text { text }) = runs.last_mut()
        && text.ends_with('.')
    {
        text.pop();
    }
    runs
}

/// The longest word that fits the narrowest column, in characters.
const LONGEST_WORD: usize = 30;

/// Adds text, with words that may be too long for a line as separate runs.
pub(super) fn push_words(text: &str, runs: &mut Runs) {
    // The engine leaves out tabs and line ends.
    let text =
        &*if text.contains(['\t', '\n', '\r']) { Cow::Owned(text.replace(['\t', '\n', '\r'], " ")) } else { Cow::Borrowed(text) };
    // Chinese and Japanese have no spaces and break between any two characters.
    let is_long = |word: &str| word.chars().count() > LONGEST_WORD && !word.chars().any(is_spaceless_or_wide);
    if text.len() <= LONGEST_WORD || !text.split(char::is_whitespace).any(is_long) {
        runs.push(Run::text(text));
        return;
    }
    let mut plain = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if is_long(word) {
            if !plain.is_empty() {
                runs.push(Run::text(std::mem::take(&mut plain)));
            }
            runs.push(Run::LongWord { text: word.to_owned() });
            plain.push_str(&piece[word.len()..]);
        } else {
            plain.push_str(piece);
        }
    }
    if !plain.is_empty() {
        runs.push(Run::text(plain));
    }
}
