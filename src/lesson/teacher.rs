//! The teacher file: everything a student must never see. Only `check` and the editions that print it open it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Answer;
use super::prose::{Inline, Inlines, Prose, each_inline};
use super::values::Keyed;

/// What only teachers see, in `<lesson>.teacher.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Teacher {
    /// What students can do after the lesson.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub objectives: Vec<Inlines>,
    /// Answers, by the id of the item they belong to.
    #[serde(default)]
    pub answers: Keyed<Answer>,
    /// What students often believe, and what to say to it.
    #[serde(default)]
    pub misconceptions: Vec<Misconception>,
    /// How somebody who knows nothing of the lesson can teach it.
    pub substitute: Option<Substitute>,
    /// How the work is judged.
    #[serde(default)]
    pub rubric: Vec<Criterion>,
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
    pub minutes: u32,
    /// What to do.
    #[serde(rename = "do")]
    pub action: Inlines,
    /// What to say, word for word.
    pub say: Option<Inlines>,
}

/// A criterion by which the work is judged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Criterion {
    /// What is judged.
    pub criterion: Inlines,
    /// Its levels, from the best to the lowest.
    #[schemars(length(min = 1))]
    pub levels: Vec<Level>,
}

/// A level of a criterion.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Level {
    /// Its name: `Strong`.
    pub name: String,
    /// What work at this level looks like.
    pub text: Inlines,
}

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
        for criterion in &self.rubric {
            lines.push(&criterion.criterion);
            lines.extend(criterion.levels.iter().map(|level| &level.text));
        }
        lines.into_iter().for_each(|line| each_inline(&line.nodes, see));
        texts.into_iter().for_each(|text| text.each_inline(see));
    }
}
