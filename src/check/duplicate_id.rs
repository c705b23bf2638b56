//! Two items with the same id, which would make their answers ambiguous.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::Block;
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let ids = context.lesson.items().filter_map(|item| item.id);
    unique(ids.map(|id| (&*id.value.0, id.place)), "id", diagnostics);
    for block in context.lesson.blocks() {
        for ids in block.content().lists() {
            unique(ids.into_iter().map(|id| (&*id.value.0, id.place)), "id", diagnostics);
        }
        if let Block::Venn(venn) = block {
            for id in venn.circles.iter().filter_map(|circle| circle.id.as_ref()) {
                if matches!(&*id.value.0, "both" | "all") {
                    let message = format!("`{}` can't be a circle's id: it names the overlap", id.value.0);
                    diagnostics.push(
                        Diagnostic::new(Code::DuplicateId, id.place, message)
                            .help("give the circle another id, and change it in the teacher file, if it's used there"),
                    );
                }
            }
        }
        if let Block::Cloze(cloze) = block {
            unique(cloze.blanks().into_iter().map(|name| (name.value.as_str(), name.place)), "blank", diagnostics);
        }
    }
}

fn unique<'a>(ids: impl Iterator<Item = (&'a str, Place)>, what: &str, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeMap::new();
    for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
        if let Some(first) = seen.get(id) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateId, place, format!("duplicate {what} `{id}`"))
                    .second(*first, "first used here")
                    .help(format!("rename one {what}, and its use in the teacher file, if any")),
            );
        } else {
            seen.insert(id, place);
        }
    }
}
