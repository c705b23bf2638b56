//! What questions point to: the numbers of paragraphs and lines, known before anything is composed, since a question may stand before what it points to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Composer;
use crate::block::{Block, Numbers};
use crate::lesson::prose::{Placed, ProseBlock};
use crate::lesson::values::Id;
use crate::lesson::{Lesson, ReadingNumbers};

/// What a label names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A paragraph of the reading, by its number.
    Paragraph(u32),
    /// A line of verse, by its number in the verse of this name.
    Line(u32, Option<String>),
    /// A paragraph whose lines are numbered in the finished layout, in the source of this name.
    Lines(Option<String>),
}

/// What a question points to, as it prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Reference {
    /// "¶ 4–6, 9"
    Paragraphs { ranges: Vec<(u32, u32)> },
    /// "lines 4–6", of the source of this name.
    Lines { ranges: Vec<(u32, u32)>, of: Option<String> },
    /// The lines of paragraphs of one source; the layout knows their numbers by the paragraphs' labels.
    Labels { labels: Vec<String>, of: Option<String> },
}

/// What the labels of a lesson name.
pub fn targets(lesson: &Lesson) -> BTreeMap<String, Target> {
    let mut targets = BTreeMap::new();
    let mut number = 0;
    for block in &lesson.reading {
        let Block::Prose(prose) = block else { continue };
        for (label, _) in paragraphs(&prose.0) {
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
                let labels = paragraphs(&source.text.0).filter_map(|(label, _)| label);
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

/// Whether a question points to lines that are numbered only in the finished layout.
pub fn points_to_lines(lesson: &Lesson) -> bool {
    let targets = targets(lesson);
    let mut pointed = lesson.items().flat_map(|item| item.see);
    pointed.any(|label| matches!(targets.get(&*label.value), Some(Target::Lines(_))))
}

/// The outermost paragraphs with their labels.
fn paragraphs(blocks: &[ProseBlock]) -> impl Iterator<Item = (Option<&Placed<String>>, &ProseBlock)> {
    blocks.iter().filter_map(|block| match block {
        ProseBlock::Paragraph(paragraph) => Some((paragraph.label.as_ref(), block)),
        _ => None,
    })
}

impl Composer<'_> {
    /// What a label names, as it prints.
    pub(super) fn reference_to(&self, label: &str) -> Option<Reference> {
        self.references_to(std::iter::once(label)).pop()
    }

    /// What a question points to.
    pub(super) fn references(&self, see: &[Placed<Id>]) -> Vec<Reference> {
        self.references_to(see.iter().map(|label| &*label.value.0))
    }

    /// What labels name, neighbouring paragraphs and lines as one.
    fn references_to<'l>(&self, see: impl Iterator<Item = &'l str>) -> Vec<Reference> {
        let mut numbered: Vec<u32> = Vec::new();
        let mut lines: BTreeMap<Option<String>, Vec<u32>> = BTreeMap::new();
        let mut labels: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
        for label in see {
            match self.targets.get(label) {
                Some(Target::Paragraph(number)) => numbered.push(*number),
                Some(Target::Line(number, of)) => lines.entry(of.clone()).or_default().push(*number),
                Some(Target::Lines(of)) => labels.entry(of.clone()).or_default().push(self.scoped(label)),
                None => {}
            }
        }
        let paragraphs = (!numbered.is_empty()).then(|| Reference::Paragraphs { ranges: ranges(numbered) });
        let lines = lines.into_iter().map(|(of, numbers)| Reference::Lines { ranges: ranges(numbers), of });
        // The student packet knows the lines; where it is not whole, or is laid out once more, its numbers are taken.
        let known =
            |labels: &[String]| labels.iter().map(|label| self.layout?.lines.get(label).copied()).collect::<Option<Vec<_>>>();
        let labels = labels.into_iter().map(|(of, labels)| match known(&labels) {
            Some(lines) => {
                Reference::Lines { ranges: ranges(lines.into_iter().flat_map(|(first, last)| first..=last).collect()), of }
            }
            None => Reference::Labels { labels, of },
        });
        paragraphs.into_iter().chain(lines).chain(labels).collect()
    }
}

/// Numbers as first and last of each unbroken stretch.
fn ranges(mut numbers: Vec<u32>) -> Vec<(u32, u32)> {
    numbers.sort_unstable();
    numbers.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_paragraphs_make_a_range() {
        assert_eq!(ranges(vec![9, 4, 5, 6, 5]), [(4, 6), (9, 9)]);
        assert_eq!(ranges(vec![]), []);
    }
}
