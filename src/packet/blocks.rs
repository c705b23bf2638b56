//! Composes the blocks that are read: paragraphs get their numbers, figures their images, sources their names.

use std::collections::BTreeSet;

use serde::Serialize;

use super::questions::Question;
use super::rooms::Room;
use super::{Composer, Runs};
use crate::block::materials::Per;
use crate::block::table::TableWidth;
use crate::block::{self, Figure, Numbers, PrimarySource, Table, Verse};
use crate::equation::{self, Math};
use crate::lesson::ReadingNumbers;
use crate::lesson::prose::{Alignment, Inlines, Paragraph, ProseBlock};
use crate::picture::Problem;

/// Lines below a question of an exit ticket.
const TICKET_LINES: u32 = 4;

/// A block as it prints.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Block {
    /// A paragraph; those of a reading are numbered. The layout finds its lines by the label.
    Paragraph { number: Option<u32>, label: Option<String>, runs: Runs },
    /// A heading; level 2 is a section.
    Heading { level: u8, runs: Runs },
    /// A quotation.
    Quotation { blocks: Vec<Block>, attribution: Option<Runs> },
    /// A list, numbered if it has a start.
    List { start: Option<u32>, items: Vec<Vec<Block>> },
    /// A table.
    Table {
        mark: String,
        title: Option<Runs>,
        columns: Vec<Alignment>,
        head: Vec<Runs>,
        rows: Vec<Vec<Runs>>,
        row_heads: bool,
        width: TableWidth,
        credit: Option<Runs>,
    },
    /// A picture; sizes in points.
    Figure {
        image: String,
        alt: String,
        width: f64,
        height: f64,
        caption: Option<Runs>,
        credit: Option<Runs>,
        rights: Option<Runs>,
    },
    /// A document of its time.
    PrimarySource {
        mark: String,
        level: u8,
        label: Option<String>,
        title: Option<Runs>,
        headnote: Vec<Block>,
        blocks: Vec<Block>,
        origin: Runs,
        date: Option<String>,
        modified: Option<Runs>,
        numbered: bool,
    },
    /// A short text beside the story.
    Sidebar { level: u8, title: Runs, blocks: Vec<Block> },
    /// Events with their dates.
    Timeline { title: Option<Runs>, events: Vec<Event> },
    /// A remark.
    Note { title: Option<Runs>, blocks: Vec<Block> },
    /// A warning of what follows.
    ContentNote { blocks: Vec<Block> },
    /// Lines that stay as they are.
    Verse {
        level: u8,
        label: Option<String>,
        title: Option<Runs>,
        stanzas: Vec<Vec<Line>>,
        origin: Runs,
        date: Option<String>,
        numbered: bool,
    },
    /// Text in two columns.
    Columns { blocks: Vec<Block> },
    /// An equation and how it is read aloud.
    Equation { mark: String, tree: Math, say: String },
    /// The end of a page.
    PageBreak,
    /// A question in the middle of a reading.
    StopAndThink { question: Question, space: Room },
    /// A question with room to write.
    Prompt { question: Question, parts: Vec<Runs>, space: Room },
    /// A question with answers to choose from.
    MultipleChoice { question: Question, choices: Vec<Runs>, several: bool },
    /// Statements that are true or false.
    TrueFalse { question: Question, statements: Vec<Runs>, correct: bool },
    /// A text with blanks.
    Cloze { question: Question, blocks: Vec<Block>, words: Vec<Runs> },
    /// Two lists that belong together.
    Matching { question: Question, items: Vec<Runs>, matches: Vec<Runs> },
    /// Entries to bring into order.
    Ordering { question: Question, items: Vec<Runs> },
    /// A table to fill.
    ShortAnswers { question: Question, head: Runs, columns: Vec<Runs>, rows: Vec<Runs>, lines: u32 },
    /// A decision table.
    Decide { question: Question, head: Option<Runs>, choices: Vec<Runs>, reason: bool, rows: Vec<Runs> },
    /// A stand to take.
    Position { question: Question, sides: Vec<Runs>, starters: Vec<Starter>, space: Room },
    /// Columns below heads.
    TChart { question: Question, columns: Vec<Runs>, space: Room },
    /// Circles that overlap.
    Venn { question: Question, circles: Vec<Runs>, both: Option<Runs>, space: Room },
    /// A claim, its evidence and the reasoning between them.
    ClaimEvidence { question: Question, evidence: u32, lines: u32 },
    /// Causes, an event and its effects.
    CauseEffect { question: Question, causes: u32, event: Option<Runs>, effects: u32, space: Room },
    /// Sources side by side.
    Compare { question: Question, sources: Vec<Runs>, rows: Vec<Runs>, lines: u32, conclusion: Option<Runs> },
    /// A timeline of which something is missing.
    FillTimeline { question: Question, events: Vec<OpenEvent>, lines: u32 },
    /// An empty table.
    BlankTable { question: Question, heads: Vec<Runs>, rows: u32, lines: u32 },
    /// A box to draw in, or a figure to draw on.
    Drawing { question: Question, picture: Option<Box<Block>>, words: Vec<Runs>, space: Room },
    /// What a class must know before it begins.
    Background { level: u8, title: Option<Runs>, blocks: Vec<Block> },
    /// What is needed.
    Materials { title: Option<Runs>, items: Vec<Material> },
    /// What to do.
    Steps { title: Option<Runs>, start: u32, items: Vec<Step> },
    /// Cards with roles.
    RoleCards { mark: String, cards: Vec<Card>, per: Option<Per>, per_page: Option<u32> },
    /// Pieces to sort.
    CutOuts { question: Question, cards: Vec<Card>, per: Option<Per>, per_page: Option<u32> },
    /// A scene to read aloud.
    Script { mark: String, level: u8, title: Option<Runs>, setting: Option<Runs>, cast: Vec<Runs>, turns: Vec<Turn> },
    /// What groups tell the class.
    ReportOut { mark: String, minutes: Option<u32>, blocks: Vec<Block>, space: Room },
    /// Work for those who go on.
    Extension { mark: String, level: u8, title: Option<Runs>, blocks: Vec<Block>, space: Room },
    /// How work is judged.
    Rubric { mark: String, title: Option<Runs>, levels: Vec<RubricLevel>, criteria: Vec<RubricCriterion> },
    /// A list to tick.
    SelfCheck { title: Option<Runs>, items: Vec<Runs> },
}

/// The beginning of a sentence, with room to go on.
#[derive(Debug, Clone, Serialize)]
pub struct Starter {
    /// How it begins.
    pub runs: Runs,
    /// Room to go on.
    pub space: Room,
}

/// An event of a timeline to fill.
#[derive(Debug, Clone, Serialize)]
pub struct OpenEvent {
    /// When it was, unless that is to be filled in.
    pub date: Option<Runs>,
    /// What happened, unless that is to be filled in.
    pub text: Option<Runs>,
}

/// A thing that is needed.
#[derive(Debug, Clone, Serialize)]
pub struct Material {
    /// What it is.
    pub runs: Runs,
    /// For whom there must be one.
    pub per: Option<Per>,
}

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What to do.
    pub runs: Runs,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// A card to cut out.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Its name in the finished layout.
    pub mark: String,
    /// The role that it gives.
    pub title: Option<Runs>,
    /// Its front.
    pub blocks: Vec<Block>,
    /// Its back.
    pub back: Option<Vec<Block>>,
}

/// What one of the parts of a script says, or a stage direction.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// Who says it.
    pub who: Option<Runs>,
    /// What is said.
    pub runs: Runs,
}

/// A level of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct RubricLevel {
    /// What it is called.
    pub runs: Runs,
    /// What it is worth.
    pub points: Option<u32>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, Serialize)]
pub struct RubricCriterion {
    /// What is judged.
    pub runs: Runs,
    /// What work at each level looks like.
    pub levels: Vec<Runs>,
}

/// An event of a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// When it was.
    pub date: Runs,
    /// What happened.
    pub text: Runs,
}

/// A line of verse.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// By how many characters it is indented.
    pub indent: u8,
    /// Its text.
    pub runs: Runs,
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
            let mark = format!("{part}-{index}");
            if block.is_question() {
                number += 1;
            }
            if let Some(question) = self.question(block, several.then_some(number), mark.clone())? {
                composed.push(question);
            } else if let (block::Block::Prose(prose), "reading") = (block, part) {
                let blocks = prose.0.iter().map(|block| self.numbered(block));
                composed.extend(blocks.collect::<Vec<_>>());
            } else {
                self.block(block, &mark, &mut composed)?;
            }
        }
        Ok(composed)
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
            block::Block::Verse(verse) => self.verse(verse),
            block::Block::Columns(_) => Block::Columns { blocks: self.inside(block, mark)? },
            block::Block::Equation(it) => {
                let tree = it.tex.value.0.clone().expect("a checked equation has been parsed");
                let say = it.say.as_ref().map_or_else(|| equation::speech(&tree), |say| say.value.trim().to_owned());
                self.marks.insert(mark.to_owned(), it.tex.place);
                Block::Equation { mark: mark.to_owned(), tree, say }
            }
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
        blocks.iter().map(|block| self.prose_block(block)).collect()
    }

    /// Composes a block of a reading, with its number if it is a paragraph.
    fn numbered(&mut self, block: &ProseBlock) -> Block {
        let ProseBlock::Paragraph(paragraph) = block else { return self.prose_block(block) };
        let number = self.next_paragraph;
        self.next_paragraph += 1;
        let by_paragraph = self.subject.lesson.numbers == ReadingNumbers::Paragraphs;
        let by_line = self.subject.lesson.numbers == ReadingNumbers::Lines;
        self.paragraph(paragraph, by_paragraph.then_some(number), by_line)
    }

    fn paragraph(&self, paragraph: &Paragraph, number: Option<u32>, labelled: bool) -> Block {
        let label = paragraph.label.as_ref().filter(|_| labelled).map(|label| label.value.clone());
        Block::Paragraph { number, label, runs: self.runs(&paragraph.nodes) }
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
                let mark = format!("table-{}", self.marks.len());
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
        let text = source.text.0.iter().map(|block| match block {
            ProseBlock::Paragraph(paragraph) => self.paragraph(paragraph, None, numbered),
            block => self.prose_block(block),
        });
        let blocks = text.collect();
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
