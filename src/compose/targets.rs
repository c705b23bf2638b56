//! Finds the paragraph and line numbers that labels name. This runs before composing, because a question may come before the
//! passage it points to.

use std::collections::BTreeMap;

use crate::lesson::block::{Block, Numbers};
use crate::lesson::prose::{Placed, ProseBlock};
use crate::lesson::{Lesson, ReadingNumbers};

/// What a label names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A paragraph of the reading, by its number.
    Paragraph(u32),
    /// A line of verse, by its number in the verse with this label.
    Line(u32, Option<String>),
    /// A paragraph in the source with this label. The finished layout numbers its lines.
    Lines(Option<String>),
}

/// What each label of a lesson names.
pub(super) fn targets(lesson: &Lesson) -> BTreeMap<String, Target> {
    let mut targets = BTreeMap::new();
    let mut number = 0;
    for block in &lesson.reading {
        let Block::Prose(prose) = block else { continue };
        for label in paragraphs(&prose.0) {
            number += 1;
            let target = match lesson.numbers {
                ReadingNumbers::Paragraphs => Target::Paragraph(number),
                ReadingNumbers::Lines => Target::Lines(None),
                ReadingNumbers::None => continue,
            };
            targets.extend(label.map(|label| (label.value.clone(), target)));
        }
    }
    for block in lesson.blocks() {
        match block {
            Block::PrimarySource(source) if source.numbers == Numbers::Lines => {
                let labels = paragraphs(&source.text.0).flatten();
                targets.extend(labels.map(|label| (label.value.clone(), Target::Lines(source.label.clone()))));
            }
            Block::Verse(verse) if verse.numbers == Numbers::Lines => {
                for (line, number) in verse.lines().zip(1..) {
                    let target = Target::Line(number, verse.label.clone());
                    targets.extend(line.label.as_ref().map(|label| (label.value.clone(), target)));
                }
            }
            _ => {}
        }
    }
    targets
}

/// Whether a question points to lines that only the finished layout numbers.
pub fn points_to_lines(lesson: &Lesson) -> bool {
    let targets = targets(lesson);
    let mut pointed = lesson.items().flat_map(|item| item.see);
    pointed.any(|label| matches!(targets.get(&*label.value), Some(Target::Lines(_))))
}

/// The labels of the outermost paragraphs.
fn paragraphs(blocks: &[ProseBlock]) -> impl Iterator<Item = Option<&Placed<String>>> {
    blocks.iter().filter_map(|block| match block {
        ProseBlock::Paragraph(paragraph) => Some(paragraph.label.as_ref()),
        _ => None,
    })
}
