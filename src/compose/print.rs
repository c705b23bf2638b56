//! Composes what to print, cut out, and bring before a lesson. The facts come from the finished student packet.

use super::given::Given;
use crate::imposition::sheets;
use crate::lesson::series::{Edition, Part};
use crate::packet::layout::Pages;
use crate::packet::print::{CardSet, Print};
use crate::packet::{Block, Layout, PacketId, Section};
use crate::paths;

/// What to print for these sections of the student packet.
pub(super) fn print(given: &Given<'_>, id: &PacketId, sections: &[Section], student: &Layout) -> Print {
    let series = given.subject.series;
    let packet = PacketId { edition: Edition::Student, part: Part::All, ..id.clone() };
    let mut cards = Vec::new();
    let mut materials = Vec::new();
    for block in sections.iter().flat_map(Section::blocks) {
        match block {
            Block::RoleCards { cards: set, per, .. } | Block::CutOuts { cards: set, per, .. } => {
                let pages = || set.iter().filter_map(|card| student.item_pages.get(&card.mark).copied());
                if let (Some(first), Some(last)) = (pages().min(), pages().max()) {
                    let backs = usize::from(set.iter().any(|card| card.back.is_some()));
                    cards.push(CardSet { count: set.len(), per: *per, pages: Pages { first, last: last + backs } });
                }
            }
            Block::Materials { items, .. } => materials.extend(items.iter().cloned()),
            _ => {}
        }
    }
    Print {
        file: paths::packet_name(&packet, series),
        range: id.lesson.is_none().then(|| student.range()),
        pages: student.pages,
        sheets: sheets(student.pages, id.format),
        copies: series.class_size,
        parts: student.parts.iter().map(|part| (part.kind.clone(), part.pages)).collect(),
        cards,
        materials,
    }
}
