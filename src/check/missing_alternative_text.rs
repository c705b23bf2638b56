//! A figure whose alternative text says nothing, such as a file name or the word "image". Missing text is found while reading.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for figure in context.lesson.figures() {
        let text = figure.alt.value.trim().to_lowercase();
        let file = figure.image.value.to_lowercase();
        let name = file.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let empty_words = ["image", "picture", "photo", "figure", "drawing", "diagram", "todo", "tbd"];
        let is_name = text == name || text == stem || text == file || is_file_name(&text);
        if !text.is_empty() && (is_name || empty_words.contains(&text.as_str())) {
            diagnostics.push(
                Diagnostic::new(
                    Code::MissingAlternativeText,
                    figure.alt.place,
                    format!("`{}` doesn't describe the image", figure.alt.value.trim()),
                )
                .help("describe in a sentence or two what a reader learns from it"),
            );
        }
    }
}

/// Whether text is the name of an image file, perhaps not of this one.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    !text.contains(' ') && ending.is_some_and(|ending| matches!(ending, "png" | "jpg" | "jpeg" | "webp" | "svg"))
}
