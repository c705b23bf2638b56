//! An answer for an item, or a row of a table, that the lesson does not have.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::teacher::Answer;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let lesson = context.lesson;
    let prompts = lesson.prompts().filter_map(|prompt| prompt.id.as_ref());
    let tables = lesson.decisions().filter_map(|decide| decide.id.as_ref());
    let ids: Vec<&str> = prompts.chain(tables).map(|id| &*id.value).collect();
    let known: HashSet<&str> = ids.iter().copied().collect();
    let decisions: HashMap<&str, _> = super::decisions(context);
    let mut suggestions = Suggestions::default();
    for answer in teacher.answers.iter() {
        let key = &answer.key;
        if !known.contains(key.value.as_str()) {
            let help = suggestions.did_you_mean(&key.value, ids.iter().copied());
            diagnostics.push(
                Diagnostic::new(Code::UnknownAnswer, key.place, format!("no item of the lesson has the id `{}`", key.value))
                    .maybe_help(help)
                    .or_help("give the item that is meant an `id`".to_owned()),
            );
            continue;
        }
        let Answer::Rows(rows) = &answer.value else { continue };
        let Some(decide) = decisions.get(key.value.as_str()) else { continue };
        let row_ids: Vec<&str> = decide.items.iter().filter_map(|row| row.id.as_ref()).map(|id| &*id.value).collect();
        let known: HashSet<&str> = row_ids.iter().copied().collect();
        for row in rows.iter().filter(|row| !known.contains(row.key.value.as_str())) {
            diagnostics.push(
                Diagnostic::new(
                    Code::UnknownAnswer,
                    row.key.place,
                    format!("no row of `{}` has the id `{}`", key.value, row.key.value),
                )
                .maybe_help(suggestions.did_you_mean(&row.key.value, row_ids.iter().copied()))
                .or_help("give the row that is meant an `id`".to_owned()),
            );
        }
    }
}
