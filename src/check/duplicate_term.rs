//! One term twice in the vocabulary.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for term in &context.lesson.vocabulary {
        let word = term.term.value.to_lowercase();
        if let Some(first) = seen.get(&word) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateTerm, term.term.place, format!("duplicate term `{}`", term.term.value))
                    .second(*first, "first defined here")
                    .help("remove one of the two"),
            );
        } else {
            seen.insert(word, term.term.place);
        }
    }
}
