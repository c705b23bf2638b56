//! A citation style that is not bundled.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::lesson::citation_style;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(style) = context.lesson.bibliography.as_ref().and_then(|bibliography| bibliography.style.as_ref()) else { return };
    if !style.value.is_empty() && !citation_style::is_bundled(&style.value) {
        diagnostics.push(
            Diagnostic::new(Code::UnknownStyle, style.place, format!("unknown citation style `{}`", style.value))
                .maybe_help(did_you_mean(&style.value, citation_style::SUGGESTED.iter().copied())),
        );
    }
}
