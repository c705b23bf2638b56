//! A citation whose key the bibliography does not have.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::prose::Inline;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let keys: Vec<&str> = super::keys(context);
    let known: HashSet<&str> = keys.iter().copied().collect();
    let mut suggestions = Suggestions::default();
    super::each_inline(context, &mut |inline| {
        let Inline::Citation { sources } = inline else { return };
        for cite in sources {
            if !known.contains(cite.key.value.as_str()) {
                let help = suggestions.did_you_mean(&cite.key.value, keys.iter().copied());
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnknownCitation,
                        cite.key.place,
                        format!("the bibliography has no source `{}`", cite.key.value),
                    )
                    .maybe_help(help.or_else(|| Some("add it to `bibliography`".to_owned()))),
                );
            }
        }
    });
}
