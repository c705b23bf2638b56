//! A `see` that names no labelled paragraph of the reading.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let labels: Vec<&str> = context.lesson.labels().iter().map(|label| label.value.as_str()).collect();
    let known: HashSet<&str> = labels.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    for see in context.lesson.prompts().flat_map(|prompt| &prompt.see) {
        if !known.contains(&*see.value.0) {
            let help = match suggestions.closest(&see.value, labels.iter().copied()) {
                Some(label) => format!("did you mean `{label}`?"),
                None => format!("put `{{#{}}}` at the end of the paragraph that is meant", &*see.value),
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::UnknownLabel,
                    see.place,
                    format!("no paragraph of the reading has the label `{}`", &*see.value),
                )
                .help(help),
            );
        }
    }
}
