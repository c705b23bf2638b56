//! Characters that cannot be printed: those that no font has, and invisible ones that the typesetter refuses.
//!
//! Markdown texts are checked while they are parsed, since an entity such as `&#x4e16;` shows its character only then; plain texts call [`Glyphs::check`] themselves. Reading the fonts is left to [`crate::typeset`].

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;

/// How many reports one text gets.
const MAX_REPORTS: usize = 5;

/// How many missing characters a message shows.
const MAX_SHOWN: usize = 20;

/// Which characters the fonts of a run can show, and which families they are of.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// The first and the last code point of each stretch, in their order.
    stretches: Vec<(u32, u32)>,
    families: Vec<String>,
}

impl Coverage {
    /// The coverage of fonts that have these code points between them and are of these families.
    pub fn new(code_points: impl IntoIterator<Item = u32>, families: Vec<String>) -> Self {
        let mut code_points: Vec<u32> = code_points.into_iter().collect();
        code_points.sort_unstable();
        let mut stretches: Vec<(u32, u32)> = Vec::new();
        for point in code_points {
            match stretches.last_mut() {
                Some((_, last)) if point <= *last + 1 => *last = point,
                _ => stretches.push((point, point)),
            }
        }
        Self { stretches, families }
    }

    /// Whether some font has a glyph for `c`, or `c` needs none; control characters, U+FEFF and U+1680 do, and no font has them.
    pub fn shows(&self, c: char) -> bool {
        let blank = c.is_whitespace() && !c.is_control() && c != '\u{1680}';
        let invisible = blank
            || matches!(c, '\n' | '\r' | '\t')
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}');
        // The mathematics font has a picture of U+FFFD, which stands for a character that was lost.
        invisible || (c != '\u{fffd}' && self.has(u32::from(c)))
    }

    fn has(&self, point: u32) -> bool {
        let after = self.stretches.partition_point(|(first, _)| *first <= point);
        after.checked_sub(1).is_some_and(|at| point <= self.stretches[at].1)
    }

    /// The names of all families, in alphabetical order.
    pub fn families(&self) -> &[String] {
        &self.families
    }
}

/// Checks the characters of one text, in one stretch or several; each mistake is reported once.
pub struct Glyphs<'a> {
    coverage: &'a Coverage,
    reported: Vec<String>,
}

impl<'a> Glyphs<'a> {
    /// A check of one text against what the fonts can show.
    pub fn new(coverage: &'a Coverage) -> Self {
        Self { coverage, reported: Vec::new() }
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
                self.report(message, "delete it", None, place(start..start + first.len_utf8()), diagnostics);
            } else if !self.coverage.shows(first) {
                let mut end = start + first.len_utf8();
                // Words that follow one another are one text.
                while let Some((at, c)) =
                    letters.next_if(|(_, c)| !is_refused(*c) && (c.is_whitespace() || !self.coverage.shows(*c)))
                {
                    if !c.is_whitespace() {
                        end = at + c.len_utf8();
                    }
                }
                let (message, help, script) = missing(&text[start..end]);
                self.report(message, &help, script, place(start..end), diagnostics);
            }
        }
    }

    fn report(&mut self, message: String, help: &str, script: Option<Script>, place: Place, diagnostics: &mut Diagnostics) {
        if !self.reported.contains(&message) {
            let report = Diagnostic::new(Code::MissingGlyph, place, message.as_str()).help(help);
            // One font mends all texts that are written so.
            diagnostics.push(report.cause(script.map(Script::full_name)));
            self.reported.push(message);
        }
    }
}

/// Characters that no font draws and that the typesetter does not take for blanks.
fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{feff}' | '\u{1680}')
}

/// What is missing, what to do about it, and in which script it is written.
pub fn missing(run: &str) -> (String, String, Option<Script>) {
    let script = run.chars().find_map(script_of);
    let font =
        script.map_or_else(|| "a font that has it".to_owned(), |script| format!("a font for it, as {},", font_for(script)));
    let help = format!("put {font} into a folder `fonts` beside the lessons, or write it another way");
    let mut letters = run.chars();
    let what = match (letters.next(), letters.next()) {
        (Some(c), None) => format!("the character `{c}` (U+{:04X})", u32::from(c)),
        _ => {
            let shown: String = run.chars().take(MAX_SHOWN).collect();
            let more = if run.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
            format!("`{shown}{more}`")
        }
    };
    let written = script.map_or_else(String::new, |script| format!(", which is written in {}", name(script)));
    (format!("no font has {what}{written}"), help, script)
}

/// The script of a character, or that whose punctuation it is; `None` for one that many have.
fn script_of(c: char) -> Option<Script> {
    let is_wide = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    match c.script() {
        Script::Common | Script::Inherited if is_wide => Some(Script::Han),
        Script::Common | Script::Inherited => {
            let users = c.script_extension();
            let is_of_few = !users.is_common() && !users.is_inherited();
            [Script::Arabic, Script::Hebrew].into_iter().find(|script| is_of_few && users.contains_script(*script))
        }
        Script::Unknown => None,
        script => Some(script),
    }
}

/// What a script is called.
fn name(script: Script) -> String {
    match script {
        Script::Han => "Chinese characters".to_owned(),
        Script::Hiragana | Script::Katakana => "Japanese kana".to_owned(),
        Script::Hangul => "Korean letters".to_owned(),
        script => format!("{} letters", script.full_name().replace('_', " ")),
    }
}

/// A free font for a script: the Noto family has one for each, named after it.
fn font_for(script: Script) -> String {
    match script {
        Script::Han => "Noto Serif SC".to_owned(),
        Script::Hiragana | Script::Katakana => "Noto Serif JP".to_owned(),
        Script::Hangul => "Noto Serif KR".to_owned(),
        // Noto draws the dots of Arabic letters by themselves, and then no reader finds the words of a PDF again.
        Script::Arabic => "Amiri".to_owned(),
        script => format!("Noto Sans {}", script.full_name().replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_what_the_fonts_have_and_nothing_else() {
        let points = ['b', 'a', 'c', 'x', 'b', '中'].map(u32::from);
        let coverage = Coverage::new(points, vec!["One".to_owned()]);
        assert!("abcx中".chars().all(|c| coverage.shows(c)));
        assert!("`dwyz丬".chars().all(|c| !coverage.shows(c)));
        assert!(coverage.shows(' ') && coverage.shows('\u{ad}') && !coverage.shows('\u{7}') && !coverage.shows('\u{feff}'));
        assert!(!Coverage::default().shows('a'));
    }
}
