//! Imposition: places pages two per side on sheets of paper. [`crate::typeset`] draws them.

use crate::lesson::series::Format;

/// The pages on one side of a landscape sheet, from left to right, starting at 1; `None` where it is blank.
pub type Side = [Option<usize>; 2];

/// The sides of the sheets of a packet with this many pages, in printing order; `None` if each page has its own side.
///
/// A booklet is padded to a multiple of four pages, for saddle stitching: its sheets print double-sided, flipped on the short edge,
/// and are stacked in printing order and folded. In right-to-left languages, pages run from right to left too.
pub fn sides(pages: usize, format: Format, right_to_left: bool) -> Option<Vec<Side>> {
    let page = |number: usize| (1..=pages).contains(&number).then_some(number);
    let pairs: Vec<(usize, usize)> = match format {
        _ if !format.is_imposed() => return None,
        Format::TwoUp => (1..=pages).step_by(2).map(|first| (first, first + 1)).collect(),
        _ => {
            let last = pages.div_ceil(4) * 4;
            let of_side = |side: usize| if side.is_multiple_of(2) { (last - side, side + 1) } else { (side + 1, last - side) };
            (0..last / 2).map(of_side).collect()
        }
    };
    let turned = |(first, second)| if right_to_left { [page(second), page(first)] } else { [page(first), page(second)] };
    Some(pairs.into_iter().map(turned).collect())
}

/// How many sheets of paper this many pages take, printed double-sided.
pub fn sheets(pages: usize, format: Format) -> usize {
    pages.div_ceil(if format.is_imposed() { 4 } else { 2 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pages: usize, format: Format, right_to_left: bool) -> String {
        let number = |page: Option<usize>| page.map_or("–".to_owned(), |page| page.to_string());
        let sides = sides(pages, format, right_to_left).expect("a side has two pages");
        sides.iter().map(|[left, right]| format!("{}|{}", number(*left), number(*right))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_booklet_folds_into_the_order_of_its_pages() {
        assert_eq!(shown(8, Format::Booklet, false), "8|1 2|7 6|3 4|5");
        assert_eq!(shown(6, Format::Booklet, false), "–|1 2|– 6|3 4|5");
        assert_eq!(shown(1, Format::Booklet, false), "–|1 –|–");
        assert_eq!(shown(4, Format::Booklet, true), "1|4 3|2");
    }

    #[test]
    fn both_sides_of_a_leaf_of_a_booklet_follow_one_another() {
        for pages in 1..=40 {
            let sides = sides(pages, Format::Booklet, false).expect("a side has two pages");
            assert_eq!(sides.len(), sheets(pages, Format::Booklet) * 2);
            for sheet in sides.chunks(2) {
                // The sheet flips on its short edge, so the left page of the back is behind the right page of the front.
                for (front, back) in [(sheet[0][1], sheet[1][0]), (sheet[1][1], sheet[0][0])] {
                    if let (Some(front), Some(back)) = (front, back) {
                        assert_eq!(back, front + 1, "{pages} pages");
                    }
                }
            }
            let mut all: Vec<_> = sides.into_iter().flatten().flatten().collect();
            all.sort_unstable();
            assert_eq!(all, (1..=pages).collect::<Vec<_>>());
        }
    }

    #[test]
    fn two_up_pages_follow_one_another() {
        assert_eq!(shown(5, Format::TwoUp, false), "1|2 3|4 5|–");
        assert_eq!(shown(3, Format::TwoUp, true), "2|1 –|3");
        assert_eq!((sheets(5, Format::TwoUp), sheets(4, Format::TwoUp), sheets(5, Format::Standard)), (2, 1, 3));
        assert_eq!(sides(5, Format::LargePrint, false), None);
    }
}
