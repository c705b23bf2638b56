//! A `see` that names no labelled paragraph of the reading.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, closest};

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let labels: Vec<&str> = context.lesson.labels().iter().map(|label| label.value.as_str()).collect();
    for see in context.lesson.prompts().flat_map(|prompt| &prompt.see) {
        if !labels.contains(&&*see.value) {
            let help = match closest(&see.value, labels.iter().copied()) {
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
