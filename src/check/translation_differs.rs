//! A translation that has other parts than its lesson: numbers, pages that are pointed to and answers would not fit.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::Lesson;
use crate::lesson::block::{Block, Question};
use crate::lesson::prose::ProseBlock;
use crate::source::{FileId, Place};

/// Something that a lesson and its translation must both have at the same place.
#[derive(Debug)]
struct Piece {
    /// What it is, by all that a translation keeps: `a paragraph labelled "purge"`.
    what: String,
    place: Option<Place>,
}

/// Holds a translation, which is in `file`, against the lesson, whose file is called `name`.
pub fn check(lesson: &Lesson, name: &str, translation: &Lesson, file: FileId, diagnostics: &mut Diagnostics) {
    let sections = [
        ("reading", reading(lesson), reading(translation)),
        ("discussion", questions(&lesson.discussion), questions(&translation.discussion)),
        ("activity", activity(lesson), activity(translation)),
        ("exit_ticket", questions(&lesson.exit_ticket), questions(&translation.exit_ticket)),
        ("bibliography", sources(lesson), sources(translation)),
    ];
    for (section, wanted, found) in sections {
        let same = wanted.iter().zip(&found).take_while(|(wanted, found)| wanted.what == found.what).count();
        let difference = match (wanted.get(same), found.get(same)) {
            (None, None) => continue,
            (Some(wanted), Some(found)) => {
                format!("the `{section}` goes on with {}, and in `{name}` with {}", found.what, wanted.what)
            }
            (Some(wanted), None) => format!("the `{section}` ends, and in `{name}` it goes on with {}", wanted.what),
            (None, Some(found)) => format!("the `{section}` goes on with {}, and in `{name}` it ends", found.what),
        };
        // What has no place of its own stands behind what has one.
        let place = found.iter().take(same + 1).rev().find_map(|piece| piece.place).unwrap_or(Place::beginning(file));
        diagnostics.push(Diagnostic::new(Code::TranslationDiffers, place, difference).help(
            "give both files the same blocks, paragraphs, ids and labels in the same order, so that numbers and answers fit",
        ));
    }
    let (wanted, found) = (lesson.vocabulary.len(), translation.vocabulary.len());
    if wanted != found {
        let place = translation.vocabulary.first().map_or(Place::beginning(file), |term| term.term.place);
        let words = if found == 1 { "word" } else { "words" };
        let message = format!("the `vocabulary` has {found} {words}, and in `{name}` {wanted}");
        diagnostics.push(Diagnostic::new(Code::TranslationDiffers, place, message).help("explain the same words in both files"));
    }
}

fn reading(lesson: &Lesson) -> Vec<Piece> {
    lesson.reading.iter().flat_map(pieces).collect()
}

fn activity(lesson: &Lesson) -> Vec<Piece> {
    lesson.activity.iter().flat_map(|activity| activity.body.iter().flat_map(pieces)).collect()
}

fn questions(questions: &[Question]) -> Vec<Piece> {
    questions.iter().flat_map(|question| pieces(&question.0)).collect()
}

fn sources(lesson: &Lesson) -> Vec<Piece> {
    let groups = lesson.bibliography.iter().flat_map(|bibliography| &bibliography.groups);
    let source = |key: &str, place| Piece { what: format!("the source `{key}`"), place: Some(place) };
    groups.flat_map(|group| group.entries.iter().map(move |entry| source(&entry.key.value, entry.key.place))).collect()
}

/// A block, or the paragraphs and headings of which a text is made.
fn pieces(block: &Block) -> Vec<Piece> {
    if let Block::Prose(prose) = block {
        return prose.0.iter().map(prose_piece).collect();
    }
    let id = block.item().and_then(|item| item.id);
    let mut what = format!("`{}`", block.name());
    if let Some(id) = id {
        what = format!("{what} with the id `{}`", id.value.0);
    }
    let mut inner = Vec::new();
    for ids in block.content().lists() {
        let known: Vec<&str> = ids.iter().map(|id| &*id.value.0).collect();
        if !known.is_empty() {
            inner.push(Piece {
                what: format!("entries with the ids {}", known.join(", ")),
                place: ids.first().map(|id| id.place),
            });
        }
    }
    inner.insert(0, Piece { what, place: id.map(|id| id.place) });
    inner
}

fn prose_piece(block: &ProseBlock) -> Piece {
    match block {
        ProseBlock::Paragraph(paragraph) => match &paragraph.label {
            Some(label) => Piece { what: format!("a paragraph labelled `{}`", label.value), place: Some(label.place) },
            None => Piece { what: "a paragraph".to_owned(), place: None },
        },
        ProseBlock::Heading { level, place, .. } => Piece { what: format!("a heading of level {level}"), place: Some(*place) },
        ProseBlock::Quotation { blocks, .. } => {
            Piece { what: format!("a quotation of {} paragraphs", blocks.len()), place: None }
        }
        ProseBlock::List { items, .. } => Piece { what: format!("a list of {} entries", items.len()), place: None },
        ProseBlock::Table(table) => Piece { what: format!("a table of {} rows", table.rows.len()), place: None },
    }
}
