//! The language of a lesson: the fonts must have its letters, and those of the fixed words that packets print in it.

use super::Context;
use crate::diagnostics::Diagnostics;
use crate::glyphs::Glyphs;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    // The language of the series is checked there.
    if let Some(language) = &context.lesson.language {
        Glyphs::check_language(context.coverage, &language.value, language.place, diagnostics);
    }
}
