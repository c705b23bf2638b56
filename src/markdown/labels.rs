//! Labels such as `{#denunciations}`, which let a question point to a paragraph or line. [`crate::check`] checks that it has a
//! number.

use std::ops::Range;

use super::Reader;
use crate::diagnostics::Code;
use crate::lesson::prose::{Inline, Placed};
use crate::source::Place;

/// The longest label shown in a report, in characters.
const MAX_SHOWN: usize = 64;

/// A `{#` that has not been recognized as the label of a paragraph or line.
pub(super) struct Loose {
    /// The number of bytes from it to the end of the text, without trailing spaces.
    tail: usize,
    place: Place,
    /// The label with its braces, shortened if it is long; `None` if it is not closed.
    shown: Option<String>,
    /// What the text is part of, if it can't have a label.
    inside: Option<&'static str>,
    /// Whether its paragraph or line has another label.
    is_second: bool,
}

impl Reader<'_> {
    /// Remembers a `{#` at the beginning of `rest` until it is recognized as a label or reported.
    pub(super) fn loose_label(&mut self, rest: &str, place: impl Fn(usize) -> Place) {
        let close = rest[2..].find(['{', '}', '\n']).map(|at| at + 2).filter(|at| rest[*at..].starts_with('}'));
        let shown = close.map(|at| shortened(&rest[..=at]));
        let place = place(close.map_or(2, |at| at + 1));
        let tail = rest.trim_end().len();
        self.loose_labels.push(Loose { tail, place, shown, inside: self.unlabeled, is_second: false });
    }

    /// Takes a label such as `{#denunciations}` from the end of a paragraph.
    pub(super) fn label(&mut self, mut nodes: Vec<Inline>, range: Range<usize>) -> (Vec<Inline>, Option<Placed<String>>) {
        let Some(Inline::Text { text }) = nodes.last_mut() else { return (nodes, None) };
        let trimmed = text.trim_end();
        let Some(open) = trimmed.rfind("{#").filter(|_| trimmed.ends_with('}')) else { return (nodes, None) };
        // An escaped one is not a label.
        if self.loose_labels.last().is_none_or(|loose| loose.tail != trimmed.len() - open) {
            return (nodes, None);
        }
        self.loose_labels.pop();
        let around = self.map.place(range.start, range.end);
        let in_paragraph = |loose: &&mut Loose| (around.start..around.end).contains(&loose.place.start);
        self.loose_labels.iter_mut().filter(in_paragraph).for_each(|loose| loose.is_second = true);
        let name = trimmed[open + 2..trimmed.len() - 1].trim().to_owned();
        let at = self.text[range.clone()].rfind("{#").map_or(range.start, |at| range.start + at);
        let place = self.map.place(at + 2, at + 2 + name.len());
        let rest = text[..open].trim_end().to_owned();
        if rest.is_empty() {
            nodes.pop();
        } else {
            *text = rest;
        }
        (nodes, Some(Placed { value: name, place }))
    }

    /// Reports what looks like a label but is not one.
    pub(super) fn report_loose_labels(&mut self) {
        let paragraph = if self.in_verse { "line" } else { "paragraph" };
        for Loose { place, shown, inside, is_second, .. } in std::mem::take(&mut self.loose_labels) {
            let (message, help) = match (shown, inside) {
                (Some(_), None) if is_second => {
                    (format!("a {paragraph} can have only one label"), "keep one, and use it in `see`".to_owned())
                }
                (Some(_), Some(what)) => {
                    (format!("{what} can't have a label"), "move it to the end of a numbered paragraph, or remove it".to_owned())
                }
                (Some(label), None) => (
                    "a label must be at the end of a paragraph or line".to_owned(),
                    format!("move `{label}` to the end of a numbered paragraph or line, or write `\\{{` to print a brace"),
                ),
                (None, _) => (
                    "this label is never closed".to_owned(),
                    "close it with `}`, as in `{#name}`, or write `\\{` to print a brace".to_owned(),
                ),
            };
            let help = self.map.help(&help);
            self.report(Code::UnnumberedLabel, place, message).set_help(help);
        }
    }
}

/// A label as reports show it.
fn shortened(label: &str) -> String {
    match label.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}…}}", &label[..at]),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_is_shortened() {
        assert_eq!(shortened("{#lamps}"), "{#lamps}");
        let long = shortened(&format!("{{#{}}}", "é".repeat(100)));
        assert_eq!(long, format!("{{#{}…}}", "é".repeat(MAX_SHOWN - 2)));
    }
}
