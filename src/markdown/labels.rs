//! Labels such as `{#denunciations}`, by which a question points to a paragraph or a line; whether that has a number is left to [`crate::check`].

use std::ops::Range;

use super::Reader;
use crate::diagnostics::Code;
use crate::lesson::prose::{Inline, Placed};
use crate::source::Place;

/// Longest label that a report shows, in bytes.
const MAX_SHOWN: usize = 64;

/// A `{#` in a text that is not taken as the label of a paragraph or line yet.
pub(super) struct Loose {
    /// How many bytes of the text it begins, without blanks at the end.
    tail: usize,
    place: Place,
    /// The label with its braces; `None` if it is not closed.
    shown: Option<String>,
}

impl Reader<'_> {
    /// Notes a `{#` with which `rest` begins, until it is taken as a label or reported.
    pub(super) fn loose_label(&mut self, rest: &str, place: impl Fn(usize) -> Place) {
        let close = rest[2..].find(['{', '}', '\n']).map(|at| at + 2).filter(|at| rest[*at..].starts_with('}'));
        let shown = close.filter(|at| *at < MAX_SHOWN).map(|at| rest[..=at].to_owned());
        let place = place(close.filter(|at| *at < MAX_SHOWN).map_or(2, |at| at + 1));
        self.loose_labels.push(Loose { tail: rest.trim_end().len(), place, shown });
    }

    /// Takes a label such as `{#denunciations}` from the end of a paragraph.
    pub(super) fn label(&mut self, mut nodes: Vec<Inline>, range: Range<usize>) -> (Vec<Inline>, Option<Placed<String>>) {
        let Some(Inline::Text { text }) = nodes.last_mut() else { return (nodes, None) };
        let trimmed = text.trim_end();
        let Some(open) = trimmed.rfind("{#").filter(|_| trimmed.ends_with('}')) else { return (nodes, None) };
        // One that is escaped is none.
        if self.loose_labels.last().is_none_or(|loose| loose.tail != trimmed.len() - open) {
            return (nodes, None);
        }
        self.loose_labels.pop();
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

    /// Reports what looks like a label and is none.
    pub(super) fn report_loose_labels(&mut self) {
        for Loose { place, shown, .. } in std::mem::take(&mut self.loose_labels) {
            let (message, help) = match shown {
                Some(label) => (
                    "a label stands only at the end of a paragraph or line".to_owned(),
                    format!(
                        "move `{label}` to the end of a numbered paragraph; braces that are meant as they stand are written `\\{{`"
                    ),
                ),
                None => (
                    "a label is opened here and never closed".to_owned(),
                    "write `{#name}`; braces that are meant as they stand are written `\\{`".to_owned(),
                ),
            };
            self.report(Code::UnnumberedLabel, place, message).help = Some(help);
        }
    }
}
