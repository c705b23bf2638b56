//! One id for two items, which would leave open whose answer is whose.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Placed;
use crate::lesson::values::Id;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let lesson = context.lesson;
    let prompts = lesson.prompts().filter_map(|prompt| prompt.id.as_ref());
    unique(prompts.chain(lesson.decisions().filter_map(|decide| decide.id.as_ref())), diagnostics);
    for decide in lesson.decisions() {
        unique(decide.items.iter().filter_map(|row| row.id.as_ref()), diagnostics);
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a Placed<Id>>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.get(&id.value) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateId, id.place, format!("a second item has the id `{}`", &*id.value))
                    .second(*first, "the first is here")
                    .help("give one of them another id, in the teacher file too"),
            );
        } else {
            seen.insert(&id.value, id.place);
        }
    }
}
