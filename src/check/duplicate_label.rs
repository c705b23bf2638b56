//! One label on two paragraphs or lines, or an invalid label.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::formats::{self, TextFormat};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (label, _) in context.lesson.labels() {
        if let Some(wrong) = formats::wrong(TextFormat::Id, &label.value) {
            let message = wrong.message.replace("as an id", "as a label");
            diagnostics.push(Diagnostic::new(wrong.code, label.place, message).help(wrong.help));
        }
        if let Some(first) = seen.get(&label.value) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateLabel, label.place, format!("duplicate label `{}`", label.value))
                    .second(*first, "first used here")
                    .help("rename one label, here and wherever it's used"),
            );
        } else {
            seen.insert(&label.value, label.place);
        }
    }
}
