//! The parts of a packet in their order; a part that the lesson does not have leaves no hole.

use serde::Serialize;

use super::answers::Solution;
use super::blocks::Block;
use super::guide::{Misconception, Pace, Standard};
use super::issue::{Imprint, LessonPart, LessonSources};
use super::plan::{AnswersOfPlan, PlanStep};
use super::print::Print;
use super::rooms::Room;
use super::sources::Entry;
use super::{Composer, Identity, Runs, runs};
use crate::lesson::ReadingNumbers;
use crate::lesson::series::{self, Edition};
use crate::picture::Problem;

/// A part of a packet.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Part {
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
    pub entries: Vec<Entry>,
}

/// The answers to the items of a part.
#[derive(Debug, Clone, Serialize)]
pub struct KeySection {
    /// The kind of the part, as templates know it.
    pub part: &'static str,
    /// Its items.
    pub blocks: Vec<Block>,
}

impl Part {
    /// The blocks of a part of the lesson.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Part::Rubric { blocks }
            | Part::Questions { blocks }
            | Part::Reading { blocks, .. }
            | Part::Discussion { blocks }
            | Part::Activity { blocks, .. }
            | Part::ExitTicket { blocks } => blocks,
            Part::Guide { .. }
            | Part::Plan { .. }
            | Part::Key { .. }
            | Part::Bibliography { .. }
            | Part::Cover
            | Part::Contents { .. }
            | Part::Lesson(_)
            | Part::Sources { .. } => &[],
        }
    }

    /// Whether cards with backs stand in it, which print on both sides of a sheet.
    pub fn has_backs(&self) -> bool {
        self.blocks().iter().any(|block| match block {
            Block::RoleCards { cards, .. } | Block::CutOuts { cards, .. } => cards.iter().any(|card| card.back.is_some()),
            _ => false,
        })
    }

    /// The answers to its items; an item that nobody can miss is left out if it has none.
    fn answers(self) -> Option<KeySection> {
        let part = match &self {
            Part::Reading { .. } => "reading",
            Part::Discussion { .. } => "discussion",
            Part::Activity { .. } => "activity",
            Part::ExitTicket { .. } => "exit-ticket",
            _ => return None,
        };
        let is_listed = |block: &Block| match (block, block.solution()) {
            (_, Some(Solution { answer: Some(_), .. })) => true,
            (Block::StopAndThink { .. }, _) | (_, None) => false,
            (block, Some(_)) => block.question().is_some(),
        };
        let (Part::Reading { blocks, .. }
        | Part::Discussion { blocks }
        | Part::Activity { blocks, .. }
        | Part::ExitTicket { blocks }) = self
        else {
            return None;
        };
        let mut blocks: Vec<Block> = blocks.into_iter().filter(is_listed).collect();
        for block in &mut blocks {
            if let Block::Drawing { picture, .. } = block {
                *picture = None;
            }
        }
        (!blocks.is_empty()).then_some(KeySection { part, blocks })
    }
}

impl Composer<'_> {
    /// The parts of the packet with this identity.
    pub(super) fn parts(&mut self, identity: &Identity) -> Result<Vec<Part>, Problem> {
        let Some((teacher, student)) = self.for_teachers() else { return self.lesson_parts(identity.part) };
        let mut parts = self.lesson_parts(identity.part)?;
        match identity.edition {
            Edition::Student | Edition::Teacher => {
                let rubric = teacher.rubric.as_ref().map(|rubric| self.rubric(rubric, self.scoped("¶rubric"), None));
                match (identity.part, rubric) {
                    (series::Part::All, rubric) => {
                        let rubric = rubric.into_iter().collect();
                        parts.insert(0, self.guide(identity, &parts, rubric, teacher, student));
                    }
                    (series::Part::Worksheet, Some(rubric)) => parts.push(Part::Rubric { blocks: vec![rubric] }),
                    (series::Part::Worksheet | series::Part::Reading | series::Part::Plan, _) => {}
                }
            }
            Edition::Key => parts = vec![self.key(parts)],
            Edition::Substitute => {
                let substitute =
                    teacher.substitute.as_ref().expect("a substitute packet is asked for only where there is a plan");
                let answers = match identity.part {
                    _ if teacher.answers.is_empty() => None,
                    series::Part::Plan => Some(AnswersOfPlan::Elsewhere),
                    _ => Some(AnswersOfPlan::Behind),
                };
                let plan = self.plan(identity, &parts, substitute, student, answers);
                let key = (answers == Some(AnswersOfPlan::Behind)).then(|| self.key(parts));
                parts = std::iter::once(plan).chain(key).collect();
            }
        }
        Ok(parts)
    }

    /// The answers alone, without the pictures of the lesson.
    fn key(&mut self, parts: Vec<Part>) -> Part {
        self.images.clear();
        Part::Key { sections: parts.into_iter().filter_map(Part::answers).collect() }
    }

    /// The parts of the lesson itself.
    fn lesson_parts(&mut self, part: series::Part) -> Result<Vec<Part>, Problem> {
        let lesson = self.subject.lesson;
        let mut parts = Vec::new();
        if part == series::Part::Worksheet {
            let blocks = self.blocks(lesson.reading.iter().filter(|block| block.is_written()), "reading")?;
            if !blocks.is_empty() {
                parts.push(Part::Questions { blocks });
            }
        } else {
            // Always there: it carries the title, even of a lesson that has nothing to read.
            let mut blocks = self.blocks(lesson.reading.iter(), "reading")?;
            if part == series::Part::Reading {
                blocks = blocks.into_iter().map(on_worksheet).collect();
            }
            parts.push(Part::Reading {
                question: lesson.question.as_ref().map(|question| self.runs(&question.nodes)),
                content_notes: self.lines(&lesson.content_notes),
                vocabulary: self.vocabulary(),
                numbered_lines: lesson.numbers == ReadingNumbers::Lines,
                blocks,
            });
        }
        if part != series::Part::Reading {
            self.sheets(&mut parts)?;
        }
        if let Some(bibliography) = lesson.bibliography.as_ref().filter(|_| part != series::Part::Worksheet) {
            let mut groups = Vec::new();
            for group in &bibliography.groups {
                let entries = group.entries.iter().map(|entry| self.entry(&entry.key.value, &entry.value)).collect();
                groups.push(Group { title: self.heading(&group.title.nodes), entries });
            }
            parts.push(Part::Bibliography { groups });
        }
        Ok(parts)
    }

    /// The parts on which students write.
    fn sheets(&mut self, parts: &mut Vec<Part>) -> Result<(), Problem> {
        let lesson = self.subject.lesson;
        if !lesson.discussion.is_empty() {
            let blocks = self.blocks(lesson.discussion.iter().map(|question| &question.0), "discussion")?;
            parts.push(Part::Discussion { blocks });
        }
        if let Some(activity) = &lesson.activity {
            let groups = activity.groups.as_ref();
            parts.push(Part::Activity {
                title: self.heading(&activity.title.nodes),
                minutes: activity.minutes.as_ref().map(|minutes| minutes.value),
                group_size: groups.map(|groups| groups.size),
                roles: groups.map_or_else(Vec::new, |groups| self.lines(&groups.roles)),
                blocks: self.blocks(activity.body.iter(), "activity")?,
            });
        }
        if !lesson.exit_ticket.is_empty() {
            let blocks = self.blocks(lesson.exit_ticket.iter().map(|question| &question.0), "exit-ticket")?;
            parts.push(Part::ExitTicket { blocks });
        }
        Ok(())
    }

    fn vocabulary(&self) -> Vec<Term> {
        let terms = &self.subject.lesson.vocabulary;
        terms
            .iter()
            .map(|term| Term {
                term: runs::from_text(&term.term.value),
                say: term.say.clone(),
                meaning: self.runs(&term.meaning.nodes),
            })
            .collect()
    }
}

/// A block of a reading that the next class uses again: what is written stands on the worksheet.
fn on_worksheet(block: Block) -> Block {
    match block {
        Block::StopAndThink { question, .. } => Block::StopAndThink { question, space: Room::None },
        block => match block.question() {
            Some(question) => Block::OnWorksheet { question: question.clone() },
            None => block,
        },
    }
}
