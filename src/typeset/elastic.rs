//! Chooses the room to write of each part, so its pages come out full.
//!
//! A part with a page that is mostly empty, or with a last page of a few lines, is laid out again with a little less or more
//! room: its lines closer together or farther apart, its boxes lower or higher. All parts try the same shares at the same time,
//! because each begins a page, so a packet is laid out a few times at most.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use typst_layout::PagedDocument;

use super::fullness::{PageFill, page_fills};
use super::rounds::Rounds;
use super::{layout, marks};
use crate::packet::layout::PartPages;
use crate::packet::pages::Pages;

/// The shares of the usual room that are tried, less and more of it. The first of each shows whether the second, which is nearer to
/// the usual, is worth a try. A tenth less than the 11/32 in of wide ruled paper is still more than the 9/32 in of college ruled paper.
const SHARES: [[f64; 2]; 2] = [[0.9, 0.95], [1.1, 1.05]];

/// The kinds of sections with room to write.
const WRITTEN: [&str; 5] = ["reading", "questions", "discussion", "activity", "exit-ticket"];

/// Pages that aren't the last of their part have at most this share empty, if possible.
const MOST_EMPTY: f64 = 0.4;

/// A page with more than this share empty is worth another try.
const WORTH_A_TRY: f64 = 0.15;

/// A last page that is full only up to this share could be saved.
const LITTLE: f64 = 0.35;

/// Sections that may share pages, and the share of the usual room that is best for them so far.
#[derive(Debug)]
struct Unit {
    /// The name of each section; see [`name`].
    sections: Vec<String>,
    room: f64,
    score: Score,
}

/// How good the pages of a unit are: less is better, the first value first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Score {
    /// How much doesn't fit.
    warnings: usize,
    pages: usize,
    /// How much more of its emptiest page is empty than should be.
    too_empty: f64,
    /// The distance from the usual room.
    change: f64,
}

/// What is known about a layout.
struct Measured {
    parts: Vec<PartPages>,
    fills: Vec<PageFill>,
    /// The page of each thing that doesn't fit.
    warnings: Vec<usize>,
}

impl Measured {
    fn of(document: &PagedDocument) -> Self {
        let warnings = marks(document, "warning").into_iter().map(|(_, page)| page).collect();
        Self { parts: layout(document).parts, fills: page_fills(document), warnings }
    }
}

/// The content with the share of the usual room that is best for each part, and its layout. `document` is the layout of `usual`, and
/// `lay_out` makes another one, of content that has changed since a layout, in this many rounds.
pub(super) fn with_best_rooms<E>(
    usual: Json,
    document: PagedDocument,
    mut lay_out: impl FnMut(&Json, &PagedDocument, Rounds) -> Result<PagedDocument, E>,
) -> (Json, PagedDocument) {
    let mut units = units(&usual, &document);
    if units.is_empty() {
        return (usual, document);
    }
    let mut tries = Vec::new();
    for shares in SHARES {
        // More room only helps where a page is too empty.
        if shares[0] > 1.0 && units.iter().all(|unit| unit.score.too_empty == 0.0) {
            break;
        }
        for share in shares {
            // The engine may find no layout in its few rounds.
            let Ok(again) = lay_out(&with_rooms(&usual, &units, |_| share), &document, Rounds::UntilPagesEnd) else { continue };
            let measured = Measured::of(&again);
            let mut helps = false;
            for unit in &mut units {
                let score = score(&unit.sections, &measured, share);
                // Reports about what doesn't fit name the room that the lesson asks for.
                if score.warnings == 0 && score < unit.score {
                    (unit.room, unit.score, helps) = (share, score, true);
                }
            }
            tries.push((share, again));
            if !helps {
                break;
            }
        }
    }
    if units.iter().all(|unit| unit.room == 1.0) {
        return (usual, document);
    }
    let content = with_rooms(&usual, &units, |unit| unit.room);
    let begun = tries.iter().find(|(share, _)| units.iter().all(|unit| unit.room == *share)).map(|(_, again)| again);
    match lay_out(&content, begun.unwrap_or(&document), Rounds::UntilSettled) {
        Ok(again) => (content, again),
        Err(_) => (usual, document),
    }
}

/// The units that could have better pages.
fn units(content: &Json, document: &PagedDocument) -> Vec<Unit> {
    let measured = Measured::of(document);
    let mut elastic = BTreeMap::new();
    sections(content, None, &mut |lesson, section| {
        elastic.insert(name(lesson, section["kind"].as_str().unwrap_or_default()), is_elastic(&section["blocks"]));
    });
    let is_elastic = |unit: &[String]| unit.iter().any(|section| elastic.get(section) == Some(&true));
    let units =
        groups(&measured.parts).into_iter().filter(|sections| is_elastic(sections) && could_be_better(sections, &measured));
    units.map(|sections| Unit { score: score(&sections, &measured, 1.0), room: 1.0, sections }).collect()
}

/// The parts with room to write, grouped by the pages they may share. An exit ticket can be below the part before it.
fn groups(parts: &[PartPages]) -> Vec<Vec<String>> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut end = None;
    for part in parts {
        let is_written = WRITTEN.contains(&part.kind.as_str());
        let shares = end.is_some_and(|end| part.pages.first <= end || part.kind == "exit-ticket");
        match groups.last_mut() {
            Some(group) if shares && is_written => group.push(name(part.lesson.as_deref(), &part.kind)),
            _ if is_written => groups.push(vec![name(part.lesson.as_deref(), &part.kind)]),
            _ => {}
        }
        end = is_written.then_some(part.pages.last);
    }
    groups
}

/// The name of a section: its kind, with the id of its lesson in an issue.
fn name(lesson: Option<&str>, kind: &str) -> String {
    lesson.map_or_else(|| kind.to_owned(), |lesson| format!("{lesson}/{kind}"))
}

/// The pages of each part of a unit, without empty backs at the end.
fn pages_of<'a>(sections: &'a [String], measured: &'a Measured) -> impl Iterator<Item = Pages> + 'a {
    let own = measured.parts.iter().filter(|part| sections.contains(&name(part.lesson.as_deref(), &part.kind)));
    own.map(|part| {
        let is_blank = |page: &usize| measured.fills.get(page - 1).is_some_and(|fill| fill.filled <= 0.0);
        let backs = (part.pages.first + 1..=part.pages.last).rev().take_while(is_blank).count();
        Pages { first: part.pages.first, last: part.pages.last - backs }
    })
}

/// The pages before the last of each part, and those last pages.
fn before_and_last(sections: &[String], measured: &Measured) -> (Vec<PageFill>, Vec<(Pages, PageFill)>) {
    let (mut before, mut last) = (Vec::new(), Vec::new());
    for pages in pages_of(sections, measured) {
        before.extend((pages.first..pages.last).filter_map(|page| measured.fills.get(page - 1)).copied());
        last.extend(measured.fills.get(pages.last - 1).map(|fill| (pages, *fill)));
    }
    (before, last)
}

/// Whether another room could save a page or leave less of one empty.
fn could_be_better(sections: &[String], measured: &Measured) -> bool {
    let (before, last) = before_and_last(sections, measured);
    let is_short = |(pages, fill): &(Pages, PageFill)| pages.first < pages.last && 1.0 - fill.empty() <= LITTLE;
    // An exit ticket on a page of its own could be below the part before it.
    let is_alone =
        last.len() > 1 && last.windows(2).any(|pair| pair[0].0.last < pair[1].0.first && pair[0].1.empty() > MOST_EMPTY);
    before.iter().any(|fill| fill.empty() > WORTH_A_TRY) || last.iter().any(is_short) || is_alone
}

/// How good the pages of a unit are with this share of the usual room.
fn score(sections: &[String], measured: &Measured, share: f64) -> Score {
    let pages: Vec<Pages> = pages_of(sections, measured).collect();
    let first = pages.iter().map(|pages| pages.first).min().unwrap_or_default();
    let last = pages.iter().map(|pages| pages.last).max().unwrap_or_default();
    let (before, _) = before_and_last(sections, measured);
    let emptiest = before.iter().map(PageFill::empty).fold(0.0, f64::max);
    let warnings = measured.warnings.iter().filter(|page| (first..=last).contains(page)).count();
    Score { warnings, pages: last + 1 - first, too_empty: (emptiest - MOST_EMPTY).max(0.0), change: (share - 1.0).abs() }
}

/// Passes each section to `visit`, with the id of its lesson in an issue.
fn sections<'a>(content: &'a Json, lesson: Option<&'a str>, visit: &mut impl FnMut(Option<&'a str>, &'a Json)) {
    for section in content["sections"].as_array().into_iter().flatten() {
        if section["kind"] == "lesson" { sections(section, section["id"].as_str(), visit) } else { visit(lesson, section) }
    }
}

/// The same, to change them.
pub(super) fn sections_mut(content: &mut Json, lesson: Option<&str>, change: &mut impl FnMut(Option<&str>, &mut Json)) {
    for section in content["sections"].as_array_mut().into_iter().flatten() {
        if section["kind"] == "lesson" {
            let id = section["id"].as_str().map(str::to_owned);
            sections_mut(section, id.as_deref(), change);
        } else {
            change(lesson, section);
        }
    }
}

/// The content with this share of the usual room for each of these units.
fn with_rooms(usual: &Json, units: &[Unit], share: impl Fn(&Unit) -> f64) -> Json {
    let mut content = usual.clone();
    sections_mut(&mut content, None, &mut |lesson, section| {
        let name = name(lesson, section["kind"].as_str().unwrap_or_default());
        if let Some(unit) = units.iter().find(|unit| unit.sections.contains(&name)) {
            set_room(&mut section["blocks"], share(unit));
        }
    });
    content
}

/// Whether blocks have room to write that can be less or more.
fn is_elastic(blocks: &Json) -> bool {
    match blocks {
        Json::Object(entries) => {
            is_plain_lines(blocks)
                || is_plain_area(blocks)
                || blocks["lines"].is_u64()
                || (blocks["kind"] == "decide" && blocks["reason"] == true)
                || entries.values().any(is_elastic)
        }
        Json::Array(entries) => entries.iter().any(is_elastic),
        _ => false,
    }
}

/// Sets the share of the usual room of blocks that have it. Graph paper and lines for younger grades keep their true size.
fn set_room(blocks: &mut Json, share: f64) {
    if is_plain_area(blocks) {
        let height = blocks["height"].as_f64().unwrap_or_default();
        blocks["height"] = json!(height * share);
    }
    if is_plain_lines(blocks) || is_question(blocks) {
        blocks["room"] = json!(share);
    }
    match blocks {
        Json::Object(entries) => entries.values_mut().for_each(|entry| set_room(entry, share)),
        Json::Array(entries) => entries.iter_mut().for_each(|entry| set_room(entry, share)),
        _ => {}
    }
}

/// The fewest lines that are left of more.
const FEWEST_LINES: u64 = 2;

/// Leaves this share of the plain lines to write on, but not fewer than two of any.
pub(super) fn set_fewer_lines(data: &mut Json, share: f64) {
    if is_plain_lines(data) {
        for key in ["count", "most"] {
            if let Some(count) = data[key].as_u64() {
                let fewer = (count as f64 * share).round() as u64;
                data[key] = json!(fewer.max(FEWEST_LINES.min(count)));
            }
        }
    }
    match data {
        Json::Object(entries) => entries.values_mut().for_each(|entry| set_fewer_lines(entry, share)),
        Json::Array(entries) => entries.iter_mut().for_each(|entry| set_fewer_lines(entry, share)),
        _ => {}
    }
}

pub(super) fn is_plain_lines(data: &Json) -> bool {
    data["kind"] == "lines" && data["count"].is_u64() && data["ruling"] == "plain"
}

fn is_plain_area(data: &Json) -> bool {
    data["kind"] == "area" && data["surface"]["kind"] == "box"
}

fn is_question(data: &Json) -> bool {
    data["mark"].is_string() && data["room"].is_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: &str, first: usize, last: usize) -> PartPages {
        PartPages { kind: kind.to_owned(), lesson: None, pages: Pages { first, last }, on_sheet: 1 }
    }

    fn fills(shares: &[f64]) -> Vec<PageFill> {
        shares.iter().map(|share| PageFill { room: 600.0, filled: 600.0 * share }).collect()
    }

    #[test]
    fn parts_are_grouped_by_the_pages_they_may_share() {
        let parts = [
            part("reading", 1, 3),
            part("bibliography", 4, 4),
            part("discussion", 5, 6),
            part("activity", 7, 8),
            part("exit-ticket", 9, 9),
            part("cards", 10, 10),
        ];
        assert_eq!(groups(&parts), [vec!["reading"], vec!["discussion"], vec!["activity", "exit-ticket"]]);
        let shared = [part("questions", 1, 2), part("discussion", 2, 3), part("activity", 3, 4)];
        assert_eq!(groups(&shared), [["questions", "discussion", "activity"]]);
    }

    #[test]
    fn pages_are_scored_without_their_last_and_without_empty_backs() {
        let parts = [part("discussion", 1, 4)];
        let sections = ["discussion".to_owned()];
        let measured = Measured { parts: parts.to_vec(), fills: fills(&[0.5, 1.0, 0.2, 0.0]), warnings: vec![2, 5] };
        let score = score(&sections, &measured, 0.95);
        assert_eq!((score.warnings, score.pages), (1, 3));
        assert!((score.too_empty - 0.1).abs() < 1e-9 && (score.change - 0.05).abs() < 1e-9, "{score:?}");
        assert!(could_be_better(&sections, &measured));
    }

    #[test]
    fn only_a_fault_is_worth_another_layout() {
        let sections = ["discussion".to_owned()];
        let needs = |shares: &[f64]| {
            let parts = vec![part("discussion", 1, shares.len())];
            could_be_better(&sections, &Measured { parts, fills: fills(shares), warnings: Vec::new() })
        };
        assert!(!needs(&[0.2]));
        assert!(!needs(&[0.9, 0.6]));
        assert!(needs(&[0.8, 0.6]));
        assert!(needs(&[0.9, 0.3]));
    }

    #[test]
    fn a_share_of_the_room_changes_plain_lines_and_boxes() {
        let mut blocks = json!([
            { "kind": "prompt", "question": { "mark": "q", "room": 1.0 }, "space": { "kind": "lines", "count": 4, "ruling": "plain", "room": 1.0 } },
            { "kind": "prompt", "space": { "kind": "lines", "count": 4, "ruling": "grade-2", "room": 1.0 } },
            { "kind": "drawing", "space": { "kind": "area", "height": 100.0, "surface": { "kind": "box" } } },
            { "kind": "drawing", "space": { "kind": "area", "height": 100.0, "surface": { "kind": "grid", "side": "5 mm" } } },
        ]);
        assert!(is_elastic(&blocks));
        set_room(&mut blocks, 0.9);
        assert_eq!((&blocks[0]["question"]["room"], &blocks[0]["space"]["room"]), (&json!(0.9), &json!(0.9)));
        assert_eq!(blocks[1]["space"]["room"], 1.0);
        assert_eq!((&blocks[2]["space"]["height"], &blocks[3]["space"]["height"]), (&json!(90.0), &json!(100.0)));
        assert!(!is_elastic(&json!([blocks[1], blocks[3]])));
    }
}
