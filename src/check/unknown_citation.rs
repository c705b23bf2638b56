//! A citation whose key is not in the bibliography.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::prose::Inline;
use crate::source::{FileId, Place};

/// How far to look for the bracket that begins a citation, in bytes.
const LOOK_BACK: usize = 300;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let keys: Vec<&str> = super::keys(context);
    let known: HashSet<&str> = keys.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    without_brackets(&known, context.file, context.text, diagnostics);
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

/// Reports each `@key` without brackets, which would print as typed.
fn without_brackets(known: &HashSet<&str>, file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    let is_of_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + 1..];
        let key = &rest[..rest.find(|c| !is_of_key(c)).unwrap_or(rest.len())];
        if !known.contains(key) {
            continue;
        }
        let near = (at.saturating_sub(LOOK_BACK)..=at).find(|near| text.is_char_boundary(*near)).unwrap_or(at);
        let paragraph = text[near..at].rsplit("\n\n").next().unwrap_or_default();
        let before = paragraph.rsplit('\n').next().unwrap_or_default();
        let follows_space = before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '(');
        let in_brackets = paragraph.rfind('[').is_some_and(|open| !paragraph[open..].contains(']'));
        if follows_space && !in_brackets && !before.contains('#') {
            let place = Place::new(file, at, at + 1 + key.len());
            let report = Diagnostic::new(Code::BadCitation, place, format!("this citation of `{key}` has no brackets"));
            diagnostics.push(report.help(format!("write `[@{key}]`")));
        }
    }
}
