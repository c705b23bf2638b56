//! One id for two items, which would leave open whose answer is whose.

use std::collections::BTreeMap;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::Block;
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let ids = context.lesson.items().filter_map(|item| item.id);
    unique(ids.map(|id| (&*id.value.0, id.place)), "item", diagnostics);
    for block in context.lesson.blocks() {
        for ids in block.content().lists() {
            unique(ids.into_iter().map(|id| (&*id.value.0, id.place)), "entry", diagnostics);
        }
        if let Block::Venn(venn) = block {
            for id in venn.circles.iter().filter_map(|circle| circle.id.as_ref()) {
                if matches!(&*id.value.0, "both" | "all") {
                    let message = format!("`{}` is the name of the middle, and cannot be the id of a circle", id.value.0);
                    diagnostics.push(
                        Diagnostic::new(Code::DuplicateId, id.place, message)
                            .help("give the circle another id, in the teacher file too"),
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
            let message = match what {
                "blank" => format!("a second blank is called `{id}`"),
                _ => format!("a second {what} has the id `{id}`"),
            };
            let name = if what == "blank" { "name" } else { "id" };
            diagnostics.push(
                Diagnostic::new(Code::DuplicateId, place, message)
                    .second(*first, "the first is here")
                    .help(format!("give one of them another {name}, in the teacher file too")),
            );
        } else {
            seen.insert(id, place);
        }
    }
}
