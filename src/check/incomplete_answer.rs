//! An incomplete answer: a blank without its word, an item without its match, a row without its choice.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, in_words};
use crate::lesson::answer::{Answer, EventAnswer};
use crate::lesson::block::{Block, FillTimeline};
use crate::lesson::values::KeyedEntry;
use crate::source::Place;

/// How many missing parts of an answer are listed.
const NAMED: usize = 4;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    for answer in teacher.answers.iter() {
        let Some(block) = blocks.get(answer.key.value.as_str()) else { continue };
        let id = &answer.key.value;
        let form = block.content().answer();
        if answer.value.without_form(form.keys).is_some() {
            continue;
        }
        let opens = |what: &str| format!("the answer to `{id}` is missing the {what}");
        let given = answer.value.forms();
        // An answer in another form has already been reported.
        if given.iter().any(|key| form.keys.contains(key)) {
            let missing: Vec<&str> = form.needed.iter().copied().filter(|key| !given.contains(key)).collect();
            report(answer.key.place, [&format!("the answer to `{id}` is missing"), ""], &missing, "", diagnostics);
        }
        for names in form.names.iter().filter(|names| names.needs_all) {
            let named = answer.value.named(names.key);
            let known: Vec<&str> = names.ids.iter().map(String::as_str).collect();
            if !named.is_empty() {
                let missing = left(&known, &named.iter().map(|named| named.id).collect());
                report(answer.key.place, [&opens(names.what), "s"], &missing, "", diagnostics);
            }
            let Some((what, ids)) = &names.inner else { continue };
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            for row in named.iter().filter(|row| known.contains(&row.id) && !row.inner.is_empty()) {
                let missing = left(&ids, &row.inner.iter().map(|(id, _)| *id).collect());
                report(row.place, [&opens(what), "s"], &missing, &format!(" for `{}`", row.id), diagnostics);
            }
        }
        if let Block::FillTimeline(timeline) = block {
            events(timeline, answer, diagnostics);
        }
    }
}

/// Reports events with a gap in the lesson that the answer does not fill, or not completely.
fn events(timeline: &FillTimeline, answer: &KeyedEntry<Answer>, diagnostics: &mut Diagnostics) {
    let mut left_out: Vec<&str> = Vec::new();
    for event in &timeline.events {
        let Some(id) = &event.id else { continue };
        let given = answer.value.events.iter().find(|given| given.key.value == *id.value);
        let has = |of: fn(&EventAnswer) -> bool| given.is_some_and(|given| of(&given.value));
        let missing = [
            ("date", event.date.is_none() && !has(|given| given.date.is_some())),
            ("text", event.text.is_none() && !has(|given| given.text.is_some())),
        ];
        let missing: Vec<&str> = missing.into_iter().filter_map(|(name, missing)| missing.then_some(name)).collect();
        match given {
            None if !missing.is_empty() => left_out.push(&id.value),
            None => {}
            Some(given) => {
                let opens = format!("the answer to `{}` is missing", answer.key.value);
                report(given.key.place, [&opens, ""], &missing, &format!(" for `{}`", given.key.value), diagnostics);
            }
        }
    }
    let ids: HashSet<&str> = timeline.events.iter().filter_map(|event| event.id.as_ref()).map(|id| &*id.value.0).collect();
    if !answer.value.events.is_empty() && answer.value.events.iter().all(|given| ids.contains(given.key.value.as_str())) {
        let opens = format!("the answer to `{}` is missing the event", answer.key.value);
        report(answer.key.place, [&opens, "s"], &left_out, "", diagnostics);
    }
}

/// What is missing; nothing if there is an unknown id, which may be a misspelling and has already been reported.
fn left<'a>(wanted: &[&'a str], given: &HashSet<&str>) -> Vec<&'a str> {
    let known: HashSet<&str> = wanted.iter().copied().collect();
    if given.is_subset(&known) { wanted.iter().copied().filter(|id| !given.contains(id)).collect() } else { Vec::new() }
}

/// Reports what is missing: `opens` (with `plural` if there are several), the names, `closes`.
fn report(place: Place, [opens, plural]: [&str; 2], missing: &[&str], closes: &str, diagnostics: &mut Diagnostics) {
    if missing.is_empty() {
        return;
    }
    let mut names: Vec<_> = missing.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    if missing.len() > NAMED {
        names.push(format!("{} more", missing.len() - NAMED));
    }
    let names = in_words(&names, "and");
    let (plural, them) = if missing.len() == 1 { ("", "it") } else { (plural, "them") };
    let message = format!("{opens}{plural} {names}{closes}");
    let help = format!("add {them} to complete the answer key");
    diagnostics.push(Diagnostic::new(Code::IncompleteAnswer, place, message).help(help));
}
