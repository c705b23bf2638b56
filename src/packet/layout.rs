//! What other packets must know of a finished student packet: on which page what stands, and which lines questions point to.

use std::collections::BTreeMap;

use serde::Serialize;

/// What is known of a finished packet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// How many pages it has.
    pub pages: usize,
    /// On which page each item, card and paragraph of the reading begins, by the mark that compose gave it.
    pub item_pages: BTreeMap<String, usize>,
    /// Where its parts begin, in their order.
    pub parts: Vec<PartPage>,
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
    /// The page on which it begins.
    pub page: usize,
    /// Whether it begins at the top of that page.
    pub at_top: bool,
}

/// The pages of something, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// The first page.
    pub first: usize,
    /// The last page.
    pub last: usize,
}

/// Sheets of paper for so many pages, printed on both sides.
pub fn sheets(pages: usize) -> usize {
    pages.div_ceil(2)
}

impl Layout {
    /// The pages of every part, in their order.
    pub fn part_pages(&self) -> Vec<(&str, Pages)> {
        let ends = self.parts.iter().skip(1).map(|next| if next.at_top { next.page - 1 } else { next.page }).chain([self.pages]);
        let pages = |part: &PartPage, end: usize| Pages { first: part.page, last: end.max(part.page) };
        self.parts.iter().zip(ends).map(|(part, end)| (part.kind.as_str(), pages(part, end))).collect()
    }

    /// The pages of a part, by its kind.
    pub fn pages_of(&self, kind: &str) -> Option<Pages> {
        self.part_pages().into_iter().find_map(|(part, pages)| (part == kind).then_some(pages))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_the_next_begins() {
        let part = |kind: &str, page, at_top| PartPage { kind: kind.to_owned(), page, at_top };
        let parts = vec![
            part("reading", 1, true),
            part("activity", 4, true),
            part("exit-ticket", 5, false),
            part("bibliography", 6, true),
        ];
        let layout = Layout { pages: 7, parts, ..Layout::default() };
        let pages: Vec<_> = layout.part_pages().into_iter().map(|(_, pages)| (pages.first, pages.last)).collect();
        assert_eq!(pages, [(1, 3), (4, 5), (5, 5), (6, 7)]);
        assert_eq!(layout.pages_of("discussion"), None);
    }
}
