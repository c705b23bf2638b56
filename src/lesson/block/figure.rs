//! An image: a photograph or a drawing. [`crate::picture`] reads the file.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Length;

/// An image: a photograph (PNG, JPEG, WebP) or a drawing (SVG).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-instead" = {"source": "put it in `credit`"}))]
pub struct Figure {
    /// The image file, as a path from the issue folder, such as `images/timeline.svg`.
    pub image: Placed<String>,
    /// What the image shows, for readers who can't see it. Screen readers read it aloud.
    #[schemars(extend("x-missing" = "missing-alternative-text"))]
    pub alt: Placed<String>,
    /// The text under the image.
    pub caption: Option<Inlines>,
    /// Who made the image, such as `Photograph by Dorothea Lange, 1936`.
    pub credit: Option<Inlines>,
    /// The license or copyright status, such as `Public domain` or `CC BY-SA 4.0`.
    pub rights: Option<Inlines>,
    /// The printed width (default: as wide as the image needs, up to the page width).
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
