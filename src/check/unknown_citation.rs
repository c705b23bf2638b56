//! A citation whose key is not in the bibliography.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Help, Suggestions};
use crate::lesson::prose::{CiteForm, Inline, Placed};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let keys: Vec<&str> = super::keys(context);
    let known: HashSet<&str> = keys.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    super::each_inline(context, &mut |inline| {
        let Inline::Citation { sources } = inline else { return };
        for cite in sources {
            if cite.form == CiteForm::InText {
                if !known.contains(cite.key.value.as_str()) {
                    misspelled(&cite.key, &keys, &mut suggestions, diagnostics);
                }
                continue;
            }
            if !known.contains(cite.key.value.as_str()) {
                let help = suggestions.closest(&cite.key.value, keys.iter().copied()).map_or_else(
                    || match context.lesson.bibliography {
                        Some(_) => format!("add a source `{}` to `bibliography`, or remove the citation", cite.key.value).into(),
                        None => format!("remove the citation, or add `{}`", bibliography(&cite.key.value)).into(),
                    },
                    Help::meant,
                );
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownCitation,
                        cite.key.place,
                        format!("the bibliography has no source `{}`", cite.key.value),
                    )
                    .help(help),
                );
            }
        }
    });
}

/// A bibliography with one source, as an example.
fn bibliography(key: &str) -> String {
    format!("bibliography: {{groups: [{{title: Sources, entries: {{{key}: {{kind: book, title: …, year: …}}}}}}]}}")
}

/// Reports an `@key` in a sentence that is nearly the key of a source. Anything else prints as typed, such as the name of an account.
fn misspelled(word: &Placed<String>, keys: &[&str], suggestions: &mut Suggestions, diagnostics: &mut Diagnostics) {
    let has_year = |key: &str| key.contains(|c: char| c.is_ascii_digit());
    let meant = suggestions.closest(&word.value, keys.iter().copied()).filter(|key| has_year(key) && has_year(&word.value));
    if let Some(key) = meant {
        let help = format!("did you mean `@{key}`? To print it as typed, write `\\@{}`", word.value);
        diagnostics.push(
            Diagnostic::new(Code::UnknownCitation, word.place, format!("the bibliography has no source `{}`", word.value))
                .help(help),
        );
    }
}
