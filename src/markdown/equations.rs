//! Equations within a line. Their LaTeX is read by [`crate::equation`].

use std::ops::Range;

use super::Reader;
use crate::diagnostics::Code;
use crate::equation;
use crate::lesson::prose::Inline;

/// The message for an equation in double quotation marks.
pub const SPOILT: &str = "in double quotation marks, a backslash starts a YAML escape code, which garbled this equation";

/// Whether text contains what double quotation marks make of commands such as `\theta` and `\neq`.
pub fn is_spoilt(text: &str) -> bool {
    text.contains(|c: char| c.is_control() || matches!(c, '\u{a0}' | '\u{2028}' | '\u{2029}'))
}

impl Reader<'_> {
    /// An equation within a line; `range` includes its marks.
    pub(super) fn equation(&mut self, tex: &str, range: Range<usize>, nodes: &mut Vec<Inline>) {
        let place = self.map.place(range.start, range.end);
        if self.map.has_codes() && is_spoilt(&self.text[range.clone()]) {
            self.report(Code::BadEquation, place, SPOILT)
                .set_help("write each backslash in it twice, or put the whole text in single quotation marks or below `|`");
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
                    let help = mistake.help.map(|help| self.map.help(&help));
                    self.report(Code::BadEquation, place, mistake.message).help = help.map(Into::into);
                }
            }
        }
    }
}
