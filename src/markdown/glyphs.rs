//! Characters that cannot be printed: those that no font has, and invisible ones that the typesetter refuses.
//!
//! Markdown texts are checked while they are parsed, since an entity such as `&#x4e16;` shows its character only then; plain texts call [`Glyphs::check`] themselves.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;

/// How many reports one text gets.
const MAX_REPORTS: usize = 5;

/// How many missing characters a message shows.
const MAX_SHOWN: usize = 20;

/// Checks the characters of one text, in one stretch or several; each mistake is reported once.
pub struct Glyphs<'a> {
    has_glyph: &'a dyn Fn(char) -> bool,
    reported: Vec<String>,
}

impl<'a> Glyphs<'a> {
    /// A check of one text; `has_glyph` says whether some font has a character or whether it needs none.
    pub fn new(has_glyph: &'a dyn Fn(char) -> bool) -> Self {
        Self { has_glyph, reported: Vec::new() }
    }

    /// Reports each run of characters that cannot be printed; `place` gives the place of a range of bytes of `text`.
    pub fn check(&mut self, text: &str, place: &dyn Fn(Range<usize>) -> Place, diagnostics: &mut Diagnostics) {
        let mut letters = text.char_indices().peekable();
        while let Some((start, first)) = letters.next() {
            if self.reported.len() >= MAX_REPORTS {
                return;
            }
            if is_refused(first) {
                let message = format!("an invisible character (U+{:04X}) stands here", u32::from(first));
                self.report(message, "delete it", place(start..start + first.len_utf8()), diagnostics);
            } else if !(self.has_glyph)(first) {
                let mut end = start + first.len_utf8();
                while let Some((at, c)) = letters.next_if(|(_, c)| !is_refused(*c) && !(self.has_glyph)(*c)) {
                    end = at + c.len_utf8();
                }
                let help = "put a font that has it into a folder `fonts` beside the lessons, or write it another way";
                self.report(missing(&text[start..end]), help, place(start..end), diagnostics);
            }
        }
    }

    fn report(&mut self, message: String, help: &str, place: Place, diagnostics: &mut Diagnostics) {
        if !self.reported.contains(&message) {
            diagnostics.push(Diagnostic::new(Code::MissingGlyph, place, message.as_str()).help(help));
            self.reported.push(message);
        }
    }
}

/// Characters that no font draws and that the typesetter does not take for blanks.
fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{feff}' | '\u{1680}')
}

fn missing(run: &str) -> String {
    let mut letters = run.chars();
    match (letters.next(), letters.next()) {
        (Some(c), None) => format!("no font has the character `{c}` (U+{:04X})", u32::from(c)),
        _ => {
            let shown: String = run.chars().take(MAX_SHOWN).collect();
            let more = if run.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
            format!("no font has `{shown}{more}`")
        }
    }
}
