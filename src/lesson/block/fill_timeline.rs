//! A timeline of which dates or events are missing.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A timeline of which dates or events are missing. In short: only the events.
    #[schemars(extend("x-shorthand" = "events"))]
    pub struct FillTimeline is "a timeline to fill" {
        /// What to do; without it "Fill in the timeline."
        pub ask: Option<Inlines>,
        /// The events in their order; what one lacks is a line to fill.
        #[schemars(length(min = 2))]
        pub events: Vec<FillEvent>,
        /// How many lines of writing each event has room for; without it 1.
        #[serde(default = "one")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
    }
}

/// An event of a timeline to fill.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["date", "text"]))]
pub struct FillEvent {
    /// Its name in the teacher file; needed only if something of it is missing here.
    pub id: Option<Placed<Id>>,
    /// When it was; without it there is a line to write it.
    #[schemars(extend("x-empty" = "leave the key out: what is missing becomes a line to fill"))]
    pub date: Option<Inlines>,
    /// What happened; without it there is room to write it.
    #[schemars(extend("x-empty" = "leave the key out: what is missing becomes a line to fill"))]
    pub text: Option<Inlines>,
}

fn one() -> u32 {
    1
}

impl Content for FillTimeline {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.events.iter().flat_map(|event| event.date.iter().chain(&event.text))))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![self.events.iter().filter_map(|event| event.id.as_ref()).collect()]
    }

    fn answer(&self) -> Form {
        let ids = self.events.iter().filter_map(|event| event.id.as_ref()).map(|id| id.value.0.clone()).collect();
        // Which of them lack something is looked at with the answer.
        Form::new(&["events"], "what each event lacks: `{events: {id: {date: …, text: …}}}`")
            .naming("events", "event", ids)
            .valued("{date: …, text: …}")
            .partly()
    }
}
