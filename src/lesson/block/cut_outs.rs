//! Small pieces to cut out and sort.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text};
use crate::lesson::block::materials::Per;
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Small pieces to cut out and sort, on pages of their own. In short: only the pieces.
    #[schemars(extend("x-shorthand" = "cards"))]
    pub struct CutOuts is "a set of pieces to cut out" {
        /// What to do; without it "Cut out the pieces."
        pub ask: Option<Inlines>,
        /// The pieces in the order in which they print, which should not be the right one.
        #[schemars(length(min = 2))]
        pub cards: Vec<Piece>,
        /// For whom a set is cut out; without it nothing is said of it.
        pub per: Option<Per>,
        /// How many pieces stand on a page; without it as many as hold their texts.
        #[schemars(range(min = 1, max = 24))]
        pub per_page: Option<u32>,
    }
}

/// A piece to cut out. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["id", "text"], "x-shorthand" = "text"))]
pub struct Piece {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What it says.
    pub text: Inlines,
    /// What stands on its back, which matches when the sheet is printed on both sides.
    pub back: Option<Inlines>,
}

impl Content for CutOuts {
    fn texts(&self) -> Vec<Text<'_>> {
        let pieces = self.cards.iter().flat_map(|piece| std::iter::once(&piece.text).chain(&piece.back));
        super::lines(self.ask.iter().chain(pieces))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![self.cards.iter().filter_map(|piece| piece.id.as_ref()).collect()]
    }

    fn answer(&self) -> Form {
        let ids = || self.cards.iter().filter_map(|piece| piece.id.as_ref()).map(|id| id.value.0.clone()).collect();
        Form::new(
            &["cards", "order"],
            "where each piece belongs: `{cards: {id: …}}`, or the ids in their order: `{order: [first, second]}`",
        )
        .naming("cards", "piece", ids())
        .naming("order", "piece", ids())
    }
}
