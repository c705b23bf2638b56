//! One word twice in the vocabulary.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for term in &context.lesson.vocabulary {
        let word = term.term.value.to_lowercase();
        if let Some(first) = seen.get(&word) {
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateTerm,
                    term.term.place,
                    format!("`{}` is explained a second time", term.term.value),
                )
                .second(*first, "it is explained here already")
                .help("keep one of the two"),
            );
        } else {
            seen.insert(word, term.term.place);
        }
    }
}
