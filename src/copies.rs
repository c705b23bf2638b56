//! How many copies of each part of a student packet a class needs, and how much paper each way of printing takes.
//!
//! The teacher guide, the sub plan, `packetpress list`, and the download pages all take their numbers from here.

use crate::imposition::sheets;
use crate::lesson::block::materials::Per;
use crate::lesson::series::{Format, Series};
use crate::packet::layout::PartPages;
use crate::packet::pages::Pages;
use crate::packet::print::{Job, Paper, Way};
use crate::packet::printing::{PrintPart, Printing};
use crate::packet::section::CardSet;
use crate::packet::{Block, Layout, Packet, Section};

/// The size of groups if the lesson doesn't say.
const USUAL_GROUP: u32 = 4;

/// The classes that a lesson is printed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Classes {
    /// The number of students in a class.
    pub students: u32,
    /// The number of classes.
    pub count: u32,
}

impl Classes {
    /// The classes of a series.
    pub fn of(series: &Series) -> Self {
        Self { students: series.class_size, count: series.classes }
    }
}

/// The parts of a student packet, and who needs a copy of each. Pages that share a sheet with others can't be printed by part.
pub fn parts(packet: &Packet, layout: &Layout) -> Vec<PrintPart> {
    let mut parts = Vec::new();
    if packet.look.format.is_imposed() {
        return parts;
    }
    for section in &packet.sections {
        match section {
            Section::Lesson(lesson) => of_lesson(&lesson.sections, Some(&lesson.id), layout, &mut parts),
            _ => continue,
        }
    }
    if parts.is_empty() {
        of_lesson(&packet.sections, None, layout, &mut parts);
    }
    parts
}

/// The parts of one lesson.
fn of_lesson(sections: &[Section], lesson: Option<&str>, layout: &Layout, to: &mut Vec<PrintPart>) {
    let size = sections.iter().find_map(|section| match section {
        Section::Activity { group_size, .. } => *group_size,
        _ => None,
    });
    let group = size.unwrap_or(USUAL_GROUP);
    let part = |of: &PartPages, pages, per| PrintPart {
        kind: of.kind.clone(),
        lesson: of.lesson.clone(),
        pages,
        per,
        group,
        on_sheet: of.on_sheet,
    };
    for of in layout.parts.iter().filter(|part| part.lesson.as_deref() == lesson) {
        match of.kind.as_str() {
            "cards" => {
                let sets = sections.iter().flat_map(|section| match section {
                    Section::Cards { sets } => sets.as_slice(),
                    _ => &[],
                });
                for CardSet { per, cards, .. } in sets {
                    let Some(pages) = card_pages(cards, layout) else { continue };
                    let on_sheet = cards.mark().and_then(|mark| layout.sets_on_sheet.get(mark)).copied();
                    let kind = if matches!(cards, Block::RoleCards { .. }) { "role-cards" } else { "cut-outs" };
                    to.push(PrintPart {
                        kind: kind.to_owned(),
                        on_sheet: on_sheet.unwrap_or(1),
                        ..part(of, pages, per.unwrap_or(Per::Student))
                    });
                }
            }
            "bibliography" => to.push(part(of, of.pages, Per::Class)),
            "activity" if size.is_some() => to.push(part(of, of.pages, Per::Group)),
            _ => to.push(part(of, of.pages, Per::Student)),
        }
    }
}

/// The pages of a set of cards, including their backs; `None` if the packet doesn't have them.
pub fn card_pages(block: &Block, layout: &Layout) -> Option<Pages> {
    let (Block::RoleCards { cards, .. } | Block::CutOuts { cards, .. }) = block else { return None };
    let pages = || cards.iter().filter_map(|card| layout.item_pages.get(&card.mark).copied());
    let backs = usize::from(cards.iter().any(|card| card.back.is_some()));
    Some(Pages { first: pages().min()?, last: pages().max()? + backs })
}

/// What to print if each part is printed only as often as one class needs it.
pub fn jobs(printing: &Printing, classes: Classes) -> Vec<Job> {
    together(&printing.parts, classes, &|_, _| true)
}

/// How much paper each way takes for one class, and for all of them if there are several. `pages` is the number of pages in the
/// student packet.
pub fn paper(pages: usize, format: Format, printing: &Printing, classes: Classes) -> (Paper, Option<Paper>) {
    let of = |count: u32| {
        let count = count as usize;
        let packets = count * classes.students as usize * sheets(pages, format);
        let total = |jobs: &[Job]| jobs.iter().map(|job| job.sheets).sum::<usize>();
        let by_need = (!printing.parts.is_empty()).then(|| count * total(&jobs(printing, classes)));
        let class_set = (!printing.class_set.is_empty()).then(|| {
            // What the next class uses again isn't on the same sheets as what is turned in.
            let jobs = together(&printing.class_set, classes, &|one, other| is_kept(one) == is_kept(other));
            let (kept, used): (Vec<Job>, Vec<Job>) = jobs.into_iter().partition(|job| job.parts.iter().all(|part| is_kept(part)));
            total(&kept) + count * total(&used)
        });
        let mut ways = vec![(Way::Packets, packets)];
        for (way, sheets) in [(Way::ByNeed, by_need), (Way::ClassSet, class_set)] {
            let is_new = |sheets: &usize| ways.iter().all(|(_, known)| known != sheets);
            if let Some(sheets) = sheets.filter(is_new) {
                ways.push((way, sheets));
            }
        }
        let least = ways.iter().min_by_key(|(_, sheets)| *sheets).map_or(Way::Packets, |(way, _)| *way);
        Paper { classes: count, ways, least }
    };
    (of(1), (classes.count > 1).then(|| of(classes.count)))
}

/// Whether the next class uses a part again: students don't write on it, and nothing is cut.
fn is_kept(kind: &str) -> bool {
    matches!(kind, "reading" | "bibliography")
}

/// Jobs of parts that follow one another and need the same copies, if `may` says that two kinds may be printed together. What is
/// cut is printed by itself, except where it's on the last page of the part before.
fn together(parts: &[PrintPart], classes: Classes, may: &dyn Fn(&str, &str) -> bool) -> Vec<Job> {
    let is_cut = |kind: &str| matches!(kind, "exit-ticket" | "role-cards" | "cut-outs");
    let mut jobs: Vec<Job> = Vec::new();
    let mut last: Option<&PrintPart> = None;
    for part in parts {
        let copies = copies(part, classes);
        let follows = last.is_some_and(|last| {
            let shares_page = part.pages.first <= last.pages.last && part.pages.first >= last.pages.first;
            let is_next = part.pages.first == last.pages.last + 1 && !is_cut(&part.kind) && !is_cut(&last.kind);
            last.kind != part.kind && last.per == part.per && may(&last.kind, &part.kind) && (shares_page || is_next)
        });
        last = Some(part);
        match jobs.last_mut().filter(|_| follows) {
            Some(job) => {
                job.parts.push(part.kind.clone());
                job.pages.last = part.pages.last;
                job.on_sheet = 1;
                job.sheets = job.copies * sheets_of(job.pages);
            }
            None => jobs.push(Job {
                parts: vec![part.kind.clone()],
                pages: part.pages,
                per: part.per,
                copies,
                on_sheet: part.on_sheet,
                sheets: copies.div_ceil(part.on_sheet.max(1)) * sheets_of(part.pages),
            }),
        }
    }
    jobs
}

/// The number of copies of a part that one class needs.
fn copies(part: &PrintPart, classes: Classes) -> usize {
    let students = classes.students as usize;
    match part.per {
        Per::Student => students,
        Per::Group => students.div_ceil(part.group.max(1) as usize),
        Per::Class => 1,
    }
}

/// The sheets of one copy, printed double-sided from the front of a sheet. Sheets to cut begin on right-hand pages, so this is right
/// for them too.
fn sheets_of(pages: Pages) -> usize {
    (pages.last + 1 - pages.first).div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: &str, (first, last): (usize, usize), per: Per, on_sheet: usize) -> PrintPart {
        PrintPart { kind: kind.to_owned(), lesson: None, pages: Pages { first, last }, per, group: 4, on_sheet }
    }

    /// A reading of 5 pages, 2 of sources, a discussion of 3, an activity of 2 for groups, an exit ticket, and cards on 2 sheets.
    fn parts() -> Vec<PrintPart> {
        vec![
            part("reading", (1, 5), Per::Student, 1),
            part("bibliography", (6, 7), Per::Class, 1),
            part("discussion", (8, 10), Per::Student, 1),
            part("activity", (11, 12), Per::Group, 1),
            part("exit-ticket", (13, 13), Per::Student, 3),
            part("role-cards", (15, 17), Per::Group, 1),
        ]
    }

    fn classes(count: u32) -> Classes {
        Classes { students: 28, count }
    }

    #[test]
    fn each_part_is_printed_for_those_who_need_it() {
        let printing = Printing { parts: parts(), class_set: Vec::new() };
        let jobs: Vec<_> = jobs(&printing, classes(1)).into_iter().map(|job| (job.copies, job.sheets)).collect();
        // 28 × 3, 1 × 1, 28 × 2, 7 × 1, 28 tickets with 3 on a sheet, 7 × 2
        assert_eq!(jobs, [(28, 84), (1, 1), (28, 56), (7, 7), (28, 10), (7, 14)]);
    }

    #[test]
    fn a_group_that_is_not_full_needs_a_copy_too() {
        let printing = Printing { parts: vec![part("activity", (1, 2), Per::Group, 1)], class_set: Vec::new() };
        assert_eq!(jobs(&printing, Classes { students: 30, count: 1 })[0].copies, 8);
    }

    #[test]
    fn parts_for_the_same_students_share_sheets() {
        let parts = vec![
            part("discussion", (1, 1), Per::Student, 1),
            part("activity", (2, 3), Per::Student, 1),
            part("exit-ticket", (3, 3), Per::Student, 2),
        ];
        let jobs = jobs(&Printing { parts, class_set: Vec::new() }, classes(1));
        assert_eq!(jobs.len(), 1);
        assert_eq!(jobs[0].parts, ["discussion", "activity", "exit-ticket"]);
        assert_eq!((jobs[0].pages, jobs[0].sheets), (Pages { first: 1, last: 3 }, 56));
    }

    #[test]
    fn the_way_with_the_least_paper_depends_on_the_classes() {
        let printing = Printing { parts: parts(), class_set: parts() };
        let (one, five) = paper(17, Format::Standard, &printing, classes(5));
        // 28 packets of 9 sheets; 172 sheets by need, with 85 for the reading and its sources.
        assert_eq!((one.ways, one.least), (vec![(Way::Packets, 252), (Way::ByNeed, 172)], Way::ByNeed));
        let five = five.expect("there are several classes");
        assert_eq!(five.ways, [(Way::Packets, 1260), (Way::ByNeed, 860), (Way::ClassSet, 520)]);
        assert_eq!(five.least, Way::ClassSet);
    }

    #[test]
    fn a_packet_that_everyone_needs_is_printed_as_a_whole() {
        let parts = vec![part("discussion", (1, 3), Per::Student, 1)];
        let (one, all) = paper(3, Format::Standard, &Printing { parts, class_set: Vec::new() }, classes(1));
        assert_eq!((one.ways, one.least), (vec![(Way::Packets, 56)], Way::Packets));
        assert_eq!(all, None);
    }

    #[test]
    fn a_booklet_is_printed_as_a_whole() {
        let (one, _) = paper(9, Format::Booklet, &Printing::default(), classes(1));
        assert_eq!((one.ways, one.least), (vec![(Way::Packets, 84)], Way::Packets));
    }
}
