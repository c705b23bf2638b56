//! Whole numbers, and what is true or false.

use serde_json::Value as Json;

use super::Walker;
use super::keywords::first_sentence;
use crate::diagnostics::Code;
use crate::yaml::{Node, Value};

/// What is shown where nothing in the file is near a number.
const EXAMPLE: i64 = 3;

/// Numbers as words, from one.
const WORDS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

impl Walker<'_> {
    pub(super) fn integer(&mut self, node: &Node, schema: &Json, what: &str) -> Option<Json> {
        let low = schema.get("minimum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MIN));
        let high = schema.get("maximum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MAX));
        let Some(number) = number(node) else {
            let meaning = schema.get("description").and_then(Json::as_str).map(first_sentence);
            let how_many =
                meaning.as_deref().and_then(|meaning| meaning.split(';').next()).filter(|it| it.starts_with("how many"));
            let help = match (&node.value, how_many) {
                (Value::List(nodes), how_many) => {
                    let count = i64::try_from(nodes.len()).unwrap_or(high).clamp(low, high);
                    format!("write {}, such as `{count}`", how_many.unwrap_or("how many"))
                }
                (Value::Text(scalar), Some(how_many)) if number_in(&scalar.text).is_none() => {
                    format!("write {how_many}, such as `{}`", EXAMPLE.clamp(low, high))
                }
                (Value::Text(scalar), _) => {
                    // A number without bounds is a year.
                    let example = if high == i64::from(i32::MAX) { 1991 } else { EXAMPLE.clamp(low, high) };
                    let found = number_in(&scalar.text).map(|number| number.clamp(low, high));
                    format!("write digits only: `{}`", found.unwrap_or(example))
                }
                (_, how_many) => format!("write {}, such as `{}`", how_many.unwrap_or("a number"), EXAMPLE.clamp(low, high)),
            };
            self.wrong_type(node, what, "a whole number").help(help);
            return None;
        };
        if !(low..=high).contains(&number) {
            self.report(Code::OutOfRange, node.place, format!("{what} is {number}, and it must lie between {low} and {high}"))
                .help(format!("write a number in this range, such as `{}`", number.clamp(low, high)));
            return None;
        }
        Some(number.into())
    }

    pub(super) fn boolean(&mut self, node: &Node, schema: &Json, what: &str) -> Option<Json> {
        let truth = truth(node);
        if truth.is_none() {
            let help = schema.get("x-otherwise").and_then(Json::as_str).unwrap_or("write `true` or `false`").to_owned();
            self.wrong_type(node, what, "`true` or `false`").help(help);
        }
        truth.map(Json::from)
    }
}

/// The whole number that stands here.
pub(super) fn number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Text(scalar) => scalar.text.trim().replace('_', "").parse().ok(),
        _ => None,
    }
}

/// The number with which a text begins, in digits or as a word: 5 of `5 min` and of `five`.
pub(super) fn number_in(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())];
    digits.parse().ok().or_else(|| {
        let word = text.split_whitespace().next()?.to_lowercase();
        WORDS.iter().position(|known| *known == word).and_then(|at| i64::try_from(at + 1).ok())
    })
}

/// Whether what stands here is true, if it says so.
pub(super) fn truth(node: &Node) -> Option<bool> {
    let Value::Text(scalar) = &node.value else { return None };
    match scalar.text.to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}
