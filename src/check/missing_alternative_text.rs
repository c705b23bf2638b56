//! A figure whose alternative text says nothing: a file name, or the word "image". A missing one is found while reading.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for figure in context.lesson.figures() {
        let text = figure.alt.value.trim().to_lowercase();
        let file = figure.image.value.to_lowercase();
        let name = file.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let empty_words = ["image", "picture", "photo", "figure", "drawing", "diagram", "todo", "tbd"];
        if !text.is_empty() && (text == name || text == stem || text == file || empty_words.contains(&text.as_str())) {
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingAlternativeText,
                    figure.alt.place,
                    format!("`{}` tells nobody what the picture shows", figure.alt.value.trim()),
                )
                .help("say in a sentence or two what a reader learns from it"),
            );
        }
    }
}
