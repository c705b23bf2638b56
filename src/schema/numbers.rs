//! Whole numbers, and what is true or false.

use super::Shape;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::first_sentence;
use crate::diagnostics::Code;
use crate::value::Datum;
use crate::yaml::{Node, Value};

/// What is shown where nothing in the file is near a number.
const EXAMPLE: i64 = 3;

/// Numbers as words, from one.
const WORDS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

impl Reader<'_> {
    /// A whole number between `low` and `high`.
    pub(super) fn integer(&mut self, node: &Node, shape: &Shape, (low, high): (i64, i64), what: Subject<'_>) -> Option<Datum> {
        let Some(number) = number(node) else {
            let meaning = shape.description.as_deref().map(first_sentence);
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
        Some(Datum::Number(number))
    }

    pub(super) fn boolean(&mut self, node: &Node, shape: &Shape, what: Subject<'_>) -> Option<Datum> {
        let truth = truth(node);
        if truth.is_none() {
            let help = shape.otherwise.as_deref().unwrap_or("write `true` or `false`").to_owned();
            self.wrong_type(node, what, "`true` or `false`").help(help);
        }
        truth.map(Datum::Truth)
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
