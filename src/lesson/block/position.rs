//! A stand to take, with its reasons.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::{Form, ids};
use super::question::question;
use super::{Content, Entry, Item, Space, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A stand to take, with its reasons.
    pub struct Position is "a position" {
        /// The question on which to take a stand.
        pub ask: Inlines,
        /// The sides that can be taken, with a box to tick each.
        #[serde(default)]
        #[schemars(length(min = 2), extend("uniqueItems" = true))]
        pub sides: Vec<Entry>,
        /// Beginnings of sentences, each with room to go on.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        pub starters: Vec<Starter>,
        /// Room to write; without it ruled lines that share what is left of the page, or two for each beginning of a sentence.
        pub space: Option<Placed<Space>>,
    }
}

/// The beginning of a sentence. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Starter {
    /// How the sentence begins: `Our best reason is`.
    pub text: Inlines,
    /// Room to go on; without it that of all.
    pub space: Option<Placed<Space>>,
}

impl Content for Position {
    fn texts(&self) -> Vec<Text<'_>> {
        let sides = self.sides.iter().map(|side| &side.text);
        lines(std::iter::once(&self.ask).chain(sides).chain(self.starters.iter().map(|starter| &starter.text)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.sides)]
    }

    fn answer(&self) -> Form {
        if self.sides.is_empty() {
            Form::text()
        } else {
            Form::new(&["sides", "text"], "a sample answer for each side: `{sides: {id: …}}`").naming(
                "sides",
                "side",
                ids(&self.sides),
            )
        }
    }
}
