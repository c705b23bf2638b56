//! A scene that a class reads aloud.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A scene that a class reads aloud. In short: only what is said.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "lines"))]
pub struct Script {
    /// Its name in the teacher file; needed only if something is said of it there.
    pub id: Option<Placed<Id>>,
    /// What it is called.
    pub title: Option<Inlines>,
    /// Where and when it plays.
    pub setting: Option<Inlines>,
    /// Whether a list of the parts has a line for the name of who reads each; without it there is one.
    #[serde(default = "yes")]
    #[schemars(extend("x-otherwise" = "write `true` or `false`: the list is made of the names in `lines`"))]
    pub cast: bool,
    /// What is said, in its order: `{who: Narrator, says: …}`. A plain text is what a reader sees and does not say.
    #[schemars(length(min = 1))]
    pub lines: Vec<Turn>,
}

fn yes() -> bool {
    true
}

/// What one of the parts says. A plain text is a stage direction.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["who", "says"], "x-shorthand" = "says"))]
pub struct Turn {
    /// Who says it; without it, it is a stage direction.
    pub who: Option<String>,
    /// What is said.
    pub says: Inlines,
}

impl Script {
    /// Everybody who says something, in the order in which they begin.
    pub fn cast(&self) -> Vec<&str> {
        let mut cast = Vec::new();
        for who in self.lines.iter().filter_map(|turn| turn.who.as_deref()).map(str::trim) {
            if !cast.contains(&who) {
                cast.push(who);
            }
        }
        cast
    }
}

impl Content for Script {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(&self.setting).chain(self.lines.iter().map(|turn| &turn.says)))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(Item { what: "a script", id: self.id.as_ref(), ..Item::default() })
    }
}
