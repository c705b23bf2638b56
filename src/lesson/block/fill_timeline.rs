//! A timeline with missing dates or events.

use schemars::JsonSchema;
use serde::Deserialize;

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A timeline with missing dates or events, for students to complete. Short form: just the events.
    #[schemars(extend("x-shorthand" = "events", "x-answer" = "{events: {event-id: {text: …}}}"))]
    pub struct FillTimeline is "a timeline to complete" {
        /// The directions (default: "Fill in the timeline.").
        pub ask: Option<Inlines>,
        /// The events in order. A missing date or text becomes a line to fill in.
        #[schemars(length(min = 2))]
        pub events: Vec<FillEvent>,
        /// How many lines to write on for each event (default: 1).
        #[serde(default = "one")]
        #[schemars(range(min = 1, max = 12))]
        pub lines: u32,
    }
}

/// An event in a timeline to complete.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["date", "text"]))]
pub struct FillEvent {
    /// An id for the teacher file. Needed only if the date or the text is missing here.
    pub id: Option<Placed<Id>>,
    /// The date, as printed. Leave it out to have students write it.
    #[schemars(extend("x-empty" = "remove the key to have students write it"))]
    pub date: Option<Inlines>,
    /// What happened. Leave it out to have students write it.
    #[schemars(extend("x-empty" = "remove the key to have students write it"))]
    pub text: Option<Inlines>,
}

impl FillEvent {
    /// The parts that students write, as an answer has them.
    fn missing(&self) -> Option<&'static str> {
        match (&self.date, &self.text) {
            (None, None) => Some("{date: …, text: …}"),
            (None, Some(_)) => Some("{date: …}"),
            (Some(_), None) => Some("{text: …}"),
            (Some(_), Some(_)) => None,
        }
    }
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
        let shown =
            self.events.iter().filter_map(|event| Some((event.id.as_ref()?.value.0.clone(), event.missing()?.to_owned())));
        // The answer check finds out which events have missing parts.
        Form::new(&["events"], "the missing parts of each event: `{events: {id: {date: …, text: …}}}`")
            .naming("events", "event", ids)
            .valued("{date: …, text: …}")
            .showing(shown.collect())
            .partly()
    }
}
