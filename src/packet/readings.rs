//! Composes the blocks that are read: paragraphs get their numbers, figures their images, sources their names.

use std::collections::BTreeSet;

use super::blocks::{Block, Event, Line};
use super::references::Reference;
use super::rooms::Room;
use super::{Composer, Runs};
use crate::block::table::TableWidth;
use crate::block::{self, Figure, Numbers, PrimarySource, Table, Verse};
use crate::equation;
use crate::lesson::ReadingNumbers;
use crate::lesson::prose::{Alignment, Inlines, Paragraph, ProseBlock};
use crate::picture::Problem;

/// Lines below a question of an exit ticket.
const TICKET_LINES: u32 = 4;

/// The mark of a paragraph of the reading; no id has this character.
pub(super) fn paragraph_mark(number: u32) -> String {
    format!("¶{number}")
}

/// Columns of numbers end at one edge, so that tens stand below tens.
fn alignment(table: &Table, column: usize) -> Alignment {
    let is_number = |cell: &Inlines| {
        let text = cell.plain();
        text.chars().all(|c| c.is_ascii_digit() || ".,$%+-−–£€ ".contains(c)) && text.chars().any(|c| c.is_ascii_digit())
    };
    let cells = || table.rows.iter().filter_map(|row| row.get(column));
    // Numbers of one length, such as years, are level wherever they stand.
    let lengths: BTreeSet<usize> = cells().map(|cell| cell.plain().len()).collect();
    let names_its_row = table.row_heads && column == 0;
    if !names_its_row && lengths.len() > 1 && cells().all(is_number) { Alignment::End } else { Alignment::Start }
}

impl Composer<'_> {
    /// Composes the blocks of a part; `part` begins the marks of what has no id. The outermost paragraphs of a reading are numbered.
    pub(super) fn blocks<'b>(
        &mut self,
        blocks: impl Iterator<Item = &'b block::Block> + Clone,
        part: &str,
    ) -> Result<Vec<Block>, Problem> {
        // A single question needs no number to be told from others.
        let several = blocks.clone().filter(|block| block.is_question()).count() > 1;
        self.level = 1;
        self.next_step = 1;
        // A ticket is a slip; it takes a page only if its questions ask for one.
        self.usual_room = if part == "exit-ticket" { Room::lines(TICKET_LINES) } else { Room::LINES };
        let mut composed = Vec::new();
        let mut number = 0;
        for (block, index) in blocks.zip(1..) {
            let mark = self.scoped(&format!("{part}-{index}"));
            if block.is_question() {
                number += 1;
            }
            if let Some(question) = self.question(block, several.then_some(number), mark.clone())? {
                composed.push(question);
            } else if let (block::Block::Prose(prose), "reading") = (block, part) {
                for block in &prose.0 {
                    let numbered = self.numbered(block);
                    composed.push(numbered);
                    self.note_at_paragraph(block, &mut composed);
                }
            } else {
                self.block(block, &mark, &mut composed)?;
            }
            if let Some(id) = block.item().and_then(|item| item.id)
                && !self.labels.contains(&id.value.0)
            {
                let question = block.is_question().then_some(number).filter(|_| several);
                self.note(&id.value.0, question, Vec::new(), &mut composed);
            }
        }
        Ok(composed)
    }

    /// The teacher's note at a label or an id, if the edition prints it and there is one.
    fn note(&mut self, name: &str, question: Option<u32>, of: Vec<Reference>, to: &mut Vec<Block>) {
        let Some((teacher, _)) = self.for_teachers().filter(|_| !self.in_aside) else { return };
        if let Some(note) = teacher.notes.get(name) {
            to.push(Block::TeacherNote { question, of, blocks: self.aside(note) });
        }
    }

    fn note_at_paragraph(&mut self, block: &ProseBlock, to: &mut Vec<Block>) {
        if let ProseBlock::Paragraph(Paragraph { label: Some(label), .. }) = block {
            self.note(&label.value, None, Vec::new(), to);
        }
    }

    /// Composes a block that is not answered.
    fn block(&mut self, block: &block::Block, mark: &str, to: &mut Vec<Block>) -> Result<(), Problem> {
        let composed = match block {
            block::Block::Prose(prose) => {
                to.extend(self.prose(&prose.0));
                return Ok(());
            }
            block::Block::Figure(figure) => self.figure(figure)?,
            block::Block::Table(table) => self.table(table, mark),
            block::Block::PrimarySource(source) => self.primary_source(source, mark),
            block::Block::Sidebar(sidebar) => {
                let (title, level) = (self.heading(&sidebar.title.nodes), self.level + 1);
                Block::Sidebar { level, title, blocks: self.inside(block, mark)? }
            }
            block::Block::Timeline(timeline) => Block::Timeline {
                title: self.line(timeline.title.as_ref()),
                events: timeline
                    .events
                    .iter()
                    .map(|event| Event { date: self.runs(&event.date.nodes), text: self.runs(&event.text.nodes) })
                    .collect(),
            },
            block::Block::Note(note) => Block::Note { title: self.line(note.title.as_ref()), blocks: self.prose(&note.text.0) },
            block::Block::ContentNote(note) => Block::ContentNote { blocks: self.prose(&note.text.0) },
            block::Block::Verse(verse) => {
                to.push(self.verse(verse));
                // Between lines of verse there is no room for a note.
                for label in verse.lines().filter_map(|line| line.label.as_ref()) {
                    let of = self.reference_to(&label.value).into_iter().collect();
                    self.note(&label.value, None, of, to);
                }
                return Ok(());
            }
            block::Block::Columns(_) => Block::Columns { blocks: self.inside(block, mark)? },
            block::Block::Equation(it) => {
                let tree = it.tex.value.0.clone().expect("a checked equation has been parsed");
                let say = it.say.as_ref().map_or_else(|| equation::speech(&tree), |say| say.value.trim().to_owned());
                self.marks.insert(mark.to_owned(), it.tex.place);
                Block::Equation { mark: mark.to_owned(), tree, say }
            }
            // Without room to write the pages of teachers end elsewhere.
            block::Block::PageBreak if self.teacher.is_some() => return Ok(()),
            block::Block::PageBreak => Block::PageBreak,
            other => self.activity_block(other, mark),
        };
        to.push(composed);
        Ok(())
    }

    /// Composes what stands inside a block.
    fn inside(&mut self, block: &block::Block, mark: &str) -> Result<Vec<Block>, Problem> {
        let mut composed = Vec::new();
        for (inner, index) in block.inside().iter().zip(1..) {
            self.block(&inner.value, &format!("{mark}-{index}"), &mut composed)?;
        }
        Ok(composed)
    }

    /// Composes prose whose paragraphs have no numbers.
    pub(super) fn prose(&mut self, blocks: &[ProseBlock]) -> Vec<Block> {
        self.prose_with(blocks, |composer, block| composer.prose_block(block))
    }

    fn prose_with(&mut self, blocks: &[ProseBlock], compose: impl Fn(&mut Self, &ProseBlock) -> Block) -> Vec<Block> {
        let mut composed = Vec::new();
        for block in blocks {
            composed.push(compose(self, block));
            self.note_at_paragraph(block, &mut composed);
        }
        composed
    }

    /// Composes a block of a reading, with its number if it is a paragraph.
    fn numbered(&mut self, block: &ProseBlock) -> Block {
        let ProseBlock::Paragraph(paragraph) = block else { return self.prose_block(block) };
        let number = self.next_paragraph;
        self.next_paragraph += 1;
        let by_paragraph = self.subject.lesson.numbers == ReadingNumbers::Paragraphs;
        let by_line = self.subject.lesson.numbers == ReadingNumbers::Lines;
        let mark = self.scoped(&paragraph_mark(number));
        let page = self.for_teachers().and_then(|(_, student)| student.item_pages.get(&mark).copied());
        let turns = page.filter(|page| self.last_page.replace(*page) != Some(*page));
        match self.paragraph(paragraph, by_paragraph.then_some(number), by_line) {
            Block::Paragraph { number, label, runs, .. } => {
                Block::Paragraph { mark: Some(mark), number, page: turns, label, runs }
            }
            other => other,
        }
    }

    fn paragraph(&self, paragraph: &Paragraph, number: Option<u32>, labelled: bool) -> Block {
        let label = paragraph.label.as_ref().filter(|_| labelled).map(|label| self.scoped(&label.value));
        Block::Paragraph { mark: None, number, page: None, label, runs: self.runs(&paragraph.nodes) }
    }

    fn prose_block(&mut self, block: &ProseBlock) -> Block {
        match block {
            ProseBlock::Paragraph(paragraph) => self.paragraph(paragraph, None, false),
            ProseBlock::Heading { level, nodes, .. } => {
                self.level = *level;
                Block::Heading { level: *level, runs: self.heading(nodes) }
            }
            ProseBlock::Quotation { blocks, attribution } => {
                Block::Quotation { blocks: self.prose(blocks), attribution: attribution.as_ref().map(|nodes| self.runs(nodes)) }
            }
            ProseBlock::List { start, items } => {
                Block::List { start: *start, items: items.iter().map(|item| self.prose(item)).collect() }
            }
            ProseBlock::Table(table) => {
                let mark = self.scoped(&format!("table-{}", self.marks.len()));
                self.marks.insert(mark.clone(), table.place);
                Block::Table {
                    mark,
                    title: None,
                    columns: table.columns.clone(),
                    head: table.head.iter().map(|cell| self.runs(cell)).collect(),
                    rows: table.rows.iter().map(|row| row.iter().map(|cell| self.runs(cell)).collect()).collect(),
                    row_heads: false,
                    width: TableWidth::Text,
                    credit: None,
                }
            }
        }
    }

    fn table(&mut self, table: &Table, mark: &str) -> Block {
        let place = table.title.iter().chain(&table.heads).find_map(|line| line.place);
        self.marks.extend(place.map(|place| (mark.to_owned(), place)));
        Block::Table {
            mark: mark.to_owned(),
            title: self.line(table.title.as_ref()),
            columns: (0..table.heads.len()).map(|column| alignment(table, column)).collect(),
            head: self.lines(&table.heads),
            rows: table.rows.iter().map(|row| self.lines(row)).collect(),
            row_heads: table.row_heads,
            width: table.width,
            credit: self.line(table.credit.as_ref()),
        }
    }

    fn primary_source(&mut self, source: &PrimarySource, mark: &str) -> Block {
        let numbered = source.numbers == Numbers::Lines;
        let blocks = self.prose_with(&source.text.0, |composer, block| match block {
            ProseBlock::Paragraph(paragraph) => composer.paragraph(paragraph, None, numbered),
            block => composer.prose_block(block),
        });
        Block::PrimarySource {
            mark: mark.to_owned(),
            level: self.level + 1,
            label: source.label.clone(),
            title: source.title.as_ref().map(|title| self.heading(&title.nodes)),
            headnote: source.headnote.as_ref().map_or_else(Vec::new, |headnote| self.prose(&headnote.0)),
            blocks,
            origin: self.runs(&source.origin.nodes),
            date: source.date.clone(),
            modified: self.line(source.modified.as_ref()),
            numbered,
        }
    }

    fn verse(&mut self, verse: &Verse) -> Block {
        let line = |line: &block::verse::VerseLine| Line { indent: line.indent, runs: self.runs(&line.nodes) };
        Block::Verse {
            level: self.level + 1,
            label: verse.label.clone(),
            title: verse.title.as_ref().map(|title| self.heading(&title.nodes)),
            stanzas: verse.text.0.iter().map(|stanza| stanza.iter().map(line).collect()).collect(),
            origin: self.runs(&verse.origin.nodes),
            date: verse.date.clone(),
            numbered: verse.numbers == Numbers::Lines,
        }
    }

    pub(super) fn figure(&mut self, figure: &Figure) -> Result<Block, Problem> {
        let wanted = figure.width.as_ref().and_then(|width| width.value.points());
        let (image, picture) = self.image(&figure.image.value, wanted)?;
        let width = wanted.unwrap_or(picture.width);
        Ok(Block::Figure {
            image,
            alt: figure.alt.value.trim().to_owned(),
            width,
            height: width * picture.height / picture.width,
            caption: self.line(figure.caption.as_ref()),
            credit: self.line(figure.credit.as_ref()),
            rights: self.line(figure.rights.as_ref()),
        })
    }

    pub(super) fn line(&self, line: Option<&Inlines>) -> Option<Runs> {
        line.map(|line| self.runs(&line.nodes))
    }

    pub(super) fn lines(&self, lines: &[Inlines]) -> Vec<Runs> {
        lines.iter().map(|line| self.runs(&line.nodes)).collect()
    }
}
