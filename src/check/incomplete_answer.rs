//! An answer with a hole: a blank without its word, an item without its match, a row without its choice.

use std::collections::HashSet;

use super::Context;
use crate::block::{Block, Entry};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Placed;
use crate::lesson::teacher::Answer;
use crate::lesson::values::Keyed;

/// How many missing parts of an answer are named.
const NAMED: usize = 4;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    for answer in teacher.answers.iter() {
        let Some(block) = blocks.get(answer.key.value.as_str()) else { continue };
        if let Some((what, missing)) = missing(block, &answer.value)
            && !missing.is_empty()
        {
            report(&answer.key, what, &missing, diagnostics);
        }
    }
}

/// What of the item the answer leaves open; `None` if the answer is of another form.
fn missing<'a>(block: &'a Block, answer: &Answer) -> Option<(&'static str, Vec<&'a str>)> {
    match block {
        Block::TrueFalse(it) => Some(("statement", left(ids(&it.statements), &keys(&answer.statements)?))),
        Block::Cloze(it) => {
            let names = it.blanks().into_iter().map(|name| name.value.as_str());
            Some(("blank", left(names, &keys(&answer.blanks)?)))
        }
        Block::Matching(it) => Some(("item", left(ids(&it.items), &keys(&answer.pairs)?))),
        Block::Ordering(it) if !answer.order.is_empty() => {
            Some(("item", left(ids(&it.items), &answer.order.iter().map(|id| &*id.value.0).collect())))
        }
        Block::ShortAnswers(it) => Some(("row", left(ids(&it.rows), &keys(&answer.cells)?))),
        Block::Decide(it) => Some(("row", left(ids(&it.items), &keys(&answer.rows)?))),
        _ => None,
    }
}

fn ids(entries: &[Entry]) -> impl Iterator<Item = &str> {
    entries.iter().filter_map(|entry| entry.id.as_ref()).map(|id| &*id.value.0)
}

/// The keys that are given; `None` if there are none.
fn keys<T>(keyed: &Keyed<T>) -> Option<HashSet<&str>> {
    let keys: HashSet<&str> = keyed.iter().map(|entry| entry.key.value.as_str()).collect();
    (!keys.is_empty()).then_some(keys)
}

fn left<'a>(wanted: impl Iterator<Item = &'a str>, given: &HashSet<&str>) -> Vec<&'a str> {
    wanted.filter(|name| !given.contains(name)).collect()
}

fn report(key: &Placed<String>, what: &str, missing: &[&str], diagnostics: &mut Diagnostics) {
    let mut names: Vec<String> = missing.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    if missing.len() > NAMED {
        names.push(format!("{} more", missing.len() - NAMED));
    }
    let plural = if missing.len() == 1 { "" } else { "s" };
    let message = format!("the answer of `{}` leaves open the {what}{plural} {}", key.value, names.join(", "));
    diagnostics.push(
        Diagnostic::new(Code::IncompleteAnswer, key.place, message).help("add them: a key with holes misleads who grades by it"),
    );
}
