//! Text: plain, Markdown, LaTeX, and words in a format.

use super::keyword::Markdown;
use super::reader::Reader;
use super::subject::Subject;
use super::{Kind, Shape};
use crate::diagnostics::{Change, Code, Diagnostic, Help};
use crate::equation;
use crate::formats::{self, TextFormat, Wrong};
use crate::glyphs::Glyphs;
use crate::lesson::block::cloze::ClozeText;
use crate::lesson::block::equation::Formula;
use crate::lesson::prose::{Inline, Inlines, Prose};
use crate::lesson::values::Length;
use crate::markdown;
use crate::value::Datum;
use crate::yaml::{Joining, Node, Scalar, TextMap, Value};

impl<'a> Reader<'a> {
    pub(super) fn text(&mut self, node: &Node, shape: &'a Shape, kind: &Kind, what: Subject<'_>) -> Option<Datum> {
        if let (true, Value::List(nodes)) = (shape.takes_range, &node.value)
            && let Some(range) = range(nodes)
        {
            return Some(Datum::Text(range));
        }
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
        self.not_instead(node, scalar, shape, what)?;
        // In straight marks, curly ones are part of the text: `title: "“Hope”"`.
        let is_quoted = scalar.joining == Some(Joining::Quoted);
        let text = if is_quoted { scalar.text.trim() } else { without_curly_marks(scalar.text.trim()) };
        self.not_empty(node, shape, text, what)?;
        if let Some(wrong) = format.and_then(|format| formats::wrong(format, text)) {
            let code = wrong.code;
            let (message, help) = match (&shape.format_help, format) {
                (Some(help), Some(TextFormat::Id)) => label_help(text, help, wrong),
                (Some(help), _) => (wrong.message, Help { text: help.clone(), change: wrong.help.change }),
                (None, Some(TextFormat::Address)) if shape.takes_null => {
                    let text = format!("{}; for a dead link, write `null`", wrong.help);
                    (wrong.message, Help { text, change: wrong.help.change })
                }
                (None, _) => (wrong.message, wrong.help),
            };
            self.diagnostics.push(Diagnostic::new(code, node.place, message).help(help));
            return None;
        }
        if let (Some((shown, help)), Some(length)) = (&shape.least, Length(text.to_owned()).points())
            && Length(shown.clone()).points().is_some_and(|least| length < least)
        {
            self.report(Code::OutOfRange, node.place, format!("{what} is {text}; the minimum is {shown}")).help(help);
            return None;
        }
        Some(Datum::Text(text.to_owned()))
    }

    /// Reads some kind of Markdown.
    fn markdown(&mut self, node: &Node, scalar: &Scalar, shape: &Shape, kind: Markdown, what: Subject<'_>) -> Option<Datum> {
        self.not_empty(node, shape, &scalar.text, what)?;
        self.not_instead(node, scalar, shape, what)?;
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let (text, coverage) = (scalar.text.as_str(), self.context.coverage);
        Some(Datum::Parsed(match kind {
            Markdown::Inline => {
                let nodes = markdown::inline(text, &map, coverage, self.diagnostics);
                let is_plain = matches!(&nodes[..], [] | [Inline::Text { .. }]);
                let typed = (!is_plain).then(|| text.trim().into());
                Box::new(Inlines { nodes, typed, place: Some(node.place) })
            }
            Markdown::Blocks => Box::new(Prose(markdown::blocks(text, &map, coverage, self.diagnostics))),
            Markdown::Blanks => Box::new(ClozeText(Prose(markdown::with_blanks(text, &map, coverage, self.diagnostics)))),
            Markdown::Verse => Box::new(markdown::verse(text, &map, coverage, self.diagnostics)),
        }))
    }

    /// Reads an equation in LaTeX.
    fn formula(&mut self, node: &Node, scalar: &Scalar) -> Option<Datum> {
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        if map.has_codes() && markdown::is_spoilt(&scalar.text) {
            let written = in_single_marks(self.context.sources.text(node.place));
            self.report(Code::BadEquation, node.place, markdown::SPOILT.to_owned())
                .help(format!("put it in single quotation marks: `{written}`"));
            return None;
        }
        self.glyphs(node, scalar);
        match equation::parse(&scalar.text) {
            Ok(math) => Some(Datum::Parsed(Box::new(Formula(Some(math))))),
            Err(mistakes) => {
                for mistake in mistakes {
                    let place = map.place(mistake.range.start, mistake.range.end);
                    self.report(Code::BadEquation, place, mistake.message).maybe_help(mistake.help.map(|help| map.help(&help)));
                }
                None
            }
        }
    }

    /// Reports a word that means something other than text.
    fn not_instead(&mut self, node: &Node, scalar: &Scalar, shape: &Shape, what: Subject<'_>) -> Option<()> {
        let text = scalar.text.trim();
        let Some(help) = shape.instead.get(text) else { return Some(()) };
        self.report(Code::WrongType, node.place, format!("expected text for {what}, found `{text}`")).help(help);
        None
    }

    /// Reports text that has only spaces.
    fn not_empty(&mut self, node: &Node, shape: &Shape, text: &str, what: Subject<'_>) -> Option<()> {
        if text.trim().is_empty() {
            let help = self.or_delete(node, "write something", what);
            self.empty(node, shape, what, &help);
            return None;
        }
        Some(())
    }

    /// Reports the first characters of plain text that can't be printed; Markdown is checked separately.
    fn glyphs(&mut self, node: &Node, scalar: &Scalar) {
        // Most text doesn't need a map.
        let plain = |c: char| (' '..='~').contains(&c) || c == '\n';
        if scalar.text.chars().all(|c| plain(c) && self.context.coverage.shows(c)) {
            return;
        }
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let place = |range: std::ops::Range<usize>| map.place(range.start, range.end);
        Glyphs::new(self.context.coverage).check(&scalar.text, &place, self.diagnostics);
    }
}

/// The report of a label that isn't a valid id. `help` has `<id>` in place of the id that the text can become.
fn label_help(text: &str, help: &str, wrong: Wrong) -> (String, Help) {
    // The id of a lesson is the name of its file, not a label.
    if !help.contains("{#") {
        let id = crate::lesson::values::slug(text).filter(|_| !text.ends_with(".yaml"));
        let help = |id: String| Help::with(help.replace("<id>", &id), Change::Replace(id));
        return (wrong.message, id.map_or(wrong.help, help));
    }
    let is_number = |id: &String| id.bytes().all(|byte| byte.is_ascii_digit());
    let id = crate::lesson::values::slug(text).filter(|id| !is_number(id)).unwrap_or_else(|| "name".to_owned());
    (wrong.message.replace("as an id", "as a label"), help.replace("<id>", &id).into())
}

/// A value written in double quotation marks, in single ones. An equation may have doubled its backslashes in part.
fn in_single_marks(written: &str) -> String {
    let inside = written.trim_matches('"').replace("\\\\", "\\").replace('\'', "''");
    format!("'{}'", inside.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Text without the curly quotation marks that some programs type around a value in place of straight ones.
fn without_curly_marks(text: &str) -> &str {
    let inner = text.strip_prefix('“').and_then(|text| text.strip_suffix('”'));
    inner.filter(|inner| !inner.contains(['“', '”'])).map_or(text, str::trim)
}

/// A list of grades as text: `[6, 7, 8]` as "6-8", and `[6, 8]` as "6, 8".
fn range(nodes: &[Node]) -> Option<String> {
    let text = |node: &Node| if let Value::Text(scalar) = &node.value { Some(scalar.text.trim().to_owned()) } else { None };
    let grades = nodes.iter().map(text).collect::<Option<Vec<_>>>().filter(|grades| !grades.is_empty())?;
    let number = |grade: &String| if grade.eq_ignore_ascii_case("k") { Some(0) } else { grade.parse::<u32>().ok() };
    let numbers = grades.iter().map(number).collect::<Option<Vec<_>>>();
    let is_range = numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[1] == pair[0].saturating_add(1)));
    Some(match (&grades[..], is_range) {
        ([first, .., last], true) => format!("{first}-{last}"),
        _ => grades.join(", "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_gets_the_id_that_its_text_can_become() {
        let help = |text: &str| {
            let wrong = formats::wrong(TextFormat::Id, text).expect("it isn't an id");
            label_help(text, "write `{#<id>}`", wrong).1.text
        };
        assert_eq!(help("Document A"), "write `{#document-a}`");
        assert_eq!(help("¶1"), "write `{#name}`");
    }

    #[test]
    fn an_equation_in_double_quotation_marks_is_shown_in_single_ones() {
        assert_eq!(in_single_marks(r#""\frac{1}{2} + f'(x)""#), r"'\frac{1}{2} + f''(x)'");
        assert_eq!(in_single_marks(r#""\\frac{a}{b} \ne 1""#), r"'\frac{a}{b} \ne 1'");
    }

    #[test]
    fn curly_quotation_marks_around_a_whole_value_are_removed() {
        assert_eq!(without_curly_marks("“7:4”"), "7:4");
        assert_eq!(without_curly_marks("“yes” and “no”"), "“yes” and “no”");
        assert_eq!(without_curly_marks("say “no”"), "say “no”");
    }
}
