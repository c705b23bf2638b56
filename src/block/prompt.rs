//! A question with room to write.

use schemars::JsonSchema;
use serde::Deserialize;

use super::question::item_of;
use super::{Item, Space, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// A question with space to write. In short: only the question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "ask"))]
pub struct Prompt {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What is asked.
    pub ask: Inlines,
    /// Smaller questions below it, lettered a, b, c.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub parts: Vec<Inlines>,
    /// Help for who is stuck.
    pub hint: Option<Inlines>,
    /// What a good answer is worth.
    #[schemars(range(min = 1, max = 1000))]
    pub points: Option<u32>,
    /// Labels of the paragraphs or lines to look at; the packet prints their numbers.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<Id>>,
    /// Room to write; without it, ruled lines that share what is left of the page.
    pub space: Option<Placed<Space>>,
}

impl Prompt {
    pub(super) fn item(&self) -> Item<'_> {
        item_of!(self, "a prompt", Some(&self.ask))
    }

    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        lines(std::iter::once(&self.ask).chain(&self.parts))
    }
}
