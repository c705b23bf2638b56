//! A name of a source's author that would print wrong.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::name::{self, Name};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let sources = context.lesson.bibliography.iter().flat_map(|bibliography| bibliography.sources());
    for name in sources.flat_map(|(_, source)| source.names()) {
        // An organization's name prints as it is.
        let Name::Name(written) = name else { continue };
        if let Some((message, help)) = name::problem(&written.value) {
            diagnostics.push(Diagnostic::new(Code::BadName, written.place, message).help(help));
        }
    }
}
