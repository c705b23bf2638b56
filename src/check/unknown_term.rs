//! A glossary reference to a word that the vocabulary does not have.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::prose::Inline;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let terms: Vec<&str> = context.lesson.vocabulary.iter().map(|term| term.term.value.as_str()).collect();
    let known: HashSet<String> = terms.iter().map(|term| term.to_lowercase()).collect();
    let mut suggestions = Suggestions::default();
    super::each_inline(context, &mut |inline| {
        let Inline::Term { term, .. } = inline else { return };
        if !known.contains(&term.value.to_lowercase()) {
            let help = suggestions.did_you_mean(&term.value, terms.iter().copied());
            diagnostics.push(
                Diagnostic::new(Code::UnknownTerm, term.place, format!("the vocabulary does not have `{}`", term.value))
                    .maybe_help(help.or_else(|| Some("add it to `vocabulary`, or take the double brackets away".to_owned()))),
            );
        }
    });
}
