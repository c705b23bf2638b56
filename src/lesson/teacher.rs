//! The teacher file: everything a student must never see. Only `check` and the editions that print it open it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inline, Inlines, Placed, Prose, each_inline};
use super::values::{Id, Keyed};

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

/// The answer to an item, in the form that its kind asks for. A plain text is the sample answer to a prompt; rows alone answer a decision table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text", "x-map-shorthand" = "rows", "x-not-alone" = "reason"))]
pub struct Answer {
    /// For a prompt: a sample answer in Markdown, written without `text:`.
    pub text: Option<Prose>,
    /// For a multiple choice: the right choice, by its id or its text.
    pub choice: Option<Placed<String>>,
    /// For a multiple choice with several right choices: all of them.
    #[serde(default)]
    pub choices: Vec<Placed<String>>,
    /// For statements that are true or false: what each is, by its id.
    #[serde(default)]
    pub statements: Keyed<StatementAnswer>,
    /// For a cloze text: the word for each blank, by the blank's name.
    #[serde(default)]
    pub blanks: Keyed<Placed<String>>,
    /// For a matching question: the id of the match for each item, by the item's id.
    #[serde(default)]
    pub pairs: Keyed<Placed<String>>,
    /// For an ordering question: the ids of the items in their right order.
    #[serde(default)]
    pub order: Vec<Placed<Id>>,
    /// For a table of short answers: the answer for each column, by the row's and the column's id.
    #[serde(default)]
    pub cells: Keyed<Keyed<Inlines>>,
    /// For a decision table: the choice for each row, by the row's id, written without `rows:`.
    #[serde(default)]
    pub rows: Keyed<RowAnswer>,
    /// Why it is right.
    pub reason: Option<Prose>,
}

impl Answer {
    /// The names of the keys that hold an answer, without its reason.
    pub fn forms(&self) -> Vec<&'static str> {
        let forms = [
            ("text", self.text.is_some()),
            ("choice", self.choice.is_some()),
            ("choices", !self.choices.is_empty()),
            ("statements", self.statements.iter().len() > 0),
            ("blanks", self.blanks.iter().len() > 0),
            ("pairs", self.pairs.iter().len() > 0),
            ("order", !self.order.is_empty()),
            ("cells", self.cells.iter().len() > 0),
            ("rows", self.rows.iter().len() > 0),
        ];
        forms.into_iter().filter_map(|(name, given)| given.then_some(name)).collect()
    }
}

/// The answer to a statement. In short: only `true` or `false`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "is"))]
pub struct StatementAnswer {
    /// Whether it is true.
    #[serde(rename = "is")]
    pub truth: bool,
    /// What would be true instead.
    pub correction: Option<Inlines>,
}

/// The answer to a row of a decision table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct RowAnswer {
    /// One of the table's choices.
    pub choice: Placed<String>,
    /// Why it is the right one.
    pub reason: Option<Prose>,
}

/// What students often believe, and what to say to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
            texts.extend(answer.text.iter().chain(&answer.reason));
            texts.extend(answer.rows.iter().filter_map(|row| row.value.reason.as_ref()));
            lines.extend(answer.statements.iter().filter_map(|statement| statement.value.correction.as_ref()));
            lines.extend(answer.cells.iter().flat_map(|row| row.value.iter()).map(|cell| &cell.value));
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
