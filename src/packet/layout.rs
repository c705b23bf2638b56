//! What other packets need to know about a finished student packet: the pages of its items, and the lines that questions point to.

use std::collections::BTreeMap;

use super::pages::Pages;
use super::printing::Printing;

/// The facts about a finished packet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The number of pages before it in its file: 0, except for a lesson in an issue packet.
    pub before: usize,
    /// The number of pages it has.
    pub pages: usize,
    /// The page where each item, card, and paragraph of the reading starts, by the mark it got in composing.
    pub item_pages: BTreeMap<String, usize>,
    /// Its parts, in order.
    pub parts: Vec<PartPages>,
    /// The first and last line of each labeled paragraph with numbered lines, by label.
    pub lines: BTreeMap<String, (u32, u32)>,
    /// The page where each of these paragraphs starts, by label.
    pub label_pages: BTreeMap<String, usize>,
    /// How many sets of cards a sheet has in the packet of sheets to cut, by the mark of the cards.
    pub sets_on_sheet: BTreeMap<String, usize>,
    /// How it can be printed by part.
    pub printing: Printing,
}

/// Where a part starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPage {
    /// The kind of part, as the templates call it.
    pub kind: String,
    /// The id of its lesson, in an issue packet.
    pub lesson: Option<String>,
    /// The page where it starts.
    pub page: usize,
    /// Whether it starts at the top of that page.
    pub at_top: bool,
    /// How many copies of it a sheet has in the packet of sheets to cut.
    pub on_sheet: usize,
}

/// The pages of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPages {
    /// The kind of part, as the templates call it.
    pub kind: String,
    /// The id of its lesson, in an issue packet.
    pub lesson: Option<String>,
    /// Its pages.
    pub pages: Pages,
    /// How many copies of it a sheet has in the packet of sheets to cut.
    pub on_sheet: usize,
}

/// The page ranges of parts, from where they start and the number of pages in the packet. `ends` has the last page of each part
/// that may be followed by an empty back.
pub fn part_pages(parts: Vec<PartPage>, ends: &[usize], pages: usize) -> Vec<PartPages> {
    let nexts = parts.iter().skip(1).map(|next| if next.at_top { next.page - 1 } else { next.page }).chain([pages]);
    let nexts: Vec<usize> = nexts.collect();
    let end_of = |part: &PartPage, next: usize| {
        let own = ends.iter().copied().filter(|end| (part.page..=next).contains(end)).max();
        own.unwrap_or(next).max(part.page)
    };
    let of = |(part, next): (PartPage, usize)| PartPages {
        pages: Pages { first: part.page, last: end_of(&part, next) },
        kind: part.kind,
        lesson: part.lesson,
        on_sheet: part.on_sheet,
    };
    parts.into_iter().zip(nexts).map(of).collect()
}

impl Layout {
    /// The pages of a part, by its kind.
    pub fn pages_of(&self, kind: &str) -> Option<Pages> {
        self.parts.iter().find(|part| part.kind == kind).map(|part| part.pages)
    }

    /// The range of its pages in its file.
    pub fn range(&self) -> Pages {
        Pages { first: self.before + 1, last: self.before + self.pages }
    }

    /// The layout of one lesson, taken from its issue's layout. Its sources aren't among its pages: the issue prints all sources
    /// together.
    pub fn of_lesson(&self, id: &str) -> Self {
        let parts: Vec<_> = self.parts.iter().filter(|part| part.lesson.as_deref() == Some(id)).cloned().collect();
        let own = || parts.iter().filter(|part| part.kind != "bibliography").map(|part| part.pages);
        let before = own().map(|pages| pages.first - 1).min().unwrap_or_default();
        let last = own().map(|pages| pages.last).max().unwrap_or(before);
        let printed = self.printing.parts.iter();
        let printed = printed.filter(|part| part.lesson.as_deref() == Some(id) && part.kind != "bibliography").cloned();
        let printing = Printing { parts: printed.collect(), class_set: Vec::new() };
        Self { before, pages: last - before, parts, printing, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_the_next_begins() {
        let layout = layout(
            7,
            &[
                ("reading", None, 1, true),
                ("activity", None, 4, true),
                ("exit-ticket", None, 5, false),
                ("bibliography", None, 6, true),
            ],
        );
        let pages: Vec<_> = layout.parts.iter().map(|part| (part.pages.first, part.pages.last)).collect();
        assert_eq!(pages, [(1, 3), (4, 5), (5, 5), (6, 7)]);
        assert_eq!(layout.pages_of("discussion"), None);
    }

    #[test]
    fn an_empty_back_belongs_to_no_part() {
        let part = |kind: &str, page| PartPage { kind: kind.to_owned(), lesson: None, page, at_top: true, on_sheet: 1 };
        let parts = part_pages(vec![part("activity", 2), part("exit-ticket", 5), part("cards", 7)], &[3, 5], 9);
        let pages: Vec<_> = parts.iter().map(|part| (part.pages.first, part.pages.last)).collect();
        assert_eq!(pages, [(2, 3), (5, 5), (7, 9)]);
    }

    #[test]
    fn a_lesson_of_an_issue_has_its_own_pages() {
        let issue = layout(
            9,
            &[
                ("cover", None, 1, true),
                ("reading", Some("war"), 3, true),
                ("discussion", Some("war"), 5, true),
                ("reading", Some("peace"), 6, true),
                ("bibliography", Some("war"), 8, true),
                ("bibliography", Some("peace"), 8, false),
            ],
        );
        let war = issue.of_lesson("war");
        assert_eq!((war.before, war.pages, war.range()), (2, 3, Pages { first: 3, last: 5 }));
        assert_eq!(war.pages_of("reading"), Some(Pages { first: 3, last: 4 }));
        assert_eq!(war.pages_of("bibliography"), Some(Pages { first: 8, last: 8 }));
        assert_eq!(issue.of_lesson("peace").range(), Pages { first: 6, last: 7 });
    }

    fn layout(pages: usize, parts: &[(&str, Option<&str>, usize, bool)]) -> Layout {
        let part = |&(kind, lesson, page, at_top): &(&str, Option<&str>, usize, bool)| PartPage {
            kind: kind.to_owned(),
            lesson: lesson.map(str::to_owned),
            page,
            at_top,
            on_sheet: 1,
        };
        let parts = part_pages(parts.iter().map(part).collect(), &[], pages);
        Layout { pages, parts, ..Layout::default() }
    }
}
