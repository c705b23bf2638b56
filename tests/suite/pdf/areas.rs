//! The boxes of text and images on a page: what is off the page, and what is over something else.

use super::Pdf;
use super::content::{Painting, plain};

/// The edge of the paper that many printers leave white, in points.
const EDGE: f64 = 18.0;

/// How far letters may reach over their boxes, in points.
const TOLERANCE: f64 = 2.0;

/// The width of a space, as a share of the type size.
const SPACE: f64 = 0.25;

/// The most faults of a page to list.
const MOST_FAULTS: usize = 2;

/// The box of a piece of text, from its baseline to the height of its capitals, or of an image, in points from the top left.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// The text, or `[image]`.
    pub what: String,
}

impl Pdf {
    /// The boxes of text and images on a page, in painting order.
    pub(crate) fn areas(&self, page: usize) -> Vec<Area> {
        let Painting { runs, images, .. } = &self.paintings[page];
        let area = |[left, top, right, bottom]: [f64; 4], what: &str| Area { left, top, right, bottom, what: what.to_owned() };
        let runs = runs.iter().filter(|run| !plain(&run.text).is_empty()).map(|run| {
            // Spaces at its ends may be under what comes next.
            let [left, top, right, bottom] = run.area;
            let spaces = |characters: &mut dyn Iterator<Item = char>| {
                SPACE * run.size * characters.take_while(|character| character.is_whitespace()).count() as f64
            };
            let (before, after) = (spaces(&mut run.text.chars()), spaces(&mut run.text.chars().rev()));
            area([left + before, top, right - after, bottom], &run.text)
        });
        let areas = runs.chain(images.iter().map(|image| area(*image, "[image]")));
        // What is cut off has no box.
        areas.filter(|area| area.left < area.right && area.top < area.bottom).collect()
    }

    /// The box of the first run of text that begins with these words or contains their beginning.
    pub(crate) fn area(&self, page: usize, words: &str) -> Option<Area> {
        let run = self.paintings[page].starts_of(words).next()?;
        let [left, top, right, bottom] = run.area;
        Some(Area { left, top, right, bottom, what: run.text.clone() })
    }

    /// What is off its page or over something else, at most a few of each per page.
    pub(crate) fn misplaced(&self) -> Vec<String> {
        (0..self.pages()).flat_map(|page| self.misplaced_on(page)).collect()
    }

    fn misplaced_on(&self, page: usize) -> Vec<String> {
        let (width, height) = self.page_size(page);
        let mut areas = self.areas(page);
        let outside = areas.iter().filter(|area| !area.is_inside(width, height));
        let mut faults: Vec<String> =
            outside.map(|area| format!("page {}: {} is off the page", page + 1, area.shown())).collect();
        faults.truncate(MOST_FAULTS);
        areas.sort_by(|a, b| a.top.total_cmp(&b.top));
        let over = areas.iter().enumerate().flat_map(|(index, one)| {
            let below = areas[index + 1..].iter().take_while(|other| other.top < one.bottom);
            below.filter(|other| one.is_over(other)).map(move |other| (one, other))
        });
        faults.extend(
            over.take(MOST_FAULTS).map(|(one, other)| format!("page {}: {} is over {}", page + 1, one.shown(), other.shown())),
        );
        faults
    }
}

impl Area {
    fn is_inside(&self, width: f64, height: f64) -> bool {
        let (least, most) = (EDGE - TOLERANCE, TOLERANCE - EDGE);
        self.left >= least && self.top >= least && self.right <= width + most && self.bottom <= height + most
    }

    /// Whether two boxes share more than what letters reach over their own.
    fn is_over(&self, other: &Area) -> bool {
        self.right.min(other.right) - self.left.max(other.left) > TOLERANCE
            && self.bottom.min(other.bottom) - self.top.max(other.top) > TOLERANCE
    }

    fn shown(&self) -> String {
        let Area { left, top, right, bottom, what } = self;
        format!("“{what}” ({left:.0}–{right:.0} × {top:.0}–{bottom:.0})")
    }
}
