//! Characters that cannot be printed: those that no font has, and invisible ones that the typesetter rejects.
//!
//! Markdown is checked while it is parsed, because an entity such as `&#x4e16;` shows its character only then; for plain text,
//! call [`Glyphs::check`]. [`crate::typeset`] reads the fonts.

use std::ops::Range;

use unicode_script::{Script, UnicodeScript};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::script;
use crate::source::Place;

/// The most reports for one piece of text.
const MAX_REPORTS: usize = 5;

/// The most missing characters a message shows.
const MAX_SHOWN: usize = 20;

/// Which characters the fonts of a run have, and the font families.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// The first and last code point of each range, in order.
    stretches: Vec<(u32, u32)>,
    families: Vec<String>,
}

impl Coverage {
    /// The coverage of fonts with these code points and families.
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

    /// Whether some font has a glyph for `c`, or `c` needs none. Control characters, U+FEFF, and U+1680 need one, and no font has
    /// it.
    pub fn shows(&self, c: char) -> bool {
        let blank = c.is_whitespace() && !c.is_control() && c != '\u{1680}';
        let invisible = blank
            || matches!(c, '\n' | '\r' | '\t')
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}');
        // The math font has a glyph for U+FFFD, which stands for a lost character.
        invisible || (c != '\u{fffd}' && self.has(u32::from(c)))
    }

    fn has(&self, point: u32) -> bool {
        let after = self.stretches.partition_point(|(first, _)| *first <= point);
        after.checked_sub(1).is_some_and(|at| point <= self.stretches[at].1)
    }

    /// Whether the fonts can show a script: ten of its letters, because a font for another script may have a few.
    pub fn writes(&self, script: Script) -> bool {
        const SOME: usize = 10;
        let points = self.stretches.iter().flat_map(|(first, last)| *first..=*last).filter_map(char::from_u32);
        points.filter(|c| c.script() == script && c.is_alphabetic()).take(SOME).count() == SOME
    }

    /// The names of all families, sorted.
    pub fn families(&self) -> &[String] {
        &self.families
    }
}

/// Checks the characters of some text, in one piece or several. Each mistake is reported once.
pub struct Glyphs<'a> {
    coverage: &'a Coverage,
    /// Whether the text is Packetpress's own, in the language of the lesson.
    is_fixed: bool,
    reported: Vec<String>,
}

impl<'a> Glyphs<'a> {
    /// A check of some text.
    pub fn new(coverage: &'a Coverage) -> Self {
        Self { coverage, is_fixed: false, reported: Vec::new() }
    }

    /// Reports if packets in a language (a BCP 47 tag) can't be printed: their fixed `words`, or other text in its script.
    pub fn check_language(coverage: &'a Coverage, tag: &str, words: &str, place: Place, diagnostics: &mut Diagnostics) {
        let mut fixed = Self { is_fixed: true, ..Self::new(coverage) };
        fixed.check(words, &|_| place, diagnostics);
        if !fixed.reported.is_empty() {
            return;
        }
        if let Some(script) = script::of_language(tag).into_iter().find(|script| !coverage.writes(*script)) {
            let message = format!("no font has {}, which lessons in `{tag}` need", name(script));
            let help = format!("put a font such as {} in a `fonts` folder next to the lessons folder", font_for(script));
            fixed.report(message, help, Some(script), place, diagnostics);
        }
    }

    /// Reports each run of characters that cannot be printed. `place` returns the place of a byte range of `text`.
    pub fn check(&mut self, text: &str, place: &dyn Fn(Range<usize>) -> Place, diagnostics: &mut Diagnostics) {
        let mut letters = text.char_indices().peekable();
        while let Some((start, first)) = letters.next() {
            if self.reported.len() >= MAX_REPORTS {
                return;
            }
            if is_refused(first) {
                let message = format!("found an invisible character (U+{:04X})", u32::from(first));
                self.report(message, "delete it".to_owned(), None, place(start..start + first.len_utf8()), diagnostics);
            } else if !self.coverage.shows(first) {
                let mut end = start + first.len_utf8();
                // Consecutive words are one run.
                while let Some((at, c)) =
                    letters.next_if(|(_, c)| !is_refused(*c) && (c.is_whitespace() || !self.coverage.shows(*c)))
                {
                    if !c.is_whitespace() {
                        end = at + c.len_utf8();
                    }
                }
                let (mut message, mut help, script) = missing(&text[start..end]);
                if self.is_fixed {
                    message.push_str(" that packets in this language need");
                } else {
                    help.push_str(", or write it another way");
                }
                self.report(message, help, script, place(start..end), diagnostics);
            }
        }
    }

    fn report(&mut self, message: String, help: String, script: Option<Script>, place: Place, diagnostics: &mut Diagnostics) {
        if !self.reported.contains(&message) {
            let report = Diagnostic::new(Code::MissingGlyph, place, message.as_str()).help(help);
            // One font fixes all text in the same script.
            diagnostics.push(report.cause(script.map(Script::full_name)));
            self.reported.push(message);
        }
    }
}

/// Characters that no font draws and that the typesetter does not treat as spaces.
fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{feff}' | '\u{1680}')
}

/// What is missing, which font to add, and the script it is for.
pub fn missing(run: &str) -> (String, String, Option<Script>) {
    let script = run.chars().find_map(script_of);
    let font = script.map_or_else(|| "a font that has it".to_owned(), |script| format!("a font such as {}", font_for(script)));
    let help = format!("put {font} in a `fonts` folder next to the lessons folder");
    let mut letters = run.chars();
    let what = match (letters.next(), letters.next()) {
        (Some(c), None) => format!("`{c}` (U+{:04X})", u32::from(c)),
        _ => {
            let shown: String = run.chars().take(MAX_SHOWN).collect();
            let more = if run.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
            format!("`{shown}{more}`")
        }
    };
    let kind = match script {
        Some(script) => format!("the {} ", if run.chars().nth(1).is_some() { name(script) } else { one(script) }),
        None if run.chars().nth(1).is_some() => String::new(),
        None => "the character ".to_owned(),
    };
    (format!("no font has {kind}{what}"), help, script)
}

/// The script of a character or punctuation mark; `None` if many scripts use it.
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

/// What one character of a script is called.
fn one(script: Script) -> String {
    let name = name(script);
    name.strip_suffix('s').unwrap_or(&name).to_owned()
}

/// What several characters of a script are called.
fn name(script: Script) -> String {
    match script {
        Script::Han => "Chinese characters".to_owned(),
        Script::Hiragana | Script::Katakana => "Japanese kana".to_owned(),
        Script::Hangul => "Korean letters".to_owned(),
        script => format!("{} letters", script.full_name().replace('_', " ")),
    }
}

/// A free font for a script: Noto has one for each, named after it.
fn font_for(script: Script) -> String {
    match script {
        Script::Han => "Noto Serif SC".to_owned(),
        Script::Hiragana | Script::Katakana => "Noto Serif JP".to_owned(),
        Script::Hangul => "Noto Serif KR".to_owned(),
        // Noto draws the dots of Arabic letters separately, which makes the words of a PDF unsearchable.
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

    #[test]
    fn a_few_letters_are_not_a_script() {
        let few = Coverage::new(('α'..='ε').map(u32::from), Vec::new());
        let all = Coverage::new(('α'..='ω').map(u32::from), Vec::new());
        assert!(!few.writes(Script::Greek) && all.writes(Script::Greek) && !all.writes(Script::Latin));
    }
}
