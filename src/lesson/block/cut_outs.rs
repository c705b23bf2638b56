//! Cut-outs: small pieces to cut out and sort.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text};
use crate::lesson::block::materials::Per;
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// Cut-outs: small pieces to cut out and sort, on separate pages. Short form: just the pieces.
    #[schemars(extend("x-shorthand" = "cards", "x-answer" = "{cards: {piece-id: …}}"))]
    pub struct CutOuts is "a set of cut-outs" {
        /// The directions (default: "Cut out the pieces.").
        pub ask: Option<Inlines>,
        /// The pieces in print order. Don't list them in the correct order.
        #[schemars(length(min = 2))]
        pub cards: Vec<Piece>,
        /// Who gets a set (default: the page doesn't say).
        pub per: Option<Per>,
        /// How many pieces to print on a page (default: as many as fit).
        #[schemars(range(min = 1, max = 24))]
        pub per_page: Option<u32>,
    }
}

/// A piece to cut out. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["id", "text"], "x-shorthand" = "text"))]
pub struct Piece {
    /// An id for the teacher file. Needed only if the teacher file has an answer.
    pub id: Option<Placed<Id>>,
    /// The text on the piece.
    pub text: Inlines,
    /// The text on the back. It lines up with the front in double-sided printing.
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
            "where each piece belongs: `{cards: {id: …}}`, or the ids in order: `{order: [first, second]}`",
        )
        .naming("cards", "piece", ids())
        .naming("order", "piece", ids())
    }
}
