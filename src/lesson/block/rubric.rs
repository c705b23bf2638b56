//! A scoring guide (rubric), in student-friendly language.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A scoring guide (rubric), in student-friendly language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Rubric {
    /// An id for the teacher file. Needed only if the teacher file has samples of student work.
    pub id: Option<Placed<Id>>,
    /// The title (default: "Scoring guide").
    pub title: Option<Inlines>,
    /// The performance levels, from highest to lowest.
    #[schemars(length(min = 2, max = 6), extend("uniqueItems" = true, "x-example" = "[Strong, Fair]"))]
    pub levels: Vec<RubricLevel>,
    /// The criteria, one per row.
    #[schemars(length(min = 1))]
    pub criteria: Vec<RubricCriterion>,
}

/// A performance level. Short form: just the name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["id", "text"], "x-shorthand" = "text"))]
pub struct RubricLevel {
    /// An id for the teacher file.
    pub id: Option<Placed<Id>>,
    /// The name of the level, such as `Strong`.
    pub text: Inlines,
    /// How many points the level is worth.
    #[schemars(range(min = 0, max = 1000))]
    pub points: Option<u32>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["text", "levels"]))]
pub struct RubricCriterion {
    /// An id for the teacher file.
    pub id: Option<Placed<Id>>,
    /// The name of the criterion, such as `Evidence`.
    pub text: Inlines,
    /// A description of the work at each level, one per level.
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
        Form::new(&["levels"], "samples of student work, by criterion and level: `{levels: {criterion: {level: …}}}`")
            .naming("levels", "criterion", criteria.map(|id| id.value.0.clone()).collect())
            .with("level", levels.map(|id| id.value.0.clone()).collect())
            .partly()
    }
}
