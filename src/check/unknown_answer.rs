//! An answer for an item, or for a row, blank or statement of one, that the lesson does not have.

use super::Context;
use crate::block::{Block, Entry};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::prose::Placed;
use crate::lesson::teacher::Answer;
use crate::lesson::values::Keyed;
use crate::read::formats;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    let mut finder = Finder { suggestions: Suggestions::default(), diagnostics };
    for answer in teacher.answers.iter() {
        let key = &answer.key;
        if let Some(block) = blocks.get(key.value.as_str()) {
            inside(&key.value, block, &answer.value, &mut finder);
        } else if is_sound(key) {
            let known: Vec<&str> = blocks.keys().copied().collect();
            finder.report(key, &known, format!("no item of the lesson has the id `{}`", key.value), "the item that is meant");
        }
    }
}

/// Looks up the ids that an answer names in its item.
fn inside(item: &str, block: &Block, answer: &Answer, finder: &mut Finder<'_>) {
    match block {
        Block::TrueFalse(it) => finder.keys(&answer.statements, &ids(&it.statements), "statement", item),
        Block::Cloze(it) => {
            let names: Vec<&str> = it.blanks().into_iter().map(|name| name.value.as_str()).collect();
            finder.keys(&answer.blanks, &names, "blank", item);
        }
        Block::Matching(it) => {
            finder.keys(&answer.pairs, &ids(&it.items), "item", item);
            let matches = ids(&it.matches);
            answer.pairs.iter().for_each(|pair| finder.id(&pair.value, &matches, "match", item));
        }
        Block::Ordering(it) => {
            let items = ids(&it.items);
            for id in &answer.order {
                finder.id(&Placed { value: id.value.0.clone(), place: id.place }, &items, "item", item);
            }
        }
        Block::ShortAnswers(it) => {
            finder.keys(&answer.cells, &ids(&it.rows), "row", item);
            let columns = ids(&it.columns);
            answer.cells.iter().for_each(|row| finder.keys(&row.value, &columns, "column", item));
        }
        Block::Decide(it) => finder.keys(&answer.rows, &ids(&it.items), "row", item),
        _ => {}
    }
}

fn ids(entries: &[Entry]) -> Vec<&str> {
    entries.iter().filter_map(|entry| entry.id.as_ref()).map(|id| &*id.value.0).collect()
}

/// Whether a key could be an id; one that could not has been reported while reading.
fn is_sound(key: &Placed<String>) -> bool {
    formats::wrong("id", &key.value).is_none()
}

struct Finder<'a> {
    suggestions: Suggestions,
    diagnostics: &'a mut Diagnostics,
}

impl Finder<'_> {
    fn keys<T>(&mut self, given: &Keyed<T>, known: &[&str], what: &str, item: &str) {
        given.iter().filter(|entry| is_sound(&entry.key)).for_each(|entry| self.id(&entry.key, known, what, item));
    }

    fn id(&mut self, id: &Placed<String>, known: &[&str], what: &str, item: &str) {
        if !id.value.is_empty() && !known.contains(&id.value.as_str()) {
            let verb = if what == "blank" { "is called" } else { "has the id" };
            let message = format!("no {what} of `{item}` {verb} `{}`", id.value);
            self.report(id, known, message, &format!("the {what} that is meant"));
        }
    }

    fn report(&mut self, id: &Placed<String>, known: &[&str], message: String, meant: &str) {
        let help = self.suggestions.did_you_mean(&id.value, known.iter().copied());
        self.diagnostics.push(
            Diagnostic::new(Code::UnknownAnswer, id.place, message).maybe_help(help).or_help(format!("give {meant} an `id`")),
        );
    }
}
