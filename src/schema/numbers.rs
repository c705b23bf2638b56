//! Whole numbers, and `true` or `false`.

use super::Shape;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::first_sentence;
use crate::diagnostics::Code;
use crate::value::Datum;
use crate::yaml::{Node, Value};

/// The example if the file has nothing close to a number.
const EXAMPLE: i64 = 3;

/// Numbers as words, starting from one.
const WORDS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// Multiples of ten as words, starting from twenty.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The example for minutes, if they are given in another unit.
const MINUTES: i64 = 90;

impl Reader<'_> {
    /// A whole number between `low` and `high`.
    pub(super) fn integer(&mut self, node: &Node, shape: &Shape, (low, high): (i64, i64), what: Subject<'_>) -> Option<Datum> {
        let Some(number) = number(node) else {
            let help = instead_of_a_number(node, shape, (low, high), what);
            let is_number = matches!(&node.value, Value::Text(scalar) if number_in(&scalar.text).is_some());
            let help = match &shape.otherwise {
                Some(more) if !is_number => format!("{help}; {more}"),
                _ => help,
            };
            self.wrong_type(node, what, "a whole number").help(help);
            return None;
        };
        if !(low..=high).contains(&number) {
            let limit = if number < low { format!("the minimum is {low}") } else { format!("the maximum is {high}") };
            self.report(Code::OutOfRange, node.place, format!("{what} is {number}; {limit}"))
                .help(format!("write a number from {low} to {high}"));
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

/// The help for a value that isn't a number.
fn instead_of_a_number(node: &Node, shape: &Shape, (low, high): (i64, i64), what: Subject<'_>) -> String {
    let meaning = shape.description.as_deref().map(first_sentence);
    let is_count = |meaning: &&str| ["how many", "the number of", "number of"].iter().any(|begin| meaning.starts_with(begin));
    let how_many = meaning.as_deref().and_then(|meaning| meaning.split([';', ',', '(']).next()).map(str::trim).filter(is_count);
    // The default makes a poor example: it needs no number.
    let is_default = meaning.as_deref().is_some_and(|meaning| meaning.contains(&format!("(default: {EXAMPLE})")));
    let example = if is_default { EXAMPLE + 1 } else { EXAMPLE }.clamp(low, high);
    match (&node.value, how_many) {
        (Value::List(nodes), how_many) => {
            let count = i64::try_from(nodes.len()).unwrap_or(high).clamp(low, high);
            format!("write {}, such as `{count}`", how_many.unwrap_or("only the number"))
        }
        (Value::Text(scalar), _)
            if what.key().ends_with("minutes")
                && let Some(help) = minutes(&scalar.text) =>
        {
            help.replace("<example>", &MINUTES.clamp(low, high).to_string())
        }
        (Value::Text(scalar), Some(how_many)) if number_in(&scalar.text).is_none() => {
            format!("write {how_many}, such as `{example}`")
        }
        (Value::Text(scalar), _) => {
            // A number without bounds is a year.
            let example = if high == i64::from(i32::MAX) { 1991 } else { example };
            match number_in(&scalar.text) {
                Some(number) => format!("write only the number, in digits: `{}`", number.clamp(low, high)),
                None => format!("write a number in digits, such as `{example}`"),
            }
        }
        (_, how_many) => format!("write {}, such as `{example}`", how_many.unwrap_or("a number")),
    }
}

/// The help for a time in another unit than minutes: `two periods`, or `2 hours`.
fn minutes(text: &str) -> Option<String> {
    let number = number_in(text)?;
    let unit = text.split(|c: char| !c.is_alphabetic()).rfind(|word| !word.is_empty())?.to_lowercase();
    let is_hours = matches!(unit.as_str(), "h" | "hr" | "hrs" | "hour" | "hours");
    let is_minutes = unit.starts_with("min") || unit == "m" || in_words(&unit).is_some();
    match (is_hours, is_minutes) {
        (true, _) => Some(format!("write the minutes, in digits: `{}`", number.saturating_mul(60))),
        (_, true) => None,
        _ => Some("write the minutes, in digits, such as `<example>`".to_owned()),
    }
}

/// The whole number in a value.
pub(super) fn number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Text(scalar) => scalar.text.trim().replace('_', "").parse().ok(),
        _ => None,
    }
}

/// The number that text starts with, in digits or as a word: 5 for `5 min` and for `five`, 45 for `forty-five`.
pub(super) fn number_in(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())];
    digits.parse().ok().or_else(|| in_words(text.split_whitespace().next()?))
}

/// The number in a word, from one to ninety-nine.
fn in_words(word: &str) -> Option<i64> {
    let word = word.to_lowercase();
    let place = |words: &[&str], word: &str| words.iter().position(|known| *known == word).and_then(|at| i64::try_from(at).ok());
    if let Some(at) = place(&WORDS, &word) {
        return Some(at + 1);
    }
    let (tens, ones) = word.split_once('-').unwrap_or((&word, ""));
    let tens = 10 * (place(&TENS, tens)? + 2);
    if ones.is_empty() { Some(tens) } else { place(&WORDS[..9], ones).map(|at| tens + at + 1) }
}

/// Whether a value is true or false; `None` if it is neither.
pub(super) fn truth(node: &Node) -> Option<bool> {
    let Value::Text(scalar) = &node.value else { return None };
    match scalar.text.to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_read_from_what_teachers_write() {
        assert_eq!(number_in("forty-five minutes"), Some(45));
        assert_eq!(number_in("two periods"), Some(2));
        assert_eq!(number_in("Sixty"), Some(60));
        assert_eq!(number_in("a few"), None);
        assert_eq!(minutes("forty-five minutes"), None);
        assert_eq!(minutes("45 min."), None);
        assert_eq!(minutes("forty-five"), None);
        assert_eq!(minutes("2 hours").as_deref(), Some("write the minutes, in digits: `120`"));
        assert!(minutes("two periods").is_some_and(|help| help.contains("<example>")));
    }
}
