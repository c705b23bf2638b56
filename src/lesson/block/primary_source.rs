//! A primary source document.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Numbers, Text};
use crate::lesson::prose::{Inlines, Prose};

/// A primary source: a historical document or an excerpt, in its original words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PrimarySource {
    /// A short name for questions to use, such as `Document A`.
    pub label: Option<String>,
    /// The title.
    pub title: Option<Inlines>,
    /// What readers need to know first: who is speaking to whom, when, and why. Markdown.
    pub headnote: Option<Prose>,
    /// The text of the document. Markdown; `{#label}` at the end of a paragraph gives it a label for `see`.
    pub text: Prose,
    /// Where the document comes from: the author and the publication. Can include a citation, `[@key]`.
    pub origin: Inlines,
    /// The date as printed, such as `June 15, 1982`.
    pub date: Option<String>,
    /// What was changed, such as `Shortened; spelling modernized.`
    pub modified: Option<Inlines>,
    /// Line numbers in the margin (default: `none`).
    #[serde(default)]
    pub numbers: Numbers,
}

impl Content for PrimarySource {
    fn texts(&self) -> Vec<Text<'_>> {
        // In the order on the page.
        let above = self.title.iter().chain([&self.origin]).chain(&self.modified).map(Text::Line);
        let prose = self.headnote.iter().chain([&self.text]).map(Text::Prose);
        above.chain(prose).collect()
    }
}
