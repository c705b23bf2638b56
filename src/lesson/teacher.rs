//! The teacher file: everything students must not see. Only `check` and the editions that print it open it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Answer;
use super::prose::{Inline, Inlines, Placed, Prose, each_inline};
use super::values::Keyed;
use crate::lesson::block::Rubric;
use crate::lesson::block::content::Content;

/// Material for teachers only, in `<lesson>.teacher.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Teacher {
    /// The learning objectives: what students will be able to do after the lesson.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub objectives: Vec<Inlines>,
    /// The pacing for the teacher. Its minutes must add up to the lesson's `minutes`.
    #[serde(default)]
    pub pacing: Vec<Pace>,
    /// Notes for the teacher, by paragraph label or item id. Markdown.
    #[serde(default)]
    pub notes: Keyed<Prose>,
    /// The answers, by item id.
    #[serde(default)]
    pub answers: Keyed<Answer>,
    /// Common misconceptions, and how to respond to them.
    #[serde(default)]
    pub misconceptions: Vec<Misconception>,
    /// The sub plan, for someone new to the lesson.
    pub substitute: Option<Substitute>,
    /// The scoring guide, written like a `rubric` block.
    pub rubric: Option<Rubric>,
}

/// A step of the pacing.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["minutes", "do"]))]
pub struct Pace {
    /// How many minutes the step takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Placed<u32>,
    /// What the class does.
    #[serde(rename = "do")]
    pub action: Inlines,
}

/// Common misconceptions, and how to respond to them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["belief", "response"]))]
pub struct Misconception {
    /// The misconception.
    pub belief: Inlines,
    /// How to respond.
    pub response: Prose,
}

/// The sub plan, for someone new to the lesson.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Substitute {
    /// How many minutes the class period lasts (default: the series' `class_minutes`). The steps must add up to it.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Option<Placed<u32>>,
    /// A summary of the lesson that takes two minutes to read.
    pub in_two_minutes: Prose,
    /// The steps, in order.
    #[schemars(length(min = 1))]
    pub steps: Vec<Step>,
    /// Work for students who finish early.
    pub early_finishers: Option<Prose>,
    /// What not to do.
    pub do_not: Option<Prose>,
}

/// A step of a sub plan.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Step {
    /// How many minutes the step takes.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: Placed<u32>,
    /// What to do.
    #[serde(rename = "do")]
    pub action: Inlines,
    /// What to say, word for word.
    pub say: Option<Inlines>,
    /// What the step uses: item ids, labels, `reading`, `discussion`, `activity`, `exit_ticket`. The plan says where they are.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<String>>,
}

/// The parts of a lesson that a step of a sub plan can name.
pub const PART_NAMES: [&str; 4] = ["reading", "discussion", "activity", "exit_ticket"];

impl Teacher {
    /// Calls `see` on every piece of text.
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
