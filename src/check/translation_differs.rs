//! A translation with different parts than its lesson, so numbers, page references, and answers would not match.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::Lesson;
use crate::lesson::block::{Block, Question};
use crate::lesson::prose::ProseBlock;
use crate::source::{FileId, Place};

/// Something that a lesson and its translation must both have in the same position.
#[derive(Debug)]
struct Piece {
    /// What it is, described by what a translation keeps: ``a paragraph labeled `purge` ``.
    what: String,
    place: Option<Place>,
    /// The label of a paragraph that has one; `None` for everything else.
    label: Option<String>,
    is_paragraph: bool,
}

impl Piece {
    /// Anything but a paragraph.
    fn other(what: String, place: Option<Place>) -> Self {
        Self { what, place, label: None, is_paragraph: false }
    }
}

/// Compares a translation, read from `file`, with its lesson, read from the file `name`.
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
        let (expected, actual) = match (wanted.get(same), found.get(same)) {
            (None, None) => continue,
            (Some(wanted), Some(found)) => (&*wanted.what, &*found.what),
            (Some(wanted), None) => (&*wanted.what, "the end"),
            (None, Some(found)) => ("the end", &*found.what),
        };
        // A piece without a place is reported at the last one before it that has one.
        let place = found.iter().take(same + 1).rev().find_map(|piece| piece.place).unwrap_or(Place::beginning(file));
        let message = format!("`{section}` differs from `{name}`: expected {expected}, found {actual}");
        let help = match (wanted.get(same), found.get(same)) {
            (Some(wanted), Some(found)) => label_help(wanted, found),
            _ => None,
        };
        let help =
            help.unwrap_or_else(|| "give both files the same blocks, paragraphs, ids, and labels in the same order".into());
        diagnostics.push(Diagnostic::new(Code::TranslationDiffers, place, message).help(help));
    }
    let (wanted, found) = (lesson.vocabulary.len(), translation.vocabulary.len());
    if wanted != found {
        let place = translation.vocabulary.first().map_or(Place::beginning(file), |term| term.term.place);
        let terms = count(wanted, "term");
        let message = format!("`vocabulary` differs from `{name}`: expected {terms}, found {found}");
        diagnostics.push(
            Diagnostic::new(Code::TranslationDiffers, place, message)
                .help("define the same terms in both files, in the same order"),
        );
    }
}

/// The help for two paragraphs that differ only in their labels.
fn label_help(wanted: &Piece, found: &Piece) -> Option<String> {
    if !wanted.is_paragraph || !found.is_paragraph {
        return None;
    }
    Some(match (&wanted.label, &found.label) {
        (Some(label), None) => format!("put `{{#{label}}}` at the end of this paragraph"),
        (Some(label), Some(other)) => format!("write `{{#{label}}}` instead of `{{#{other}}}`"),
        (None, Some(other)) => format!("remove `{{#{other}}}`"),
        (None, None) => return None,
    })
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
    let source = |key: &str, place| Piece::other(format!("the source `{key}`"), Some(place));
    groups.flat_map(|group| group.entries.iter().map(move |entry| source(&entry.key.value, entry.key.place))).collect()
}

/// A block, or the paragraphs and headings of prose.
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
            inner.push(Piece::other(format!("entries with the ids {}", known.join(", ")), ids.first().map(|id| id.place)));
        }
    }
    inner.insert(0, Piece::other(what, id.map(|id| id.place)));
    inner
}

fn prose_piece(block: &ProseBlock) -> Piece {
    match block {
        ProseBlock::Paragraph(paragraph) => match &paragraph.label {
            Some(label) => Piece {
                what: format!("a paragraph labeled `{}`", label.value),
                place: Some(label.place),
                label: Some(label.value.clone()),
                is_paragraph: true,
            },
            None => Piece { what: "a paragraph".to_owned(), place: Some(paragraph.place), label: None, is_paragraph: true },
        },
        ProseBlock::Heading { level, place, .. } => Piece::other(format!("a level {level} heading"), Some(*place)),
        ProseBlock::Quotation { blocks, .. } => {
            Piece::other(format!("a quotation of {}", count(blocks.len(), "paragraph")), None)
        }
        ProseBlock::List { items, .. } => Piece::other(format!("a list with {}", count(items.len(), "item")), None),
        ProseBlock::Table(table) => Piece::other(format!("a table with {}", count(table.rows.len(), "row")), None),
    }
}

fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}
