//! The issue: a numbered collection of lessons on a theme.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use super::series::Rights;
use super::values::{Date, Id, Language};

/// The name in files of what is about a whole issue; no lesson can have it.
pub const WHOLE_ISSUE: &str = "issue";

/// The folder of what the download pages need, in the output folder; no issue can have its name.
pub const CATALOGUE: &str = "catalogue";

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
    /// What of it prints otherwise in translations of its lessons: `{language: es, date: Primavera de 1991, theme: …}`.
    #[serde(default)]
    pub translations: Vec<Heading>,
    /// Who holds the rights, if not the series' holder.
    pub rights: Option<Rights>,
    /// Its lessons in their order, by the names of their files without `.yaml`.
    #[schemars(length(min = 1, max = MAX_LESSONS))]
    pub lessons: Vec<Placed<Id>>,
}

/// What of an issue stands above its lessons, in another language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Heading {
    /// The language.
    pub language: Language,
    /// Its date as it prints: `Primavera de 1991`.
    pub date: Option<String>,
    /// What its lessons have in common.
    pub theme: Option<Inlines>,
}

impl Issue {
    /// Its date and its theme in a language, a tag of BCP 47; as they are where nobody has translated them.
    pub fn in_language(&self, language: &str) -> (&str, &Inlines) {
        let is_of = |own: &str| language.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        let heading = self.translations.iter().find(|heading| is_of(&heading.language));
        let date = heading.and_then(|heading| heading.date.as_deref()).unwrap_or(&self.date);
        let theme = heading.and_then(|heading| heading.theme.as_ref()).unwrap_or(&self.theme);
        (date, theme)
    }
}
