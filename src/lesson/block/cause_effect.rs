//! A cause-and-effect chart.

use super::answer::Form;
use super::question::question;
use super::{Area, Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

question! {
    /// A cause-and-effect chart: causes, an event, and effects, connected by arrows.
    #[schemars(extend(
        "x-answer" = "{causes: [first, second], effects: [first, second]}",
        "x-otherwise" = "write only the event, such as `{event: War}`; students write the causes and effects",
    ))]
    pub struct CauseEffect is "a cause-and-effect chart" {
        /// The directions (default: "Fill in the causes and effects.").
        pub ask: Option<Inlines>,
        /// How many causes to leave space for (default: 3).
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 6), extend("x-otherwise" = "put sample causes in the teacher file"))]
        pub causes: u32,
        /// The event. Leave it out to have students write it.
        #[schemars(extend(
            "x-empty" = "remove `event` to have students write it",
            "x-instead" = {"true": "write the event, or remove `event` to have students write it"},
        ))]
        pub event: Option<Inlines>,
        /// How many effects to leave space for (default: 3).
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 6), extend("x-otherwise" = "put sample effects in the teacher file"))]
        pub effects: u32,
        /// The height of the chart (default: 7 cm).
        pub space: Option<Placed<Area>>,
    }
}

fn three() -> u32 {
    3
}

impl Content for CauseEffect {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(&self.event))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn answer(&self) -> Form {
        Form::new(&["causes", "event", "effects"], "sample answers: `{causes: [first, second], effects: [first, second]}`")
            .needing(["causes", "effects"])
            .needing(self.event.is_none().then_some("event"))
    }
}
