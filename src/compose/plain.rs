//! Turns plain text into runs, with overlong words as words that may break anywhere.

use crate::packet::{Run, Runs};
use crate::script::is_spaceless_or_wide;

/// Plain text as runs, with quotation marks as typed.
pub(super) fn from_text(text: &str) -> Runs {
    let mut runs = Runs::new();
    push_words(text, &mut runs);
    runs
}

/// Merges adjacent pieces of plain text. If a title ends with a period and the style adds one, only one is kept.
pub(super) fn merge(runs: Runs) -> Runs {
    let mut merged = Runs::new();
    for mut run in runs {
        if let Run::Text { text } = &mut run
            && text.starts_with('.')
            && !text.starts_with("..")
            && merged.last().is_some_and(|last| last_character(last) == Some('.'))
        {
            text.remove(0);
        }
        if let Run::Text { text } = &mut run {
            *text = text.replace("...", "\u{2026}").replace("..", ".").replace('\u{2026}', "...");
        }
        match (merged.last_mut(), run) {
            (Some(Run::Text { text }), Run::Text { text: more }) => text.push_str(&more),
            (Some(Run::Emphasis { runs }), Run::Emphasis { runs: more }) => runs.extend(more),
            (_, run) => merged.push(run),
        }
    }
    merged
}

fn last_character(run: &Run) -> Option<char> {
    match run {
        Run::Text { text } => text.chars().rev().find(|c| !matches!(c, '”' | '’')),
        Run::Emphasis { runs } | Run::Strong { runs } => runs.last().and_then(last_character),
        _ => None,
    }
}

/// The longest word that fits the narrowest column, in characters.
const LONGEST_WORD: usize = 30;

/// Adds text, with words that may be too long for a line as separate runs.
pub(super) fn push_words(text: &str, runs: &mut Runs) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_ends_with_a_period_gets_no_second_one() {
        let title = Run::Emphasis { runs: vec![Run::text("Plea before the U.S.S.R.")] };
        let runs = merge(vec![title.clone(), Run::text(". Moscow.")]);
        assert_eq!(runs, vec![title, Run::text(" Moscow.")]);
    }
}
