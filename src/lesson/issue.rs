//! The issue: a numbered collection of lessons on a theme.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use super::series::Rights;
use super::values::{Date, Id};

/// Most lessons of one issue.
pub const MAX_LESSONS: usize = 500;

/// A numbered collection of lessons, in the `issue.yaml` of its folder.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Issue {
    /// Its number as it prints: `"7:4"`.
    pub number: String,
    /// Its date as it prints: `Spring 1991`.
    pub date: String,
    /// The day on which it came out, for catalogues and document properties.
    pub published: Placed<Date>,
    /// What its lessons have in common.
    pub theme: Inlines,
    /// Who holds the rights, if not the series' holder.
    pub rights: Option<Rights>,
    /// Its lessons in their order, by the names of their files without `.yaml`.
    #[schemars(length(min = 1, max = MAX_LESSONS))]
    pub lessons: Vec<Placed<Id>>,
}
