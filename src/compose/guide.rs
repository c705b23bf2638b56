//! Composes the teacher guide: standards, objectives, pacing, and common misconceptions.

use super::composer::Composer;
use super::print::print;
use super::prose::aside;
use crate::packet::guide::{Misconception, Pace, Standard};
use crate::packet::{Block, PacketId, Section};

/// The teacher guide, which comes before the sections of the lesson.
pub(super) fn guide(composer: &mut Composer<'_>, id: &PacketId, sections: &[Section], rubric: Vec<Block>) -> Section {
    let given = composer.given;
    let (lesson, text) = (given.subject.lesson, given.text());
    let (teacher, student) = given.for_teachers().expect("only editions for teachers have a guide");
    let mut from = 0;
    let mut pacing = Vec::new();
    for pace in &teacher.pacing {
        let minutes = pace.minutes.value;
        pacing.push(Pace { minutes, from, action: text.runs(&pace.action.nodes) });
        from += minutes;
    }
    let mut misconceptions = Vec::new();
    for misconception in &teacher.misconceptions {
        let belief = text.runs(&misconception.belief.nodes);
        misconceptions.push(Misconception { belief, response: aside(composer, &misconception.response) });
    }
    let standards = lesson.standards.iter().map(|standard| Standard {
        framework: standard.framework.clone(),
        code: standard.code.clone(),
        text: text.line(standard.text.as_ref()),
    });
    Section::Guide {
        question: text.line(lesson.question.as_ref()),
        subject: lesson.subject.clone(),
        grades: lesson.grades.clone(),
        minutes: lesson.minutes.as_ref().map(|minutes| minutes.value),
        standards: standards.collect(),
        objectives: text.lines(&teacher.objectives),
        content_notes: text.lines(&lesson.content_notes),
        pacing,
        misconceptions,
        rubric,
        print: print(given, id, sections, student),
    }
}
