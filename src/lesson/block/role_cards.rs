//! Cards with roles, to cut out and hand round.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::{Content, Item, Text};
use crate::lesson::block::materials::Per;
use crate::lesson::prose::{Inlines, Placed, Prose};
use crate::lesson::values::Id;

/// Cards with roles, to cut out and hand round, on pages of their own. In short: only the cards.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "cards"))]
pub struct RoleCards {
    /// Its name in the teacher file; needed only if it has answers there.
    pub id: Option<Placed<Id>>,
    /// The cards in their order.
    #[schemars(length(min = 1))]
    pub cards: Vec<RoleCard>,
    /// For whom a set is cut out; without it nothing is said of it.
    pub per: Option<Per>,
    /// How many cards stand on a page; without it as many as hold their texts.
    #[schemars(range(min = 1, max = 24))]
    pub per_page: Option<u32>,
}

/// A card with a role.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["title", "text"]))]
pub struct RoleCard {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// Who it is: `Judge`.
    pub title: Inlines,
    /// What whoever plays the role must know. Markdown.
    pub text: Prose,
    /// What stands on its back, which matches when the sheet is printed on both sides. Markdown.
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
        Form::new(&["cards"], "what each role may say: `{cards: {id: …}}`").naming("cards", "card", ids).partly()
    }
}
