//! A position to take, with reasons.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::question::question;
use super::{Content, Entry, Item, Space, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A position to take, with reasons.
    #[schemars(extend("x-answer" = "{sides: {side-id: …}}"))]
    pub struct Position is "a position question" {
        /// The question that students take a position on.
        pub ask: Inlines,
        /// The sides to choose from, each with a check box.
        #[serde(default)]
        #[schemars(length(min = 2), extend("uniqueItems" = true))]
        pub sides: Vec<Entry>,
        /// Sentence starters, each with writing space.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        pub starters: Vec<Starter>,
        /// The writing space (default: ruled lines by what it asks, or two lines for each sentence starter).
        pub space: Option<Placed<Space>>,
    }
}

/// A sentence starter. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Starter {
    /// The start of the sentence, such as `Our best reason is`.
    pub text: Inlines,
    /// The writing space for this starter (default: the `space` of the block).
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
            Form::new(&["sides", "text"], "a sample answer for each side: `{sides: {id: …}}`").naming_entries(
                "sides",
                "side",
                &self.sides,
            )
        }
    }
}
