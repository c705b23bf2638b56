//! A citation whose key is not in the bibliography.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::prose::Inline;
use crate::source::{FileId, Place};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let keys: Vec<&str> = super::keys(context);
    let known: HashSet<&str> = keys.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    keys.iter().for_each(|key| without_brackets(key, context.file, context.text, diagnostics));
    super::each_inline(context, &mut |inline| {
        let Inline::Citation { sources } = inline else { return };
        for cite in sources {
            if !known.contains(cite.key.value.as_str()) {
                let help = suggestions.closest(&cite.key.value, keys.iter().copied()).map_or_else(
                    || match context.lesson.bibliography {
                        Some(_) => format!("add a source `{}` to `bibliography`, or remove the citation", cite.key.value),
                        None => format!("remove the citation, or add `{}`", bibliography(&cite.key.value)),
                    },
                    |key| format!("did you mean `{key}`?"),
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

/// Reports `@key` without brackets, which would print as typed.
fn without_brackets(key: &str, file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    for (at, mark) in text.match_indices(&format!("@{key}")) {
        let before = text[..at].chars().next_back();
        let after = text[at + mark.len()..].chars().next();
        let is_whole = after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | ':'))
            || text[at + mark.len()..].starts_with(['.', ':']) && text[at + mark.len() + 1..].starts_with(char::is_whitespace);
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let in_brackets =
            text[..at].rfind('[').is_some_and(|open| !text[open..at].contains([']', '\n']) || text[open..at].starts_with("[@"));
        if is_whole && !in_brackets && before.is_some_and(|c| c.is_whitespace() || c == '(') && !text[line..at].contains('#') {
            let place = Place::new(file, at, at + mark.len());
            let report = Diagnostic::new(Code::BadCitation, place, format!("this citation of `{key}` has no brackets"));
            diagnostics.push(report.help(format!("write `[@{key}]`")));
        }
    }
}
