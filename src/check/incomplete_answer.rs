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
        if let Some((what, missing)) = missing(block, &answer.value) {
            report(
                &answer.key,
                &format!("the answer to `{}` leaves open the {what}", answer.key.value),
                &missing,
                "",
                diagnostics,
            );
        }
        if let Block::ShortAnswers(it) = block {
            let rows = answer.value.cells.iter().filter(|row| ids(&it.rows).any(|id| id == row.key.value));
            for row in rows {
                let missing = keys(&row.value).map_or_else(Vec::new, |given| left(ids(&it.columns), &given));
                let opens = format!("the answer to `{}` leaves open the column", answer.key.value);
                report(&row.key, &opens, &missing, &format!(" of `{}`", row.key.value), diagnostics);
            }
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

/// What is not given; nothing if something unknown is, which may be meant for it and has been reported.
fn left<'a>(wanted: impl Iterator<Item = &'a str>, given: &HashSet<&str>) -> Vec<&'a str> {
    let wanted: Vec<&str> = wanted.collect();
    let known: HashSet<&str> = wanted.iter().copied().collect();
    if given.is_subset(&known) { wanted.into_iter().filter(|name| !given.contains(name)).collect() } else { Vec::new() }
}

/// Reports what is missing; `opens` and `closes` stand around its names.
fn report(key: &Placed<String>, opens: &str, missing: &[&str], closes: &str, diagnostics: &mut Diagnostics) {
    if missing.is_empty() {
        return;
    }
    let mut names = missing.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if missing.len() > NAMED {
        names.push_str(&format!(" and {} more", missing.len() - NAMED));
    }
    let (plural, them) = if missing.len() == 1 { ("", "it") } else { ("s", "them") };
    let message = format!("{opens}{plural} {names}{closes}");
    let help = format!("add {them}: an answer key with gaps misleads whoever grades by it");
    diagnostics.push(Diagnostic::new(Code::IncompleteAnswer, key.place, message).help(help));
}
