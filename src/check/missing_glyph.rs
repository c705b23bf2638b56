//! The fixed words that packets print in the language of the lesson: the fonts must have them too.

use super::Context;
use crate::diagnostics::Diagnostics;
use crate::glyphs::Glyphs;
use crate::source::Place;
use crate::words;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let own = context.lesson.language.as_ref();
    let tag = own.map_or(&context.series.language, |language| &language.value);
    let place = own.map_or(Place::beginning(context.file), |language| language.place);
    Glyphs::of_fixed_words(context.coverage).check(&words::of(&tag.0).text(), &|_| place, diagnostics);
}
