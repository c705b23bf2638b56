//! Composes what to print, cut out, and bring before a lesson. The facts come from the finished student packet.

use super::given::Given;
use crate::copies::{self, Classes};
use crate::imposition::sheets;
use crate::lesson::series::{Edition, Format, Part};
use crate::packet::print::{CardsToCut, Print};
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
                cards.push(CardsToCut { count: set.len(), per: *per, pages: copies::card_pages(block, student) });
            }
            Block::Materials { items, .. } => materials.extend(items.iter().cloned()),
            _ => {}
        }
    }
    let classes = Classes::of(series);
    let jobs = copies::jobs(&student.printing, classes);
    let (class, all) = copies::paper(student.pages, id.format, &student.printing, classes);
    let has_ticket = sections.iter().any(|section| matches!(section, Section::ExitTicket { .. }));
    let tickets_apart = has_ticket && id.format.is_imposed();
    let cards_apart = cards.iter().any(|set| set.pages.is_none());
    let format = if id.format.is_imposed() { Format::Standard } else { id.format };
    // An issue's lessons have their own packets of sheets to cut.
    let lesson = id.lesson.clone().or_else(|| given.scope.strip_suffix('/').map(str::to_owned));
    let cut = PacketId { lesson, part: Part::Cards, format, duplex: false, ..packet.clone() };
    let is_cut_apart = tickets_apart || cards_apart || jobs.iter().any(|job| job.on_sheet > 1);
    Print {
        file: paths::packet_name(&packet, series),
        range: id.lesson.is_none().then(|| student.range()),
        pages: student.pages,
        sheets: sheets(student.pages, id.format),
        copies: series.class_size,
        jobs,
        class,
        classes: all,
        cut_file: is_cut_apart.then(|| paths::packet_name(&cut, series)),
        tickets_apart,
        cards,
        materials,
    }
}
