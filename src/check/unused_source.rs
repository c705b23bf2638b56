//! A source that nothing cites, in a group that is not further reading.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Inline;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut cited = HashSet::new();
    super::each_inline(context, &mut |inline| {
        if let Inline::Citation { sources } = inline {
            cited.extend(sources.iter().map(|cite| cite.key.value.as_str()));
        }
    });
    let groups = context.lesson.bibliography.iter().flat_map(|bibliography| &bibliography.groups);
    for entry in groups.filter(|group| !group.further_reading).flat_map(|group| group.entries.iter()) {
        let key = &entry.key;
        if !cited.contains(key.value.as_str()) {
            diagnostics.push(
                Diagnostic::new(Code::UnusedSource, key.place, format!("nothing in the lesson cites `{}`", key.value))
                    .help(format!("cite it with `[@{}]`, or add `further_reading: true` to its group", key.value)),
            );
        }
    }
}
