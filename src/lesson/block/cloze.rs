//! A fill-in-the-blank passage.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::answer::Form;
use super::question::question;
use super::{Content, Item, Text};
use crate::lesson::prose::{Inline, Inlines, Placed, Prose};
use crate::value::goes_in_parsed;

goes_in_parsed!(ClozeText);

question! {
    /// A fill-in-the-blank passage, with or without a word bank.
    #[schemars(extend("x-answer" = "{blanks: {blank-name: …}}"))]
    pub struct Cloze is "a cloze passage" {
        /// The directions (default: "Fill in the blanks.").
        pub ask: Option<Inlines>,
        /// The passage with its blanks. Markdown; `{{clause}}` is a blank named `clause`. The name isn't printed.
        pub text: Placed<ClozeText>,
        /// The word bank, in print order. It can include extra words that fit no blank.
        #[serde(default)]
        #[schemars(extend("uniqueItems" = true))]
        pub words: Vec<Placed<String>>,
    }
}

/// Prose with blanks.
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// The names of the blanks in print order.
    pub fn blanks(&self) -> Vec<&Placed<String>> {
        let mut blanks = Vec::new();
        self.text.value.0.each_inline(&mut |inline| {
            if let Inline::Blank { name } = inline {
                blanks.push(name);
            }
        });
        blanks
    }
}

impl Content for Cloze {
    fn texts(&self) -> Vec<Text<'_>> {
        self.ask.iter().map(Text::Line).chain([Text::Prose(&self.text.value.0)]).collect()
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn answer(&self) -> Form {
        // A blank without a name has already been reported.
        let names = self.blanks().into_iter().map(|name| name.value.clone()).filter(|name| !name.is_empty()).collect();
        Form::new(&["blanks"], "the word for each blank: `{blanks: {name: word}}`").naming("blanks", "blank", names)
    }
}
