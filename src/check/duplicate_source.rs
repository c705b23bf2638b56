//! One bibliography key for two sources in different groups. Within a group it is a duplicate key.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (number, group) in context.lesson.bibliography.iter().flat_map(|bibliography| &bibliography.groups).enumerate() {
        for entry in group.entries.iter() {
            match seen.get(&entry.key.value) {
                Some((first, group)) if *group != number => diagnostics.push(
                    Diagnostic::new(Code::DuplicateSource, entry.key.place, format!("duplicate source `{}`", entry.key.value))
                        .second(*first, "first used here")
                        .help("rename or remove one of the two, and update its citations"),
                ),
                Some(_) => {}
                None => {
                    seen.insert(&entry.key.value, (entry.key.place, number));
                }
            }
        }
    }
}
