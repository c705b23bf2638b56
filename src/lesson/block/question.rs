//! What all questions share, and the list of questions that a discussion or exit ticket can contain.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Block;
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// The blocks that are numbered questions.
pub const NAMES: [&str; 18] = [
    "prompt",
    "multiple_choice",
    "true_false",
    "cloze",
    "matching",
    "ordering",
    "short_answers",
    "decide",
    "position",
    "t_chart",
    "venn",
    "claim_evidence",
    "cause_effect",
    "compare",
    "fill_timeline",
    "blank_table",
    "drawing",
    "cut_outs",
];

/// Something that students answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Item<'a> {
    /// What it is, with its article, such as "a cloze passage".
    pub what: &'static str,
    /// Its id in the teacher file.
    pub id: Option<&'a Placed<Id>>,
    /// The question or directions.
    pub ask: Option<&'a Inlines>,
    /// A hint for students who are stuck.
    pub hint: Option<&'a Inlines>,
    /// How many points a correct answer is worth.
    pub points: Option<u32>,
    /// The labels of the paragraphs or lines to look at.
    pub see: &'a [Placed<Id>],
}

/// Defines a kind of question: a struct with its own fields and the shared ones, and its [`Item`].
macro_rules! question {
    ($(#[$about:meta])* pub struct $name:ident is $what:literal { $($fields:tt)* }) => {
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        $(#[$about])*
        pub struct $name {
            /// An id for the teacher file. Needed only if the teacher file has an answer.
            pub id: Option<$crate::lesson::prose::Placed<$crate::lesson::values::Id>>,
            $($fields)*
            /// A hint for students who are stuck.
            #[schemars(extend("x-instead" = {"true": "write the hint", "false": "remove `hint`"}))]
            pub hint: Option<$crate::lesson::prose::Inlines>,
            /// How many points a correct answer is worth.
            #[schemars(range(min = 1, max = 1000))]
            pub points: Option<u32>,
            /// The labels of the paragraphs or lines to look at. The packet prints their numbers.
            #[serde(default)]
            #[schemars(extend(
                "x-single" = true,
                "x-format-help" = "put `{#<id>}` at the end of the paragraph or line, and write `<id>` here",
            ))]
            pub see: Vec<$crate::lesson::prose::Placed<$crate::lesson::values::Id>>,
        }

        impl $name {
            fn question(&self) -> $crate::lesson::block::Item<'_> {
                $crate::lesson::block::Item {
                    what: $what,
                    id: self.id.as_ref(),
                    ask: (&self.ask).into(),
                    hint: self.hint.as_ref(),
                    points: self.points,
                    see: &self.see,
                }
            }
        }
    };
}
pub(super) use question;

/// A question in a discussion or exit ticket. Plain text, or keys with `ask`, makes a prompt.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Question(pub Block);

impl JsonSchema for Question {
    fn schema_name() -> Cow<'static, str> {
        "Question".into()
    }

    /// The question forms of [`Block`].
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let block = Block::json_schema(generator);
        let forms = block.get("oneOf").and_then(Json::as_array).expect("a block has several forms");
        let is_question = |form: &&Json| NAMES.iter().any(|name| form.pointer(&format!("/properties/{name}")).is_some());
        let questions: Vec<&Json> = forms.iter().filter(is_question).collect();
        let among = generator.subschema_for::<Block>();
        let description = "A question. Plain text, or keys with `ask`, makes a prompt.";
        Schema::try_from(json!({
            "description": description,
            "oneOf": questions,
            "x-shorthand": "prompt",
            "x-map-shorthand": "prompt",
            "x-among": among,
        }))
        .expect("an object is a schema")
    }
}
