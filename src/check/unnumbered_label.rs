//! A label to which a question points where nothing is numbered, so that the question could print no number for it.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::Numbering;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let pointed: BTreeSet<&str> = context.lesson.items().flat_map(|item| item.see).map(|see| &*see.value.0).collect();
    for (label, numbering) in context.lesson.labels() {
        // A label to which no question points may be that of a teacher's note.
        if !pointed.contains(label.value.as_str()) {
            continue;
        }
        let help = match numbering {
            Numbering::On => continue,
            Numbering::Switched => "take `numbers: none` away, or the label",
            Numbering::Off => "number the lines of its block with `numbers: lines`, or take the label away",
            Numbering::Never => "put it at the end of a numbered paragraph of the reading",
        };
        let message = format!("`{}` names something that has no number on the page", label.value);
        diagnostics.push(Diagnostic::new(Code::UnnumberedLabel, label.place, message).help(help));
    }
}
