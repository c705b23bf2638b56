//! The blocks of a packet, as they reach their templates: with what all questions have in common, and with what only editions for teachers print at them.

use serde::Serialize;

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
    /// A paragraph; those of a reading are numbered and have a mark. The layout finds its lines by the label; `page` is that of
    /// the student packet where it is another than that of the paragraph before.
    Paragraph {
        /// Its name in the finished layout, if something asks for its page.
        mark: Option<String>,
        /// Its number, if paragraphs have one.
        number: Option<u32>,
        /// The page of the students on which it begins, in editions for teachers.
        page: Option<usize>,
        /// The name by which questions point to it.
        label: Option<String>,
        /// Its text.
        runs: Runs,
    },
    /// A remark for the teacher, at what stands before it: the question of this number; `of` are the lines that it is about, if it
    /// cannot stand among them.
    TeacherNote {
        /// The number of the question that it is about.
        question: Option<u32>,
        /// The lines that it is about, if it cannot stand among them.
        of: Vec<Reference>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// In the place of a question that stands on the worksheet of this lesson.
    OnWorksheet {
        /// The question.
        question: Question,
    },
    /// A heading; level 2 is a section.
    Heading {
        /// The level of its heading, from 1.
        level: u8,
        /// Its text.
        runs: Runs,
    },
    /// A quotation.
    Quotation {
        /// What stands in it.
        blocks: Vec<Block>,
        /// Who said it.
        attribution: Option<Runs>,
    },
    /// A list, numbered if it has a start.
    List {
        /// The number of the first entry; without it the list has none.
        start: Option<u32>,
        /// Its entries.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// Its name in the finished layout.
        mark: String,
        /// Its title.
        title: Option<Runs>,
        /// How each column is aligned.
        columns: Vec<Alignment>,
        /// The heads of its columns.
        head: Vec<Runs>,
        /// Its rows.
        rows: Vec<Vec<Runs>>,
        /// Whether the first cell of a row is the head of the row.
        row_heads: bool,
        /// How it lies on the page.
        width: TableWidth,
        /// Where it comes from.
        credit: Option<Runs>,
    },
    /// A picture; sizes in points.
    Figure {
        /// The name of the image among those of the packet.
        image: String,
        /// What it shows, in words.
        alt: String,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
        /// What stands below it.
        caption: Option<Runs>,
        /// Where it comes from.
        credit: Option<Runs>,
        /// Who holds the rights.
        rights: Option<Runs>,
    },
    /// A document of its time.
    PrimarySource {
        /// Its name in the finished layout.
        mark: String,
        /// The level of its heading, from 1.
        level: u8,
        /// The name by which questions point to it.
        label: Option<String>,
        /// Its title.
        title: Option<Runs>,
        /// What introduces it.
        headnote: Vec<Block>,
        /// What stands in it.
        blocks: Vec<Block>,
        /// Where it comes from.
        origin: Runs,
        /// Its date, as it prints.
        date: Option<String>,
        /// What was changed in it.
        modified: Option<Runs>,
        /// Whether its lines are numbered.
        numbered: bool,
    },
    /// A short text beside the story.
    Sidebar {
        /// The level of its heading, from 1.
        level: u8,
        /// Its title.
        title: Runs,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Events with their dates.
    Timeline {
        /// Its title.
        title: Option<Runs>,
        /// The events in their order.
        events: Vec<TimelineEvent>,
    },
    /// A remark.
    Note {
        /// Its title.
        title: Option<Runs>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// A warning of what follows.
    ContentNote {
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Lines that stay as they are.
    Verse {
        /// The level of its heading, from 1.
        level: u8,
        /// The name by which questions point to it.
        label: Option<String>,
        /// Its title.
        title: Option<Runs>,
        /// Its stanzas, line by line.
        stanzas: Vec<Vec<Line>>,
        /// Where it comes from.
        origin: Runs,
        /// Its date, as it prints.
        date: Option<String>,
        /// Whether its lines are numbered.
        numbered: bool,
    },
    /// Text in two columns.
    Columns {
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// An equation and how it is read aloud.
    Equation {
        /// Its name in the finished layout.
        mark: String,
        /// Its pieces.
        tree: Math,
        /// How it is read aloud.
        say: Speech,
    },
    /// The end of a page.
    PageBreak,
    /// A question in the middle of a reading.
    StopAndThink {
        /// What it has in common with other questions.
        question: Question,
        /// Room to write.
        space: WritingSpace,
    },
    /// A question with room to write.
    Prompt {
        /// What it has in common with other questions.
        question: Question,
        /// The parts of the question that are answered together.
        parts: Vec<Runs>,
        /// Room to write.
        space: WritingSpace,
    },
    /// A question with answers to choose from.
    MultipleChoice {
        /// What it has in common with other questions.
        question: Question,
        /// What can be chosen.
        choices: Vec<Runs>,
        /// Whether several of them are right.
        several: bool,
    },
    /// Statements that are true or false.
    TrueFalse {
        /// What it has in common with other questions.
        question: Question,
        /// The statements.
        statements: Vec<Runs>,
        /// Whether false ones are corrected.
        correct: bool,
    },
    /// A text with blanks.
    Cloze {
        /// What it has in common with other questions.
        question: Question,
        /// The text with its blanks.
        blocks: Vec<Block>,
        /// The words to choose from.
        words: Vec<Runs>,
    },
    /// Two lists that belong together.
    Matching {
        /// What it has in common with other questions.
        question: Question,
        /// The first list.
        items: Vec<Runs>,
        /// The second list.
        matches: Vec<Runs>,
    },
    /// Entries to bring into order.
    Ordering {
        /// What it has in common with other questions.
        question: Question,
        /// Its entries.
        items: Vec<Runs>,
    },
    /// A table to fill.
    ShortAnswers {
        /// What it has in common with other questions.
        question: Question,
        /// What stands above its first column.
        head: Runs,
        /// Its columns.
        columns: Vec<Runs>,
        /// Its rows.
        rows: Vec<Runs>,
        /// Lines in each place to write.
        lines: u32,
    },
    /// A decision table.
    Decide {
        /// What it has in common with other questions.
        question: Question,
        /// What stands above its first column.
        head: Option<Runs>,
        /// What can be chosen.
        choices: Vec<Runs>,
        /// Whether each row has room for a reason.
        reason: bool,
        /// Its rows.
        rows: Vec<Runs>,
    },
    /// A stand to take.
    Position {
        /// What it has in common with other questions.
        question: Question,
        /// The stands between which one chooses.
        sides: Vec<Runs>,
        /// How sentences can begin.
        starters: Vec<Starter>,
        /// Room to write.
        space: WritingSpace,
    },
    /// Columns below heads.
    TChart {
        /// What it has in common with other questions.
        question: Question,
        /// The heads of its columns.
        columns: Vec<Runs>,
        /// Room to write.
        space: WritingSpace,
    },
    /// Circles that overlap.
    Venn {
        /// What it has in common with other questions.
        question: Question,
        /// The names of its circles.
        circles: Vec<Runs>,
        /// What stands where they overlap.
        both: Option<Runs>,
        /// Room to write.
        space: WritingSpace,
    },
    /// A claim, its evidence and the reasoning between them.
    ClaimEvidence {
        /// What it has in common with other questions.
        question: Question,
        /// How many pieces of evidence there are.
        evidence: u32,
        /// Lines in each place to write.
        lines: u32,
    },
    /// Causes, an event and its effects.
    CauseEffect {
        /// What it has in common with other questions.
        question: Question,
        /// How many causes there are.
        causes: u32,
        /// The event, unless students name it.
        event: Option<Runs>,
        /// How many effects there are.
        effects: u32,
        /// Room to write.
        space: WritingSpace,
    },
    /// Sources side by side.
    Compare {
        /// What it has in common with other questions.
        question: Question,
        /// The sources.
        sources: Vec<Runs>,
        /// What is asked about each.
        rows: Vec<Runs>,
        /// Lines in each place to write.
        lines: u32,
        /// The question about all of them.
        conclusion: Option<Runs>,
    },
    /// A timeline of which something is missing.
    FillTimeline {
        /// What it has in common with other questions.
        question: Question,
        /// Its events.
        events: Vec<OpenEvent>,
        /// Lines in each place to write.
        lines: u32,
    },
    /// An empty table.
    BlankTable {
        /// What it has in common with other questions.
        question: Question,
        /// The heads of its columns.
        heads: Vec<Runs>,
        /// How many empty rows there are.
        rows: u32,
        /// Lines in each place to write.
        lines: u32,
    },
    /// A box to draw in, or a figure to draw on.
    Drawing {
        /// What it has in common with other questions.
        question: Question,
        /// The figure to draw on.
        picture: Option<Box<Block>>,
        /// The labels to use.
        words: Vec<Runs>,
        /// Room to write.
        space: WritingSpace,
    },
    /// What a class must know before it begins.
    Background {
        /// The level of its heading, from 1.
        level: u8,
        /// Its title.
        title: Option<Runs>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// What is needed.
    Materials {
        /// Its title.
        title: Option<Runs>,
        /// Its entries.
        items: Vec<Material>,
    },
    /// What to do.
    Steps {
        /// Its title.
        title: Option<Runs>,
        /// The number of the first entry.
        start: u32,
        /// Its entries.
        items: Vec<Step>,
    },
    /// Cards with roles.
    RoleCards {
        /// Its name in the finished layout.
        mark: String,
        /// The cards.
        cards: Vec<Card>,
        /// For whom one set of them is.
        per: Option<Per>,
        /// How many stand on a page; without it as many as fit.
        per_page: Option<u32>,
        /// What only editions for teachers print at it.
        solution: Option<Solution>,
    },
    /// Pieces to sort.
    CutOuts {
        /// What it has in common with other questions.
        question: Question,
        /// The cards.
        cards: Vec<Card>,
        /// For whom one set of them is.
        per: Option<Per>,
        /// How many stand on a page; without it as many as fit.
        per_page: Option<u32>,
    },
    /// A scene to read aloud.
    Script {
        /// Its name in the finished layout.
        mark: String,
        /// The level of its heading, from 1.
        level: u8,
        /// Its title.
        title: Option<Runs>,
        /// Where and when it plays.
        setting: Option<Runs>,
        /// Who speaks.
        cast: Vec<Runs>,
        /// Who says what.
        turns: Vec<Turn>,
        /// What only editions for teachers print at it.
        solution: Option<Solution>,
    },
    /// What groups tell the class.
    ReportOut {
        /// Its name in the finished layout.
        mark: String,
        /// How long it takes.
        minutes: Option<u32>,
        /// What stands in it.
        blocks: Vec<Block>,
        /// Room to write.
        space: WritingSpace,
        /// What only editions for teachers print at it.
        solution: Option<Solution>,
    },
    /// Work for those who go on.
    Extension {
        /// Its name in the finished layout.
        mark: String,
        /// The level of its heading, from 1.
        level: u8,
        /// Its title.
        title: Option<Runs>,
        /// What stands in it.
        blocks: Vec<Block>,
        /// Room to write.
        space: WritingSpace,
        /// What only editions for teachers print at it.
        solution: Option<Solution>,
    },
    /// How work is judged.
    Rubric {
        /// Its name in the finished layout.
        mark: String,
        /// Its title.
        title: Option<Runs>,
        /// The levels of work.
        levels: Vec<RubricLevel>,
        /// What is judged.
        criteria: Vec<RubricCriterion>,
        /// What only editions for teachers print at it.
        solution: Option<Solution>,
    },
    /// A list to tick.
    SelfCheck {
        /// Its title.
        title: Option<Runs>,
        /// Its entries.
        items: Vec<Runs>,
    },
}

impl Block {
    /// What it has in common with other questions, if it is one.
    pub fn question(&self) -> Option<&Question> {
        match self {
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
    }

    /// What only editions for teachers print at it, if it is answered.
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

    /// Its name in the finished layout, if it is answered.
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

/// What all questions have in common.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Its name in the finished layout.
    pub mark: String,
    /// Its number, if there is more than one.
    pub number: Option<u32>,
    /// What is asked for; without it the template says what to do with a question of this kind.
    pub ask: Option<Runs>,
    /// Help for who is stuck.
    pub hint: Option<Runs>,
    /// What it is worth.
    pub points: Option<u32>,
    /// What to look at.
    pub see: Vec<Reference>,
    /// What only editions for teachers print.
    pub solution: Option<Solution>,
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

/// What only editions for teachers print at an item.
#[derive(Debug, Clone, Serialize)]
pub struct Solution {
    /// The page of the student packet on which the item begins.
    pub page: Option<usize>,
    /// How the question begins, for a list of answers.
    pub cue: Option<String>,
    /// The answer, if the teacher file has one.
    pub answer: Option<Answer>,
    /// Why it is right.
    pub reason: Vec<Block>,
}

/// An answer; positions count from 0 in the order of the lesson file.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
pub enum Answer {
    /// What is told freely.
    Text { blocks: Vec<Block> },
    /// The right choices.
    Choices { right: Vec<usize> },
    /// Whether each statement is true.
    Statements { statements: Vec<Option<Statement>> },
    /// The word for each blank.
    Blanks { words: Vec<Option<Runs>> },
    /// The match of each item.
    Pairs { matches: Vec<Option<usize>> },
    /// The right place of each entry, counted from 1.
    Order { places: Vec<Option<usize>> },
    /// The cells of a table whose first column is given, and the answer to its last question.
    Cells { rows: Vec<Vec<Option<Runs>>>, conclusion: Vec<Block> },
    /// The choice in each row of a decision table.
    Rows { rows: Vec<Option<Row>> },
    /// What belongs to each column, side or card.
    Parts { parts: Vec<Vec<Block>> },
    /// What belongs to each region of a Venn diagram.
    Regions { regions: Vec<Region> },
    /// A claim with its evidence.
    Claim { claim: Vec<Block>, evidence: Vec<Runs>, reasoning: Vec<Block> },
    /// Causes and effects.
    Causes { causes: Vec<Runs>, event: Option<Runs>, effects: Vec<Runs> },
    /// What each event of a timeline lacks.
    Events { events: Vec<EventSolution> },
    /// The rows of an empty table.
    Table { rows: Vec<Vec<Runs>> },
    /// Examples of work for each criterion and level.
    Levels { criteria: Vec<Vec<Vec<Block>>> },
}

/// The answer to a statement.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    /// Whether it is true.
    pub truth: bool,
    /// What would be true instead.
    pub correction: Option<Runs>,
}

/// The answer to a row of a decision table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The position of the right choice.
    pub choice: usize,
    /// Why it is right.
    pub reason: Vec<Block>,
}

/// A region of a Venn diagram.
#[derive(Debug, Clone, Serialize)]
pub struct Region {
    /// The positions of the circles to which it belongs.
    pub circles: Vec<usize>,
    /// What belongs there.
    pub blocks: Vec<Block>,
}

/// What an event of a timeline lacks.
#[derive(Debug, Clone, Serialize)]
pub struct EventSolution {
    /// When it was.
    pub date: Option<Runs>,
    /// What happened.
    pub text: Option<Runs>,
}
