//! One label on two paragraphs or lines, or a label that is none.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::formats::{self, TextFormat};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (label, _) in context.lesson.labels() {
        if let Some(wrong) = formats::wrong(TextFormat::Id, &label.value) {
            diagnostics.push(Diagnostic::new(wrong.code, label.place, wrong.message).help(wrong.help));
        }
        if let Some(first) = seen.get(&label.value) {
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateLabel,
                    label.place,
                    format!("a second paragraph or line has the label `{}`", label.value),
                )
                .second(*first, "the first is here")
                .help("give one of them another label"),
            );
        } else {
            seen.insert(&label.value, label.place);
        }
    }
}
