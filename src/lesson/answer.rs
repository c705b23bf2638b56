//! An answer in the teacher file, in the form that its item takes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed, Prose};
use super::values::{Id, Keyed};
use crate::source::Place;

/// The answer to an item, in the form that the item takes.
///
/// Plain text answers a prompt; rows by themselves answer a decision table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text", "x-map-shorthand" = "rows", "x-not-alone" = ["reason", "{choice: …, reason: …}"], "x-unnamed" = "unnamed"))]
pub struct Answer {
    /// For prompts, drawings, and other open-ended items: a sample answer in Markdown. Leave out `text:`.
    pub text: Option<Prose>,
    /// For `multiple_choice`: the correct choice, by id or text.
    pub choice: Option<Placed<String>>,
    /// For `multiple_choice` with `several`: all correct choices.
    #[serde(default)]
    pub choices: Vec<Placed<String>>,
    /// For `true_false`: the answer to each statement, by id.
    #[serde(default)]
    pub statements: Keyed<StatementAnswer>,
    /// For `cloze`: the word for each blank, by the name of the blank.
    #[serde(default)]
    pub blanks: Keyed<Placed<String>>,
    /// For `matching`: the id of each item's match, by item id.
    #[serde(default)]
    pub pairs: Keyed<Placed<String>>,
    /// For `ordering` and `cut_outs`: the ids in the correct order.
    #[serde(default)]
    pub order: Vec<Placed<Id>>,
    /// For `short_answers`: the answers, by row id and column id. For `compare`: by question id and source id.
    #[serde(default)]
    pub cells: Keyed<Keyed<Inlines>>,
    /// For `decide`: the choice for each row, by row id. Leave out `rows:`.
    #[serde(default)]
    pub rows: Keyed<RowAnswer>,
    /// For `t_chart`: what belongs in each column, by column id.
    #[serde(default)]
    pub columns: Keyed<Prose>,
    /// For `venn`: what belongs in each circle, by id, and in the middle, under `both` (`all` for three circles).
    #[serde(default)]
    pub regions: Keyed<Prose>,
    /// For `claim_evidence`: a sample claim.
    pub claim: Option<Prose>,
    /// For `claim_evidence`: the supporting evidence, as a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub evidence: Vec<Inlines>,
    /// For `claim_evidence`: why the evidence supports the claim.
    pub reasoning: Option<Prose>,
    /// For `cause_effect`: the causes, as a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub causes: Vec<Inlines>,
    /// For `cause_effect`: the event, if students write it.
    pub event: Option<Inlines>,
    /// For `cause_effect`: the effects, as a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub effects: Vec<Inlines>,
    /// For `compare`: an answer to the final question.
    pub conclusion: Option<Prose>,
    /// For `fill_timeline`: the missing parts of each event, by event id.
    #[serde(default)]
    pub events: Keyed<EventAnswer>,
    /// For `blank_table`: the rows, each with one cell per column heading.
    #[serde(default)]
    pub table: Vec<Vec<Inlines>>,
    /// For `position`: a sample answer for each side, by side id.
    #[serde(default)]
    pub sides: Keyed<Prose>,
    /// For `role_cards`: what each role might say. For `cut_outs`: where each piece belongs. By card id.
    #[serde(default)]
    pub cards: Keyed<Prose>,
    /// For `rubric`: samples of student work, by criterion id and level id.
    #[serde(default)]
    pub levels: Keyed<Keyed<Prose>>,
    /// Why the answer is correct.
    pub reason: Option<Prose>,
    /// Its place, if it doesn't name its form. Only the item tells which form is meant.
    #[serde(default)]
    #[schemars(skip)]
    pub unnamed: Option<Place>,
}

/// An id in an answer and the ids nested under it, each with its place.
#[derive(Debug, Clone)]
pub struct Named<'a> {
    /// The id.
    pub id: &'a str,
    /// Its place.
    pub place: Place,
    /// The ids nested under it.
    pub inner: Vec<(&'a str, Place)>,
}

impl Answer {
    /// Its place, if it doesn't name its form and the item needs a form that has to be named.
    pub fn without_form(&self, keys: &[&str]) -> Option<Place> {
        self.unnamed.filter(|_| self.rows.is_empty() || !keys.contains(&"rows"))
    }

    /// The names of the keys that hold the answer, except `reason`.
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

    /// The ids that it names under a key, as in [`Names`](crate::lesson::block::answer::Names).
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

    /// Its multi-line text.
    pub(super) fn prose(&self) -> Vec<&Prose> {
        let single = [&self.text, &self.claim, &self.reasoning, &self.conclusion, &self.reason];
        let keyed = [&self.columns, &self.regions, &self.sides, &self.cards];
        let nested = self.levels.iter().flat_map(|criterion| criterion.value.iter());
        let mut prose: Vec<&Prose> = single.into_iter().flatten().collect();
        prose.extend(self.rows.iter().filter_map(|row| row.value.reason.as_ref()));
        prose.extend(keyed.into_iter().flat_map(|keyed| keyed.iter()).chain(nested).map(|entry| &entry.value));
        prose
    }

    /// Its single-line text.
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

/// The missing parts of an event in a timeline to complete.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct EventAnswer {
    /// The date of the event.
    pub date: Option<Inlines>,
    /// What happened.
    pub text: Option<Inlines>,
}

/// The answer to a true-or-false statement. Short form: just `true` or `false`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "is"))]
pub struct StatementAnswer {
    /// Whether the statement is true: `true` or `false`.
    #[serde(rename = "is")]
    pub truth: bool,
    /// The corrected statement.
    pub correction: Option<Inlines>,
}

/// The answer for a row of a decision table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct RowAnswer {
    /// One of the choices in the table.
    pub choice: Placed<String>,
    /// Why the choice is correct.
    pub reason: Option<Prose>,
}
