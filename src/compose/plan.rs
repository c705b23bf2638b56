//! Composes the sub plan, for a substitute who hasn't seen the lesson: each step says where it happens in the student packet.

use super::composer::Composer;
use super::given::Given;
use super::print::print;
use super::prose::{aside, maybe_aside, paragraph_mark};
use super::references;
use super::targets::Target;
use crate::lesson::teacher::{PART_NAMES, Step as StepOfPlan, Substitute};
use crate::packet::plan::{AnswersOfPlan, PlanStep, Spot};
use crate::packet::{Layout, PacketId, Section};

/// The first page of a substitute packet.
pub(super) fn plan(
    composer: &mut Composer<'_>,
    id: &PacketId,
    sections: &[Section],
    substitute: &Substitute,
    answers: Option<AnswersOfPlan>,
) -> Section {
    let given = composer.given;
    let (lesson, text) = (given.subject.lesson, given.text());
    let (_, student) = given.for_teachers().expect("only teacher editions have a plan");
    composer.gathered.mark("plan", substitute.steps.first().map(|step| step.minutes.place));
    let mut from = 0;
    let mut steps = Vec::new();
    for step in &substitute.steps {
        let minutes = step.minutes.value;
        steps.push(PlanStep {
            minutes,
            from,
            action: text.runs(&step.action.nodes),
            say: text.line(step.say.as_ref()),
            spots: spots(given, step, sections, student),
        });
        from += minutes;
    }
    Section::Plan {
        question: text.line(lesson.question.as_ref()),
        subject: lesson.subject.clone(),
        grades: lesson.grades.clone(),
        minutes: from,
        content_notes: text.lines(&lesson.content_notes),
        today: aside(composer, &substitute.in_two_minutes),
        print: print(given, id, sections, student),
        steps,
        early_finishers: maybe_aside(composer, substitute.early_finishers.as_ref()),
        do_not: maybe_aside(composer, substitute.do_not.as_ref()),
        answers,
    }
}

fn spots(given: &Given<'_>, step: &StepOfPlan, sections: &[Section], student: &Layout) -> Vec<Spot> {
    step.see.iter().filter_map(|see| spot(given, see.value.trim(), sections, student)).collect()
}

/// Where something is: an item by its id, a paragraph or line by its label, or a part by its name.
fn spot(given: &Given<'_>, name: &str, sections: &[Section], student: &Layout) -> Option<Spot> {
    let mark = given.scoped(name);
    if let Some(block) = sections.iter().flat_map(Section::blocks).find(|block| block.mark() == Some(&*mark)) {
        let number = block.question().and_then(|question| question.number);
        let kind = serde_json::to_value(block).ok().and_then(|block| Some(block.get("kind")?.as_str()?.to_owned()));
        return Some(Spot::Item { number, block: kind?, page: *student.item_pages.get(&mark)? });
    }
    if let Some(target) = given.target(name) {
        let page = match target {
            Target::Paragraph(number) => student.item_pages.get(&given.scoped(&paragraph_mark(*number))).copied(),
            Target::Lines(_) => student.label_pages.get(&mark).copied(),
            Target::Line(..) => None,
        };
        return Some(Spot::Text { reference: references::to_label(given, name)?, page });
    }
    let kind = PART_NAMES.into_iter().find(|part| *part == name)?.replace('_', "-");
    Some(Spot::Part { pages: student.pages_of(&kind)?, part: kind })
}
