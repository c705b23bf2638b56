//! Texts: plain ones, Markdown, LaTeX, and words of a format.

use serde_json::{Value as Json, json};

use super::keywords::{choices, flag};
use super::{AN_ENTRY, Walker};
use crate::diagnostics::{Code, Diagnostic};
use crate::equation;
use crate::lesson::values::Length;
use crate::markdown::{self, glyphs::Glyphs};
use crate::read::formats;
use crate::yaml::{Node, Scalar, TextMap, Value};

impl<'a> Walker<'a> {
    pub(super) fn text(&mut self, node: &Node, schema: &'a Json, what: &str) -> Option<Json> {
        let Value::Text(scalar) = &node.value else {
            self.no_text(node, schema, what);
            return None;
        };
        if let Some(choices) = choices(schema) {
            let help = schema.get("x-otherwise").or_else(|| self.resolve(schema).get("x-otherwise")).and_then(Json::as_str);
            return self.choice(node.place, &scalar.text, &choices, help, what);
        }
        if let Some(kind) = schema.get("x-markdown").and_then(Json::as_str) {
            return self.markdown(node, scalar, schema, kind, what);
        }
        if flag(schema, "x-tex") {
            self.not_empty(node, schema, &scalar.text, what)?;
            return self.formula(node, scalar);
        }
        self.glyphs(node, scalar);
        let text = scalar.text.trim();
        self.not_empty(node, schema, text, what)?;
        if let Some(wrong) = schema.get("format").and_then(Json::as_str).and_then(|format| formats::wrong(format, text)) {
            let points = what.trim_start_matches(AN_ENTRY).trim() == "`see`";
            let help = if points { "write the label, such as `beginning` for `{#beginning}`".to_owned() } else { wrong.help };
            self.diagnostics.push(Diagnostic::new(wrong.code, node.place, wrong.message).help(help));
            return None;
        }
        if let (Some(least), Some(length)) = (schema.get("x-least"), Length(text.to_owned()).points()) {
            let shown = least["length"].as_str().expect("`x-least` has a length");
            if Length(shown.to_owned()).points().is_some_and(|least| length < least) {
                self.report(
                    Code::OutOfRange,
                    node.place,
                    format!("{what} is only {text} high, and it must be at least {shown} high"),
                )
                .maybe_help(least["help"].as_str().map(str::to_owned));
                return None;
            }
        }
        Some(text.into())
    }

    /// A text that is Markdown of some kind.
    fn markdown(&mut self, node: &Node, scalar: &Scalar, schema: &Json, kind: &str, what: &str) -> Option<Json> {
        self.not_empty(node, schema, &scalar.text, what)?;
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let (text, has_glyph) = (scalar.text.as_str(), self.context.has_glyph);
        Some(match kind {
            "inline" => json!({"nodes": markdown::inline(text, &map, has_glyph, self.diagnostics), "place": node.place}),
            "verse" => json!(markdown::verse(text, &map, has_glyph, self.diagnostics)),
            "blanks" => json!(markdown::with_blanks(text, &map, has_glyph, self.diagnostics)),
            _ => json!(markdown::blocks(text, &map, has_glyph, self.diagnostics)),
        })
    }

    /// An equation in LaTeX.
    fn formula(&mut self, node: &Node, scalar: &Scalar) -> Option<Json> {
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        if map.has_codes() && markdown::is_spoilt(&scalar.text) {
            self.report(Code::BadEquation, node.place, markdown::SPOILT.to_owned())
                .help("put it between single quotation marks: `'\\frac{a}{b}'`");
            return None;
        }
        self.glyphs(node, scalar);
        match equation::parse(&scalar.text) {
            Ok(math) => Some(json!(math)),
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
    fn not_empty(&mut self, node: &Node, schema: &Json, text: &str, what: &str) -> Option<()> {
        if text.trim().is_empty() {
            let help = self.or_delete(node, "write something");
            self.empty(node, schema, what, &help);
            return None;
        }
        Some(())
    }

    /// Reports the first characters of a plain text that cannot be printed; Markdown checks its own.
    fn glyphs(&mut self, node: &Node, scalar: &Scalar) {
        // Most texts need no map.
        let plain = |c: char| (' '..='~').contains(&c) || c == '\n';
        if scalar.text.chars().all(|c| plain(c) && (self.context.has_glyph)(c)) {
            return;
        }
        let map = TextMap::new(node, &scalar.text, self.context.sources);
        let place = |range: std::ops::Range<usize>| map.place(range.start, range.end);
        Glyphs::new(self.context.has_glyph).check(&scalar.text, &place, self.diagnostics);
    }
}
