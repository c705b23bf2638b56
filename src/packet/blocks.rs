//! The blocks of a packet as plain data, as they reach the templates.

use serde::Serialize;

use super::Runs;
use super::answers::Solution;
use super::questions::Question;
use super::references::Reference;
use super::rooms::Room;
use crate::block::materials::Per;
use crate::block::table::TableWidth;
use crate::equation::Math;
use crate::lesson::prose::Alignment;

/// A block as it prints.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Block {
    /// A paragraph; those of a reading are numbered and have a mark. The layout finds its lines by the label; `page` is that of
    /// the student packet where it is another than that of the paragraph before.
    Paragraph { mark: Option<String>, number: Option<u32>, page: Option<usize>, label: Option<String>, runs: Runs },
    /// A remark for the teacher, at what stands before it: the question of this number; `of` are the lines that it is about, if it
    /// cannot stand among them.
    TeacherNote { question: Option<u32>, of: Vec<Reference>, blocks: Vec<Block> },
    /// In the place of a question that stands on the worksheet of this lesson.
    OnWorksheet { question: Question },
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
    RoleCards { mark: String, cards: Vec<Card>, per: Option<Per>, per_page: Option<u32>, solution: Option<Solution> },
    /// Pieces to sort.
    CutOuts { question: Question, cards: Vec<Card>, per: Option<Per>, per_page: Option<u32> },
    /// A scene to read aloud.
    Script {
        mark: String,
        level: u8,
        title: Option<Runs>,
        setting: Option<Runs>,
        cast: Vec<Runs>,
        turns: Vec<Turn>,
        solution: Option<Solution>,
    },
    /// What groups tell the class.
    ReportOut { mark: String, minutes: Option<u32>, blocks: Vec<Block>, space: Room, solution: Option<Solution> },
    /// Work for those who go on.
    Extension { mark: String, level: u8, title: Option<Runs>, blocks: Vec<Block>, space: Room, solution: Option<Solution> },
    /// How work is judged.
    Rubric {
        mark: String,
        title: Option<Runs>,
        levels: Vec<RubricLevel>,
        criteria: Vec<RubricCriterion>,
        solution: Option<Solution>,
    },
    /// A list to tick.
    SelfCheck { title: Option<Runs>, items: Vec<Runs> },
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
