//! The blocks of a packet, as the templates get them, with the answers that only teacher editions print.

use serde::Serialize;

use super::blank::Blanks;
use super::pieces::{Line, Material, OpenEvent, RubricCriterion, RubricLevel, Starter, Step, TimelineEvent, Turn};
use super::reference::Reference;
use super::run::{Runs, Speech};
use super::space::WritingSpace;
use crate::equation::Math;
use crate::lesson::block::materials::Per;
use crate::lesson::block::table::TableWidth;
use crate::lesson::prose::Alignment;

/// A block as it prints.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Block {
    /// A paragraph. Paragraphs of a reading have numbers and marks. The layout finds the paragraph's lines by its label.
    /// `page` is set only when it differs from the page of the paragraph before.
    Paragraph {
        /// Its name in the finished layout, if its page is needed.
        mark: Option<String>,
        /// Its number, if paragraphs are numbered.
        number: Option<u32>,
        /// The student page where it starts, in teacher editions.
        page: Option<usize>,
        /// The label that questions use to point to it.
        label: Option<String>,
        /// Its text.
        runs: Runs,
    },
    /// A note for the teacher about the block before it.
    TeacherNote {
        /// The number of the question it's about.
        question: Option<u32>,
        /// The lines it's about, if it can't be placed among them.
        of: Vec<Reference>,
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// A placeholder for a question that is on the lesson's worksheet.
    OnWorksheet {
        /// The question.
        question: Question,
    },
    /// A heading. Level 2 starts a section.
    Heading {
        /// The level of its heading, counted from 1.
        level: u8,
        /// Its text.
        runs: Runs,
    },
    /// A quotation.
    Quotation {
        /// Its contents.
        blocks: Vec<Block>,
        /// Who said or wrote it.
        attribution: Option<Runs>,
    },
    /// A list. It's numbered if `start` is set.
    List {
        /// The numbers as they print; a bulleted list has none.
        numbers: Vec<String>,
        /// Its entries.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// Its name in the finished layout.
        mark: String,
        /// Its title.
        title: Option<Runs>,
        /// The alignment of each column.
        columns: Vec<Alignment>,
        /// Its column headings.
        head: Vec<Runs>,
        /// Its rows.
        rows: Vec<Vec<Runs>>,
        /// Whether the first cell of each row is a row heading.
        row_heads: bool,
        /// How wide it is on the page.
        width: TableWidth,
        /// Where it comes from.
        credit: Option<Runs>,
    },
    /// A picture. Sizes are in points.
    Figure {
        /// The virtual path of its image in the packet.
        image: String,
        /// Its alternative text.
        alt: String,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// The type size of its smallest lettering at this width, in points; 0 if it isn't certain, and `None` without any.
        lettering: Option<f64>,
        /// Its caption.
        caption: Option<Runs>,
        /// Where it comes from.
        credit: Option<Runs>,
        /// Who holds the rights.
        rights: Option<Runs>,
    },
    /// A primary source.
    PrimarySource {
        /// Its name in the finished layout.
        mark: String,
        /// The level of its heading, counted from 1.
        level: u8,
        /// The label that questions use to point to it.
        label: Option<String>,
        /// Its title.
        title: Option<Runs>,
        /// An introduction to it.
        headnote: Vec<Block>,
        /// Its contents.
        blocks: Vec<Block>,
        /// Where it comes from.
        origin: Runs,
        /// Its date, as printed.
        date: Option<String>,
        /// How the original was changed.
        modified: Option<Runs>,
        /// Whether its lines are numbered.
        numbered: bool,
    },
    /// A sidebar: short text next to the main story.
    Sidebar {
        /// The level of its heading, counted from 1.
        level: u8,
        /// Its title.
        title: Runs,
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// A timeline: events with dates.
    Timeline {
        /// Its title.
        title: Option<Runs>,
        /// The events, in order.
        events: Vec<TimelineEvent>,
    },
    /// A note to the reader.
    Note {
        /// Its title.
        title: Option<Runs>,
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// A warning about the content that follows.
    ContentNote {
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// Verse: lines print exactly as written.
    Verse {
        /// The level of its heading, counted from 1.
        level: u8,
        /// The label that questions use to point to it.
        label: Option<String>,
        /// Its title.
        title: Option<Runs>,
        /// Its stanzas, line by line.
        stanzas: Vec<Vec<Line>>,
        /// Where it comes from.
        origin: Runs,
        /// Its date, as printed.
        date: Option<String>,
        /// Whether its lines are numbered.
        numbered: bool,
    },
    /// Text in two columns.
    Columns {
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// An equation.
    Equation {
        /// Its name in the finished layout.
        mark: String,
        /// Its parsed form.
        tree: Math,
        /// How it is read aloud.
        say: Speech,
    },
    /// A page break.
    PageBreak,
    /// A question in the middle of a reading.
    StopAndThink {
        /// The fields all questions share.
        question: Question,
        /// The writing space.
        space: WritingSpace,
    },
    /// A question with writing space.
    Prompt {
        /// The fields all questions share.
        question: Question,
        /// Subquestions that share the writing space.
        parts: Vec<Runs>,
        /// The writing space.
        space: WritingSpace,
    },
    /// A multiple-choice question.
    MultipleChoice {
        /// The fields all questions share.
        question: Question,
        /// The answer choices.
        choices: Vec<Runs>,
        /// Whether more than one choice is correct.
        several: bool,
    },
    /// True-or-false statements.
    TrueFalse {
        /// The fields all questions share.
        question: Question,
        /// The statements.
        statements: Vec<Runs>,
        /// Whether students correct the false ones.
        correct: bool,
    },
    /// Text with blanks to fill in.
    Cloze {
        /// The fields all questions share.
        question: Question,
        /// The text, with its blanks.
        blocks: Vec<Block>,
        /// The word bank.
        words: Vec<Runs>,
    },
    /// Two lists to match.
    Matching {
        /// The fields all questions share.
        question: Question,
        /// The first list.
        items: Vec<Runs>,
        /// The second list.
        matches: Vec<Runs>,
    },
    /// Entries to put in order.
    Ordering {
        /// The fields all questions share.
        question: Question,
        /// Its entries.
        items: Vec<Runs>,
    },
    /// A table of short answers.
    ShortAnswers {
        /// The fields all questions share.
        question: Question,
        /// The heading of its first column.
        head: Runs,
        /// The headings of its other columns.
        columns: Vec<Runs>,
        /// The first cell of each row.
        rows: Vec<Runs>,
        /// The number of writing lines in each space.
        lines: u32,
    },
    /// A decision table.
    Decide {
        /// The fields all questions share.
        question: Question,
        /// The heading of its first column.
        head: Option<Runs>,
        /// The answer choices.
        choices: Vec<Runs>,
        /// Whether each row has space for a reason.
        reason: bool,
        /// The first cell of each row.
        rows: Vec<Runs>,
    },
    /// A question that asks students to take a position.
    Position {
        /// The fields all questions share.
        question: Question,
        /// The positions to choose from.
        sides: Vec<Runs>,
        /// Sentence starters.
        starters: Vec<Starter>,
        /// The writing space.
        space: WritingSpace,
    },
    /// A T-chart.
    TChart {
        /// The fields all questions share.
        question: Question,
        /// Its column headings.
        columns: Vec<Runs>,
        /// The writing space.
        space: WritingSpace,
    },
    /// A Venn diagram.
    Venn {
        /// The fields all questions share.
        question: Question,
        /// The labels of its circles.
        circles: Vec<Runs>,
        /// The label of the overlap.
        both: Option<Runs>,
        /// The writing space.
        space: WritingSpace,
    },
    /// A claim, its evidence, and the reasoning that connects them.
    ClaimEvidence {
        /// The fields all questions share.
        question: Question,
        /// The number of spaces for evidence.
        evidence: u32,
        /// The number of writing lines in each space.
        lines: u32,
    },
    /// Causes, an event, and its effects.
    CauseEffect {
        /// The fields all questions share.
        question: Question,
        /// The number of spaces for causes.
        causes: u32,
        /// The event. `None` means students name it.
        event: Option<Runs>,
        /// The number of spaces for effects.
        effects: u32,
        /// The writing space.
        space: WritingSpace,
    },
    /// Sources to compare side by side.
    Compare {
        /// The fields all questions share.
        question: Question,
        /// The sources.
        sources: Vec<Runs>,
        /// The questions asked about each source.
        rows: Vec<Runs>,
        /// The number of writing lines in each space.
        lines: u32,
        /// The question about all the sources.
        conclusion: Option<Runs>,
    },
    /// A timeline to complete.
    FillTimeline {
        /// The fields all questions share.
        question: Question,
        /// Its events.
        events: Vec<OpenEvent>,
        /// The number of writing lines in each space.
        lines: u32,
    },
    /// An empty table.
    BlankTable {
        /// The fields all questions share.
        question: Question,
        /// Its column headings.
        heads: Vec<Runs>,
        /// The number of empty rows.
        rows: u32,
        /// The number of writing lines in each space.
        lines: u32,
    },
    /// A box to draw in or a figure to draw on.
    Drawing {
        /// The fields all questions share.
        question: Question,
        /// The figure to draw on.
        picture: Option<Box<Block>>,
        /// The labels to use.
        words: Vec<Runs>,
        /// The writing space.
        space: WritingSpace,
    },
    /// What the class needs to know before the activity.
    Background {
        /// The level of its heading, counted from 1.
        level: u8,
        /// Its title.
        title: Option<Runs>,
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// The materials needed.
    Materials {
        /// Its title.
        title: Option<Runs>,
        /// Its entries.
        items: Vec<Material>,
        /// What students write on or check.
        blanks: Blanks,
    },
    /// Steps to follow.
    Steps {
        /// Its title.
        title: Option<Runs>,
        /// The number of the first entry.
        start: u32,
        /// Its entries.
        items: Vec<Step>,
    },
    /// Role cards.
    RoleCards {
        /// Its name in the finished layout.
        mark: String,
        /// The cards.
        cards: Vec<Card>,
        /// Who gets a set.
        per: Option<Per>,
        /// The number of cards on a page. `None` means as many as fit.
        per_page: Option<u32>,
        /// What only teacher editions print here.
        solution: Option<Solution>,
    },
    /// Cut-outs to sort.
    CutOuts {
        /// The fields all questions share.
        question: Question,
        /// The cards.
        cards: Vec<Card>,
        /// Who gets a set.
        per: Option<Per>,
        /// The number of cards on a page. `None` means as many as fit.
        per_page: Option<u32>,
    },
    /// A scene to read aloud.
    Script {
        /// Its name in the finished layout.
        mark: String,
        /// The level of its heading, counted from 1.
        level: u8,
        /// Its title.
        title: Option<Runs>,
        /// The time and place of the scene.
        setting: Option<Runs>,
        /// The speakers.
        cast: Vec<Runs>,
        /// The spoken lines and stage directions.
        turns: Vec<Turn>,
        /// What only teacher editions print here.
        solution: Option<Solution>,
        /// What students write on or check.
        blanks: Blanks,
    },
    /// Groups report to the class.
    ReportOut {
        /// Its name in the finished layout.
        mark: String,
        /// How long it takes, in minutes.
        minutes: Option<u32>,
        /// Its contents.
        blocks: Vec<Block>,
        /// The writing space.
        space: WritingSpace,
        /// What only teacher editions print here.
        solution: Option<Solution>,
        /// What students write on or check.
        blanks: Blanks,
    },
    /// Extra work for students who want to go further.
    Extension {
        /// Its name in the finished layout.
        mark: String,
        /// The level of its heading, counted from 1.
        level: u8,
        /// Its title.
        title: Option<Runs>,
        /// Its contents.
        blocks: Vec<Block>,
        /// The writing space.
        space: WritingSpace,
        /// What only teacher editions print here.
        solution: Option<Solution>,
        /// What students write on or check.
        blanks: Blanks,
    },
    /// A scoring guide.
    Rubric {
        /// Its name in the finished layout.
        mark: String,
        /// Its title.
        title: Option<Runs>,
        /// Its levels.
        levels: Vec<RubricLevel>,
        /// Its criteria.
        criteria: Vec<RubricCriterion>,
        /// What only teacher editions print here.
        solution: Option<Solution>,
        /// What students write on or check.
        blanks: Blanks,
    },
    /// Where the cards of a student packet are used: their question if they have one, and where their sheets are.
    ToCut {
        /// The name of the cards in the finished layout.
        mark: String,
        /// The kind of cards: `role-cards` or `cut-outs`.
        cards: &'static str,
        /// The question that the cards answer.
        question: Option<Question>,
        /// Whether the packet has their sheets. Otherwise they're in the packet of sheets to cut.
        on_sheets: bool,
    },
    /// A checklist.
    SelfCheck {
        /// Its title.
        title: Option<Runs>,
        /// Its entries.
        items: Vec<Runs>,
        /// What students write on or check.
        blanks: Blanks,
    },
}

/// The question of a block, borrowed as the block is.
macro_rules! question_of {
    ($block:expr) => {
        match $block {
            Block::StopAndThink { question, .. }
            | Block::Prompt { question, .. }
            | Block::MultipleChoice { question, .. }
            | Block::TrueFalse { question, .. }
            | Block::Cloze { question, .. }
            | Block::Matching { question, .. }
            | Block::Ordering { question, .. }
            | Block::ShortAnswers { question, .. }
            | Block::Decide { question, .. }
            | Block::Position { question, .. }
            | Block::TChart { question, .. }
            | Block::Venn { question, .. }
            | Block::ClaimEvidence { question, .. }
            | Block::CauseEffect { question, .. }
            | Block::Compare { question, .. }
            | Block::FillTimeline { question, .. }
            | Block::BlankTable { question, .. }
            | Block::Drawing { question, .. }
            | Block::CutOuts { question, .. } => Some(question),
            _ => None,
        }
    };
}

impl Block {
    /// The fields all questions share, if this block is a question.
    pub fn question(&self) -> Option<&Question> {
        question_of!(self)
    }

    /// The same, to change them.
    pub fn question_mut(&mut self) -> Option<&mut Question> {
        question_of!(self)
    }

    /// What students write on, check, or draw on, if anything.
    pub fn blanks(&self) -> Option<&Blanks> {
        match self {
            Block::Materials { blanks, .. }
            | Block::Script { blanks, .. }
            | Block::ReportOut { blanks, .. }
            | Block::Extension { blanks, .. }
            | Block::Rubric { blanks, .. }
            | Block::SelfCheck { blanks, .. } => Some(blanks),
            other => other.question().map(|question| &question.blanks),
        }
    }

    /// What only teacher editions print here, if the block has an answer.
    pub fn solution(&self) -> Option<&Solution> {
        match self {
            Block::RoleCards { solution, .. }
            | Block::Script { solution, .. }
            | Block::ReportOut { solution, .. }
            | Block::Extension { solution, .. }
            | Block::Rubric { solution, .. } => solution.as_ref(),
            other => other.question()?.solution.as_ref(),
        }
    }

    /// Its name in the finished layout, if the block has an answer.
    pub fn mark(&self) -> Option<&str> {
        match self {
            Block::RoleCards { mark, .. }
            | Block::Script { mark, .. }
            | Block::ReportOut { mark, .. }
            | Block::Extension { mark, .. }
            | Block::Rubric { mark, .. } => Some(mark),
            other => other.question().map(|question| question.mark.as_str()),
        }
    }
}

/// The fields all questions share.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Its name in the finished layout.
    pub mark: String,
    /// Its number, if the part has more than one question.
    pub number: Option<u32>,
    /// The question itself. If it's `None`, the template prints the usual instruction for this kind of question.
    pub ask: Option<Runs>,
    /// A hint.
    pub hint: Option<Runs>,
    /// The points it's worth.
    pub points: Option<u32>,
    /// The passages to look at.
    pub see: Vec<Reference>,
    /// The share of the usual room between the lines to write on.
    pub room: f64,
    /// What students write on, check, or draw on.
    pub blanks: Blanks,
    /// What only teacher editions print.
    pub solution: Option<Solution>,
}

/// A card to cut out.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// Its name in the finished layout.
    pub mark: String,
    /// The role.
    pub title: Option<Runs>,
    /// Its front.
    pub blocks: Vec<Block>,
    /// Its back.
    pub back: Option<Vec<Block>>,
}

/// What only teacher editions print at an item.
#[derive(Debug, Clone, Serialize)]
pub struct Solution {
    /// The student page where the item starts.
    pub page: Option<usize>,
    /// The start of the question, for the answer key.
    pub cue: Option<Runs>,
    /// The answer, if the teacher file has one.
    pub answer: Option<Answer>,
    /// Why it's correct.
    pub reason: Vec<Block>,
}

/// An answer. Positions count from 0, in the order of the lesson file.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the comment on each variant covers its fields")]
pub enum Answer {
    /// A free-form answer.
    Text { blocks: Vec<Block> },
    /// The correct choices.
    Choices { right: Vec<usize> },
    /// Whether each statement is true.
    Statements { statements: Vec<Option<Statement>> },
    /// The word for each blank.
    Blanks { words: Vec<Option<Runs>> },
    /// The match of each item.
    Pairs { matches: Vec<Option<usize>> },
    /// The correct place of each entry, counted from 1.
    Order { places: Vec<Option<usize>> },
    /// The cells of a table, without its given first column, and the answer to the question about all of it.
    Cells { rows: Vec<Vec<Option<Runs>>>, conclusion: Vec<Block> },
    /// The choice in each row of a decision table.
    Rows { rows: Vec<Option<Row>> },
    /// The answer for each column, position, or card.
    Parts { parts: Vec<Vec<Block>> },
    /// The answer for each region of a Venn diagram.
    Regions { regions: Vec<Region> },
    /// A claim with its evidence.
    Claim { claim: Vec<Block>, evidence: Vec<Runs>, reasoning: Vec<Block> },
    /// Causes and effects.
    Causes { causes: Vec<Runs>, event: Option<Runs>, effects: Vec<Runs> },
    /// The missing date or text of each event on a timeline.
    Events { events: Vec<EventSolution> },
    /// The rows of a blank table.
    Table { rows: Vec<Vec<Runs>> },
    /// Examples of student work for each criterion and level.
    Levels { criteria: Vec<Vec<Vec<Block>>> },
}

/// The answer to a statement.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    /// Whether it is true.
    pub truth: bool,
    /// The corrected statement.
    pub correction: Option<Runs>,
}

/// The answer to a row of a decision table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The position of the correct choice.
    pub choice: usize,
    /// Why it's correct.
    pub reason: Vec<Block>,
}

/// A region of a Venn diagram.
#[derive(Debug, Clone, Serialize)]
pub struct Region {
    /// The positions of the circles that form it.
    pub circles: Vec<usize>,
    /// The answer for this region.
    pub blocks: Vec<Block>,
}

/// The missing date or text of an event on a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct EventSolution {
    /// The date.
    pub date: Option<Runs>,
    /// What happened.
    pub text: Option<Runs>,
}
