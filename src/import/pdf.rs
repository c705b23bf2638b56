//! Reads the text of PDF files: letters in their places become lines, paragraphs, and headings.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use hayro_interpret::font::{FontData, Glyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint, PathDrawMode,
    SoftMask, TransformExt as _, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use super::Refused;
use super::document::{Aside, Block, Document, Entry, Line, Span, Style, plain, tidy};
use super::text::{inline, is_heading, joined, marker};

/// The most pages that are read.
const MAX_PAGES: usize = 500;

/// The most letters on a page.
const MAX_LETTERS: usize = 60_000;

/// The part of a page, at its top and bottom, where heads and feet are.
const MARGIN: f64 = 0.1;

/// How much larger than running text a heading is, at least.
const LARGER: f64 = 1.12;

pub(super) fn read(bytes: Vec<u8>, fallback: &'static [u8]) -> Result<Document, Refused> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refused::Locked,
        LoadPdfError::Invalid => Refused::Broken("it isn't a complete PDF".to_owned()),
    })?;
    let pages = pdf.pages();
    if pages.len() > MAX_PAGES {
        return Err(Refused::TooLarge(format!("it has {} pages; the maximum is {MAX_PAGES}", pages.len())));
    }
    let font: FontData = Arc::new(fallback);
    // A font that isn't in the file only matters for its looks.
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |_| Some((Arc::clone(&font), 0))),
        render_annotations: false,
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let mut lines = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let bounds = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(page.initial_transform(true).to_kurbo(), bounds, &cache, page.xref(), settings.clone());
        let mut letters = Letters::default();
        interpret_page(page, &mut context, &mut letters);
        lines.extend(lines_of(letters.0, number, height));
    }
    if lines.iter().map(|line| line.text().trim().chars().count()).sum::<usize>() < 20 {
        return Err(Refused::NoText);
    }
    let mut document = Document::default();
    let lines = without_furniture(lines, pages.len(), &mut document);
    document.blocks = joined(blocks(&lines));
    Ok(document)
}

/// A letter, or several that one glyph shows.
struct Letter {
    text: String,
    at: Point,
    end: f64,
    size: f64,
}

#[derive(Default)]
struct Letters(Vec<Letter>);

impl<'a> Device<'a> for Letters {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, glyph_transform: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let place = transform * glyph_transform;
        let at = place * Point::ZERO;
        let above = place * Point::new(0.0, 1000.0);
        let size = (above - at).hypot();
        let advance = match glyph {
            Glyph::Outline(glyph) => f64::from(glyph.advance_width().unwrap_or(500.0)),
            Glyph::Type3(_) => 500.0,
        };
        let end = (place * Point::new(advance, 0.0)).x;
        let is_sound = at.is_finite() && size.is_finite() && size > 0.5 && self.0.len() < MAX_LETTERS;
        if is_sound && !text.chars().all(char::is_control) {
            self.0.push(Letter { text, at, end: end.max(at.x), size });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// A line of a page.
struct Printed {
    page: usize,
    /// Where it is on the page: 0 is the top, 1 the bottom.
    height: f64,
    end: f64,
    baseline: f64,
    size: f64,
    spans: Line,
}

impl Printed {
    fn text(&self) -> String {
        plain(&self.spans)
    }
}

/// The lines of a page, in the order in which they were written.
fn lines_of(letters: Vec<Letter>, page: usize, page_height: f64) -> Vec<Printed> {
    let mut lines: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        let belongs = lines.last().and_then(|line| line.last()).is_some_and(|last| {
            let size = last.size.max(letter.size);
            let is_level = (last.at.y - letter.at.y).abs() < size * 0.5;
            is_level && letter.at.x > last.at.x - size && letter.at.x - last.end < size * 4.0
        });
        match lines.last_mut() {
            Some(line) if belongs => line.push(letter),
            _ => lines.push(vec![letter]),
        }
    }
    lines.into_iter().filter_map(|letters| printed(&letters, page, page_height)).collect()
}

fn printed(letters: &[Letter], page: usize, page_height: f64) -> Option<Printed> {
    let size = letters.iter().map(|letter| letter.size).fold(0.0, f64::max);
    let main = letters.iter().filter(|letter| letter.size > size * 0.85);
    let baseline = main.map(|letter| letter.at.y).fold(f64::NEG_INFINITY, f64::max);
    let mut spans = Line::new();
    let mut last: Option<&Letter> = None;
    for letter in letters {
        let is_small = letter.size < size * 0.85;
        let style = Style {
            high: is_small && letter.at.y < baseline - size * 0.15,
            low: is_small && letter.at.y > baseline + size * 0.05,
            ..Style::default()
        };
        let gap = last.map_or(0.0, |last| letter.at.x - last.end);
        if gap > size * 0.17 && !letter.text.starts_with(' ') {
            spans.push(Span::Text(" ".to_owned(), style));
        }
        spans.push(Span::Text(letter.text.replace('\u{ad}', "-"), style));
        last = Some(letter);
    }
    let spans = tidy(spans);
    let end = letters.iter().map(|letter| letter.end).fold(0.0, f64::max);
    let height = (baseline / page_height.max(1.0)).clamp(0.0, 1.0);
    (!plain(&spans).trim().is_empty()).then_some(Printed { page, height, end, baseline, size, spans })
}

/// The lines without heads and feet, which go aside: lines at the edge that pages have in common, except for numbers.
fn without_furniture(lines: Vec<Printed>, pages: usize, document: &mut Document) -> Vec<Printed> {
    let is_at_edge = |line: &Printed| line.height < MARGIN || line.height > 1.0 - MARGIN;
    let key = |line: &Printed| {
        let letters: String = line.text().chars().filter(|c| !c.is_numeric()).collect();
        letters.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().filter(|line| is_at_edge(line)) {
        *counts.entry(key(line)).or_default() += 1;
    }
    let enough = if pages < 4 { 2 } else { pages / 2 };
    let mut kept = Vec::new();
    for line in lines {
        let is_number = line.text().trim().chars().all(|c| c.is_numeric() || matches!(c, '-' | '–' | ' '));
        let is_common = pages > 1 && counts.get(&key(&line)).is_some_and(|count| *count >= enough);
        if is_at_edge(&line) && (is_number || is_common) {
            let text = line.text().trim().to_owned();
            if !document.aside.iter().any(|(_, known)| *known == text) {
                document.aside.push((Aside::HeadOrFoot, text));
            }
        } else {
            kept.push(line);
        }
    }
    kept
}

/// The size of most letters, in points.
fn usual_size(lines: &[Printed]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for line in lines {
        *counts.entry((line.size * 2.0).round() as i64).or_default() += line.text().chars().count();
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or(11.0, |(size, _)| size as f64 / 2.0)
}

fn blocks(lines: &[Printed]) -> Vec<Block> {
    let usual = usual_size(lines);
    let mut sizes: Vec<i64> = lines.iter().map(|line| (line.size * 2.0).round() as i64).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let larger: Vec<i64> = sizes.into_iter().rev().filter(|size| *size as f64 / 2.0 > usual * LARGER).collect();
    let level = |line: &Printed| {
        let at = larger.iter().position(|size| *size == (line.size * 2.0).round() as i64)?;
        u8::try_from(at + 1).ok().map(|level| level.min(4))
    };
    let edge = lines.iter().map(|line| line.end).fold(0.0, f64::max);
    let mut out: Vec<Block> = Vec::new();
    let mut before: Option<&Printed> = None;
    for line in lines {
        let text = line.text();
        let gap = before.map_or(0.0, |before| if before.page == line.page { line.baseline - before.baseline } else { 0.0 });
        let same_size = before.is_some_and(|before| (before.size - line.size).abs() < 0.6);
        let is_near = before.is_some_and(|before| before.page == line.page) && gap > 0.0 && gap < line.size * 1.65;
        let ended = before.is_some_and(|before| {
            let is_short = before.end < edge - line.size * 6.0;
            is_short && before.text().trim_end().ends_with(['.', '!', '?', ':', '”', '"'])
        });
        before = Some(line);
        if let Some(level) = level(line) {
            match out.last_mut() {
                Some(Block::Heading(known, heading)) if *known == level && is_near && same_size => {
                    heading.push(Span::Text(" ".to_owned(), Style::default()));
                    heading.extend(line.spans.clone());
                }
                _ => out.push(Block::Heading(level, line.spans.clone())),
            }
            continue;
        }
        if let Some((marker, rest)) = marker(text.trim()) {
            let level = usize::from(matches!(marker, super::document::Marker::Letter(_)));
            out.push(Block::Entry(Entry { level, marker, line: inline(rest) }));
            continue;
        }
        match out.last_mut() {
            Some(Block::Paragraph(paragraph) | Block::Entry(Entry { line: paragraph, .. })) if is_near && same_size && !ended => {
                let is_hyphenated = plain(paragraph).ends_with('-') && text.starts_with(char::is_lowercase);
                if is_hyphenated {
                    if let Some(Span::Text(last, _)) = paragraph.last_mut() {
                        last.pop();
                    }
                } else {
                    paragraph.push(Span::Text(" ".to_owned(), Style::default()));
                }
                paragraph.extend(line.spans.clone());
                *paragraph = tidy(std::mem::take(paragraph));
            }
            _ => out.push(Block::Paragraph(line.spans.clone())),
        }
    }
    if larger.is_empty() {
        for block in &mut out {
            if let Block::Paragraph(line) = block
                && is_heading(&plain(line))
            {
                *block = Block::Heading(2, std::mem::take(line));
            }
        }
    }
    out
}
