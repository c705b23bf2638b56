//! Equations in the middle of a line; reading their LaTeX is left to [`crate::equation`].

use std::ops::Range;

use super::Reader;
use crate::diagnostics::Code;
use crate::equation;
use crate::lesson::prose::Inline;

/// What is said of an equation that stands between double quotation marks.
pub const SPOILT: &str = "between double quotation marks a backslash begins a code, so the equation is spoilt";

/// Whether a text has what is left of commands such as `\theta` and `\neq` between double quotation marks.
pub fn is_spoilt(text: &str) -> bool {
    text.contains(|c: char| c.is_control() || matches!(c, '\u{a0}' | '\u{2028}' | '\u{2029}'))
}

impl Reader<'_> {
    /// An equation in the middle of a line; `range` is where it stands, with its marks.
    pub(super) fn equation(&mut self, tex: &str, range: Range<usize>, nodes: &mut Vec<Inline>) {
        let place = self.map.place(range.start, range.end);
        if self.map.has_codes() && is_spoilt(&self.text[range.clone()]) {
            self.report(Code::BadEquation, place, SPOILT).help =
                Some("put the whole text between single quotation marks, or below `|`".into());
            return;
        }
        match equation::parse(tex) {
            Ok(math) => {
                self.glyphs.check(tex, &|_| place, self.diagnostics);
                nodes.push(Inline::Equation { math });
            }
            Err(mistakes) => {
                let start = self.text[range.clone()].find(tex).map_or(range.start, |at| range.start + at);
                for mistake in mistakes {
                    let place = self.map.place(start + mistake.range.start, start + mistake.range.end);
                    self.report(Code::BadEquation, place, mistake.message).help = mistake.help;
                }
            }
        }
    }
}
