//! Measures how full finished pages are: how far down their text, drawings, and writing space reach.
//!
//! The running head, the foot, and the footnotes don't count: they are outside the room that a page has for its parts.

use typst::foundations::Value;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::{Page, PagedDocument};

use super::{marks, places};

/// How much of a text's size is below its baseline, roughly.
const DESCENT: f64 = 0.25;

/// The space between the text and the first footnote, with the line above it, in multiples of the text's size.
const ABOVE_NOTES: f64 = 1.65;

/// How full a page is. Lengths are in points of the page as it is laid out, before it is enlarged or imposed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PageFill {
    /// The height between the margins, without the footnotes.
    pub room: f64,
    /// How far down from the upper margin something prints.
    pub filled: f64,
}

impl PageFill {
    /// The height that is left below everything.
    pub(super) fn left(&self) -> f64 {
        (self.room - self.filled).max(0.0)
    }

    /// The share of the page that is left, from 0 to 1.
    pub(super) fn empty(&self) -> f64 {
        if self.room > 0.0 { self.left() / self.room } else { 0.0 }
    }
}

/// How full each page is, in order.
pub(super) fn page_fills(document: &PagedDocument) -> Vec<PageFill> {
    let (top, bottom, size) = margins(document);
    let notes = places(document, "note-text");
    let fill = |(index, page): (usize, &Page)| {
        let height = page.frame.height().to_pt();
        let end = match notes.iter().filter(|(page, _)| *page == index + 1).map(|(_, y)| *y).min_by(f64::total_cmp) {
            Some(first_note) => first_note - ABOVE_NOTES * size,
            None => height - bottom,
        };
        let mut lowest = top;
        lower(&page.frame, Transform::identity(), (top, end), &mut lowest);
        PageFill { room: (end - top).max(0.0), filled: lowest - top }
    };
    document.pages().iter().enumerate().map(fill).collect()
}

/// The upper and lower margin of the pages, and the size of their text, as templates left them in the layout.
fn margins(document: &PagedDocument) -> (f64, f64, f64) {
    let mark = marks(document, "margins").into_iter().next();
    let Some((Value::Dict(mark), _)) = mark else { return (0.0, 0.0, 0.0) };
    let length = |name: &str| match mark.get(name) {
        Ok(Value::Float(points)) => *points,
        _ => 0.0,
    };
    (length("top"), length("bottom"), length("size"))
}

/// Moves `lowest` down to the lowest thing that prints between two heights of the page.
fn lower(frame: &Frame, transform: Transform, (top, end): (f64, f64), lowest: &mut f64) {
    for (place, item) in frame.items() {
        let transform = transform.pre_concat(Transform::translate(place.x, place.y));
        let height = |at: Point| at.transform(transform).y.to_pt();
        let reached = match item {
            FrameItem::Group(group) => {
                lower(&group.frame, transform.pre_concat(group.transform), (top, end), lowest);
                continue;
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => height(Point::with_y(text.size * DESCENT)),
            FrameItem::Shape(shape, _) => {
                let bounds = shape.geometry.bbox(None);
                height(bounds.min).max(height(bounds.max))
            }
            FrameItem::Image(_, size, _) => height(size.to_point()),
            FrameItem::Text(_) | FrameItem::Link(..) | FrameItem::Tag(_) => continue,
        };
        // The running head, the foot, and the footnotes begin outside this room.
        if (top..=end).contains(&height(Point::zero())) {
            *lowest = lowest.max(reached.min(end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::layout::{Abs, FrameKind, Size};
    use typst::syntax::Span;
    use typst::visualize::{FixedStroke, Geometry};

    /// A line across a frame, this far below its top.
    fn ruled(frame: &mut Frame, y: f64) {
        let line = Geometry::Line(Point::with_x(Abs::pt(100.0))).stroked(FixedStroke::default());
        frame.push(Point::with_y(Abs::pt(y)), FrameItem::Shape(line, Span::detached()));
    }

    #[test]
    fn only_what_prints_between_the_margins_fills_a_page() {
        let size = Size::new(Abs::pt(600.0), Abs::pt(800.0));
        let mut inner = Frame::new(Size::new(Abs::pt(500.0), Abs::pt(600.0)), FrameKind::Hard);
        ruled(&mut inner, 250.0);
        let mut page = Frame::new(size, FrameKind::Hard);
        ruled(&mut page, 40.0);
        ruled(&mut page, 760.0);
        page.push_frame(Point::with_y(Abs::pt(100.0)), inner);
        let mut lowest = 100.0;
        lower(&page, Transform::identity(), (100.0, 700.0), &mut lowest);
        assert_eq!(lowest, 350.0);
        let fill = PageFill { room: 600.0, filled: 250.0 };
        assert_eq!((fill.left(), fill.empty()), (350.0, 350.0 / 600.0));
    }
}
