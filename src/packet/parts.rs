//! The parts of a packet in their order; a part that the lesson does not have leaves no hole.

use serde::Serialize;

use super::blocks::Block;
use super::sources::Entry;
use super::{Composer, Runs, runs};
use crate::lesson::ReadingNumbers;
use crate::picture::Problem;

/// A part of a packet.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Part {
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

impl Composer<'_> {
    pub(super) fn parts(&mut self) -> Result<Vec<Part>, Problem> {
        let lesson = self.subject.lesson;
        let mut parts = Vec::new();
        // Always there: it carries the masthead and the title, even of a lesson that has nothing to read.
        parts.push(Part::Reading {
            question: lesson.question.as_ref().map(|question| self.runs(&question.nodes)),
            content_notes: self.lines(&lesson.content_notes),
            vocabulary: self.vocabulary(),
            numbered_lines: lesson.numbers == ReadingNumbers::Lines,
            blocks: self.blocks(lesson.reading.iter(), "reading")?,
        });
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
        if let Some(bibliography) = &lesson.bibliography {
            let mut groups = Vec::new();
            for group in &bibliography.groups {
                let entries = group.entries.iter().map(|entry| self.entry(&entry.key.value, &entry.value)).collect();
                groups.push(Group { title: self.heading(&group.title.nodes), entries });
            }
            parts.push(Part::Bibliography { groups });
        }
        Ok(parts)
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
