//! Composes prose: numbered paragraphs, headings, lists, quotations, and tables, with the teacher's notes.

use super::composer::Composer;
use super::number_columns;
use super::text::Text;
use crate::lesson::ReadingNumbers;
use crate::lesson::block::table::TableWidth;
use crate::lesson::prose::{Paragraph, Prose, ProseBlock, Table};
use crate::packet::reference::Reference;
use crate::packet::{Block, Run, Runs};

/// The mark of a paragraph of the reading. Ids can't contain this character.
pub(super) fn paragraph_mark(number: u32) -> String {
    format!("¶{number}")
}

/// A paragraph without a number or label.
pub(super) fn plain_paragraph(runs: Runs) -> Block {
    Block::Paragraph { mark: None, number: None, page: None, label: None, runs }
}

/// Prose of the lesson without paragraph numbers.
pub(super) fn unnumbered(composer: &mut Composer<'_>, prose: &Prose) -> Vec<Block> {
    let text = composer.given.text();
    blocks(composer, text, &prose.0)
}

/// The text of a reading, with numbers on its outermost paragraphs.
pub(super) fn numbered(composer: &mut Composer<'_>, prose: &Prose, to: &mut Vec<Block>) {
    let text = composer.given.text();
    for block in &prose.0 {
        let composed = match block {
            ProseBlock::Paragraph(paragraph) => numbered_paragraph(composer, paragraph),
            other => self::block(composer, text, other),
        };
        to.push(composed);
        note_at_paragraph(composer, text, block, to);
    }
}

/// The text of a primary source. If its lines are numbered, the layout looks up its paragraphs by their labels.
pub(super) fn of_document(composer: &mut Composer<'_>, prose: &Prose, has_numbered_lines: bool) -> Vec<Block> {
    let text = composer.given.text();
    let mut composed = Vec::new();
    for block in &prose.0 {
        let one = match block {
            ProseBlock::Paragraph(paragraph) => self::paragraph(composer, text, paragraph, None, has_numbered_lines),
            other => self::block(composer, text, other),
        };
        composed.push(one);
        note_at_paragraph(composer, text, block, &mut composed);
    }
    composed
}

/// Prose of the teacher file. Its headings don't start sections of the packet.
pub(super) fn aside(composer: &mut Composer<'_>, prose: &Prose) -> Vec<Block> {
    let level = composer.counters.level;
    let text = composer.given.text().aside();
    let composed = blocks(composer, text, &prose.0);
    composer.counters.level = level;
    let without_heading = |block| match block {
        Block::Heading { runs, .. } => plain_paragraph(vec![Run::Strong { runs }]),
        other => other,
    };
    composed.into_iter().map(without_heading).collect()
}

/// The same for optional prose.
pub(super) fn maybe_aside(composer: &mut Composer<'_>, prose: Option<&Prose>) -> Vec<Block> {
    prose.map_or_else(Vec::new, |prose| aside(composer, prose))
}

/// Prose, with `text` turning its text into runs.
pub(super) fn blocks(composer: &mut Composer<'_>, text: Text<'_>, prose: &[ProseBlock]) -> Vec<Block> {
    let mut composed = Vec::new();
    for block in prose {
        let one = self::block(composer, text, block);
        composed.push(one);
        note_at_paragraph(composer, text, block, &mut composed);
    }
    composed
}

/// Adds the teacher's note for a label or an id, if there's one and the edition prints it.
pub(super) fn note(composer: &mut Composer<'_>, name: &str, question: Option<u32>, of: Vec<Reference>, to: &mut Vec<Block>) {
    let Some((teacher, _)) = composer.given.for_teachers() else { return };
    if let Some(note) = teacher.notes.get(name) {
        let blocks = aside(composer, note);
        to.push(Block::TeacherNote { question, of, blocks });
    }
}

/// Adds the teacher's note for a paragraph. Text from the teacher file doesn't have any.
fn note_at_paragraph(composer: &mut Composer<'_>, text: Text<'_>, block: &ProseBlock, to: &mut Vec<Block>) {
    if let ProseBlock::Paragraph(Paragraph { label: Some(label), .. }) = block
        && !text.is_aside()
    {
        note(composer, &label.value, None, Vec::new(), to);
    }
}

fn numbered_paragraph(composer: &mut Composer<'_>, paragraph: &Paragraph) -> Block {
    let given = composer.given;
    let number = composer.counters.paragraph;
    composer.counters.paragraph += 1;
    let numbers = given.subject.lesson.numbers;
    let mark = given.scoped(&paragraph_mark(number));
    let page = given.for_teachers().and_then(|(_, student)| student.item_pages.get(&mark).copied());
    let turns = page.filter(|page| composer.counters.student_page.replace(*page) != Some(*page));
    let number = (numbers == ReadingNumbers::Paragraphs).then_some(number);
    match self::paragraph(composer, given.text(), paragraph, number, numbers == ReadingNumbers::Lines) {
        Block::Paragraph { number, label, runs, .. } => Block::Paragraph { mark: Some(mark), number, page: turns, label, runs },
        other => other,
    }
}

fn paragraph(composer: &Composer<'_>, text: Text<'_>, paragraph: &Paragraph, number: Option<u32>, is_labelled: bool) -> Block {
    let label = paragraph.label.as_ref().filter(|_| is_labelled).map(|label| composer.given.scoped(&label.value));
    Block::Paragraph { mark: None, number, page: None, label, runs: text.runs(&paragraph.nodes) }
}

fn block(composer: &mut Composer<'_>, text: Text<'_>, block: &ProseBlock) -> Block {
    match block {
        ProseBlock::Paragraph(paragraph) => self::paragraph(composer, text, paragraph, None, false),
        ProseBlock::Heading { level, nodes, .. } => {
            composer.counters.level = *level;
            Block::Heading { level: *level, runs: text.runs(nodes) }
        }
        ProseBlock::Quotation { blocks, attribution } => Block::Quotation {
            blocks: self::blocks(composer, text, blocks),
            attribution: attribution.as_ref().map(|nodes| text.runs(nodes)),
        },
        ProseBlock::List { numbers, items } => {
            Block::List { numbers: numbers.clone(), items: items.iter().map(|item| blocks(composer, text, item)).collect() }
        }
        ProseBlock::Table(table) => self::table(composer, text, table),
    }
}

fn table(composer: &mut Composer<'_>, text: Text<'_>, table: &Table) -> Block {
    let mark = composer.given.scoped(&format!("table-{}", composer.gathered.marks.len()));
    composer.gathered.mark(&mark, Some(table.place));
    let plain: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| crate::lesson::prose::plain(cell)).collect()).collect();
    Block::Table {
        mark,
        title: None,
        columns: number_columns::aligned(&table.columns, &plain, false),
        head: table.head.iter().map(|cell| text.runs(cell)).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(|cell| text.runs(cell)).collect()).collect(),
        row_heads: false,
        width: TableWidth::Text,
        credit: None,
    }
}
