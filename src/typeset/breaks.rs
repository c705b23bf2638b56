//! Keeps paragraphs whole where pages end: no line alone, no hyphen, and no page with only a line or two.
//!
//! The engine keeps lines of a paragraph together, but a footnote can still take one of them to the next page, and it knows nothing
//! of hyphens at the ends of pages. Such a packet is laid out again, with room for a line left free at the foot of the page, so the
//! paragraph continues on the next page one line earlier.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use typst::foundations::{Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::layout;

/// The kinds of sections whose blocks are in the flow of pages.
const FLOWING: [&str; 5] = ["reading", "questions", "discussion", "activity", "exit-ticket"];

/// How often a packet is laid out again at most.
const MOST_ROUNDS: usize = 6;

/// The most lines that are left free before a paragraph.
const MOST_LINES: u8 = 3;

/// The fewest lines that should be alone on a page.
const FEWEST_ON_PAGE: usize = 3;

/// How far apart the lines of a paragraph can be, as a share of the type size. Footnotes are farther away.
const FARTHEST: f64 = 1.8;

/// Baselines that differ by less belong to the same line, in points.
const SAME_LINE: f64 = 3.0;

/// Why a paragraph should break elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// A single line is on another page than the others.
    LoneLine,
    /// The last line on a page ends with a hyphen.
    Hyphen,
    /// Its end is alone on a page, with fewer lines than that page should have.
    FewLines,
}

/// What is done for a paragraph, or for the block that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// Room for this many lines stays free at the foot of the page where the block begins.
    Room(u8),
    /// Its words aren't hyphenated.
    Unhyphenated,
    /// Nothing helps.
    Nothing,
}

/// The paragraphs that need help to break well.
#[derive(Debug, Default)]
pub(super) struct BreaksKept {
    /// Remedies for blocks, by their names in the flow of pages.
    remedies: BTreeMap<String, Remedy>,
    /// The blocks helped in the last round.
    last: Vec<String>,
    /// How many pages the parts had at first. Those of the packet don't say it, because some backs stay empty.
    pages: Option<Vec<usize>>,
    rounds: usize,
}

impl BreaksKept {
    /// Whether the packet must be laid out again. [`BreaksKept::help`] says how.
    ///
    /// In each section, only the first paragraph is helped at a time: what moves it moves all that follow.
    pub(super) fn find(&mut self, document: &PagedDocument) -> bool {
        let pages: Vec<usize> = layout(document).parts.iter().map(|part| part.pages.last + 1 - part.pages.first).collect();
        let most = self.pages.get_or_insert_with(|| pages.clone());
        let is_longer = pages.iter().zip(most.iter()).any(|(pages, most)| pages > most);
        if self.rounds >= MOST_ROUNDS && !is_longer {
            return false;
        }
        let mut changed = false;
        if is_longer {
            // A better break isn't worth a page.
            for block in std::mem::take(&mut self.last) {
                let next = match self.remedies.get(&block) {
                    Some(Remedy::Room(_)) => Remedy::Unhyphenated,
                    _ => Remedy::Nothing,
                };
                if next == Remedy::Unhyphenated {
                    self.last.push(block.clone());
                }
                changed |= self.remedies.insert(block, next).is_some();
            }
        } else {
            self.last.clear();
            let mut lines = LinesOf { document, known: BTreeMap::new() };
            let mut helped = BTreeSet::new();
            for paragraph in &placed(document).unwrap_or_default() {
                let section = paragraph.block.rsplit_once('/').map_or("", |(section, _)| section);
                if helped.contains(section) {
                    continue;
                }
                let Some(fault) = lines.fault(paragraph) else { continue };
                // Room is left free only where the block begins.
                let is_near = paragraph.block_page == paragraph.first.0;
                let next = match (self.remedies.get(&paragraph.block), fault) {
                    (Some(Remedy::Nothing), _) => continue,
                    (None, Fault::Hyphen) if !is_near => Remedy::Unhyphenated,
                    (None, _) if is_near => Remedy::Room(1),
                    (Some(Remedy::Room(2..)), Fault::Hyphen) => Remedy::Unhyphenated,
                    (Some(Remedy::Room(lines)), _) if *lines < MOST_LINES => Remedy::Room(lines + 1),
                    _ => Remedy::Nothing,
                };
                self.remedies.insert(paragraph.block.clone(), next);
                if next != Remedy::Nothing {
                    self.last.push(paragraph.block.clone());
                    helped.insert(section);
                }
                changed = true;
            }
        }
        self.rounds += usize::from(changed);
        changed
    }

    /// Puts the remedies into a packet.
    pub(super) fn help(&self, packet: &mut Json) {
        each_flow(packet, "", &mut |_, blocks| {
            let mut out = Vec::with_capacity(blocks.len());
            for mut block in blocks.drain(..) {
                match block["flow"].as_str().and_then(|name| self.remedies.get(name)) {
                    Some(Remedy::Room(lines)) => out.push(json!({ "kind": "line-room", "lines": lines })),
                    Some(Remedy::Unhyphenated) => block["unhyphenated"] = json!(true),
                    Some(Remedy::Nothing) | None => {}
                }
                out.push(block);
            }
            *blocks = out;
        });
    }
}

/// Names the blocks in the flow of pages, such as `reading/3`. The same block has the same name in every edition, so the engine
/// recognizes it.
pub(super) fn name_blocks(packet: &mut Json) {
    each_flow(packet, "", &mut |section, blocks| {
        for (index, block) in blocks.iter_mut().enumerate() {
            block["flow"] = json!(format!("{section}/{index}"));
        }
    });
}

/// Calls a function with the blocks of each section in the flow of pages, in order, and with the section's name.
fn each_flow(packet: &mut Json, outer: &str, with: &mut dyn FnMut(&str, &mut Vec<Json>)) {
    let Some(sections) = packet["sections"].as_array_mut() else { return };
    for section in sections {
        let kind = section["kind"].as_str().unwrap_or_default().to_owned();
        if kind == "lesson" {
            let lesson = format!("{outer}{}/", section["id"].as_str().unwrap_or_default());
            each_flow(section, &lesson, with);
        } else if FLOWING.contains(&&*kind)
            && let Some(blocks) = section["blocks"].as_array_mut()
        {
            with(&format!("{outer}{kind}"), blocks);
        }
    }
}

/// A paragraph in the layout.
struct Paragraph {
    /// The block in the flow of pages that has it, and the page where that begins.
    block: String,
    block_page: usize,
    /// The page and the height of its beginning.
    first: (usize, f64),
    /// The same of its end.
    last: (usize, f64),
    /// The heights of the margins at the top and the bottom of its pages.
    margins: (f64, f64),
}

fn label(name: &str) -> Label {
    Label::new(PicoStr::intern(name)).expect("the name is not empty")
}

/// The paragraphs in the layout, in order, except those before the first block in the flow of pages.
fn placed(document: &PagedDocument) -> Option<Vec<Paragraph>> {
    let introspector = document.introspector();
    let labels = ["flow-block", "paragraph", "paragraph-end"].map(label);
    let marks = introspector.query(&Selector::Or(labels.into_iter().map(Selector::Label).collect()));
    let points = |dict: &Dict, name: &str| match dict.get(name) {
        Ok(Value::Length(length)) => length.abs.to_pt(),
        _ => 0.0,
    };
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut block: Option<(String, usize)> = None;
    let mut open = Vec::new();
    for mark in &marks {
        let position = introspector.position(mark.location()?)?;
        let place = (position.page.get(), position.point.y.to_pt());
        if mark.label() == Some(labels[0]) {
            let Value::Str(name) = &mark.to_packed::<MetadataElem>()?.value else { return None };
            block = Some((name.to_string(), place.0));
        } else if mark.label() == Some(labels[1]) {
            let Value::Dict(margins) = &mark.to_packed::<MetadataElem>()?.value else { return None };
            open.push((place, (points(margins, "top"), points(margins, "bottom"))));
        } else {
            let (first, margins) = open.pop()?;
            if let Some((block, block_page)) = block.clone() {
                paragraphs.push(Paragraph { block, block_page, first, last: place, margins });
            }
        }
    }
    Some(paragraphs)
}

/// A piece of text on a page.
#[derive(Debug, Clone, Copy)]
struct Piece {
    baseline: f64,
    size: f64,
    is_hyphenated: bool,
}

/// The text of pages that were asked for, by baseline.
struct LinesOf<'a> {
    document: &'a PagedDocument,
    known: BTreeMap<usize, Vec<Piece>>,
}

impl LinesOf<'_> {
    fn on(&mut self, page: usize) -> &[Piece] {
        self.known.entry(page).or_insert_with(|| {
            let mut pieces = Vec::new();
            if let Some(page) = self.document.pages().get(page - 1) {
                collect(&page.frame, Transform::identity(), &mut pieces);
            }
            pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
            pieces
        })
    }

    /// What is wrong with the breaks of a paragraph.
    fn fault(&mut self, mark: &Paragraph) -> Option<Fault> {
        if mark.first.0 == mark.last.0 {
            return None;
        }
        let (top, bottom) = mark.margins;
        let height = self.document.pages().get(mark.first.0 - 1)?.frame.height().to_pt();
        let is_body = |piece: &&Piece| top < piece.baseline && piece.baseline < height - bottom + SAME_LINE;
        // From the first line to the last on its page.
        let pieces = self.on(mark.first.0);
        let first = pieces.iter().find(|piece| piece.baseline > mark.first.1 - 1.0)?;
        let (mut line, mut lines) = (*first, 1);
        for piece in pieces.iter().filter(is_body) {
            if piece.baseline < line.baseline + SAME_LINE {
                line.is_hyphenated |= (piece.baseline - line.baseline).abs() < SAME_LINE && piece.is_hyphenated;
            } else if piece.baseline < line.baseline + FARTHEST * first.size {
                line = *piece;
                lines += 1;
            }
        }
        if lines == 1 {
            return Some(Fault::LoneLine);
        }
        let is_hyphenated = line.is_hyphenated;
        let pieces = self.on(mark.last.0);
        let last = pieces.iter().find(|piece| piece.baseline > mark.last.1 - 1.0)?;
        let mut before: Vec<f64> = Vec::new();
        for piece in pieces.iter().filter(is_body).filter(|piece| piece.baseline < last.baseline - SAME_LINE) {
            if before.last().is_none_or(|line| piece.baseline > line + SAME_LINE) {
                before.push(piece.baseline);
            }
        }
        let is_last = !pieces.iter().filter(is_body).any(|piece| piece.baseline > last.baseline + SAME_LINE);
        if before.is_empty() {
            Some(Fault::LoneLine)
        } else if is_last && before.len() + 1 < FEWEST_ON_PAGE {
            Some(Fault::FewLines)
        } else {
            is_hyphenated.then_some(Fault::Hyphen)
        }
    }
}

fn collect(frame: &Frame, transform: Transform, to: &mut Vec<Piece>) {
    for (place, item) in frame.items() {
        let transform = transform.pre_concat(Transform::translate(place.x, place.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, transform.pre_concat(group.transform), to),
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                to.push(Piece {
                    baseline: Point::zero().transform(transform).y.to_pt(),
                    size: text.size.to_pt(),
                    is_hyphenated: text.text.ends_with(['\u{ad}', '\u{2010}']),
                });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remedies_go_to_their_paragraphs() {
        let paragraph = json!({ "kind": "paragraph" });
        let (heading, page_break) = (json!({ "kind": "heading" }), json!({ "kind": "page-break" }));
        let packet = json!({ "sections": [
            { "kind": "guide", "blocks": [paragraph] },
            { "kind": "lesson", "id": "war", "sections": [{ "kind": "reading", "blocks": [heading, page_break, paragraph] }] },
            { "kind": "discussion", "blocks": [paragraph] },
        ] });
        let mut helped = packet.clone();
        name_blocks(&mut helped);
        assert_eq!(helped["sections"][0], packet["sections"][0], "a guide isn't in the flow");
        let remedies = [("war/reading/2", Remedy::Room(2)), ("discussion/0", Remedy::Unhyphenated)];
        let remedies = remedies.map(|(block, remedy)| (block.to_owned(), remedy)).into();
        BreaksKept { remedies, ..BreaksKept::default() }.help(&mut helped);
        let reading = helped["sections"][1]["sections"][0]["blocks"].as_array().expect("it has blocks");
        let kinds: Vec<_> = reading.iter().map(|block| block["kind"].as_str().unwrap_or_default()).collect();
        assert_eq!(kinds, ["heading", "page-break", "line-room", "paragraph"]);
        assert_eq!(reading[2]["lines"], json!(2));
        assert_eq!(helped["sections"][2]["blocks"][0]["unhyphenated"], json!(true));
    }
}
