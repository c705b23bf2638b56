//! An answer in a form that its item cannot have, or one that its item does not offer.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions, in_words};
use crate::lesson::answer::Answer;
use crate::lesson::block::answer::Form;
use crate::lesson::block::{BlankTable, Block, Entry};
use crate::lesson::prose::Placed;
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
            let what = block.item().map_or("an item", |item| item.what);
            let found = if *wrong == "text" { "a text".to_owned() } else { format!("`{wrong}`") };
            let message = format!("`{}` is {what}, and its answer is written as {found}", answer.key.value);
            diagnostics
                .push(Diagnostic::new(Code::WrongAnswer, answer.key.place, message).help(format!("write {}", form.example())));
            continue;
        }
        let mut offer = |given: &Placed<String>, offered: &[&str], what: &str| {
            if !given.value.is_empty() && !offered.contains(&given.value.trim()) {
                let message = format!("`{}` is not a {what} of `{}`", given.value, answer.key.value);
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

/// The report of an answer that does not say its form.
fn without_form(id: &str, block: &Block, form: &Form, place: Place) -> Diagnostic {
    let what = block.item().map_or("an item", |item| item.what);
    let problem = match form.keys {
        ["text"] => "its answer is one text".to_owned(),
        ["rows"] => "its answer names a choice for each row".to_owned(),
        keys => {
            let (keys, and) = if form.needed.is_empty() { (keys, "or") } else { (form.needed.as_slice(), "and") };
            let keys: Vec<_> = keys.iter().filter(|key| **key != "text").map(|key| format!("`{key}`")).collect();
            format!("its answer stands under {}", in_words(&keys, and))
        }
    };
    Diagnostic::new(Code::WrongAnswer, place, format!("`{id}` is {what}, and {problem}"))
        .help(format!("write {}", form.example()))
}

/// Reports answers to what the lesson prints already or does not ask.
fn printed(block: &Block, key: &Placed<String>, answer: &Answer, diagnostics: &mut Diagnostics) {
    let id = &key.value;
    let mut report = |place: Option<Place>, message: String, help: String| {
        diagnostics.push(Diagnostic::new(Code::WrongAnswer, place.unwrap_or(key.place), message).help(help));
    };
    let already = |what: &str| format!("the lesson prints {what} already");
    let help = |key: &str| format!("take `{key}` away, here or in the lesson");
    match block {
        Block::CauseEffect(chart) => {
            if let (Some(_), Some(event)) = (&chart.event, &answer.event) {
                report(event.place, already(&format!("the event of `{id}`")), help("event"));
            }
        }
        Block::Compare(table) if table.conclusion.is_none() && answer.conclusion.is_some() => report(
            None,
            format!("the answer to `{id}` has a conclusion, and the lesson asks for none"),
            "take `conclusion` away, or ask for one with `conclusion` in the lesson".to_owned(),
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

/// Reports rows of an answer for which an empty table has no room.
fn rows(table: &BlankTable, answer: &Answer, diagnostics: &mut Diagnostics) {
    let heads = table.heads.len();
    for (row, number) in answer.table.iter().zip(1..) {
        let Some(place) = row.iter().find_map(|cell| cell.place) else { continue };
        let problem = if number > table.rows {
            format!("this is row {number} of the answer, and the table has {} empty rows", table.rows)
        } else if row.len() != heads && heads > 0 {
            let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
            format!("this row of the answer has {}, and the table has {}", count(row.len(), "cell"), count(heads, "head"))
        } else {
            continue;
        };
        let help =
            if number > table.rows { "raise `rows` in the lesson, or take the row away" } else { "write one cell for each head" };
        diagnostics.push(Diagnostic::new(Code::WrongAnswer, place, problem).help(help));
    }
}

/// Takes in what an answer chooses, what there is to choose, and what that is.
type Offer<'o> = dyn FnMut(&Placed<String>, &[&str], &str) + 'o;

/// Calls `offer` for everything that the answer chooses, with what there is to choose.
fn offered(block: &Block, answer: &Answer, offer: &mut Offer<'_>) {
    match block {
        Block::MultipleChoice(it) => {
            let names: Vec<String> = it.choices.iter().map(Entry::name).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            answer.choice.iter().chain(&answer.choices).for_each(|choice| offer(choice, &names, "choice"));
        }
        Block::Cloze(it) if !it.words.is_empty() => {
            let words: Vec<&str> = it.words.iter().map(|word| word.value.trim()).collect();
            answer.blanks.iter().for_each(|blank| offer(&blank.value, &words, "word"));
        }
        Block::Decide(it) => {
            let choices: Vec<&str> = it.choices.iter().map(|choice| choice.value.trim()).collect();
            answer.rows.iter().for_each(|row| offer(&row.value.choice, &choices, "choice"));
        }
        _ => {}
    }
}

/// Reports what an answer says twice, and corrections of what is true.
fn repeated(block: &Block, answer: &Answer, diagnostics: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for id in &answer.order {
        if !seen.insert(&*id.value.0) {
            let message = format!("`{}` stands in the order a second time", &*id.value);
            diagnostics.push(Diagnostic::new(Code::WrongAnswer, id.place, message).help("name each item once"));
        }
    }
    seen.clear();
    for choice in &answer.choices {
        if !seen.insert(choice.value.trim()) {
            let message = format!("`{}` stands in the answer a second time", choice.value.trim());
            diagnostics.push(Diagnostic::new(Code::WrongAnswer, choice.place, message).help("name each choice once"));
        }
    }
    let Block::TrueFalse(_) = block else { return };
    for statement in answer.statements.iter().filter(|statement| statement.value.truth) {
        if let Some(place) = statement.value.correction.as_ref().and_then(|correction| correction.place) {
            diagnostics.push(
                Diagnostic::new(Code::WrongAnswer, place, "a true statement needs no correction")
                    .help("write `is: false`, or take `correction` away"),
            );
        }
    }
}
