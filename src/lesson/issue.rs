//! The issue: a numbered collection of lessons on a theme.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use super::series::Rights;
use super::values::{Date, Id, Language};

/// The lesson part of a whole issue's file names. No lesson can have this id.
pub const WHOLE_ISSUE: &str = "issue";

/// The folder for download page assets in the output folder. No issue can have this id.
pub const CATALOGUE: &str = "catalogue";

/// Maximum number of lessons in an issue.
pub const MAX_LESSONS: usize = 500;

/// A numbered collection of lessons, in the `issue.yaml` file of its folder.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Issue {
    /// The issue number as printed, such as `"7:4"` (default: none).
    pub number: Option<String>,
    /// The issue date as printed, such as `Spring 1991` (default: none).
    pub date: Option<String>,
    /// The publication date, for the download pages and document properties (default: the dates of the lessons).
    pub published: Option<Placed<Date>>,
    /// The theme that the lessons share (default: the name of the folder).
    pub theme: Option<Inlines>,
    /// What inspired the issue: printed with each lesson's sources, in the issue packet, and on the download pages.
    pub inspired_by: Option<Inlines>,
    /// Former names of the issue's folder; old addresses of its pages and packets redirect here.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub former_ids: Vec<Placed<Id>>,
    /// The date and theme in other languages, for translated lessons: `{language: es, date: Primavera de 1991, theme: …}`.
    #[serde(default)]
    pub translations: Vec<Heading>,
    /// The rights holder and license (default: the series' `rights`).
    pub rights: Option<Rights>,
    /// The lessons in order, as file names without `.yaml`.
    #[schemars(
        length(min = 1, max = MAX_LESSONS),
        extend("x-format-help" = "rename the file to `<id>.yaml`, and write `<id>` here"),
    )]
    pub lessons: Vec<Placed<Id>>,
}

/// The heading of an issue in another language.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Heading {
    /// The language.
    pub language: Language,
    /// The issue date as printed, such as `Primavera de 1991`.
    pub date: Option<String>,
    /// The theme that the lessons share.
    pub theme: Option<Inlines>,
    /// What inspired the issue.
    pub inspired_by: Option<Inlines>,
}

/// What of an issue prints with its lessons, in one language.
#[derive(Debug, Clone, Copy)]
pub struct HeadingInLanguage<'a> {
    /// The date as printed.
    pub date: Option<&'a str>,
    /// The theme that the lessons share.
    pub theme: Option<&'a Inlines>,
    /// What inspired the issue.
    pub inspired_by: Option<&'a Inlines>,
}

impl Issue {
    /// What prints with its lessons in a language (a BCP 47 tag); the originals where there is no translation.
    pub fn in_language(&self, language: &str) -> HeadingInLanguage<'_> {
        let is_of = |own: &str| language.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        let heading = self.translations.iter().find(|heading| is_of(&heading.language));
        HeadingInLanguage {
            date: heading.and_then(|heading| heading.date.as_deref()).or(self.date.as_deref()),
            theme: heading.and_then(|heading| heading.theme.as_ref()).or(self.theme.as_ref()),
            inspired_by: heading.and_then(|heading| heading.inspired_by.as_ref()).or(self.inspired_by.as_ref()),
        }
    }
}

/// The title of an issue without a theme: its id as words, `unit-1` as "Unit 1".
pub fn title_of_id(id: &str) -> String {
    let mut letters = id.chars().map(|letter| if letter == '-' { ' ' } else { letter });
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_title_where_there_is_no_theme() {
        assert_eq!(title_of_id("unit-1"), "Unit 1");
        assert_eq!(title_of_id("rivers"), "Rivers");
    }
}
