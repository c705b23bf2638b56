//! A script for the class to read aloud.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A script for the class to read aloud. Short form: just the lines.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "lines"))]
pub struct Script {
    /// An id for the teacher file. Needed only if the teacher file has an answer or a note.
    pub id: Option<Placed<Id>>,
    /// The title.
    pub title: Option<Inlines>,
    /// When and where the scene takes place.
    pub setting: Option<Inlines>,
    /// Print a cast list with a blank for each reader's name (default: `true`).
    #[serde(default = "yes")]
    #[schemars(extend("x-otherwise" = "write `true` or `false`; the cast list comes from the names in `lines`"))]
    pub cast: bool,
    /// The lines in order: `{who: Narrator, says: …}`. Plain text is a stage direction.
    #[schemars(length(min = 1))]
    pub lines: Vec<Turn>,
}

fn yes() -> bool {
    true
}

/// A line of the script. Plain text is a stage direction.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["who", "says"], "x-shorthand" = "says"))]
pub struct Turn {
    /// The speaker. Without it, the line is a stage direction.
    pub who: Option<String>,
    /// The words to say.
    pub says: Inlines,
}

impl Script {
    /// All speakers, in order of their first line.
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
