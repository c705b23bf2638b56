//! The teacher file: everything a student must never see. Only `check` and the editions that print it open it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Answer;
use super::prose::{Inline, Inlines, Placed, Prose, each_inline};
use super::values::Keyed;
use crate::lesson::block::Rubric;
use crate::lesson::block::content::Content;

/// What only teachers see, in `<lesson>.teacher.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Teacher {
    /// What students can do after the lesson.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub objectives: Vec<Inlines>,
    /// The teacher's own timetable; its minutes add up to those of the lesson.
    #[serde(default)]
    pub pacing: Vec<Pace>,
    /// Remarks for the teacher, by the label of the paragraph or the id of the item at which they stand. Markdown.
    #[serde(default)]
    pub notes: Keyed<Prose>,
    /// Answers, by the id of the item they belong to.
    #[serde(default)]
    pub answers: Keyed<Answer>,
    /// What students often believe, and what to say to it.
    #[serde(default)]
    pub misconceptions: Vec<Misconception>,
    /// How somebody who knows nothing of the lesson can teach it.
    pub substitute: Option<Substitute>,
    /// How the work is judged, in the form of the block `rubric`.
    pub rubric: Option<Rubric>,
}

/// A stretch of the timetable.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["minutes", "do"]))]
pub struct Pace {
    /// How long it takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Placed<u32>,
    /// What the class does.
    #[serde(rename = "do")]
    pub action: Inlines,
}

/// What students often believe, and what to say to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["belief", "response"]))]
pub struct Misconception {
    /// What they believe.
    pub belief: Inlines,
    /// What to say to it.
    pub response: Prose,
}

/// How somebody who knows nothing of the lesson can teach it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Substitute {
    /// How long the class period is, in minutes; without it the series' `class_minutes`. The steps must add up to it.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<Placed<u32>>,
    /// What today is about, readable in two minutes.
    pub in_two_minutes: Prose,
    /// What to do, step by step.
    #[schemars(length(min = 1))]
    pub steps: Vec<Step>,
    /// For students who finish early.
    pub early_finishers: Option<Prose>,
    /// What to leave alone.
    pub do_not: Option<Prose>,
}

/// A step of a substitute's plan.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Step {
    /// How long it takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Placed<u32>,
    /// What to do.
    #[serde(rename = "do")]
    pub action: Inlines,
    /// What to say, word for word.
    pub say: Option<Inlines>,
    /// What it is about: ids of items, labels, or `reading`, `discussion`, `activity`, `exit_ticket`; the plan prints where they stand.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<String>>,
}

/// The parts of a lesson, as a step of a plan names them.
pub const PART_NAMES: [&str; 4] = ["reading", "discussion", "activity", "exit_ticket"];

impl Teacher {
    /// Calls `see` for every piece of text in it.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        let mut lines: Vec<&Inlines> = self.objectives.iter().collect();
        let mut texts: Vec<&Prose> = Vec::new();
        for answer in self.answers.iter().map(|answer| &answer.value) {
            texts.extend(answer.prose());
            lines.extend(answer.lines());
        }
        for misconception in &self.misconceptions {
            lines.push(&misconception.belief);
            texts.push(&misconception.response);
        }
        if let Some(substitute) = &self.substitute {
            texts.push(&substitute.in_two_minutes);
            texts.extend(substitute.early_finishers.iter().chain(&substitute.do_not));
            for step in &substitute.steps {
                lines.push(&step.action);
                lines.extend(&step.say);
            }
        }
        lines.extend(self.pacing.iter().map(|pace| &pace.action));
        texts.extend(self.notes.iter().map(|note| &note.value));
        for text in self.rubric.iter().flat_map(Content::texts) {
            text.each_inline(see);
        }
        lines.into_iter().for_each(|line| each_inline(&line.nodes, see));
        texts.into_iter().for_each(|text| text.each_inline(see));
    }
}
