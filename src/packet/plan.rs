//! Composes the plan of a substitute, who knows nothing of the lesson: each step says where in the student packet it happens.

use serde::Serialize;

use super::layout::{Layout, Pages};
use super::parts::Part;
use super::references::{Reference, Target};
use super::{Composer, Identity, Runs};
use crate::lesson::teacher::{Step as Given, Substitute};

/// A step of the plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanStep {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// After how many minutes it begins.
    pub from: u32,
    /// What to do.
    pub action: Runs,
    /// What to say, word for word.
    pub say: Option<Runs>,
    /// Where in the student packet it happens.
    pub spots: Vec<Spot>,
}

/// A place in the student packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Spot {
    /// A part, by the kind that templates know.
    Part { part: String, pages: Pages },
    /// An item, by its number if it has one, or else by the kind of its block.
    Item { number: Option<u32>, block: String, page: usize },
    /// Paragraphs or lines.
    Text { reference: Reference, page: Option<usize> },
}

/// Where somebody who has the plan finds the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswersOfPlan {
    /// On the pages behind the plan.
    Behind,
    /// In the answer key, which is a packet of its own.
    Elsewhere,
}

/// The names of the parts in `see`, and the kinds that templates know.
pub const PARTS: [(&str, &str); 4] =
    [("reading", "reading"), ("discussion", "discussion"), ("activity", "activity"), ("exit_ticket", "exit-ticket")];

impl Composer<'_> {
    /// The first page for a substitute.
    pub(super) fn plan(
        &mut self,
        identity: &Identity,
        parts: &[Part],
        substitute: &Substitute,
        student: &Layout,
        answers: Option<AnswersOfPlan>,
    ) -> Part {
        let lesson = self.subject.lesson;
        self.marks.extend(substitute.steps.first().map(|step| ("plan".to_owned(), step.minutes.place)));
        let mut from = 0;
        let mut steps = Vec::new();
        for step in &substitute.steps {
            let minutes = step.minutes.value;
            steps.push(PlanStep {
                minutes,
                from,
                action: self.runs(&step.action.nodes),
                say: self.line(step.say.as_ref()),
                spots: self.spots(step, parts, student),
            });
            from += minutes;
        }
        Part::Plan {
            question: self.line(lesson.question.as_ref()),
            subject: lesson.subject.clone(),
            grades: lesson.grades.clone(),
            minutes: from,
            content_notes: self.lines(&lesson.content_notes),
            today: self.aside(&substitute.in_two_minutes),
            print: self.print(identity, parts, student),
            steps,
            early_finishers: substitute.early_finishers.as_ref().map_or_else(Vec::new, |text| self.aside(text)),
            do_not: substitute.do_not.as_ref().map_or_else(Vec::new, |text| self.aside(text)),
            answers,
        }
    }

    fn spots(&self, step: &Given, parts: &[Part], student: &Layout) -> Vec<Spot> {
        step.see.iter().filter_map(|see| self.spot(see.value.trim(), parts, student)).collect()
    }

    /// Where something stands: an item by its id, a paragraph or line by its label, or a part by its name.
    fn spot(&self, name: &str, parts: &[Part], student: &Layout) -> Option<Spot> {
        let mark = self.scoped(name);
        if let Some(block) = parts.iter().flat_map(Part::blocks).find(|block| block.mark() == Some(&*mark)) {
            let number = block.question().and_then(|question| question.number);
            let kind = serde_json::to_value(block).ok().and_then(|block| Some(block.get("kind")?.as_str()?.to_owned()));
            return Some(Spot::Item { number, block: kind?, page: *student.item_pages.get(&mark)? });
        }
        if let Some(target) = self.targets.get(name) {
            let page = match target {
                Target::Paragraph(number) => {
                    student.item_pages.get(&self.scoped(&super::readings::paragraph_mark(*number))).copied()
                }
                Target::Lines(_) => student.label_pages.get(&mark).copied(),
                Target::Line(..) => None,
            };
            return Some(Spot::Text { reference: self.reference_to(name)?, page });
        }
        let (_, kind) = PARTS.into_iter().find(|(part, _)| *part == name)?;
        Some(Spot::Part { part: kind.to_owned(), pages: student.pages_of(kind)? })
    }
}
