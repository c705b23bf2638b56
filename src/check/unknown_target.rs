//! A note in the teacher file, or a step of the sub plan, that refers to something missing from the lesson.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Help, Suggestions};
use crate::formats::{self, TextFormat};
use crate::lesson::prose::Placed;
use crate::lesson::teacher::PART_NAMES;
use crate::lesson::{Lesson, Numbering};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let lesson = context.lesson;
    let items = lesson.blocks_by_id();
    let labels = lesson.labels();
    let mut known: BTreeSet<&str> = labels.iter().map(|(label, _)| label.value.as_str()).collect();
    known.extend(items.keys());
    let unnumbered = |name: &str| {
        let mut labels = labels.iter().filter(|(label, numbering)| label.value == name && *numbering != Numbering::On);
        !items.contains_key(name) && labels.next().is_some()
    };
    let mut suggestions = Suggestions::default();
    let mut report = |name: &Placed<String>, known: &BTreeSet<&str>, is_step: bool| {
        let text = name.value.trim();
        let part = PART_NAMES.into_iter().find(|part| *part == text && !known.contains(text));
        let (message, help): (_, Help) = if let Some(part) = part {
            match is_step {
                true => {
                    let parts: Vec<_> = PART_NAMES.into_iter().filter(|part| has_part(lesson, part)).collect();
                    let help = if parts.is_empty() {
                        format!("remove `{part}`")
                    } else {
                        format!("remove `{part}`, or write one of `{}`", parts.join("`, `"))
                    };
                    (format!("the lesson has no `{part}`"), help.into())
                }
                false => (
                    format!("expected the label of a paragraph or the id of an item, found the part `{part}`"),
                    format!("write a label or an id instead of `{part}`").into(),
                ),
            }
        } else if is_step && unnumbered(text) {
            let message = format!("`{text}` has no number on the page, so the sub plan can't point to it");
            (message, "move the label to a numbered paragraph of the reading, or write a part instead".into())
        } else if known.contains(text) || formats::wrong(TextFormat::Id, text).is_some() {
            return;
        } else {
            let message = format!("nothing in the lesson has the label or id `{text}`");
            let help = suggestions.closest(text, known.iter().copied()).map_or_else(
                || format!("put `{{#{text}}}` at the end of the paragraph, or add `id: {text}` to the item").into(),
                Help::meant,
            );
            (message, help)
        };
        diagnostics.push(Diagnostic::new(Code::UnknownTarget, name.place, message).help(help));
    };
    teacher.notes.iter().for_each(|note| report(&note.key, &known, false));
    let parts = PART_NAMES.into_iter().filter(|part| has_part(lesson, part));
    known.extend(parts);
    let steps = teacher.substitute.iter().flat_map(|substitute| &substitute.steps);
    steps.flat_map(|step| &step.see).for_each(|see| report(see, &known, true));
}

fn has_part(lesson: &Lesson, part: &str) -> bool {
    match part {
        "reading" => !lesson.reading.is_empty(),
        "discussion" => !lesson.discussion.is_empty(),
        "activity" => lesson.activity.is_some(),
        _ => !lesson.exit_ticket.is_empty(),
    }
}
