//! Texts: plain ones, Markdown, LaTeX, and words of a format.

use super::keyword::Markdown;
use super::reader::Reader;
use super::subject::Subject;
use super::{Kind, Shape};
use crate::diagnostics::{Code, Diagnostic};
use crate::equation;
use crate::formats;
use crate::glyphs::Glyphs;
use crate::lesson::block::cloze::ClozeText;
use crate::lesson::block::equation::Formula;
use crate::lesson::prose::{Inlines, Prose};
use crate::lesson::values::Length;
use crate::markdown;
use crate::value::Datum;
use crate::yaml::{Node, Scalar, TextMap, Value};

impl<'a> Reader<'a> {
    pub(super) fn text(&mut self, node: &Node, shape: &'a Shape, kind: &Kind, what: Subject<'_>) -> Option<Datum> {
        let Value::Text(scalar) = &node.value else {
            self.no_text(node, shape, what);
            return None;
        };
        let format = match kind {
            Kind::Markdown(kind) => return self.markdown(node, scalar, shape, *kind, what),
            Kind::Tex => {
                self.not_empty(node, shape, &scalar.text, what)?;
                return self.formula(node, scalar);
            }
            Kind::Text(format) => *format,
            _ => None,
        };
        self.glyphs(node, scalar);
        let text = scalar.text.trim();
        self.not_empty(node, shape, text, what)?;
        if let Some(wrong) = format.and_then(|format| formats::wrong(format, text)) {
            let help = shape.format_help.clone().unwrap_or(wrong.help);
            self.diagnostics.push(Diagnostic::new(wrong.code, node.place, wrong.message).help(help));
            return None;
        }
        if let (Some((shown, help)), Some(length)) = (&shape.least, Length(text.to_owned()).points())
            && Length(shown.clone()).points().is_some_and(|least| length < least)
        {
            self.report(
                Code::OutOfRange,
                node.place,
                format!("{what} is only {text} high, and it must be at least {shown} high"),
            )
            .help(help);
            return None;
        }
        Some(Datum::Text(text.to_owned()))
    }

    /// A text that is Markdown of some kind.
    fn markdown(&mut self, node: &Node, scalar: &Scalar, shape: &Shape, kind: Markdown, what: Subject<'_>) -> Option<Datum> {
        self.not_empty(node, shape, &scalar.text, what)?;
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let (text, coverage) = (scalar.text.as_str(), self.context.coverage);
        Some(Datum::Parsed(match kind {
            Markdown::Inline => {
                let nodes = markdown::inline(text, &map, coverage, self.diagnostics);
                Box::new(Inlines { nodes, place: Some(node.place) })
            }
            Markdown::Blocks => Box::new(Prose(markdown::blocks(text, &map, coverage, self.diagnostics))),
            Markdown::Blanks => Box::new(ClozeText(Prose(markdown::with_blanks(text, &map, coverage, self.diagnostics)))),
            Markdown::Verse => Box::new(markdown::verse(text, &map, coverage, self.diagnostics)),
        }))
    }

    /// An equation in LaTeX.
    fn formula(&mut self, node: &Node, scalar: &Scalar) -> Option<Datum> {
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        if map.has_codes() && markdown::is_spoilt(&scalar.text) {
            self.report(Code::BadEquation, node.place, markdown::SPOILT.to_owned())
                .help("put it between single quotation marks: `'\\frac{a}{b}'`");
            return None;
        }
        self.glyphs(node, scalar);
        match equation::parse(&scalar.text) {
            Ok(math) => Some(Datum::Parsed(Box::new(Formula(Some(math))))),
            Err(mistakes) => {
                for mistake in mistakes {
                    let place = map.place(mistake.range.start, mistake.range.end);
                    self.report(Code::BadEquation, place, mistake.message).maybe_help(mistake.help);
                }
                None
            }
        }
    }

    /// Reports a text of nothing but blanks.
    fn not_empty(&mut self, node: &Node, shape: &Shape, text: &str, what: Subject<'_>) -> Option<()> {
        if text.trim().is_empty() {
            let help = self.or_delete(node, "write something");
            self.empty(node, shape, what, &help);
            return None;
        }
        Some(())
    }

    /// Reports the first characters of a plain text that cannot be printed; Markdown checks its own.
    fn glyphs(&mut self, node: &Node, scalar: &Scalar) {
        // Most texts need no map.
        let plain = |c: char| (' '..='~').contains(&c) || c == '\n';
        if scalar.text.chars().all(|c| plain(c) && self.context.coverage.shows(c)) {
            return;
        }
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let place = |range: std::ops::Range<usize>| map.place(range.start, range.end);
        Glyphs::new(self.context.coverage).check(&scalar.text, &place, self.diagnostics);
    }
}
