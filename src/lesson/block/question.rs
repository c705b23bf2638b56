//! What all questions have in common, and the list of those that can stand in a discussion or an exit ticket.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Block;
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// The blocks that are questions, numbered among one another.
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

/// What a student answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Item<'a> {
    /// What it is, with its article: "a cloze text".
    pub what: &'static str,
    /// Its name in the teacher file.
    pub id: Option<&'a Placed<Id>>,
    /// What is asked for.
    pub ask: Option<&'a Inlines>,
    /// Help for who is stuck.
    pub hint: Option<&'a Inlines>,
    /// What a right answer is worth.
    pub points: Option<u32>,
    /// Labels of what to look at.
    pub see: &'a [Placed<Id>],
}

/// A kind of question: a struct of its own fields and of those that all questions have, and the [`Item`] made of these.
macro_rules! question {
    ($(#[$about:meta])* pub struct $name:ident is $what:literal { $($fields:tt)* }) => {
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        $(#[$about])*
        pub struct $name {
            /// Its name in the teacher file; needed only if it has an answer there.
            pub id: Option<$crate::lesson::prose::Placed<$crate::lesson::values::Id>>,
            $($fields)*
            /// Help for who is stuck.
            pub hint: Option<$crate::lesson::prose::Inlines>,
            /// What a right answer is worth.
            #[schemars(range(min = 1, max = 1000))]
            pub points: Option<u32>,
            /// Labels of the paragraphs or lines to look at; the packet prints their numbers.
            #[serde(default)]
            #[schemars(extend(
                "x-single" = true,
                "x-format-help" = "write the label, such as `beginning` for `{#beginning}`",
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

/// A question of a discussion or an exit ticket. A plain text, or keys with `ask`, is a prompt.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Question(pub Block);

impl JsonSchema for Question {
    fn schema_name() -> Cow<'static, str> {
        "Question".into()
    }

    /// The forms of [`Block`] that are questions.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let block = Block::json_schema(generator);
        let forms = block.get("oneOf").and_then(Json::as_array).expect("a block has several forms");
        let is_question = |form: &&Json| NAMES.iter().any(|name| form.pointer(&format!("/properties/{name}")).is_some());
        let questions: Vec<&Json> = forms.iter().filter(is_question).collect();
        let among = generator.subschema_for::<Block>();
        let description = "A question. A plain text, or keys with `ask`, is a prompt.";
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
