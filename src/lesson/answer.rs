//! An answer in the teacher file, in the form that its item asks for.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed, Prose};
use super::values::{Id, Keyed};
use crate::source::Place;

/// The answer to an item, in the form that its kind asks for. A plain text is the sample answer to a prompt; rows alone answer a decision table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text", "x-map-shorthand" = "rows", "x-not-alone" = ["reason", "{choice: …, reason: …}"], "x-unnamed" = "unnamed"))]
pub struct Answer {
    /// For a prompt, a drawing or anything else that is told freely: a sample answer in Markdown, written without `text:`.
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
    /// For an ordering question, or pieces to cut out: the ids in their right order.
    #[serde(default)]
    pub order: Vec<Placed<Id>>,
    /// For a table of short answers: the answer for each column, by the row's and the column's id; for a comparison by the question's and the source's.
    #[serde(default)]
    pub cells: Keyed<Keyed<Inlines>>,
    /// For a decision table: the choice for each row, by the row's id, written without `rows:`.
    #[serde(default)]
    pub rows: Keyed<RowAnswer>,
    /// For a T-chart: what belongs to each column, by the column's id.
    #[serde(default)]
    pub columns: Keyed<Prose>,
    /// For a Venn diagram: what belongs to each circle, by its id, and to the middle, by `both`.
    #[serde(default)]
    pub regions: Keyed<Prose>,
    /// For a claim with evidence: a sample claim.
    pub claim: Option<Prose>,
    /// For a claim with evidence: what supports it, a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub evidence: Vec<Inlines>,
    /// For a claim with evidence: why the evidence supports it.
    pub reasoning: Option<Prose>,
    /// For causes and effects: the causes, a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub causes: Vec<Inlines>,
    /// For causes and effects: the event, if students write it.
    pub event: Option<Inlines>,
    /// For causes and effects: the effects, a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub effects: Vec<Inlines>,
    /// For a comparison: an answer to its last question.
    pub conclusion: Option<Prose>,
    /// For a timeline to fill: what each event lacks, by its id.
    #[serde(default)]
    pub events: Keyed<EventAnswer>,
    /// For an empty table: its rows, each with as many cells as there are heads.
    #[serde(default)]
    pub table: Vec<Vec<Inlines>>,
    /// For a position: a sample answer for each side, by its id.
    #[serde(default)]
    pub sides: Keyed<Prose>,
    /// For role cards, what a role may say; for pieces to cut out, where each belongs; by their ids.
    #[serde(default)]
    pub cards: Keyed<Prose>,
    /// For a rubric: examples of work, by the criterion's and the level's id.
    #[serde(default)]
    pub levels: Keyed<Keyed<Prose>>,
    /// Why it is right.
    pub reason: Option<Prose>,
    /// Where it stands, if it does not say its form: which one is meant is known only with its item.
    #[serde(default)]
    #[schemars(skip)]
    pub unnamed: Option<Place>,
}

/// An id that an answer names, and the ids that it names below it, each with its place.
#[derive(Debug, Clone)]
pub struct Named<'a> {
    /// The id.
    pub id: &'a str,
    /// Where it stands.
    pub place: Place,
    /// Those below it.
    pub inner: Vec<(&'a str, Place)>,
}

impl Answer {
    /// Where it stands, if it does not say its form and its item needs another than the one that is written without a key.
    pub fn without_form(&self, keys: &[&str]) -> Option<Place> {
        self.unnamed.filter(|_| self.rows.is_empty() || !keys.contains(&"rows"))
    }

    /// The names of the keys that hold an answer, without its reason.
    pub fn forms(&self) -> Vec<&'static str> {
        let forms = [
            ("text", self.text.is_some()),
            ("choice", self.choice.is_some()),
            ("choices", !self.choices.is_empty()),
            ("statements", !self.statements.is_empty()),
            ("blanks", !self.blanks.is_empty()),
            ("pairs", !self.pairs.is_empty()),
            ("order", !self.order.is_empty()),
            ("cells", !self.cells.is_empty()),
            ("rows", !self.rows.is_empty()),
            ("columns", !self.columns.is_empty()),
            ("regions", !self.regions.is_empty()),
            ("claim", self.claim.is_some()),
            ("evidence", !self.evidence.is_empty()),
            ("reasoning", self.reasoning.is_some()),
            ("causes", !self.causes.is_empty()),
            ("event", self.event.is_some()),
            ("effects", !self.effects.is_empty()),
            ("conclusion", self.conclusion.is_some()),
            ("events", !self.events.is_empty()),
            ("table", !self.table.is_empty()),
            ("sides", !self.sides.is_empty()),
            ("cards", !self.cards.is_empty()),
            ("levels", !self.levels.is_empty()),
        ];
        forms.into_iter().filter_map(|(name, given)| given.then_some(name)).collect()
    }

    /// The ids that it names under a key, as [`Names`](crate::lesson::block::answer::Names) has them.
    pub fn named(&self, key: &str) -> Vec<Named<'_>> {
        match key {
            "statements" => keys(&self.statements),
            "blanks" => keys(&self.blanks),
            "pairs" => keys(&self.pairs),
            "order" => self.order.iter().map(|id| Named { id: &id.value, place: id.place, inner: Vec::new() }).collect(),
            "cells" => nested(&self.cells),
            "rows" => keys(&self.rows),
            "columns" => keys(&self.columns),
            "regions" => keys(&self.regions),
            "events" => keys(&self.events),
            "sides" => keys(&self.sides),
            "cards" => keys(&self.cards),
            "levels" => nested(&self.levels),
            _ => Vec::new(),
        }
    }

    /// Its texts of several lines.
    pub(super) fn prose(&self) -> Vec<&Prose> {
        let single = [&self.text, &self.claim, &self.reasoning, &self.conclusion, &self.reason];
        let keyed = [&self.columns, &self.regions, &self.sides, &self.cards];
        let nested = self.levels.iter().flat_map(|criterion| criterion.value.iter());
        let mut prose: Vec<&Prose> = single.into_iter().flatten().collect();
        prose.extend(self.rows.iter().filter_map(|row| row.value.reason.as_ref()));
        prose.extend(keyed.into_iter().flat_map(|keyed| keyed.iter()).chain(nested).map(|entry| &entry.value));
        prose
    }

    /// Its texts of one line.
    pub(super) fn lines(&self) -> Vec<&Inlines> {
        let mut lines: Vec<&Inlines> = [&self.evidence, &self.causes, &self.effects].into_iter().flatten().collect();
        lines.extend(&self.event);
        lines.extend(self.statements.iter().filter_map(|statement| statement.value.correction.as_ref()));
        lines.extend(self.cells.iter().flat_map(|row| row.value.iter()).map(|cell| &cell.value));
        lines.extend(self.events.iter().flat_map(|event| event.value.date.iter().chain(&event.value.text)));
        lines.extend(self.table.iter().flatten());
        lines
    }
}

fn keys<T>(keyed: &Keyed<T>) -> Vec<Named<'_>> {
    let named = |(id, place)| Named { id, place, inner: Vec::new() };
    ids(keyed).into_iter().map(named).collect()
}

fn nested<T>(keyed: &Keyed<Keyed<T>>) -> Vec<Named<'_>> {
    keyed.iter().map(|entry| Named { id: &entry.key.value, place: entry.key.place, inner: ids(&entry.value) }).collect()
}

fn ids<T>(keyed: &Keyed<T>) -> Vec<(&str, Place)> {
    keyed.iter().map(|entry| (entry.key.value.as_str(), entry.key.place)).collect()
}

/// What an event of a timeline to fill lacks.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct EventAnswer {
    /// When it was.
    pub date: Option<Inlines>,
    /// What happened.
    pub text: Option<Inlines>,
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
