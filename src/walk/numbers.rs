//! Whole numbers, and what is true or false.

use serde_json::Value as Json;

use super::Walker;
use crate::diagnostics::Code;
use crate::yaml::{Node, Value};

impl Walker<'_> {
    pub(super) fn integer(&mut self, node: &Node, schema: &Json, what: &str) -> Option<Json> {
        let low = schema.get("minimum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MIN));
        let high = schema.get("maximum").and_then(Json::as_i64).unwrap_or(i64::from(i32::MAX));
        let Some(number) = number(node) else {
            // A number without bounds is a year.
            let example = if high == i64::from(i32::MAX) { 1991 } else { 50.clamp(low, high) };
            self.wrong_type(node, what, "a whole number").help(format!("write digits only: `{example}`"));
            return None;
        };
        if !(low..=high).contains(&number) {
            self.report(Code::OutOfRange, node.place, format!("{what} is {number}, and it must lie between {low} and {high}"))
                .help(format!("write a number in this range, such as `{}`", number.clamp(low, high)));
            return None;
        }
        Some(number.into())
    }

    pub(super) fn boolean(&mut self, node: &Node, what: &str) -> Option<Json> {
        let truth = truth(node);
        if truth.is_none() {
            self.wrong_type(node, what, "`true` or `false`").help("write `true` or `false`");
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

/// Whether what stands here is true, if it says so.
pub(super) fn truth(node: &Node) -> Option<bool> {
    let Value::Text(scalar) = &node.value else { return None };
    match scalar.text.to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}
