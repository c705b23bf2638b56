//! Composes the blocks: paragraphs get their numbers, figures their images, prompts their places in the reading.

use serde::Serialize;

use super::{Composer, Runs};
use crate::lesson::block::{self, Decide, Figure, Prompt, Space, Surface};
use crate::lesson::prose::{Alignment, Inlines, ProseBlock};
use crate::picture::Problem;

/// A block as it prints.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Block {
    /// A paragraph; those of a reading are numbered.
    Paragraph { number: Option<u32>, runs: Runs },
    /// A heading; level 2 is a section.
    Heading { level: u8, runs: Runs },
    /// A quotation.
    Quotation { blocks: Vec<Block>, attribution: Option<Runs> },
    /// A list, numbered if it has a start.
    List { start: Option<u32>, items: Vec<Vec<Block>> },
    /// A table.
    Table { columns: Vec<Alignment>, head: Vec<Runs>, rows: Vec<Vec<Runs>> },
    /// A picture; sizes in points.
    Figure { image: String, alt: String, width: f64, height: f64, caption: Option<Runs>, credit: Option<Runs> },
    /// A question with room to write.
    Prompt {
        mark: String,
        number: Option<u32>,
        ask: Runs,
        parts: Vec<Runs>,
        /// "¶4–6, 9", as numbers and ranges of paragraphs.
        see: Vec<(u32, u32)>,
        space: Room,
    },
    /// A decision table.
    Decide { mark: String, head: Option<Runs>, choices: Vec<Runs>, reason: bool, rows: Vec<Runs> },
}

/// Room to write.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Room {
    /// None.
    None,
    /// So many ruled lines.
    Lines { count: u32 },
    /// A box of a height in points.
    Box { height: f64 },
    /// What is left of the page.
    Fill { surface: Surface },
}

/// Whether the paragraphs of a part are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// As in a reading, to which prompts point.
    Paragraphs,
    /// As in an activity.
    None,
}

impl Composer<'_> {
    /// Composes the blocks of a reading or an activity; `part` begins the marks of items without an id.
    pub(super) fn blocks(&mut self, blocks: &[block::Block], part: &str, numbering: Numbering) -> Result<Vec<Block>, Problem> {
        // A single question needs no number to be told from others.
        let prompts = blocks.iter().filter_map(block::Block::prompt).count();
        let mut composed = Vec::new();
        let mut item = 0;
        let mut number = 0;
        for block in blocks {
            item += 1;
            let mark = format!("{part}-{item}");
            match block {
                block::Block::Prose(prose) => composed.extend(self.prose(&prose.0, numbering)),
                block::Block::Figure(figure) => composed.push(self.figure(figure)?),
                block::Block::Prompt(prompt) => {
                    number += 1;
                    composed.push(self.prompt(prompt, (prompts > 1).then_some(number), mark));
                }
                block::Block::Decide(decide) => composed.push(self.decide(decide, mark)),
            }
        }
        Ok(composed)
    }

    pub(super) fn prose(&mut self, blocks: &[ProseBlock], numbering: Numbering) -> Vec<Block> {
        blocks.iter().map(|block| self.prose_block(block, numbering)).collect()
    }

    fn prose_block(&mut self, block: &ProseBlock, numbering: Numbering) -> Block {
        match block {
            ProseBlock::Paragraph(paragraph) => {
                let number = (numbering == Numbering::Paragraphs).then(|| self.number_paragraph());
                if let (Some(number), Some(label)) = (number, &paragraph.label) {
                    self.paragraphs.insert(label.value.clone(), number);
                }
                Block::Paragraph { number, runs: self.runs(&paragraph.nodes) }
            }
            ProseBlock::Heading { level, nodes, .. } => Block::Heading { level: *level, runs: self.heading(nodes) },
            ProseBlock::Quotation { blocks, attribution } => Block::Quotation {
                blocks: self.prose(blocks, Numbering::None),
                attribution: attribution.as_ref().map(|nodes| self.runs(nodes)),
            },
            ProseBlock::List { start, items } => {
                Block::List { start: *start, items: items.iter().map(|item| self.prose(item, Numbering::None)).collect() }
            }
            ProseBlock::Table(table) => Block::Table {
                columns: table.columns.clone(),
                head: table.head.iter().map(|cell| self.runs(cell)).collect(),
                rows: table.rows.iter().map(|row| row.iter().map(|cell| self.runs(cell)).collect()).collect(),
            },
        }
    }

    fn number_paragraph(&mut self) -> u32 {
        let number = self.next_paragraph;
        self.next_paragraph += 1;
        number
    }

    fn figure(&mut self, figure: &Figure) -> Result<Block, Problem> {
        let wanted = figure.width.as_ref().and_then(|width| width.value.points());
        let (image, picture) = self.image(&figure.image.value, wanted)?;
        let width = wanted.unwrap_or(picture.width);
        Ok(Block::Figure {
            image,
            alt: figure.alt.value.trim().to_owned(),
            width,
            height: width * picture.height / picture.width,
            caption: figure.caption.as_ref().map(|caption| self.runs(&caption.nodes)),
            credit: figure.credit.as_ref().map(|credit| self.runs(&credit.nodes)),
        })
    }

    pub(super) fn prompt(&mut self, prompt: &Prompt, number: Option<u32>, mark: String) -> Block {
        let place = prompt.space.as_ref().map(|space| space.place).or(prompt.ask.place);
        let mark = prompt.id.as_ref().map_or(mark, |id| id.value.0.clone());
        self.marks.extend(place.map(|place| (mark.clone(), place)));
        let mut see: Vec<u32> = prompt.see.iter().filter_map(|label| self.paragraphs.get(&*label.value).copied()).collect();
        see.sort_unstable();
        see.dedup();
        Block::Prompt {
            mark,
            number,
            ask: self.runs(&prompt.ask.nodes),
            parts: prompt.parts.iter().map(|part| self.runs(&part.nodes)).collect(),
            see: ranges(&see),
            space: room(prompt.space.as_ref().map(|space| &space.value)),
        }
    }

    fn decide(&mut self, decide: &Decide, mark: String) -> Block {
        let mark = decide.id.as_ref().map_or(mark, |id| id.value.0.clone());
        let first = decide.items.first().and_then(|row| row.text.place);
        self.marks.extend(first.map(|place| (mark.clone(), place)));
        Block::Decide {
            mark,
            head: decide.head.as_ref().map(|head| self.runs(&head.nodes)),
            choices: decide.choices.iter().map(|choice| super::runs::from_text(&choice.value)).collect(),
            reason: decide.reason,
            rows: decide.items.iter().map(|row| self.runs(&row.text.nodes)).collect(),
        }
    }

    pub(super) fn lines(&self, lines: &[Inlines]) -> Vec<Runs> {
        lines.iter().map(|line| self.runs(&line.nodes)).collect()
    }
}

/// Sorted numbers as first and last of each unbroken stretch.
fn ranges(numbers: &[u32]) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

fn room(space: Option<&Space>) -> Room {
    match space {
        None => Room::Fill { surface: Surface::Lines },
        Some(Space::None) => Room::None,
        Some(Space::Lines(count)) => Room::Lines { count: *count },
        Some(Space::Box(height)) => Room::Box { height: height.points().expect("a checked length is one") },
        Some(Space::Fill(surface)) => Room::Fill { surface: *surface },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_paragraphs_make_a_range() {
        assert_eq!(ranges(&[4, 5, 6, 9]), [(4, 6), (9, 9)]);
        assert_eq!(ranges(&[]), []);
    }
}
