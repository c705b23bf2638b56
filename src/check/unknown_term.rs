//! A `[[term]]` that is not in the vocabulary.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Help, Suggestions};
use crate::lesson::prose::Inline;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let terms: Vec<&str> = context.lesson.vocabulary.iter().map(|term| term.term.value.as_str()).collect();
    let known: HashSet<String> = terms.iter().map(|term| term.to_lowercase()).collect();
    let mut suggestions = Suggestions::default();
    super::each_inline(context, &mut |inline| {
        let Inline::Term { term, .. } = inline else { return };
        if !known.contains(&term.value.to_lowercase()) {
            let help = suggestions.closest(&term.value, terms.iter().copied()).map_or_else(
                || format!("add `{}` to `vocabulary`, or remove the double brackets", term.value).into(),
                Help::meant,
            );
            diagnostics.push(
                Diagnostic::new(Code::UnknownTerm, term.place, format!("the vocabulary has no term `{}`", term.value)).help(help),
            );
        }
    });
}
