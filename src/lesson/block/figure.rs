//! A picture: a photograph or a drawing. Reading its file is left to [`crate::picture`].

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Length;

/// A picture: a photograph (PNG, JPEG, WebP) or a drawing (SVG).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Figure {
    /// Its file, from the folder of the issue: `images/timeline.svg`.
    pub image: Placed<String>,
    /// What it tells someone who cannot see it. A screen reader reads it aloud.
    #[schemars(extend("x-missing" = "missing-alternative-text"))]
    pub alt: Placed<String>,
    /// The text below it.
    pub caption: Option<Inlines>,
    /// Who made it: `Photograph by Dorothea Lange, 1936`.
    pub credit: Option<Inlines>,
    /// Under which terms it is printed: `Public domain`, `CC BY-SA 4.0`.
    pub rights: Option<Inlines>,
    /// How wide it prints; without it as wide as its content asks for, at most the page.
    pub width: Option<Placed<Length>>,
}

impl Content for Figure {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.caption.iter().chain(&self.credit).chain(&self.rights))
    }

    fn figure(&self) -> Option<&Figure> {
        Some(self)
    }
}
