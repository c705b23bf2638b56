//! Places finished pages on sheets, enlarged or side by side. [`crate::imposition`] decides which page goes where.

use typst::layout::{Abs, Angle, Frame, FrameItem, GroupItem, Point, Ratio, Size, Transform};
use typst::model::Document;
use typst_layout::{Page, PagedDocument};

use crate::imposition::Side;

/// The sheets of a document with two pages per side. Landscape pages are turned upright.
pub(super) fn imposed(document: &PagedDocument, sides: &[Side]) -> PagedDocument {
    let pages = document.pages();
    let upright =
        |page: &Page| Size::new(page.frame.width().min(page.frame.height()), page.frame.width().max(page.frame.height()));
    let half = upright(&pages[0]);
    let sheet = |(number, side): (u64, &Side)| {
        let mut frame = Frame::hard(Size::new(half.x * 2.0, half.y));
        let mut places: Vec<_> = (0_u8..).zip(side).filter_map(|(place, page)| Some(((*page)?, place))).collect();
        // Screen readers read them in the order they are drawn.
        places.sort_unstable();
        for (page, place) in places {
            let page = &pages[page - 1].frame;
            let mut group = GroupItem::new(page.clone());
            if page.width() > page.height() {
                group.transform = Transform::translate(Abs::zero(), half.y).pre_concat(Transform::rotate(Angle::deg(-90.0)));
            }
            frame.push(Point::with_x(half.x * f64::from(place)), FrameItem::Group(group));
        }
        Page { frame, number, ..pages[0].clone() }
    };
    PagedDocument::new((1..).zip(sides).map(sheet).collect(), document.info().clone())
}

/// The same pages, enlarged by a factor.
pub(super) fn enlarged(document: &PagedDocument, zoom: f64) -> PagedDocument {
    let page = |page: &Page| {
        let mut frame = Frame::hard(page.frame.size() * zoom);
        let mut group = GroupItem::new(page.frame.clone());
        group.transform = Transform::scale(Ratio::new(zoom), Ratio::new(zoom));
        frame.push(Point::zero(), FrameItem::Group(group));
        Page { frame, ..page.clone() }
    };
    PagedDocument::new(document.pages().iter().map(page).collect(), document.info().clone())
}
