//! How work is judged, in words for students.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// How work is judged, in words for students.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Rubric {
    /// Its name in the teacher file; needed only if examples of each level stand there.
    pub id: Option<Placed<Id>>,
    /// What is judged; without it "How your work is judged".
    pub title: Option<Inlines>,
    /// The levels, from the best to the lowest.
    #[schemars(length(min = 2, max = 6), extend("uniqueItems" = true, "x-example" = "[Strong, Fair]"))]
    pub levels: Vec<RubricLevel>,
    /// What is judged, a row each.
    #[schemars(length(min = 1))]
    pub criteria: Vec<RubricCriterion>,
}

/// A level of a rubric. In short: only its name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["id", "text"], "x-shorthand" = "text"))]
pub struct RubricLevel {
    /// Its name in the teacher file.
    pub id: Option<Placed<Id>>,
    /// What it is called: `Strong`.
    pub text: Inlines,
    /// What it is worth.
    #[schemars(range(min = 0, max = 1000))]
    pub points: Option<u32>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["text", "levels"]))]
pub struct RubricCriterion {
    /// Its name in the teacher file.
    pub id: Option<Placed<Id>>,
    /// What is judged: `Evidence`.
    pub text: Inlines,
    /// What work at each level looks like, as many texts as there are levels.
    #[schemars(length(min = 1))]
    pub levels: Vec<Inlines>,
}

impl Content for Rubric {
    fn texts(&self) -> Vec<Text<'_>> {
        let levels = self.levels.iter().map(|level| &level.text);
        let criteria = self.criteria.iter().flat_map(|criterion| std::iter::once(&criterion.text).chain(&criterion.levels));
        lines(self.title.iter().chain(levels).chain(criteria))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "a rubric", id: self.id.as_ref(), ..Item::default() })
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![
            self.levels.iter().filter_map(|level| level.id.as_ref()).collect(),
            self.criteria.iter().filter_map(|criterion| criterion.id.as_ref()).collect(),
        ]
    }

    fn answer(&self) -> Form {
        let criteria = self.criteria.iter().filter_map(|criterion| criterion.id.as_ref());
        let levels = self.levels.iter().filter_map(|level| level.id.as_ref());
        Form::new(&["levels"], "examples of work by criterion and level: `{levels: {criterion: {level: …}}}`")
            .naming("levels", "criterion", criteria.map(|id| id.value.0.clone()).collect())
            .with("level", levels.map(|id| id.value.0.clone()).collect())
            .partly()
    }
}
