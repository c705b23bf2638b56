//! An answer for an item, or for a row, blank or statement of one, that the lesson does not have.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::formats::{self, TextFormat};
use crate::lesson::answer::Answer;
use crate::lesson::block::Block;
use crate::lesson::block::answer::ids;
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    let mut finder = Finder { suggestions: Suggestions::default(), diagnostics };
    for answer in teacher.answers.iter() {
        let key = &answer.key;
        if let Some(block) = blocks.get(key.value.as_str()) {
            inside(&key.value, block, &answer.value, &mut finder);
        } else if is_sound(&key.value) {
            let known: Vec<&str> = blocks.keys().copied().collect();
            finder.report(
                &key.value,
                key.place,
                &known,
                format!("no item of the lesson has the id `{}`", key.value),
                "the item that is meant",
            );
        }
    }
}

/// Looks up the ids that an answer names in its item.
fn inside(item: &str, block: &Block, answer: &Answer, finder: &mut Finder<'_>) {
    let form = block.content().answer();
    if answer.without_form(form.keys).is_some() {
        return;
    }
    for names in form.names {
        let known: Vec<&str> = names.ids.iter().map(String::as_str).collect();
        for named in answer.named(names.key).iter().filter(|named| is_sound(named.id)) {
            match names.also {
                Some((one, other)) if named.id == one && known.contains(&other) && !known.contains(&one) => {
                    let message = format!("no {} of `{item}` has the id `{one}`", names.what);
                    finder.diagnostics.push(
                        Diagnostic::new(Code::UnknownAnswer, named.place, message).help(format!("did you mean `{other}`?")),
                    );
                }
                _ => finder.id(named.id, named.place, &known, names.what, item),
            }
            let Some((what, ids)) = &names.inner else { continue };
            let known: Vec<&str> = ids.iter().map(String::as_str).collect();
            named.inner.iter().filter(|(id, _)| is_sound(id)).for_each(|(id, place)| finder.id(id, *place, &known, what, item));
        }
    }
    if let Block::Matching(it) = block {
        let matches = ids(&it.matches);
        let matches: Vec<&str> = matches.iter().map(String::as_str).collect();
        answer.pairs.iter().for_each(|pair| finder.id(&pair.value.value, pair.value.place, &matches, "match", item));
    }
}

/// Whether a text could be an id; one that could not has been reported while reading.
fn is_sound(id: &str) -> bool {
    formats::wrong(TextFormat::Id, id).is_none()
}

struct Finder<'a> {
    suggestions: Suggestions,
    diagnostics: &'a mut Diagnostics,
}

impl Finder<'_> {
    fn id(&mut self, id: &str, place: Place, known: &[&str], what: &str, item: &str) {
        if !id.is_empty() && !known.contains(&id) {
            let verb = if what == "blank" { "is called" } else { "has the id" };
            let message = format!("no {what} of `{item}` {verb} `{id}`");
            self.report(id, place, known, message, &format!("the {what} that is meant"));
        }
    }

    fn report(&mut self, id: &str, place: Place, known: &[&str], message: String, meant: &str) {
        let help = self.suggestions.did_you_mean(id, known.iter().copied());
        self.diagnostics
            .push(Diagnostic::new(Code::UnknownAnswer, place, message).maybe_help(help).or_help(format!("give {meant} an `id`")));
    }
}
