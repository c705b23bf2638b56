//! Events with their dates.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// Events with their dates, in their order.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Timeline {
    /// What it shows.
    pub title: Option<Inlines>,
    /// The events, from the first to the last.
    #[schemars(length(min = 2))]
    pub events: Vec<Event>,
}

/// An event of a timeline.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["date", "text"]))]
pub struct Event {
    /// When it was, as it prints: `1868`, `May 17, 1954`.
    pub date: Inlines,
    /// What happened.
    pub text: Inlines,
}

impl Content for Timeline {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(self.events.iter().flat_map(|event| [&event.date, &event.text])))
    }
}
