//! What other packets must know of a finished student packet: on which page what stands, and which lines questions point to.

use std::collections::BTreeMap;

use serde::Serialize;

/// What is known of a finished packet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// How many pages stand before it in its file: 0, but for a lesson of an issue packet.
    pub before: usize,
    /// How many pages it has.
    pub pages: usize,
    /// On which page each item, card and paragraph of the reading begins, by the mark that composing gave it.
    pub item_pages: BTreeMap<String, usize>,
    /// Its parts, in their order.
    pub parts: Vec<PartPages>,
    /// The first and the last line of each labelled paragraph whose lines are numbered, by its label.
    pub lines: BTreeMap<String, (u32, u32)>,
    /// On which page each of them begins.
    pub label_pages: BTreeMap<String, usize>,
}

/// Where a part begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPage {
    /// The kind of the part, as templates call it.
    pub kind: String,
    /// The lesson of an issue to which it belongs, by its id.
    pub lesson: Option<String>,
    /// The page on which it begins.
    pub page: usize,
    /// Whether it begins at the top of that page.
    pub at_top: bool,
}

/// The pages of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPages {
    /// The kind of the part, as templates call it.
    pub kind: String,
    /// The lesson of an issue to which it belongs, by its id.
    pub lesson: Option<String>,
    /// Its pages.
    pub pages: Pages,
}

/// The pages of something, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// The first page.
    pub first: usize,
    /// The last page.
    pub last: usize,
}

/// The pages of parts that begin so, in a packet of so many pages.
pub fn part_pages(parts: Vec<PartPage>, pages: usize) -> Vec<PartPages> {
    let ends = parts.iter().skip(1).map(|next| if next.at_top { next.page - 1 } else { next.page }).chain([pages]);
    let ends: Vec<usize> = ends.collect();
    let of = |(part, end): (PartPage, usize)| PartPages {
        pages: Pages { first: part.page, last: end.max(part.page) },
        kind: part.kind,
        lesson: part.lesson,
    };
    parts.into_iter().zip(ends).map(of).collect()
}

impl Layout {
    /// The pages of a part, by its kind.
    pub fn pages_of(&self, kind: &str) -> Option<Pages> {
        self.parts.iter().find(|part| part.kind == kind).map(|part| part.pages)
    }

    /// All its pages in its file.
    pub fn range(&self) -> Pages {
        Pages { first: self.before + 1, last: self.before + self.pages }
    }

    /// The layout of a lesson in that of its issue. Its sources are not among its pages: they stand with those of all lessons.
    pub fn of_lesson(&self, id: &str) -> Self {
        let parts: Vec<_> = self.parts.iter().filter(|part| part.lesson.as_deref() == Some(id)).cloned().collect();
        let own = || parts.iter().filter(|part| part.kind != "bibliography").map(|part| part.pages);
        let before = own().map(|pages| pages.first - 1).min().unwrap_or_default();
        let last = own().map(|pages| pages.last).max().unwrap_or(before);
        Self { before, pages: last - before, parts, ..self.clone() }
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
        };
        let parts = part_pages(parts.iter().map(part).collect(), pages);
        Layout { pages, parts, ..Layout::default() }
    }
}
