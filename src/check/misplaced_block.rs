//! A block that cannot stand inside another: what needs the whole width, or a page, has none in a sidebar or a column.

use super::Context;
use crate::block::table::TableWidth;
use crate::block::{Block, Numbers};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Placed;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for outer in context.lesson.blocks() {
        for inner in outer.inside() {
            let what = inner.value.name();
            let (problem, help) = match &inner.value {
                Block::Sidebar(_) | Block::Columns(_) => {
                    ("boxes in boxes cannot be told apart on paper", "put it before or behind")
                }
                Block::PageBreak => ("only the page itself can be broken", "put it before or behind"),
                Block::Table(table) if table.width != TableWidth::Text => {
                    ("there is no room for its `width`", "take `width` away")
                }
                Block::PrimarySource(source) if source.numbers == Numbers::Lines => {
                    ("its line numbers stand in the margin of the page", "take `numbers` away, or put it before or behind")
                }
                Block::Verse(verse) if verse.numbers == Numbers::Lines => {
                    ("its line numbers stand in the margin of the page", "write `numbers: none`, or put it before or behind")
                }
                inner if inner.item().is_some() => ("a question needs the whole width for its answer", "put it before or behind"),
                _ => continue,
            };
            let message = format!("`{what}` cannot stand inside `{}`: {problem}", outer.name());
            diagnostics.push(Diagnostic::new(Code::MisplacedBlock, name(inner), message).help(help));
        }
    }
}

/// Where the name of a block stands, at the beginning of it.
fn name(block: &Placed<Block>) -> crate::source::Place {
    let length = u32::try_from(block.value.name().len()).unwrap_or(u32::MAX);
    let place = block.place;
    crate::source::Place { end: place.end.min(place.start.saturating_add(length)), ..place }
}
