//! Answer choices typed with letters, which packets print anyway: `A. 1914` would print as "A  A. 1914".

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::{Block, Entry};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in context.lesson.blocks() {
        match block {
            Block::MultipleChoice(it) => lettered(&it.choices, ["choice", "choices"], diagnostics),
            Block::Matching(it) => lettered(&it.matches, ["match", "matches"], diagnostics),
            _ => {}
        }
    }
}

/// Reports entries that all begin with their own letter.
fn lettered(entries: &[Entry], [one, all]: [&str; 2], diagnostics: &mut Diagnostics) {
    let marks: Vec<_> =
        entries.iter().zip('a'..='z').map_while(|(entry, letter)| letter_mark(&entry.text.plain(), letter)).collect();
    let (Some(first), Some(entry)) = (marks.first(), entries.first()) else { return };
    let Some(place) = entry.text.place.filter(|_| marks.len() == entries.len() && marks.len() > 1) else { return };
    let message = format!("`{first}` prints after the letter that the packet gives each {one}");
    diagnostics.push(Diagnostic::new(Code::ChangedText, place, message).help(format!("remove the letters from these {all}")));
}

/// The letter and its punctuation at the beginning of text, if it is this letter.
fn letter_mark(text: &str, letter: char) -> Option<String> {
    let mut chars = text.trim_start_matches('(').chars();
    let first = chars.next().filter(|c| c.eq_ignore_ascii_case(&letter))?;
    let mark = chars.next().filter(|c| matches!(c, '.' | ')' | ':'))?;
    chars.next().filter(|c| c.is_whitespace())?;
    Some(format!("{first}{mark}"))
}
