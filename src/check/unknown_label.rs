//! A `see` that names no labelled paragraph or line.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let labels: Vec<&str> = context.lesson.labels().iter().map(|(label, _)| label.value.as_str()).collect();
    let known: HashSet<&str> = labels.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    for see in context.lesson.items().flat_map(|item| item.see) {
        if !known.contains(&*see.value.0) {
            let help = match suggestions.closest(&see.value, labels.iter().copied()) {
                Some(label) => format!("did you mean `{label}`?"),
                None if see.value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    "write the label, such as `beginning` for `{#beginning}`, and the packet prints the number".to_owned()
                }
                None => format!("put `{{#{}}}` at the end of the paragraph or line that is meant", &*see.value),
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::UnknownLabel,
                    see.place,
                    format!("no paragraph or line of the reading has the label `{}`", &*see.value),
                )
                .help(help),
            );
        }
    }
}
