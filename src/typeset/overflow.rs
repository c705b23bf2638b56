//! Reads from a finished layout what didn't fit: what templates report, footnotes apart from their marks, and text that runs off
//! its page.

use typst::foundations::Value;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::marks;
use super::notes::apart;
use crate::source::Place;

/// The part at the edges of paper where many printers print nothing, in inches.
const UNPRINTED: f64 = 0.25;

/// What hanging punctuation and rounding may take of the edge, in points.
const TOLERANCE: f64 = 2.0;

/// The most letters to quote of text that runs off its page.
const QUOTED: usize = 30;

/// Something that did not fit in the finished layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverflowWarning {
    /// Where it comes from.
    pub spot: Spot,
    /// What did not fit, in a teacher's words.
    pub message: String,
    /// What ran out.
    pub kind: Overflow,
}

/// Where something that didn't fit comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The item with this mark.
    Item(String),
    /// A place in the lesson file.
    Place(Place),
    /// Somewhere in the lesson.
    Lesson,
}

/// What ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// Height for writing.
    Space,
    /// Height on a card.
    Card,
    /// Width for a table.
    Table,
    /// Width for an equation.
    Equation,
    /// Height of the sub plan's page.
    Plan,
    /// Height for a footnote on the page of its mark.
    Note,
    /// Width or height of the page.
    Page,
}

/// What didn't fit in a layout that is enlarged by `zoom` later, without repeats.
pub(super) fn overflow_warnings(document: &PagedDocument, zoom: f64) -> Vec<OverflowWarning> {
    let mut warnings = Vec::new();
    let mut warn = |warning| {
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    };
    for (mark, _) in marks(document, "warning") {
        if let Value::Dict(dict) = mark
            && let (Ok(Value::Str(mark)), Ok(Value::Str(message)), Ok(Value::Str(fault))) =
                (dict.get("mark"), dict.get("message"), dict.get("fault"))
        {
            let kind = match fault.as_str() {
                "table" => Overflow::Table,
                "equation" => Overflow::Equation,
                "card" => Overflow::Card,
                "plan" => Overflow::Plan,
                _ => Overflow::Space,
            };
            warn(OverflowWarning { spot: Spot::Item(mark.to_string()), message: message.to_string(), kind });
        }
    }
    for note in apart(document) {
        let message = format!("the mark of this footnote is on page {}, and its text is on page {}", note.mark, note.text);
        warn(OverflowWarning { spot: Spot::Place(note.place), message, kind: Overflow::Note });
    }
    for (page, text) in off_pages(document, Abs::inches(UNPRINTED / zoom)) {
        let message = format!("text runs off page {page}: “{text}”");
        warn(OverflowWarning { spot: Spot::Lesson, message, kind: Overflow::Page });
    }
    warnings
}

/// The first text on each page that comes closer to its edges than this.
fn off_pages(document: &PagedDocument, edge: Abs) -> Vec<(usize, String)> {
    let first = |frame: &Frame| first_outside(frame, Transform::identity(), (frame.size(), edge));
    let found = document.pages().iter().enumerate().filter_map(|(index, page)| Some((index + 1, first(&page.frame)?)));
    found.map(|(page, text)| (page, shortened(&text))).collect()
}

/// The first text of a frame that comes closer than `edge` to the sides of its page. The frame is placed on the page by
/// `transform`.
fn first_outside(frame: &Frame, transform: Transform, (page, edge): (Size, Abs)) -> Option<String> {
    frame.items().find_map(|(place, item)| {
        let transform = transform.pre_concat(Transform::translate(place.x, place.y));
        match item {
            // What is cut to a shape stays inside it.
            FrameItem::Group(group) if group.clip.is_none() => {
                first_outside(&group.frame, transform.pre_concat(group.transform), (page, edge))
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() && !is_inside(text, transform, (page, edge)) => {
                Some(text.text.to_string())
            }
            _ => None,
        }
    })
}

/// Whether the letters of text, roughly from their ascenders to their baseline, keep this distance from the sides of the page.
fn is_inside(text: &TextItem, transform: Transform, (page, edge): (Size, Abs)) -> bool {
    let (width, height) = (text.width(), text.size * 0.7);
    let corners = [Point::zero(), Point::with_x(width), Point::with_y(-height), Point::new(width, -height)];
    let tolerance = Abs::pt(TOLERANCE);
    let between = |length: Abs, whole: Abs| edge <= length + tolerance && length <= whole - edge + tolerance;
    corners.into_iter().map(|corner| corner.transform(transform)).all(|at| between(at.x, page.x) && between(at.y, page.y))
}

fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{200b}', "");
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_quoted_in_part() {
        assert_eq!(shortened("A  short\u{200b}one"), "A shortone");
        assert_eq!(shortened(&"x".repeat(31)), format!("{}…", "x".repeat(30)));
    }
}
