//! What all questions have in common, and the list of those that can stand in a discussion or an exit ticket.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Block;
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

/// The blocks that are questions, numbered among one another.
pub const NAMES: [&str; 7] = ["prompt", "multiple_choice", "true_false", "cloze", "matching", "ordering", "short_answers"];

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

/// The [`Item`] of a question: what it is, with its article, and what it asks for; the rest stands in fields of the same names.
macro_rules! item_of {
    ($question:ident, $what:literal, $ask:expr) => {
        Item {
            what: $what,
            id: $question.id.as_ref(),
            ask: $ask,
            hint: $question.hint.as_ref(),
            points: $question.points,
            see: &$question.see,
        }
    };
}
pub(super) use item_of;

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
