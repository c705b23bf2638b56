//! The sections of a packet, as the templates get them.

use serde::Serialize;

use super::blank::Blanks;
use super::block::Block;
use super::guide::{Misconception, Pace, Standard};
use super::plan::{AnswersOfPlan, PlanStep};
use super::print::Print;
use super::run::Runs;
use super::source::{Address, SourceEntry};
use crate::lesson::block::materials::Per;
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
    /// The title of a lesson without a reading, and what comes before its questions on the same page.
    Opening {
        /// The central question.
        question: Option<Runs>,
        /// Content notes.
        content_notes: Vec<Runs>,
        /// The vocabulary.
        vocabulary: Vec<Term>,
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
        /// The blanks for their names.
        blanks: Blanks,
    },
    /// The exit ticket.
    ExitTicket {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// A sheet with as many exit tickets as fit.
    Tickets {
        /// The questions.
        blocks: Vec<Block>,
    },
    /// The sheets of cards to cut out.
    Cards {
        /// The sets, each on its own sheets.
        sets: Vec<CardSet>,
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

/// A set of cards to cut out.
#[derive(Debug, Clone, Serialize)]
pub struct CardSet {
    /// The part of the lesson where the cards are used, as the templates call it.
    pub of: &'static str,
    /// Who gets a set.
    pub per: Option<Per>,
    /// The block with the cards.
    pub cards: Block,
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
    /// The kind of part, as the templates call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Section::Guide { .. } => "guide",
            Section::Plan { .. } => "plan",
            Section::Key { .. } => "key",
            Section::Rubric { .. } => "rubric",
            Section::Questions { .. } => "questions",
            Section::Opening { .. } => "opening",
            Section::Reading { .. } => "reading",
            Section::Discussion { .. } => "discussion",
            Section::Activity { .. } => "activity",
            Section::ExitTicket { .. } => "exit-ticket",
            Section::Tickets { .. } => "tickets",
            Section::Cards { .. } => "cards",
            Section::Bibliography { .. } => "bibliography",
            Section::Cover => "cover",
            Section::Contents { .. } => "contents",
            Section::Lesson(_) => "lesson",
            Section::Sources { .. } => "sources",
        }
    }

    /// The section's blocks. Empty if it holds something else.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Section::Rubric { blocks }
            | Section::Questions { blocks }
            | Section::Reading { blocks, .. }
            | Section::Discussion { blocks }
            | Section::Activity { blocks, .. }
            | Section::ExitTicket { blocks }
            | Section::Tickets { blocks } => blocks,
            Section::Guide { .. }
            | Section::Plan { .. }
            | Section::Key { .. }
            | Section::Opening { .. }
            | Section::Cards { .. }
            | Section::Bibliography { .. }
            | Section::Cover
            | Section::Contents { .. }
            | Section::Lesson(_)
            | Section::Sources { .. } => &[],
        }
    }

    /// The same blocks, to change them.
    pub fn blocks_mut(&mut self) -> &mut [Block] {
        match self {
            Section::Rubric { blocks }
            | Section::Questions { blocks }
            | Section::Reading { blocks, .. }
            | Section::Discussion { blocks }
            | Section::Activity { blocks, .. }
            | Section::ExitTicket { blocks }
            | Section::Tickets { blocks } => blocks,
            _ => &mut [],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_get_the_same_kinds() {
        let sections = [
            Section::Cover,
            Section::ExitTicket { blocks: Vec::new() },
            Section::Tickets { blocks: Vec::new() },
            Section::Cards { sets: Vec::new() },
            Section::Opening { question: None, content_notes: Vec::new(), vocabulary: Vec::new() },
        ];
        for section in sections {
            let value = serde_json::to_value(&section).expect("a section is plain data");
            assert_eq!(value["kind"], section.kind());
        }
    }
}
