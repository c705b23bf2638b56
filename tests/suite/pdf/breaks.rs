//! What page breaks do: how full the pages are, and what is apart from what belongs to it.

use std::collections::BTreeSet;

use lopdf::Object;

use super::Pdf;
use super::content::{Painting, Run, join, plain};
use super::structure::Stretches;

/// The top of the text and the highest place of the line above the foot, as shares of the page's height.
const TOP: f64 = 0.1;
const FOOT: f64 = 0.85;

/// The least length of the line above the foot, as a share of the page's width.
const FOOT_LINE: f64 = 0.6;

/// How far apart baselines of the same line may be, in points.
const SAME_LINE: f64 = 4.0;

/// Smaller text, such as raised numbers, is set close to its line, in points.
const SMALL: f64 = 8.0;

/// How much of two lines must be one above the other, in points.
const LONG: f64 = 20.0;

/// Baselines that are closer than this share of the type size are crowded.
const CROWDED: f64 = 0.85;

/// Words that a number follows.
const BEFORE_NUMBERS: [&str; 14] =
    ["page", "pages", "p.", "pp.", "¶", "line", "lines", "página", "páginas", "línea", "líneas", "Document", "Question", "Card"];

/// A line of text on a page.
struct Line {
    text: String,
    baseline: f64,
}

impl Pdf {
    /// How much of each page is used, from its top to the lowest content above its foot: 0 if empty, 1 if full.
    pub(crate) fn fullness(&self) -> Vec<f64> {
        let share = |page: usize| {
            let (_, height) = self.page_size(page);
            let foot = self.foot(page);
            let top = TOP * height;
            let Painting { runs, images, shapes, .. } = &self.paintings[page];
            let bottoms = runs.iter().map(|run| run.area[3]).chain(images.iter().chain(shapes).map(|shape| shape[3]));
            let lowest = bottoms.filter(|bottom| *bottom < foot - 1.0).fold(top, f64::max);
            (lowest - top) / (foot - top)
        };
        (0..self.pages()).map(share).collect()
    }

    /// Lines of text that are closer than their letters are high.
    pub(crate) fn crowded_lines(&self) -> Vec<String> {
        let mut crowded = Vec::new();
        for (page, painting) in self.paintings.iter().enumerate() {
            let mut runs: Vec<&Run> =
                painting.runs.iter().filter(|run| run.size > SMALL && !plain(&run.text).is_empty()).collect();
            runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
            for (index, upper) in runs.iter().enumerate() {
                let below = runs[index + 1..].iter().take_while(|lower| lower.baseline < upper.baseline + upper.size);
                let over = below.filter(|lower| {
                    let apart = lower.baseline - upper.baseline;
                    let shared = upper.right.min(lower.right) - upper.left.max(lower.left);
                    shared > LONG && (SAME_LINE..CROWDED * upper.size.min(lower.size)).contains(&apart)
                });
                crowded.extend(over.map(|lower| format!("page {}: “{}” over “{}”", page + 1, upper.text, lower.text)));
            }
        }
        crowded
    }

    /// Whether a page has no content of its own.
    pub(crate) fn is_blank(&self, page: usize) -> bool {
        self.lines(page).is_empty()
    }

    /// The height of the line above the foot, or the end of the page without one.
    fn foot(&self, page: usize) -> f64 {
        let (width, height) = self.page_size(page);
        let rules = self.paintings[page].rules.iter();
        let lines = rules.filter(|rule| rule.top == rule.bottom && rule.right - rule.left > FOOT_LINE * width);
        lines
            .map(|rule| rule.top)
            .filter(|y| *y > FOOT * height)
            .fold(None, |lowest: Option<f64>, y| Some(lowest.map_or(y, |lowest| lowest.max(y))))
            .unwrap_or(height)
    }

    /// The pages where parts begin, by the bookmarks down to this level, counted from 1.
    pub(crate) fn part_starts(&self, level: usize) -> BTreeSet<usize> {
        let pages: Vec<_> = self.document.page_iter().collect();
        let mut starts = BTreeSet::new();
        let mut open = vec![(self.document.get_dict_in_dict(self.catalog(), b"Outlines").ok(), 0)];
        while let Some((bookmark, depth)) = open.pop() {
            let Some(bookmark) = bookmark else { continue };
            if let Ok(target) = bookmark.get_deref(b"Dest", &self.document).and_then(Object::as_array) {
                let page = target[0].as_reference().expect("a destination begins with a page");
                starts.extend(pages.iter().position(|id| *id == page));
            }
            open.push((self.document.get_dict_in_dict(bookmark, b"Next").ok(), depth));
            if depth < level {
                open.push((self.document.get_dict_in_dict(bookmark, b"First").ok(), depth + 1));
            }
        }
        starts
    }

    /// Paragraphs that continue on another page and leave only one line on one of them.
    pub(crate) fn lone_lines(&self) -> Vec<String> {
        let mut lone = Vec::new();
        for (lines, stretches) in self.paragraphs_over_pages() {
            let pages: BTreeSet<usize> = stretches.iter().map(|(page, _)| *page).collect();
            for page in pages {
                let of_page: Vec<_> = lines.iter().filter(|(on, _)| *on == page).collect();
                if let [(_, line)] = &of_page[..] {
                    lone.push(format!("page {}: only “{}”", page + 1, line.text));
                }
            }
        }
        lone
    }

    /// Words that are divided between two pages.
    pub(crate) fn hyphens_across_pages(&self) -> Vec<String> {
        let mut divided = Vec::new();
        for (lines, _) in self.paragraphs_over_pages() {
            for pair in lines.windows(2) {
                let [(page, line), (next, _)] = pair else { continue };
                if page != next && line.text.ends_with(['\u{ad}', '\u{2010}']) {
                    divided.push(format!("page {}: “{}”", page + 1, line.text));
                }
            }
        }
        divided
    }

    /// Headings at the foot of their pages.
    pub(crate) fn stranded_headings(&self) -> Vec<String> {
        let headings = self.structure().paragraphs(|role| role.starts_with('H') || role == "Lbl");
        let all: Vec<(usize, f64)> = (0..self.pages())
            .filter_map(|page| {
                let foot = self.foot(page);
                let own = self.paintings[page]
                    .runs
                    .iter()
                    .filter(|run| run.mcid.is_some() && run.baseline < foot && !plain(&run.text).is_empty());
                Some((page, own.map(|run| run.baseline).fold(None, |low: Option<f64>, y| Some(low.map_or(y, |low| low.max(y))))?))
            })
            .collect();
        let mut stranded = Vec::new();
        for stretches in &headings {
            for (page, line) in self.lines_of(stretches) {
                let is_last = all.iter().any(|(on, lowest)| *on == page && (line.baseline - lowest).abs() < SAME_LINE);
                let only_label = self.lines(page).last().is_some_and(|last| last.text == line.text);
                let ends_packet = page + 1 == self.pages();
                if is_last && only_label && !ends_packet && !self.has_shape_below(page, line.baseline) {
                    stranded.push(format!("page {}: “{}”", page + 1, line.text));
                }
            }
        }
        stranded
    }

    /// Whether something is drawn between this height and the foot.
    fn has_shape_below(&self, page: usize, height: f64) -> bool {
        let foot = self.foot(page);
        let Painting { images, shapes, .. } = &self.paintings[page];
        images.iter().chain(shapes).any(|shape| shape[3] > height + SAME_LINE && shape[3] < foot - 1.0)
    }

    /// Numbers on another line than the word before them, such as "page" and "9", and ranges broken at their dash.
    pub(crate) fn broken_references(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for stretches in self.structure().paragraphs(|_| true) {
            for pair in self.lines_of(&stretches).windows(2) {
                let [(page, line), (_, next)] = pair else { continue };
                let starts_with_number = next.text.starts_with(|c: char| c.is_numeric());
                let last = line.text.split_whitespace().last().unwrap_or_default();
                let last = last.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '¶');
                let is_range = |text: &str| text.trim_end_matches('–').ends_with(|c: char| c.is_numeric()) && text.ends_with('–');
                if starts_with_number && (BEFORE_NUMBERS.contains(&last) || is_range(&line.text)) || next.text.starts_with('–')
                {
                    broken.push(format!("page {}: “{}” / “{}”", page + 1, line.text, next.text));
                }
            }
        }
        broken
    }

    /// Pages with dashed lines to cut along that don't have a right to their backs: they are left-hand pages, or their backs have
    /// other content than the backs of cards.
    pub(crate) fn spoiled_backs(&self) -> Vec<String> {
        let is_cut = |page: usize| {
            let (width, _) = self.page_size(page);
            self.paintings[page]
                .rules
                .iter()
                .any(|rule| rule.dash > 0.0 && (rule.right - rule.left).max(rule.bottom - rule.top) > width / 4.0)
        };
        let mut spoiled = Vec::new();
        for page in (0..self.pages()).filter(|page| is_cut(*page)) {
            if page % 2 == 1 {
                spoiled.push(format!("page {} is a back", page + 1));
            } else if page + 1 < self.pages() && self.paintings[page + 1].runs.iter().any(|run| run.mcid.is_some()) {
                let text = self.page_text(page + 1);
                if !text.contains("Back of") {
                    spoiled.push(format!(
                        "the back of page {} has content: {}",
                        page + 1,
                        text.lines().nth(2).unwrap_or_default()
                    ));
                }
            }
        }
        spoiled
    }

    /// The lines of a page's content, from the top down, without head and foot.
    fn lines(&self, page: usize) -> Vec<Line> {
        let runs = self.paintings[page].runs.iter().filter(|run| run.mcid.is_some());
        in_lines(runs)
    }

    /// Paragraphs on more than one page: their lines with pages, and what they consist of.
    fn paragraphs_over_pages(&self) -> Vec<(Vec<(usize, Line)>, Stretches)> {
        let paragraphs = self.structure().paragraphs(|role| matches!(role, "P" | "LBody" | "Note"));
        let over = paragraphs.into_iter().filter(|stretches| stretches.iter().any(|(page, _)| *page != stretches[0].0));
        over.map(|stretches| (self.lines_of(&stretches), stretches))
            .filter(|(lines, _)| lines.first().map(|line| line.0) != lines.last().map(|line| line.0))
            .collect()
    }

    /// The lines of a paragraph, with their pages.
    fn lines_of(&self, stretches: &Stretches) -> Vec<(usize, Line)> {
        let mut pages: Vec<usize> = stretches.iter().map(|(page, _)| *page).collect();
        pages.dedup();
        let of_page = |page: usize| {
            let own: BTreeSet<i64> = stretches.iter().filter(|(on, _)| *on == page).map(|(_, mcid)| *mcid).collect();
            let runs = self.paintings[page].runs.iter().filter(move |run| run.mcid.is_some_and(|mcid| own.contains(&mcid)));
            in_lines(runs).into_iter().map(move |line| (page, line))
        };
        pages.into_iter().flat_map(of_page).collect()
    }
}

/// Runs as lines, from the top down.
fn in_lines<'a>(runs: impl Iterator<Item = &'a Run>) -> Vec<Line> {
    let mut runs: Vec<&Run> = runs.filter(|run| !plain(&run.text).is_empty()).collect();
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let lines = runs.chunk_by(|a, b| b.baseline - a.baseline < SAME_LINE);
    let line = |runs: &[&Run]| {
        let mut runs = runs.to_vec();
        runs.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut text = String::new();
        for (index, run) in runs.iter().enumerate() {
            join(&mut text, index.checked_sub(1).map(|last| runs[last]), run, " ");
        }
        Line { text: plain(&text), baseline: runs[0].baseline }
    };
    lines.map(line).collect()
}
