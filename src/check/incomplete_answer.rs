//! An answer with a hole: a blank without its word, an item without its match, a row without its choice.

use std::collections::HashSet;

use super::Context;
use crate::block::{Block, FillTimeline};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::teacher::Answer;
use crate::source::Place;

/// How many missing parts of an answer are named.
const NAMED: usize = 4;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    for answer in teacher.answers.iter() {
        let Some(block) = blocks.get(answer.key.value.as_str()) else { continue };
        let id = &answer.key.value;
        let opens = |what: &str| format!("the answer to `{id}` leaves open the {what}");
        let form = block.content().answer();
        let given = answer.value.forms();
        // An answer of another form has been reported as such.
        if given.iter().any(|key| form.keys.contains(key)) {
            let missing: Vec<&str> = form.needed.iter().copied().filter(|key| !given.contains(key)).collect();
            report(answer.key.place, &opens("part"), &missing, "", diagnostics);
        }
        for names in form.names.iter().filter(|names| names.needs_all) {
            let named = answer.value.named(names.key);
            let known: Vec<&str> = names.ids.iter().map(String::as_str).collect();
            if !named.is_empty() {
                let missing = left(&known, &named.iter().map(|named| named.id).collect());
                report(answer.key.place, &opens(names.what), &missing, "", diagnostics);
            }
            let Some((what, ids)) = &names.inner else { continue };
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            for row in named.iter().filter(|row| known.contains(&row.id) && !row.inner.is_empty()) {
                let missing = left(&ids, &row.inner.iter().map(|(id, _)| *id).collect());
                report(row.place, &opens(what), &missing, &format!(" of `{}`", row.id), diagnostics);
            }
        }
        if let Block::FillTimeline(timeline) = block {
            timeline_answers(timeline, &answer.value, &opens("line"), diagnostics);
        }
    }
}

/// Reports events that are answered in part: the date is given and what happened is not, or the other way round.
fn timeline_answers(timeline: &FillTimeline, answer: &Answer, opens: &str, diagnostics: &mut Diagnostics) {
    for event in &timeline.events {
        let Some(id) = &event.id else { continue };
        let Some(given) = answer.events.iter().find(|given| given.key.value == *id.value) else { continue };
        let missing = [
            ("date", event.date.is_none() && given.value.date.is_none()),
            ("text", event.text.is_none() && given.value.text.is_none()),
        ];
        let missing: Vec<&str> = missing.into_iter().filter_map(|(name, missing)| missing.then_some(name)).collect();
        report(given.key.place, opens, &missing, &format!(" of `{}`", given.key.value), diagnostics);
    }
}

/// What is not given; nothing if something unknown is, which may be meant for it and has been reported.
fn left<'a>(wanted: &[&'a str], given: &HashSet<&str>) -> Vec<&'a str> {
    let known: HashSet<&str> = wanted.iter().copied().collect();
    if given.is_subset(&known) { wanted.iter().copied().filter(|id| !given.contains(id)).collect() } else { Vec::new() }
}

/// Reports what is missing; `opens` and `closes` stand around its names.
fn report(place: Place, opens: &str, missing: &[&str], closes: &str, diagnostics: &mut Diagnostics) {
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
    diagnostics.push(Diagnostic::new(Code::IncompleteAnswer, place, message).help(help));
}
