//! A box to draw in, or a picture to draw on.

use super::question::question;
use super::{Canvas, Content, Figure, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

question! {
    /// A box to draw in, or an outline map or diagram to draw on.
    #[schemars(extend("x-not-both" = ["picture", "space"], "x-answer" = "…"))]
    pub struct Drawing is "a drawing" {
        /// The directions: what to draw.
        pub ask: Inlines,
        /// The map or diagram to draw on.
        pub picture: Option<Box<Figure>>,
        /// Words for students to label the drawing with.
        #[serde(default)]
        pub words: Vec<Inlines>,
        /// The drawing space if there is no `picture` (default: a box 8 cm high).
        pub space: Option<Placed<Canvas>>,
    }
}

impl Content for Drawing {
    fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = lines(std::iter::once(&self.ask).chain(&self.words));
        texts.extend(self.picture.iter().flat_map(|picture| picture.texts()));
        texts
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn figure(&self) -> Option<&Figure> {
        self.picture.as_deref()
    }
}
