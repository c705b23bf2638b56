//! The sections of a packet: what stands in one, as its template gets it.

use serde::Serialize;

use super::block::Block;
use super::guide::{Misconception, Pace, Standard};
use super::plan::{AnswersOfPlan, PlanStep};
use super::print::Print;
use super::run::Runs;
use super::source::{Address, SourceEntry};
use crate::lesson::series::Edition;

/// A section of a packet.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Section {
    /// What a teacher prepares with.
    Guide {
        /// The central question.
        question: Option<Runs>,
        /// The school subject.
        subject: Option<String>,
        /// The grades.
        grades: Option<String>,
        /// How much class time the lesson takes.
        minutes: Option<u32>,
        /// The standards that it serves.
        standards: Vec<Standard>,
        /// What students can do after it.
        objectives: Vec<Runs>,
        /// What may be hard to read about.
        content_notes: Vec<Runs>,
        /// How the time is spent.
        pacing: Vec<Pace>,
        /// What students often believe.
        misconceptions: Vec<Misconception>,
        /// How the work is judged.
        rubric: Vec<Block>,
        /// What to print.
        print: Print,
    },
    /// The plan of a substitute.
    Plan {
        /// The central question.
        question: Option<Runs>,
        /// The school subject.
        subject: Option<String>,
        /// The grades.
        grades: Option<String>,
        /// How long the class period is.
        minutes: u32,
        /// What may be hard to read about.
        content_notes: Vec<Runs>,
        /// What today is about.
        today: Vec<Block>,
        /// What to print.
        print: Print,
        /// What to do, step by step.
        steps: Vec<PlanStep>,
        /// For students who finish early.
        early_finishers: Vec<Block>,
        /// What to leave alone.
        do_not: Vec<Block>,
        /// Where the answers are, if there are any.
        answers: Option<AnswersOfPlan>,
    },
    /// The answers alone.
    Key {
        /// The parts that have items.
        sections: Vec<KeySection>,
    },
    /// How the work is judged.
    Rubric {
        /// The table.
        blocks: Vec<Block>,
    },
    /// Questions that stand in the reading, on the worksheet.
    Questions {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// The reading, with what a reader wants to know before it.
    Reading {
        /// The central question.
        question: Option<Runs>,
        /// What may be hard to read about.
        content_notes: Vec<Runs>,
        /// The words that are explained.
        vocabulary: Vec<Term>,
        /// Whether its lines are numbered.
        numbered_lines: bool,
        /// The reading itself.
        blocks: Vec<Block>,
    },
    /// The questions for discussion and writing.
    Discussion {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// The activity and its worksheet.
    Activity {
        /// Its title.
        title: Runs,
        /// How long it takes, in minutes.
        minutes: Option<u32>,
        /// How many students work together.
        group_size: Option<u32>,
        /// What each of them does.
        roles: Vec<Runs>,
        /// The worksheet.
        blocks: Vec<Block>,
    },
    /// The questions at the end.
    ExitTicket {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// The sources.
    Bibliography {
        /// The groups in their order.
        groups: Vec<Group>,
    },
    /// The first page of an issue.
    Cover,
    /// What an issue holds, and who has made it.
    Contents {
        /// Who has made it.
        imprint: Imprint,
    },
    /// A lesson of an issue, without its sources.
    Lesson(LessonPart),
    /// The sources of the lessons of an issue.
    Sources {
        /// The lessons that have sources, in their order.
        lessons: Vec<LessonSources>,
    },
}

/// A word that is explained.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// The word.
    pub term: Runs,
    /// How it is said.
    pub say: Option<String>,
    /// What it means.
    pub meaning: Runs,
}

/// A group of sources.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Its title.
    pub title: Runs,
    /// Its sources in their order.
    pub entries: Vec<SourceEntry>,
}

/// A lesson within an issue.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LessonPart {
    /// Its id, which begins its marks in the layout.
    pub id: String,
    /// Its number, counted from 1.
    pub number: usize,
    /// How many lessons there are.
    pub count: usize,
    /// Its title.
    pub title: Runs,
    /// Its central question.
    pub question: Option<Runs>,
    /// Its language, as a tag of ISO 639.
    pub language: String,
    /// The country, as a tag of ISO 3166, if it matters.
    pub region: Option<String>,
    /// For whom its pages are: a lesson without a teacher file stands as students have it in the edition for teachers, too.
    pub edition: Edition,
    /// Whether cards with backs stand in it, for which it must begin on a right-hand page.
    pub two_sided: bool,
    /// What it is made of.
    pub sections: Vec<Section>,
}

/// The sources of a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct LessonSources {
    /// The id of the lesson.
    pub id: String,
    /// Its title.
    pub title: Runs,
    /// Its language, as a tag of ISO 639.
    pub language: String,
    /// The country, as a tag of ISO 3166, if it matters.
    pub region: Option<String>,
    /// The groups in their order.
    pub groups: Vec<Group>,
}

/// Who has made the issue, and what others may do with it.
#[derive(Debug, Clone, Serialize)]
pub struct Imprint {
    /// Who publishes it.
    pub publisher: String,
    /// The day on which it came out: year, month, day.
    pub published: (i32, u8, u8),
    /// Who holds the rights, and the licence.
    pub rights: Option<String>,
    /// Where the licence can be read.
    pub licence: Option<Address>,
}

/// The answers to the items of a part.
#[derive(Debug, Clone, Serialize)]
pub struct KeySection {
    /// The kind of the part, as templates know it.
    pub part: &'static str,
    /// Its items.
    pub blocks: Vec<Block>,
}

impl Section {
    /// The blocks of the section; none where it holds something else.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Section::Rubric { blocks }
            | Section::Questions { blocks }
            | Section::Reading { blocks, .. }
            | Section::Discussion { blocks }
            | Section::Activity { blocks, .. }
            | Section::ExitTicket { blocks } => blocks,
            Section::Guide { .. }
            | Section::Plan { .. }
            | Section::Key { .. }
            | Section::Bibliography { .. }
            | Section::Cover
            | Section::Contents { .. }
            | Section::Lesson(_)
            | Section::Sources { .. } => &[],
        }
    }

    /// Whether cards with backs stand in it, which print on both sides of a sheet.
    pub fn has_backs(&self) -> bool {
        self.blocks().iter().any(|block| match block {
            Block::RoleCards { cards, .. } | Block::CutOuts { cards, .. } => cards.iter().any(|card| card.back.is_some()),
            _ => false,
        })
    }
}
