//! The language of a lesson: the fonts must have its letters, and those of the fixed words that packets print in it.

use super::Context;
use crate::diagnostics::Diagnostics;
use crate::glyphs::{Coverage, Glyphs};
use crate::lesson::prose::Placed;
use crate::lesson::values::Language;
use crate::words;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    // The language of the series is checked there.
    if let Some(language) = &context.lesson.language {
        of_language(language, context.coverage, diagnostics);
    }
}

/// Reports a language that the fonts can't show.
pub(super) fn of_language(language: &Placed<Language>, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    let words = words::of(&language.value).text();
    Glyphs::check_language(coverage, &language.value, &words, language.place, diagnostics);
}
