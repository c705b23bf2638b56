//! A timeline.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Content, Text, lines};
use crate::lesson::prose::Inlines;

/// A timeline: events and dates, in order.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Timeline {
    /// The title.
    pub title: Option<Inlines>,
    /// The events, from first to last.
    #[schemars(length(min = 2))]
    pub events: Vec<Event>,
}

/// An event in a timeline.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["date", "text"]))]
pub struct Event {
    /// The date as printed, such as `1868` or `May 17, 1954`.
    pub date: Inlines,
    /// What happened.
    pub text: Inlines,
}

impl Content for Timeline {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.title.iter().chain(self.events.iter().flat_map(|event| [&event.date, &event.text])))
    }
}
