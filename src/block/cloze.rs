//! A text with blanks to fill.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::question::item_of;
use super::{Item, Text};
use crate::lesson::prose::{Inline, Inlines, Placed, Prose};
use crate::lesson::values::Id;

/// A text with blanks, and perhaps the words that fill them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Cloze {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What to do; without it "Fill in the blanks."
    pub ask: Option<Inlines>,
    /// The text with its blanks. Markdown; `{{clause}}` is a blank whose name, which never prints, is `clause`.
    pub text: Placed<ClozeText>,
    /// The word bank, in the order in which it prints; it may hold words that fit nowhere.
    #[serde(default)]
    #[schemars(extend("uniqueItems" = true))]
    pub words: Vec<Placed<String>>,
    /// Help for who is stuck.
    pub hint: Option<Inlines>,
    /// What right answers are worth together.
    #[schemars(range(min = 1, max = 1000))]
    pub points: Option<u32>,
    /// Labels of the paragraphs or lines to look at; the packet prints their numbers.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<Id>>,
}

/// Prose with blanks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClozeText(pub Prose);

impl JsonSchema for ClozeText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ClozeText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-markdown": "blanks"})
    }
}

impl Cloze {
    /// The names of its blanks in the order in which they print.
    pub fn blanks(&self) -> Vec<&Placed<String>> {
        let mut blanks = Vec::new();
        self.text.value.0.each_inline(&mut |inline| {
            if let Inline::Blank { name } = inline {
                blanks.push(name);
            }
        });
        blanks
    }

    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "a cloze text", self.ask.as_ref())
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        self.ask.iter().map(Text::Line).chain([Text::Prose(&self.text.value.0)]).collect()
    }
}
