//! A label that a question points to but that has no number to print.

use std::collections::BTreeSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::Numbering;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let pointed: BTreeSet<&str> = context.lesson.items().flat_map(|item| item.see).map(|see| &*see.value.0).collect();
    for (label, numbering) in context.lesson.labels() {
        // A label that no question points to may belong to a teacher's note.
        if !pointed.contains(label.value.as_str()) {
            continue;
        }
        let name = &label.value;
        let help = match numbering {
            Numbering::On => continue,
            Numbering::Switched => format!("remove `numbers: none`, or remove `{name}` from `see`"),
            Numbering::Off => format!("add `numbers: lines` to its block, or remove `{name}` from `see`"),
            Numbering::Never => {
                format!("move it to the end of a numbered paragraph of the reading, or remove `{name}` from `see`")
            }
        };
        let message = format!("a question points to `{name}`, which has no number on the page");
        diagnostics.push(Diagnostic::new(Code::UnnumberedLabel, label.place, message).help(help));
    }
}
