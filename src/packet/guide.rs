//! Composes what a teacher prepares with: what the lesson is for, how its time is spent, and what students often believe.

use serde::Serialize;

use super::blocks::Block;
use super::layout::Layout;
use super::parts::Part;
use super::{Composer, Identity, Runs};
use crate::lesson::teacher::Teacher;

/// A standard that the lesson serves.
#[derive(Debug, Clone, Serialize)]
pub struct Standard {
    /// Who set it.
    pub framework: String,
    /// Its code.
    pub code: String,
    /// What it asks for.
    pub text: Option<Runs>,
}

/// A stretch of the timetable.
#[derive(Debug, Clone, Serialize)]
pub struct Pace {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// After how many minutes it begins.
    pub from: u32,
    /// What the class does.
    pub action: Runs,
}

/// What students often believe.
#[derive(Debug, Clone, Serialize)]
pub struct Misconception {
    /// What they believe.
    pub belief: Runs,
    /// What to say to it.
    pub response: Vec<Block>,
}

impl Composer<'_> {
    /// The page before the parts of a lesson.
    pub(super) fn guide(
        &mut self,
        identity: &Identity,
        parts: &[Part],
        rubric: Vec<Block>,
        teacher: &Teacher,
        student: &Layout,
    ) -> Part {
        let lesson = self.subject.lesson;
        let mut from = 0;
        let mut pacing = Vec::new();
        for pace in &teacher.pacing {
            let minutes = pace.minutes.value;
            pacing.push(Pace { minutes, from, action: self.runs(&pace.action.nodes) });
            from += minutes;
        }
        let mut misconceptions = Vec::new();
        for misconception in &teacher.misconceptions {
            let belief = self.runs(&misconception.belief.nodes);
            misconceptions.push(Misconception { belief, response: self.aside(&misconception.response) });
        }
        let standards = lesson.standards.iter().map(|standard| Standard {
            framework: standard.framework.clone(),
            code: standard.code.clone(),
            text: self.line(standard.text.as_ref()),
        });
        Part::Guide {
            question: self.line(lesson.question.as_ref()),
            subject: lesson.subject.clone(),
            grades: lesson.grades.clone(),
            minutes: lesson.minutes.as_ref().map(|minutes| minutes.value),
            standards: standards.collect(),
            objectives: self.lines(&teacher.objectives),
            content_notes: self.lines(&lesson.content_notes),
            pacing,
            misconceptions,
            rubric,
            print: self.print(identity, parts, student),
        }
    }
}
