//! Role cards to cut out and hand out.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::{Content, Item, Text};
use crate::lesson::block::materials::Per;
use crate::lesson::prose::{Inlines, Placed, Prose};
use crate::lesson::values::Id;

/// Role cards to cut out and hand out, on separate pages. Short form: just the cards.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "cards"))]
pub struct RoleCards {
    /// An id for the teacher file. Needed only if the teacher file has answers.
    pub id: Option<Placed<Id>>,
    /// The cards, in order.
    #[schemars(length(min = 1))]
    pub cards: Vec<RoleCard>,
    /// Who gets a set (default: the page doesn't say).
    pub per: Option<Per>,
    /// How many cards to print on a page (default: as many as fit).
    #[schemars(range(min = 1, max = 24))]
    pub per_page: Option<u32>,
}

/// A role card.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["title", "text"]))]
pub struct RoleCard {
    /// An id for the teacher file. Needed only if the teacher file has an answer.
    pub id: Option<Placed<Id>>,
    /// The role, such as `Judge`.
    pub title: Inlines,
    /// What the student in this role needs to know. Markdown.
    pub text: Prose,
    /// The text on the back. It lines up with the front in double-sided printing. Markdown.
    pub back: Option<Prose>,
}

impl Content for RoleCards {
    fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = Vec::new();
        for card in &self.cards {
            texts.push(Text::Line(&card.title));
            texts.extend([Some(&card.text), card.back.as_ref()].into_iter().flatten().map(Text::Prose));
        }
        texts
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "a set of role cards", id: self.id.as_ref(), ..Item::default() })
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![self.cards.iter().filter_map(|card| card.id.as_ref()).collect()]
    }

    fn answer(&self) -> Form {
        let ids = self.cards.iter().filter_map(|card| card.id.as_ref()).map(|id| id.value.0.clone()).collect();
        Form::new(&["cards"], "what each role might say: `{cards: {id: …}}`").naming("cards", "card", ids).partly()
    }
}
