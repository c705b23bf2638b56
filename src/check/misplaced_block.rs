//! A block in the wrong place: steps that continue nothing, or a block in a sidebar or column that needs the full width, a page,
//! or the margin.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::ReadingNumbers;
use crate::lesson::block::table::TableWidth;
use crate::lesson::block::{Block, Numbers};
use crate::lesson::prose::Placed;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    if context.lesson.numbers == ReadingNumbers::Lines {
        counted_twice(context, diagnostics);
    }
    continued_from_nothing(context, diagnostics);
    for outer in context.lesson.blocks() {
        for inner in outer.inside() {
            let (what, around) = (inner.value.name(), outer.name());
            let move_it = match outer.inside().len() {
                1 => format!("write it in place of the `{around}`"),
                _ => format!("move it before or after the `{around}`"),
            };
            let (problem, help) = match &inner.value {
                Block::Sidebar(_) | Block::Columns(_) => ("boxes can't be nested", move_it),
                Block::PageBreak => ("a page can break only between blocks", move_it),
                Block::Table(table) if table.width != TableWidth::Text => {
                    ("its `width` doesn't fit", "remove `width`".to_owned())
                }
                Block::PrimarySource(source) if source.numbers == Numbers::Lines => {
                    ("line numbers need the page margin", format!("remove `numbers`, or {move_it}"))
                }
                Block::Verse(verse) if verse.numbers == Numbers::Lines => {
                    ("line numbers need the page margin", format!("write `numbers: none`, or {move_it}"))
                }
                Block::RoleCards(_) | Block::CutOuts(_) => ("its cards need their own pages", move_it),
                Block::Script(_) | Block::Rubric(_) => ("it needs the full width", move_it),
                Block::ReportOut(_) | Block::Extension(_) => ("it's a task, and boxes are for reading", move_it),
                inner if inner.item().is_some() => ("answers need the full width", move_it),
                _ => continue,
            };
            let message = format!("`{what}` isn't allowed inside `{around}`: {problem}");
            diagnostics.push(Diagnostic::new(Code::MisplacedBlock, name(inner), message).help(help));
        }
    }
}

/// Reports steps that continue others when none come before them.
fn continued_from_nothing(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut steps = context.lesson.blocks().filter_map(|block| if let Block::Steps(steps) = block { Some(steps) } else { None });
    let Some(first) = steps.next().filter(|steps| steps.continues) else { return };
    let Some(place) = first.items.first().and_then(|step| step.action.place) else { return };
    diagnostics.push(
        Diagnostic::new(Code::MisplacedBlock, place, "expected steps before these, which say `continues`, found none")
            .help("remove `continues`, or move these steps after the ones they continue"),
    );
}

/// Reports blocks that number their lines inside a reading that numbers its own: two sets of numbers in one margin are confusing.
fn counted_twice(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in &context.lesson.reading {
        let origin = match block {
            Block::PrimarySource(source) if source.numbers == Numbers::Lines => &source.origin,
            Block::Verse(verse) if verse.numbers == Numbers::Lines => &verse.origin,
            _ => continue,
        };
        let Some(place) = origin.place else { continue };
        let message = format!("this `{}` numbers its lines, but the reading already does", block.name());
        diagnostics.push(
            Diagnostic::new(Code::MisplacedBlock, place, message)
                .help("write `numbers: none` in the block, or remove `numbers: lines` from the lesson"),
        );
    }
}

/// The place of a block's name, at its beginning.
fn name(block: &Placed<Block>) -> crate::source::Place {
    let length = u32::try_from(block.value.name().len()).unwrap_or(u32::MAX);
    let place = block.place;
    crate::source::Place { end: place.end.min(place.start.saturating_add(length)), ..place }
}
