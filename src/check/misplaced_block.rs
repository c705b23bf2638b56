//! A block that cannot stand where it is: steps that continue none, and what needs the whole width, a page or the margin has none in a sidebar or a column.

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
            let move_it = format!("move it before or after the `{around}`");
            let (problem, help) = match &inner.value {
                Block::Sidebar(_) | Block::Columns(_) => ("boxes in boxes cannot be told apart on paper", move_it),
                Block::PageBreak => ("only the page itself can be broken", move_it),
                Block::Table(table) if table.width != TableWidth::Text => {
                    ("there is no room for its `width`", "take `width` away".to_owned())
                }
                Block::PrimarySource(source) if source.numbers == Numbers::Lines => {
                    ("its line numbers stand in the margin of the page", format!("take `numbers` away, or {move_it}"))
                }
                Block::Verse(verse) if verse.numbers == Numbers::Lines => {
                    ("its line numbers stand in the margin of the page", format!("write `numbers: none`, or {move_it}"))
                }
                Block::RoleCards(_) | Block::CutOuts(_) => ("its cards need pages of their own", move_it),
                Block::Script(_) | Block::Rubric(_) => ("it needs the whole width", move_it),
                Block::ReportOut(_) | Block::Extension(_) => ("a box is there to be read, and this is something to do", move_it),
                inner if inner.item().is_some() => ("a question needs the whole width for its answer", move_it),
                _ => continue,
            };
            let message = format!("`{what}` cannot stand inside `{around}`: {problem}");
            diagnostics.push(Diagnostic::new(Code::MisplacedBlock, name(inner), message).help(help));
        }
    }
}

/// Reports steps that go on from others where none stand before them.
fn continued_from_nothing(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut steps = context.lesson.blocks().filter_map(|block| if let Block::Steps(steps) = block { Some(steps) } else { None });
    let Some(first) = steps.next().filter(|steps| steps.continues) else { return };
    let Some(place) = first.items.first().and_then(|step| step.action.place) else { return };
    diagnostics.push(
        Diagnostic::new(Code::MisplacedBlock, place, "these steps continue others, and no steps stand before them")
            .help("take `continues` away, or move them behind the steps that they continue"),
    );
}

/// Reports blocks that number their lines in a reading that numbers its own: two counts in one margin cannot be told apart.
fn counted_twice(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in &context.lesson.reading {
        let origin = match block {
            Block::PrimarySource(source) if source.numbers == Numbers::Lines => &source.origin,
            Block::Verse(verse) if verse.numbers == Numbers::Lines => &verse.origin,
            _ => continue,
        };
        let Some(place) = origin.place else { continue };
        let message = format!("this `{}` numbers its lines, and so does the reading around it", block.name());
        diagnostics.push(
            Diagnostic::new(Code::MisplacedBlock, place, message)
                .help("write `numbers: none` in the block, or take `numbers: lines` away from the lesson"),
        );
    }
}

/// Where the name of a block stands, at the beginning of it.
fn name(block: &Placed<Block>) -> crate::source::Place {
    let length = u32::try_from(block.value.name().len()).unwrap_or(u32::MAX);
    let place = block.place;
    crate::source::Place { end: place.end.min(place.start.saturating_add(length)), ..place }
}
