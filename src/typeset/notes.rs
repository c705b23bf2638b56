//! Keeps footnotes on the pages of their marks.
//!
//! The engine places a note when it finds its mark, and only then sees that both don't fit: a line that must stay with the next
//! one, or a block that is laid out as a whole, moves to the next page without its note. Such a packet is laid out again, with
//! room left free at the foot of that page, so the mark moves before its note is placed.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use typst::foundations::Value;
use typst_layout::PagedDocument;

use super::marks;
use crate::source::Place;

/// The kinds of sections whose blocks are in the flow of pages, where blocks can start new ones.
const FLOWING: [&str; 4] = ["reading", "questions", "discussion", "activity"];

/// The kinds of blocks that can be split, with the keys of their pieces.
const SPLIT: [(&str, &str); 3] = [("list", "items"), ("table", "rows"), ("timeline", "events")];

/// How often a packet is laid out again at most.
const MOST_ROUNDS: usize = 8;

/// A footnote on another page than its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Apart {
    /// The place of its mark in the lesson file.
    pub place: Place,
    /// The page of its mark.
    pub mark: usize,
    /// The page where its text begins.
    pub text: usize,
}

/// The footnotes on other pages than their marks, in the order of their marks.
pub(super) fn apart(document: &PagedDocument) -> Vec<Apart> {
    let mut texts: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (place, page) in placed(document, "note-text") {
        texts.entry(place).or_default().push(page);
    }
    let mut seen: BTreeMap<Place, usize> = BTreeMap::new();
    let mut apart = Vec::new();
    for (place, mark) in placed(document, "note-mark") {
        let nth = seen.entry(place).or_default();
        // The head of a table repeats its marks, but not their notes.
        if let Some(&text) = texts.get(&place).and_then(|texts| texts.get(*nth))
            && text != mark
        {
            apart.push(Apart { place, mark, text });
        }
        *nth += 1;
    }
    apart
}

/// The places in the lesson file that templates left under a label, with page numbers.
fn placed(document: &PagedDocument, label: &str) -> Vec<(Place, usize)> {
    marks(document, label).into_iter().filter_map(|(value, page)| Some((place(&value)?, page))).collect()
}

/// A place as templates get it.
fn place(value: &Value) -> Option<Place> {
    let value = serde_json::to_value(value).ok()?;
    let number = |name: &str| u32::try_from(value[name].as_u64()?).ok();
    let file = serde_json::from_value(value["file"].clone()).ok()?;
    Some(Place { file, start: number("start")?, end: number("end")? })
}

/// What is done to keep a note with its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// Room for the note stays free at the foot of the page where the mark's block begins.
    Room,
    /// The mark's block begins a page, or continues on a new page with the row or entry that has the mark.
    Page,
    /// Nothing helps.
    Nothing,
}

/// The notes that need help to stay with their marks.
#[derive(Debug, Default)]
pub(super) struct NotesKept {
    remedies: Vec<(Place, Remedy)>,
    rounds: usize,
}

impl NotesKept {
    /// Whether the packet must be laid out again, because a note is apart from its mark and something may help.
    /// [`NotesKept::help`] says how.
    ///
    /// Only the first one is helped: what moves it moves all that follow.
    pub(super) fn find(&mut self, packet: &Json, document: &PagedDocument) -> bool {
        let apart = apart(document);
        if apart.is_empty() || self.rounds == MOST_ROUNDS {
            return false;
        }
        let mut changed = false;
        for note in apart {
            let known = self.remedies.iter().position(|(place, _)| *place == note.place);
            let next = match known.map(|known| self.remedies[known].1) {
                None => match block_with(packet, note.place) {
                    None => continue,
                    Some(block) if rest_of(&mut block.clone(), &json!(note.place)).is_some() => Remedy::Page,
                    Some(_) => Remedy::Room,
                },
                Some(Remedy::Room) => Remedy::Page,
                Some(Remedy::Page) => Remedy::Nothing,
                Some(Remedy::Nothing) => continue,
            };
            match known {
                Some(known) => self.remedies[known].1 = next,
                None => self.remedies.push((note.place, next)),
            }
            changed = true;
            if next != Remedy::Nothing {
                break;
            }
        }
        self.rounds += usize::from(changed);
        changed
    }

    /// Puts the remedies into a packet.
    pub(super) fn help(&self, packet: &mut Json) {
        let remedies = self.remedies.iter().filter(|(_, remedy)| *remedy != Remedy::Nothing);
        remedies.for_each(|(place, remedy)| help(packet, *place, *remedy));
    }
}

/// The block in the flow of pages that has the mark of a note at this place.
fn block_with(packet: &Json, place: Place) -> Option<&Json> {
    let key = json!(place);
    let sections = packet["sections"].as_array()?;
    sections.iter().find_map(|section| match section["kind"].as_str()? {
        "lesson" => block_with(section, place),
        kind if FLOWING.contains(&kind) => section["blocks"].as_array()?.iter().find(|block| note(block, &key).is_some()),
        _ => None,
    })
}

/// Puts a remedy before the block that has the mark of a note.
fn help(packet: &mut Json, place: Place, remedy: Remedy) {
    let Some(sections) = packet["sections"].as_array_mut() else { return };
    for section in sections {
        if section["kind"] == "lesson" {
            help(section, place, remedy);
        } else if section["kind"].as_str().is_some_and(|kind| FLOWING.contains(&kind))
            && let Some(blocks) = section["blocks"].as_array_mut()
        {
            let key = json!(place);
            let found = blocks.iter().enumerate().find_map(|(index, block)| Some((index, note(block, &key)?["runs"].clone())));
            if let Some((index, runs)) = found {
                let block = match remedy {
                    Remedy::Room => json!({ "kind": "note-room", "runs": runs }),
                    Remedy::Page | Remedy::Nothing => json!({ "kind": "page-break" }),
                };
                let rest = if remedy == Remedy::Page { rest_of(&mut blocks[index], &key) } else { None };
                match rest {
                    Some(rest) => drop(blocks.splice(index + 1..index + 1, [block, rest])),
                    None => blocks.insert(index, block),
                }
                return;
            }
        }
    }
}

/// Splits a block before the row or entry that has the mark of a note, if that isn't the first one. Returns what follows.
fn rest_of(block: &mut Json, place: &Json) -> Option<Json> {
    let (_, key) = *SPLIT.iter().find(|(kind, _)| block["kind"] == *kind)?;
    // The head prints above both parts, and its notes would print twice.
    if has_notes(&block["head"]) {
        return None;
    }
    let pieces = block[key].as_array()?;
    let before = pieces.iter().position(|piece| note(piece, place).is_some()).filter(|before| *before > 0)?;
    let mut rest = block.clone();
    rest[key] = json!(pieces[before..]);
    rest["title"] = Json::Null;
    if let Some(rest) = rest.as_object_mut() {
        rest.remove("flow");
    }
    if let Some(start) = block["start"].as_u64() {
        rest["start"] = json!(start + before as u64);
    }
    if key == "rows" {
        // Both parts have columns of the same width.
        rest["all-rows"] = block["rows"].clone();
        block["all-rows"] = block["rows"].clone();
        block["credit"] = Json::Null;
    }
    block[key].as_array_mut()?.truncate(before);
    Some(rest)
}

/// Whether there is a note inside this data.
fn has_notes(data: &Json) -> bool {
    match data {
        Json::Object(entries) => data["kind"] == "note" || entries.values().any(has_notes),
        Json::Array(entries) => entries.iter().any(has_notes),
        _ => false,
    }
}

/// The note with its mark at this place, inside this data.
fn note<'a>(data: &'a Json, place: &Json) -> Option<&'a Json> {
    match data {
        Json::Object(entries) if entries.get("place") == Some(place) && data["kind"] == "note" => Some(data),
        Json::Object(entries) => entries.values().find_map(|entry| note(entry, place)),
        Json::Array(entries) => entries.iter().find_map(|entry| note(entry, place)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn room_for_a_note_goes_before_the_outermost_block_with_its_mark() {
        let place = Place::new(FileId::default(), 7, 11);
        let text = json!({ "kind": "text", "text": "A note." });
        let note = json!({ "kind": "note", "runs": [text], "place": place });
        let list = json!({ "kind": "list", "items": [[{ "kind": "paragraph", "runs": [note] }]] });
        let packet =
            |blocks: Json| json!({ "sections": [{ "kind": "lesson", "sections": [{ "kind": "reading", "blocks": blocks }] }] });
        let before = json!({ "kind": "paragraph", "runs": [] });
        let mut helped = packet(json!([before, list]));
        assert_eq!(block_with(&helped, place), Some(&list));
        assert_eq!(block_with(&helped, Place::new(FileId::default(), 8, 11)), None);
        help(&mut helped, place, Remedy::Room);
        assert_eq!(helped, packet(json!([before, { "kind": "note-room", "runs": [text] }, list])));
    }

    #[test]
    fn a_list_continues_on_the_next_page_with_the_item_that_has_the_mark() {
        let place = Place::new(FileId::default(), 7, 11);
        let note = json!({ "kind": "note", "runs": [], "place": place });
        let mut packet = json!({ "sections": [{ "kind": "reading", "blocks": [
            { "kind": "list", "start": 4, "items": [["one"], ["two", note], ["three"]] },
        ] }] });
        help(&mut packet, place, Remedy::Page);
        assert_eq!(
            packet["sections"][0]["blocks"],
            json!([
                { "kind": "list", "start": 4, "items": [["one"]] },
                { "kind": "page-break" },
                { "kind": "list", "start": 5, "items": [["two", note], ["three"]], "title": null },
            ])
        );
    }
}
