//! An unknown label in `see`.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Help, Suggestions};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let labels: Vec<&str> = context.lesson.labels().iter().map(|(label, _)| label.value.as_str()).collect();
    let known: HashSet<&str> = labels.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    for see in context.lesson.items().flat_map(|item| item.see) {
        // A label that differs only in capitals was already reported as an invalid id.
        let in_capitals = labels.iter().any(|label| label.to_lowercase() == *see.value.0);
        if !known.contains(&*see.value.0) && !in_capitals {
            let help = match suggestions.closest(&see.value, labels.iter().copied()) {
                Some(label) => Help::meant(label),
                None if see.value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    "put `{#name}` at the end of the paragraph and write `name` here; the packet prints its number".into()
                }
                None => format!("put `{{#{}}}` at the end of the paragraph or line it points to", &*see.value).into(),
            };
            diagnostics.push(
                Diagnostic::new(Code::UnknownLabel, see.place, format!("no paragraph or line has the label `{}`", &*see.value))
                    .help(help),
            );
        }
    }
}
