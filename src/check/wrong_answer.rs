//! An answer in the wrong form for its item, or one that its item does not offer.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions, in_words};
use crate::lesson::answer::Answer;
use crate::lesson::block::answer::Form;
use crate::lesson::block::{BlankTable, Block, Entry};
use crate::lesson::prose::{Placed, plain};
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    let mut suggestions = Suggestions::default();
    for answer in teacher.answers.iter() {
        let Some(block) = blocks.get(answer.key.value.as_str()) else { continue };
        let form = block.content().answer();
        if let Some(place) = answer.value.without_form(form.keys) {
            diagnostics.push(without_form(&answer.key.value, block, &form, place));
            continue;
        }
        let given = answer.value.forms();
        if let Some(wrong) = given.iter().find(|key| !form.keys.contains(key)) {
            if given.iter().any(|key| form.keys.contains(key)) {
                diagnostics.push(besides(&answer.key, block, wrong, &form));
                continue;
            }
            let what = block.item().map_or("an item", |item| item.what);
            let found = if *wrong == "text" { "text".to_owned() } else { format!("`{wrong}`") };
            let message = format!("`{}` is {what}: expected {}, found {found}", answer.key.value, expected(&form));
            let help = choice(block, &answer.key.value, &answer.value).unwrap_or_else(|| form.example());
            diagnostics.push(Diagnostic::new(Code::WrongAnswer, answer.key.place, message).help(help));
            continue;
        }
        let mut offer = |given: &Placed<String>, offered: &[&str], what: &str| {
            if !given.value.is_empty() && !offered.contains(&given.value.trim()) {
                let message = format!("`{}` isn't one of the {what}s of `{}`", given.value, answer.key.value);
                let help = suggestions.did_you_mean(&given.value, offered.iter().copied());
                diagnostics.push(Diagnostic::new(Code::WrongAnswer, given.place, message).maybe_help(help));
            }
        };
        offered(block, &answer.value, &mut offer);
        repeated(block, &answer.value, diagnostics);
        printed(block, &answer.key, &answer.value, diagnostics);
        if let Block::BlankTable(table) = block {
            rows(table, &answer.value, diagnostics);
        }
    }
}

/// The report of an answer with one key too many.
fn besides(key: &Placed<String>, block: &Block, wrong: &str, form: &Form) -> Diagnostic {
    let id = &key.value;
    let message = if form.keys == ["choice"] && wrong == "choices" {
        format!("`{id}` has one correct answer, so `choices` isn't allowed here")
    } else {
        let what = block.item().map_or("an item", |item| item.what);
        format!("`{id}` is {what}, so `{wrong}` isn't allowed here")
    };
    Diagnostic::new(Code::WrongAnswer, key.place, message).help(format!("remove `{wrong}`"))
}

/// The report of an answer without the key that holds it.
fn without_form(id: &str, block: &Block, form: &Form, place: Place) -> Diagnostic {
    let what = block.item().map_or("an item", |item| item.what);
    Diagnostic::new(Code::WrongAnswer, place, format!("`{id}` is {what}: expected {}", expected(form))).help(form.example())
}

/// The help for an answer that is only the letter or text of a choice.
fn choice(block: &Block, id: &str, answer: &Answer) -> Option<String> {
    let Block::MultipleChoice(it) = block else { return None };
    let mut text = String::new();
    answer.text.as_ref()?.each_text(&mut |nodes| text.push_str(&plain(nodes)));
    let given = text.rsplit(": ").next().unwrap_or(&text).trim();
    Entry::position(&it.choices, given)?;
    Some(if it.several { format!("write `{id}: {{choices: [{given}]}}`") } else { format!("write `{id}: {{choice: {given}}}`") })
}

/// What an answer in this form consists of.
fn expected(form: &Form) -> String {
    match form.keys {
        ["text"] => "text as its answer".to_owned(),
        ["rows"] => "a choice for each row".to_owned(),
        keys => {
            let (keys, and) = if form.needed.is_empty() { (keys, "or") } else { (form.needed.as_slice(), "and") };
            let keys: Vec<_> = keys.iter().filter(|key| **key != "text").map(|key| format!("`{key}`")).collect();
            format!("its answer under {}", in_words(&keys, and))
        }
    }
}

/// Reports answers to what the lesson already prints or does not ask.
fn printed(block: &Block, key: &Placed<String>, answer: &Answer, diagnostics: &mut Diagnostics) {
    let id = &key.value;
    let mut report = |place: Option<Place>, message: String, help: String| {
        diagnostics.push(Diagnostic::new(Code::WrongAnswer, place.unwrap_or(key.place), message).help(help));
    };
    let already = |what: &str| format!("the lesson already prints {what}");
    let help = |key: &str| format!("remove `{key}`, here or in the lesson");
    match block {
        Block::CauseEffect(chart) => {
            if let (Some(_), Some(event)) = (&chart.event, &answer.event) {
                report(event.place, already(&format!("the event of `{id}`")), help("event"));
            }
        }
        Block::Compare(table) if table.conclusion.is_none() && answer.conclusion.is_some() => report(
            None,
            format!("the answer to `{id}` has a `conclusion`, but the lesson doesn't ask for one"),
            "remove `conclusion`, or ask for one with `conclusion: …` in the lesson".to_owned(),
        ),
        Block::FillTimeline(timeline) => {
            for event in &timeline.events {
                let given = answer.events.iter().find(|given| event.id.as_ref().is_some_and(|id| given.key.value == *id.value));
                let Some(given) = given else { continue };
                for (name, asked, answered) in
                    [("date", &event.date, &given.value.date), ("text", &event.text, &given.value.text)]
                {
                    if let (Some(_), Some(answered)) = (asked, answered) {
                        report(answered.place, already(&format!("the `{name}` of `{}`", given.key.value)), help(name));
                    }
                }
            }
        }
        _ => {}
    }
}

/// Reports rows of an answer that do not fit in a blank table.
fn rows(table: &BlankTable, answer: &Answer, diagnostics: &mut Diagnostics) {
    let heads = table.heads.len();
    for (row, number) in answer.table.iter().zip(1..) {
        let Some(place) = row.iter().find_map(|cell| cell.place) else { continue };
        let (problem, help) = if number > table.rows {
            (
                format!(
                    "the lesson's table has {} empty row{}, found row {number}",
                    table.rows,
                    if table.rows == 1 { "" } else { "s" }
                ),
                format!("set `rows` to {} in the lesson, or remove this row", answer.table.len()),
            )
        } else if row.len() != heads && heads > 0 {
            let wanted = format!("{heads} cell{}", if heads == 1 { "" } else { "s" });
            (
                format!("expected {wanted} in this row, one for each column head, found {}", row.len()),
                format!("write {wanted} (`–` for an empty one)"),
            )
        } else {
            continue;
        };
        diagnostics.push(Diagnostic::new(Code::WrongAnswer, place, problem).help(help));
    }
}

/// Called with what an answer chooses, what is offered, and the word for it.
type Offer<'o> = dyn FnMut(&Placed<String>, &[&str], &str) + 'o;

/// Calls `offer` for everything the answer chooses, with what is offered.
fn offered(block: &Block, answer: &Answer, offer: &mut Offer<'_>) {
    match block {
        Block::MultipleChoice(it) => {
            let names: Vec<String> = it.choices.iter().map(Entry::name).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let unknown = |choice: &&Placed<String>| Entry::position(&it.choices, &choice.value).is_none();
            answer.choice.iter().chain(&answer.choices).filter(unknown).for_each(|choice| offer(choice, &names, "choice"));
        }
        Block::Cloze(it) if !it.words.is_empty() => {
            let words: Vec<&str> = it.words.iter().map(|word| word.value.trim()).collect();
            let names = it.blanks();
            // The word for an unknown blank isn't worth a second report.
            let known = answer.blanks.iter().filter(|blank| names.iter().any(|name| name.value == blank.key.value));
            known.for_each(|blank| offer(&blank.value, &words, "word"));
        }
        Block::Decide(it) => {
            let choices: Vec<&str> = it.choices.iter().map(|choice| choice.value.trim()).collect();
            let rows = answer.rows.iter().map(|row| &row.value.choice).filter(|choice| it.position(&choice.value).is_none());
            rows.for_each(|choice| offer(choice, &choices, "choice"));
        }
        _ => {}
    }
}

/// Reports repeated entries in an answer, and corrections of true statements.
fn repeated(block: &Block, answer: &Answer, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for id in &answer.order {
        if !seen.insert(&*id.value.0) {
            let message = format!("`{}` is listed more than once", &*id.value);
            diagnostics.push(Diagnostic::new(Code::WrongAnswer, id.place, message).help("list each item once"));
        }
    }
    seen.clear();
    for choice in &answer.choices {
        if !seen.insert(choice.value.trim()) {
            let message = format!("`{}` is listed more than once", choice.value.trim());
            diagnostics.push(Diagnostic::new(Code::WrongAnswer, choice.place, message).help("list each choice once"));
        }
    }
    let Block::TrueFalse(_) = block else { return };
    for statement in answer.statements.iter().filter(|statement| statement.value.truth) {
        if let Some(place) = statement.value.correction.as_ref().and_then(|correction| correction.place) {
            diagnostics.push(
                Diagnostic::new(Code::WrongAnswer, place, "a true statement can't have a `correction`")
                    .help("write `is: false`, or remove `correction`"),
            );
        }
    }
}
