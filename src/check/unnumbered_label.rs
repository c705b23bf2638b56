//! A label where nothing is numbered, so that no question could print a number for it.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (label, numbered) in context.lesson.labels() {
        if !numbered {
            diagnostics.push(
                Diagnostic::new(
                    Code::UnnumberedLabel,
                    label.place,
                    format!("`{}` names something that has no number on the page", label.value),
                )
                .help("take the label away, or number the lines of its block with `numbers: lines`"),
            );
        }
    }
}
