//! Causes, an event, and its effects.

use super::answer::Form;
use super::question::question;
use super::{Area, Content, Item, Text, lines};
use crate::lesson::prose::{Inlines, Placed};

question! {
    /// Causes, an event, and its effects, with arrows between them.
    pub struct CauseEffect is "a chart of causes and effects" {
        /// What to do; without it "Fill in the causes and the effects."
        pub ask: Option<Inlines>,
        /// How many causes there is room for; without it 3.
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 6))]
        pub causes: u32,
        /// What happened; without it there is room to write it.
        #[schemars(extend("x-empty" = "leave the key out: then students write the event"))]
        pub event: Option<Inlines>,
        /// How many effects there is room for; without it 3.
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 6))]
        pub effects: u32,
        /// How high it is; without it 7 cm.
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
