//! The sections of a packet, as the templates get them.

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
    /// The teacher guide.
    Guide {
        /// The central question.
        question: Option<Runs>,
        /// The school subject.
        subject: Option<String>,
        /// The grades.
        grades: Option<String>,
        /// How much class time the lesson takes, in minutes.
        minutes: Option<u32>,
        /// The standards the lesson meets.
        standards: Vec<Standard>,
        /// The learning objectives.
        objectives: Vec<Runs>,
        /// Content notes.
        content_notes: Vec<Runs>,
        /// The pacing.
        pacing: Vec<Pace>,
        /// Common misconceptions.
        misconceptions: Vec<Misconception>,
        /// The scoring guide.
        rubric: Vec<Block>,
        /// What to print.
        print: Print,
    },
    /// The sub plan.
    Plan {
        /// The central question.
        question: Option<Runs>,
        /// The school subject.
        subject: Option<String>,
        /// The grades.
        grades: Option<String>,
        /// The length of the class period, in minutes.
        minutes: u32,
        /// Content notes.
        content_notes: Vec<Runs>,
        /// A short summary of the lesson.
        today: Vec<Block>,
        /// What to print.
        print: Print,
        /// The steps.
        steps: Vec<PlanStep>,
        /// Work for students who finish early.
        early_finishers: Vec<Block>,
        /// What not to do.
        do_not: Vec<Block>,
        /// Where the answers are, if the lesson has any.
        answers: Option<AnswersOfPlan>,
    },
    /// The answer key.
    Key {
        /// The parts with answers.
        sections: Vec<KeySection>,
    },
    /// The scoring guide.
    Rubric {
        /// The table.
        blocks: Vec<Block>,
    },
    /// The reading's questions, on the worksheet.
    Questions {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// The reading and what comes before it.
    Reading {
        /// The central question.
        question: Option<Runs>,
        /// Content notes.
        content_notes: Vec<Runs>,
        /// The vocabulary.
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
        /// Their roles.
        roles: Vec<Runs>,
        /// The worksheet.
        blocks: Vec<Block>,
    },
    /// The exit ticket.
    ExitTicket {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// The sources.
    Bibliography {
        /// The groups, in order.
        groups: Vec<Group>,
        /// What inspired the issue.
        inspired_by: Option<Runs>,
    },
    /// The cover of an issue.
    Cover,
    /// The contents of an issue, with its imprint.
    Contents {
        /// The imprint.
        imprint: Imprint,
    },
    /// A lesson of an issue, without its sources.
    Lesson(LessonPart),
    /// The sources of an issue's lessons.
    Sources {
        /// The lessons with sources, in order.
        lessons: Vec<LessonSources>,
    },
}

/// A vocabulary word.
#[derive(Debug, Clone, Serialize)]
pub struct Term {
    /// The word.
    pub term: Runs,
    /// How it's pronounced.
    pub say: Option<String>,
    /// What it means.
    pub meaning: Runs,
}

/// A group of sources.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Its title.
    pub title: Runs,
    /// Its sources, in order.
    pub entries: Vec<SourceEntry>,
}

/// A lesson in an issue.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LessonPart {
    /// Its id. All its marks in the layout start with it.
    pub id: String,
    /// Its number, counted from 1.
    pub number: usize,
    /// The number of lessons in the issue.
    pub count: usize,
    /// Its title.
    pub title: Runs,
    /// Its central question.
    pub question: Option<Runs>,
    /// Its language, as an ISO 639 code.
    pub language: String,
    /// The country, as an ISO 3166 code, if it matters.
    pub region: Option<String>,
    /// Who its pages are for. If a lesson has no teacher file, the teacher edition prints its student pages.
    pub edition: Edition,
    /// Whether it has cards with backs. If so, it must start on a right-hand page.
    pub two_sided: bool,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// The sources of a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct LessonSources {
    /// The id of the lesson.
    pub id: String,
    /// Its title.
    pub title: Runs,
    /// Its language, as an ISO 639 code.
    pub language: String,
    /// The country, as an ISO 3166 code, if it matters.
    pub region: Option<String>,
    /// The groups, in order.
    pub groups: Vec<Group>,
}

/// The imprint: the publisher and the rights.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Imprint {
    /// The publisher.
    pub publisher: String,
    /// The publication date: year, month, day.
    pub published: Option<(i32, u8, u8)>,
    /// What inspired the issue.
    pub inspired_by: Option<Runs>,
    /// The rights holder and the license.
    pub rights: Option<String>,
    /// The URL of the license.
    pub licence: Option<Address>,
}

/// The answers of one part.
#[derive(Debug, Clone, Serialize)]
pub struct KeySection {
    /// The kind of part, as the templates call it.
    pub part: &'static str,
    /// Its items.
    pub blocks: Vec<Block>,
}

impl Section {
    /// The section's blocks. Empty if it holds something else.
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

    /// Whether it has cards with backs, which print double-sided.
    pub fn has_backs(&self) -> bool {
        self.blocks().iter().any(|block| match block {
            Block::RoleCards { cards, .. } | Block::CutOuts { cards, .. } => cards.iter().any(|card| card.back.is_some()),
            _ => false,
        })
    }
}
