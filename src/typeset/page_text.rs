//! The text of a finished page, for people who can't see its picture.

use typst::layout::{Frame, FrameItem, Point};

/// How much lower the next text must be to begin a line, in points.
const NEW_LINE: f64 = 4.0;

/// The text of a page, in the order in which it is drawn.
pub(super) fn of(frame: &Frame) -> String {
    let mut text = String::new();
    let mut last = None;
    collect(frame, Point::zero(), &mut last, &mut text);
    text.trim().to_owned()
}

fn collect(frame: &Frame, origin: Point, last: &mut Option<f64>, out: &mut String) {
    for (position, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, origin + *position, last, out),
            FrameItem::Text(text) => {
                let height = (origin.y + position.y).to_pt();
                match last.replace(height) {
                    Some(before) if (height - before).abs() > NEW_LINE => out.push('\n'),
                    Some(_) if !out.ends_with(' ') && !text.text.starts_with(' ') => out.push(' '),
                    _ => {}
                }
                out.push_str(&text.text);
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
