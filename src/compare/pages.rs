//! Compares the pages of two PDFs as pictures: which page is which, and where they differ.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};
use image::RgbImage;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::digest::Digest;
use crate::page_images;

/// The pixels per point of a picture: 90 per inch.
const SCALE: f32 = 1.25;

/// The most pages of a packet that are compared.
const MAX_PAGES: usize = 400;

/// By how much a channel may differ without a change to see.
const SLIGHT: u8 = 24;

/// The side of the squares in which differences are counted, in pixels.
const CELL: u32 = 8;

/// The part of a page, at its top and bottom, where the running head and foot are.
const MARGIN: f32 = 0.07;

/// The pages of a packet that changed.
#[derive(Debug, Default)]
pub struct Pages {
    /// Those whose content changed, in order.
    pub changed: Vec<ChangedPage>,
    /// How many changed only in the running head or foot, such as the number of pages.
    pub only_furniture: usize,
}

/// A page that changed, is new, or is gone.
#[derive(Debug)]
pub struct ChangedPage {
    /// The page as it was.
    pub before: Option<Picture>,
    /// The page as it is.
    pub after: Option<Picture>,
    /// Where they differ, if there are both.
    pub areas: Vec<Area>,
}

/// A picture of a page.
#[derive(Debug)]
pub struct Picture {
    /// The page, counted from 1.
    pub page: usize,
    /// Its width and height in pixels.
    pub size: (u32, u32),
    /// The picture as PNG; `None` if it was left out.
    pub png: Option<Vec<u8>>,
}

/// A part of a page, in shares of its width and height from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
}

impl ChangedPage {
    pub(super) fn drop_pictures(&mut self) {
        for picture in [&mut self.before, &mut self.after].into_iter().flatten() {
            picture.png = None;
        }
    }
}

/// The changed pages of two versions of a packet; `None` if one of them isn't a PDF.
pub(super) fn compare(before: Vec<u8>, after: Vec<u8>) -> Option<Pages> {
    let (before, after) = (drawn(before)?, drawn(after)?);
    let digests = |pages: &[RgbImage]| -> Vec<Digest> { pages.iter().map(|page| Digest::of(content(page))).collect() };
    let mut pages = Pages::default();
    // Page numbers change if a page is added, so only what is between the head and the foot says which page is which.
    for operation in capture_diff_slices(Algorithm::Myers, &digests(&before), &digests(&after)) {
        let (old, new) = match operation {
            DiffOp::Equal { old_index, new_index, len } => {
                let pairs = before[old_index..].iter().zip(&after[new_index..]).take(len);
                pages.only_furniture += pairs.filter(|(old, new)| old.as_raw() != new.as_raw()).count();
                continue;
            }
            DiffOp::Delete { old_index, old_len, .. } => (old_index..old_index + old_len, 0..0),
            DiffOp::Insert { new_index, new_len, .. } => (0..0, new_index..new_index + new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index..old_index + old_len, new_index..new_index + new_len)
            }
        };
        for index in 0..old.len().max(new.len()) {
            let (old, new) = (old.clone().nth(index), new.clone().nth(index));
            let areas = match (old, new) {
                (Some(old), Some(new)) => areas(&before[old], &after[new]),
                _ => Vec::new(),
            };
            if old.is_some() && new.is_some() && areas.iter().all(Area::is_furniture) {
                pages.only_furniture += usize::from(!areas.is_empty());
                continue;
            }
            let picture = |pages: &[RgbImage], index: Option<usize>| {
                index.map(|index| Picture {
                    page: index + 1,
                    size: pages[index].dimensions(),
                    png: page_images::encode(&pages[index]).ok(),
                })
            };
            pages.changed.push(ChangedPage { before: picture(&before, old), after: picture(&after, new), areas });
        }
    }
    Some(pages)
}

/// The pages of a PDF as pictures.
fn drawn(bytes: Vec<u8>) -> Option<Vec<RgbImage>> {
    let pdf = Pdf::new(bytes).ok()?;
    let settings = RenderSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE, ..Default::default() };
    let cache = RenderCache::new();
    let draw = |page| {
        let picture = hayro::render(page, &cache, &InterpreterSettings::default(), &settings);
        let (width, height) = (u32::from(picture.width()), u32::from(picture.height()));
        let pixels = picture.data_as_u8_slice().as_chunks::<4>().0.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]);
        RgbImage::from_raw(width, height, pixels.collect())
    };
    pdf.pages().iter().take(MAX_PAGES).map(draw).collect()
}

/// The rows of a page between its head and its foot.
fn content(page: &RgbImage) -> &[u8] {
    let rows = (page.height() as f32 * MARGIN) as usize;
    let row = page.width() as usize * 3;
    page.as_raw().get(rows * row..(page.height() as usize - rows) * row).unwrap_or_default()
}

/// Where two pages differ: the squares with differences, joined where they touch.
fn areas(before: &RgbImage, after: &RgbImage) -> Vec<Area> {
    if before.dimensions() != after.dimensions() {
        return vec![Area { left: 0.0, top: 0.0, width: 1.0, height: 1.0 }];
    }
    let (width, height) = after.dimensions();
    let (columns, rows) = (width.div_ceil(CELL) as usize, height.div_ceil(CELL) as usize);
    let mut cells = vec![false; columns * rows];
    for (x, y, pixel) in after.enumerate_pixels() {
        let other = before.get_pixel(x, y);
        if pixel.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > SLIGHT) {
            cells[(y / CELL) as usize * columns + (x / CELL) as usize] = true;
        }
    }
    let share = |cells: usize, of: u32| (cells as f32 * CELL as f32 / of as f32).min(1.0);
    joined(&mut cells, columns)
        .into_iter()
        .map(|(left, top, right, bottom)| Area {
            left: share(left, width),
            top: share(top, height),
            width: share(right, width) - share(left, width),
            height: share(bottom, height) - share(top, height),
        })
        .collect()
}

/// The bounds of groups of squares. Squares with one other in between are in one group.
fn joined(cells: &mut [bool], columns: usize) -> Vec<(usize, usize, usize, usize)> {
    let rows = cells.len() / columns.max(1);
    let mut found = Vec::new();
    for start in 0..cells.len() {
        if !cells[start] {
            continue;
        }
        let (mut left, mut top, mut right, mut bottom) = (columns, rows, 0, 0);
        let mut open = vec![start];
        cells[start] = false;
        while let Some(cell) = open.pop() {
            let (x, y) = (cell % columns, cell / columns);
            (left, top, right, bottom) = (left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1));
            for near_y in y.saturating_sub(2)..(y + 3).min(rows) {
                for near_x in x.saturating_sub(2)..(x + 3).min(columns) {
                    let near = near_y * columns + near_x;
                    if std::mem::take(&mut cells[near]) {
                        open.push(near);
                    }
                }
            }
        }
        found.push((left, top, right, bottom));
    }
    found
}

impl Area {
    /// Whether it is in the running head or foot.
    fn is_furniture(&self) -> bool {
        self.top + self.height < MARGIN || self.top > 1.0 - MARGIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(dots: &[(u32, u32)]) -> RgbImage {
        let mut page = RgbImage::from_pixel(800, 1000, image::Rgb([255; 3]));
        dots.iter().for_each(|(x, y)| page.put_pixel(*x, *y, image::Rgb([0; 3])));
        page
    }

    #[test]
    fn differences_that_touch_are_one_area() {
        assert_eq!(areas(&page(&[]), &page(&[])), []);
        let found = areas(&page(&[(8, 8)]), &page(&[(24, 8), (400, 504)]));
        let [head, middle] = found[..] else { panic!("expected two areas, found {found:?}") };
        let rounded = |area: Area| [area.left, area.top, area.width, area.height].map(|share| (share * 1000.0).round() as u32);
        assert_eq!((rounded(head), rounded(middle)), ([10, 8, 30, 8], [500, 504, 10, 8]));
        assert!(head.is_furniture() && !middle.is_furniture());
    }

    #[test]
    fn pages_of_another_size_differ_everywhere() {
        let other = RgbImage::from_pixel(700, 1000, image::Rgb([255; 3]));
        assert_eq!(areas(&page(&[]), &other), [Area { left: 0.0, top: 0.0, width: 1.0, height: 1.0 }]);
    }
}
