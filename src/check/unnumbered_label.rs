//! A label where nothing is numbered, so that no question could print a number for it.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::Numbering;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (label, numbering) in context.lesson.labels() {
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
