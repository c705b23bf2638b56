//! The words that packets print in the language of the lesson, for which there must be a font as for its own.

use super::Context;
use crate::diagnostics::Diagnostics;
use crate::markdown::glyphs::Glyphs;
use crate::source::Place;
use crate::typeset;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let own = context.lesson.language.as_ref();
    let tag = own.map_or(&context.series.language, |language| &language.value);
    let place = own.map_or(Place::beginning(context.file), |language| language.place);
    let words = typeset::fixed_words(&tag.0).unwrap_or_default();
    Glyphs::new(&|c| context.fonts.has_glyph(c)).check(words, &|_| place, diagnostics);
}
