//! A document of its time.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Numbers, Text};
use crate::lesson::prose::{Inlines, Prose};

/// A document of its time, or an excerpt of it, in its own words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PrimarySource {
    /// A short name by which questions call it: `Document A`.
    pub label: Option<String>,
    /// Its title.
    pub title: Option<Inlines>,
    /// What a reader must know before it: who speaks to whom, when and why. Markdown.
    pub headnote: Option<Prose>,
    /// The words of the document itself. Markdown; `{#label}` at the end of a paragraph names it for `see`.
    pub text: Prose,
    /// Where it comes from: who wrote it, in what; a citation `[@key]` may stand here.
    pub origin: Inlines,
    /// Its date as it prints: `June 15, 1982`.
    pub date: Option<String>,
    /// What was changed in it: `Shortened; spelling modernized.`
    pub modified: Option<Inlines>,
    /// Whether every fifth of its lines is numbered.
    #[serde(default)]
    pub numbers: Numbers,
}

impl Content for PrimarySource {
    fn texts(&self) -> Vec<Text<'_>> {
        let title = self.title.iter().map(Text::Line);
        let prose = self.headnote.iter().chain([&self.text]).map(Text::Prose);
        let below = std::iter::once(&self.origin).chain(&self.modified).map(Text::Line);
        title.chain(prose).chain(below).collect()
    }
}
