//! Hides characters from the Markdown parser that it would take for marks although handouts mean them as text, and turns pasted
//! bullets into list marks.
//!
//! A hidden character is replaced by a stand-in of the same length that means nothing in Markdown, so positions stay the same.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::stand_ins::{Hidden, stand_in};

/// Bullets that word processors and web pages leave behind. The last is from the Symbol font.
pub(super) const BULLETS: [char; 12] = ['•', '‣', '⁃', '▪', '●', '○', '◦', '■', '➢', '·', '\u{f0b7}', '\u{f0a7}'];

/// Characters that take no room.
pub(super) const INVISIBLE: [char; 5] = ['\u{200b}', '\u{2060}', '\u{feff}', '\u{200e}', '\u{200c}'];

/// What the address of a span in another language begins with, for the parser.
pub(super) const LANGUAGE: &str = "lang:";

/// How such a span ends in a lesson, as in Pandoc's Markdown: `[bon mot]{lang=fr}`.
const SPAN_END: &str = "]{lang=";

/// Text for the parser.
pub(super) struct Masked<'t> {
    /// As long as the original.
    pub text: Cow<'t, str>,
    /// What brings back the hidden characters.
    pub hidden: Hidden,
}

impl<'t> Masked<'t> {
    /// Hides characters and blanks out these link definitions. `is_line` is for a line such as a title, which can't have a list.
    pub(super) fn new(text: &'t str, definitions: &[Range<usize>], is_line: bool) -> Self {
        let hidden = Hidden::of(text);
        let text = if hidden.is_possible { masked(text, definitions, is_line) } else { Cow::Borrowed(text) };
        Self { text, hidden }
    }

    /// The offsets of hidden stars, in order.
    pub(super) fn hidden_stars(&self) -> Vec<usize> {
        let star = stand_in('*').filter(|_| self.hidden.is_possible);
        star.map_or_else(Vec::new, |star| self.text.match_indices(star).map(|(at, _)| at).collect())
    }
}

fn masked<'t>(text: &'t str, definitions: &[Range<usize>], is_line: bool) -> Cow<'t, str> {
    let mut mask = Mask { text, edits: Vec::new(), literal: literal_ranges(text), text_marks: BTreeSet::new() };
    mask.edits.extend(definitions.iter().map(|range| (range.start, " ".repeat(range.len()))));
    mask.line_beginnings(is_line);
    mask.languages();
    mask.raised_and_lowered();
    mask.products_and_blanks();
    mask.emphasis_beside_punctuation();
    mask.apply()
}

struct Mask<'t> {
    text: &'t str,
    /// Where something else goes, with the same length in bytes as what it replaces.
    edits: Vec<(usize, String)>,
    /// Code, equations, addresses, and footnote marks, in which nothing is hidden.
    literal: Vec<Range<usize>>,
    /// The offsets of stars and underscores that are text.
    text_marks: BTreeSet<usize>,
}

impl<'t> Mask<'t> {
    fn apply(mut self) -> Cow<'t, str> {
        if self.edits.is_empty() {
            return Cow::Borrowed(self.text);
        }
        self.edits.sort_by_key(|(at, _)| *at);
        let mut out = String::with_capacity(self.text.len());
        for (at, replacement) in self.edits {
            // Nothing is hidden in a definition.
            if at >= out.len() {
                out.push_str(&self.text[out.len()..at]);
                out.push_str(&replacement);
            }
        }
        out.push_str(&self.text[out.len()..]);
        Cow::Owned(out)
    }

    fn is_literal(&self, at: usize) -> bool {
        let after = self.literal.partition_point(|range| range.start <= at);
        after > 0 && self.literal[after - 1].contains(&at)
    }

    fn is_escaped(&self, at: usize) -> bool {
        let before = &self.text[..at];
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    }

    /// Hides the character at `at`, if it can be hidden. Returns whether it could.
    fn hide(&mut self, at: usize) -> bool {
        let Some(c) = self.text[at..].chars().next() else { return false };
        match stand_in(c) {
            Some(stand_in) if !self.is_literal(at) && !self.is_escaped(at) => {
                self.edits.push((at, stand_in.to_string()));
                true
            }
            _ => false,
        }
    }

    /// Replaces the character at `at` with spaces of the same length.
    fn blank(&mut self, at: usize, c: char) {
        self.edits.push((at, " ".repeat(c.len_utf8())));
    }

    /// Turns `[bon mot]{lang=fr}` into a link, which the parser knows, with an address of the same length.
    fn languages(&mut self) {
        let spans: Vec<usize> = self.text.match_indices(SPAN_END).map(|(at, _)| at).collect();
        for at in spans {
            let tag = at + SPAN_END.len();
            let Some(length) = self.text[tag..].find(['}', '\n', '[']) else { continue };
            let is_tag = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if self.text[tag + length..].starts_with('}') && is_tag(&self.text[tag..tag + length]) && !self.is_literal(at) {
                self.edits.push((at + 1, format!("({LANGUAGE}")));
                self.edits.push((tag + length, ")".to_owned()));
            }
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Beginnings of lines: `[Judge]: Guilty` is not a link definition, `1869. …` in a line is not a list, invisible and no-break
    /// spaces at a mark are spaces, and pasted bullets are list marks.
    fn line_beginnings(&mut self, is_line: bool) {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            self.line_beginning(start, line, is_line);
            start += line.len();
        }
    }

    fn line_beginning(&mut self, start: usize, line: &str, is_line: bool) {
        let content = line.trim_start_matches(|c: char| matches!(c, ' ' | '\t' | '>' | '\u{a0}') || INVISIBLE.contains(&c));
        let at = start + line.len() - content.len();
        let first = content.chars().next();
        if first.is_some_and(|c| matches!(c, '#' | '-' | '+' | '*' | '|') || BULLETS.contains(&c)) {
            for (offset, c) in line[..line.len() - content.len()].char_indices().filter(|(_, c)| !c.is_ascii()) {
                self.blank(start + offset, c);
            }
        }
        let digits = content.bytes().take_while(u8::is_ascii_digit).count();
        match first {
            Some('#' | '-' | '+' | '*') => {
                let marks = content.len() - content.trim_start_matches(content.chars().next().unwrap_or_default()).len();
                let after = at + marks;
                if let Some(c @ ('\u{a0}' | '\u{202f}' | '\u{2003}' | '\u{200b}' | '\u{3000}')) = self.after(after) {
                    self.blank(after, c);
                }
            }
            Some(bullet) if BULLETS.contains(&bullet) || is_word_bullet(content, line.len() - content.len()) => {
                let rest = &content[bullet.len_utf8()..];
                let blanks = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
                let total = bullet.len_utf8() + blanks;
                let after = blanks.min(MOST_SPACES);
                // The mark comes last, so bullets of every length have the same indentation, and what is indented below them belongs
                // to them.
                let before = total.saturating_sub(1 + after);
                if blanks > 0 && before < MOST_SPACES {
                    self.edits.push((at, format!("{}-{}", " ".repeat(before), " ".repeat(after))));
                }
            }
            Some('[') => self.not_a_definition(at),
            _ if is_line && digits >= YEAR_DIGITS && matches!(content.as_bytes().get(digits), Some(b'.' | b')')) => {
                self.hide(at + digits);
            }
            _ => {}
        }
    }

    /// Hides the colon of `[Judge]: Guilty`, unless an address follows.
    fn not_a_definition(&mut self, at: usize) {
        let label = &self.text[at + 1..];
        let mut escaped = false;
        let close = label.char_indices().find_map(|(offset, c)| match c {
            _ if escaped => {
                escaped = false;
                None
            }
            '\\' => {
                escaped = true;
                None
            }
            '[' | ']' => Some((offset, c)),
            _ => None,
        });
        let Some((close, ']')) = close else { return };
        let rest = &label[close + 1..];
        // The names of footnotes have no spaces.
        let is_note = label.starts_with('^') && !label[..close].contains(char::is_whitespace) && close > 1;
        if rest.starts_with(':') && !is_note && !is_address(rest[1..].trim_start()) {
            self.hide(at + 1 + close + 1);
        }
    }

    /// `~` and `^` lower and raise only what is between two of them without spaces; others are text.
    fn raised_and_lowered(&mut self) {
        let tokens: Vec<_> = words(self.text).filter(|range| self.text[range.clone()].contains(['~', '^'])).collect();
        for token in tokens {
            for mark in ['~', '^'] {
                let word = &self.text[token.clone()];
                let mut open: Option<usize> = None;
                let marks: Vec<_> = word.match_indices(mark).map(|(at, _)| token.start + at).collect();
                for at in marks {
                    if self.is_literal(at) || self.is_escaped(at) {
                        continue;
                    }
                    let is_run = self.text[at + 1..].starts_with(mark) || self.text[..at].ends_with(mark);
                    let Some(opened) = open else {
                        if is_run {
                            self.hide(at);
                        } else {
                            open = Some(at);
                        }
                        continue;
                    };
                    if is_run || self.is_arithmetic(mark, opened, at) {
                        self.hide(opened);
                        open = Some(at).filter(|_| !is_run);
                        if is_run {
                            self.hide(at);
                        }
                    } else {
                        open = None;
                    }
                }
                if let Some(at) = open {
                    self.hide(at);
                }
            }
        }
    }

    /// Whether two marks in a word stand between numbers: ranges such as `5~10/15~20`, or powers such as `x^2+y^2`.
    fn is_arithmetic(&self, mark: char, open: usize, close: usize) -> bool {
        let inside = &self.text[open + 1..close];
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let after = self.after(close + 1);
        match mark {
            _ if !inside.contains(|c: char| c.is_alphanumeric() || "+-−*∞".contains(c)) => true,
            '~' => is_digit(self.before(open)) && is_digit(inside.chars().next()) && is_digit(after),
            _ => {
                let has_operator = inside.chars().skip(1).any(|c| "+-−=*/×·<>".contains(c));
                is_digit(after) || (has_operator && after.is_some_and(char::is_alphanumeric))
            }
        }
    }

    /// `2*3*4` is a product, and `(____)` a blank to write on; neither is emphasis.
    fn products_and_blanks(&mut self) {
        let mut start = 0;
        let text = self.text;
        let lines = text.split_inclusive('\n').map(|line| {
            start += line.len();
            let is_rule = ['_', '*'].iter().any(|mark| line.chars().all(|c| c == *mark || c.is_whitespace()));
            (start, is_rule)
        });
        let mut lines = lines.peekable();
        for (range, mark) in runs_of(self.text, ['*', '_']) {
            if self.is_escaped(range.start) || self.is_literal(range.start) {
                continue;
            }
            let (before, after) = (self.before(range.start), self.after(range.end));
            let is_pair = matches!((before, after), (Some('('), Some(')')) | (Some('['), Some(']')) | (Some('"'), Some('"')))
                || matches!((before, after), (Some('\''), Some('\'')) | (Some('“'), Some('”')));
            let is_symbol = |c: Option<char>| c.is_some_and(|c| "-=^~/\\|".contains(c));
            let is_between_symbols = is_symbol(before) && is_symbol(after);
            let is_text = if mark == '*' {
                is_pair || is_between_symbols || (range.len() <= 2 && self.is_product(&range))
            } else {
                let opens = before.is_none_or(|c| c.is_whitespace() || "([{:,;–—".contains(c));
                let ends = after.is_none_or(|c| c.is_whitespace() || ")]}:,;.?!–—".contains(c));
                range.len() >= BLANK_LINE || is_pair || is_between_symbols || (opens && ends)
            };
            // A line of underscores alone is reported as a line.
            while lines.peek().is_some_and(|(end, _)| *end <= range.start) {
                lines.next();
            }
            let is_line = lines.peek().is_some_and(|(_, is_rule)| *is_rule);
            if is_text && !is_line {
                self.text_marks.insert(range.start);
                range.for_each(|at| {
                    self.hide(at);
                });
            }
        }
    }

    /// Whether stars multiply or raise what is on both sides of them without spaces: numbers, single letters, brackets, functions.
    fn is_product(&self, range: &Range<usize>) -> bool {
        let (left, right) = (&self.text[..range.start], &self.text[range.end..]);
        let is_factor = |word: &str| !word.is_empty() && (word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1);
        let word_before = left.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let word_after = right.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_left = is_factor(word_before) || left.ends_with([')', '}']);
        let is_function = !word_after.is_empty() && right[word_after.len()..].starts_with('(');
        is_left && (is_factor(word_after) || is_function || right.starts_with(['(', '{', '-', '−']))
    }

    /// In `**Note:**Read` and `a**"word"**`, CommonMark sees no emphasis because of the punctuation; hiding it makes it emphasis.
    fn emphasis_beside_punctuation(&mut self) {
        let is_punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut done = 0;
        for (range, mark) in runs_of(self.text, ['*', '_']) {
            if self.text[done..range.start].contains("\n\n") {
                open.clear();
            }
            done = range.end;
            if range.len() > LONGEST_STARS || self.is_literal(range.start) || self.is_escaped(range.start) {
                continue;
            }
            if self.text_marks.contains(&range.start) {
                continue;
            }
            let (before, after) = (self.before(range.start), self.after(range.end));
            let (is_space_before, is_space_after) =
                (before.is_none_or(char::is_whitespace), after.is_none_or(char::is_whitespace));
            let opened = open.iter().rposition(|known| *known == (mark, range.len()));
            match opened {
                Some(position) if !is_space_before => {
                    // An underscore within a word is text.
                    let is_within = mark == '_' && after.is_some_and(char::is_alphanumeric);
                    if let Some(c) = before.filter(|c| is_punctuation(*c) && *c != mark)
                        && after.is_some_and(|c| c.is_alphanumeric())
                        && !is_within
                        && !self.hide(range.start - c.len_utf8())
                    {
                        continue;
                    }
                    open.truncate(position);
                }
                None if !is_space_after => {
                    // Nothing opens before a comma.
                    let is_closing = after.is_some_and(|c| ",.;:!?)]}”’»…%".contains(c));
                    if let Some(c) = after.filter(|c| is_punctuation(*c) && *c != mark)
                        && before.is_some_and(char::is_alphanumeric)
                    {
                        // Only if it is closed later; otherwise it is text.
                        let closing = mark.to_string().repeat(range.len());
                        let rest = beginning(&self.text[range.end..]).split("\n\n").next().unwrap_or_default();
                        let is_closed = rest
                            .match_indices(&closing)
                            .any(|(at, _)| at > 0 && rest[..at].chars().next_back().is_some_and(|c| !c.is_whitespace()));
                        if mark == '_' || is_closing || !is_closed || stand_in(c).is_none() {
                            continue;
                        }
                        self.hide(range.end);
                    }
                    if open.len() == MOST_OPEN {
                        open.remove(0);
                    }
                    open.push((mark, range.len()));
                }
                _ => {}
            }
        }
    }
}

/// The fewest digits of a number at the beginning of a paragraph that is a year or the like, and not the number of a list.
pub(super) const YEAR_DIGITS: usize = 3;

/// The most spaces after a list mark; more begin code.
const MOST_SPACES: usize = 4;

/// Whether a line begins with the letter that word processors paste for a bullet of the second level.
fn is_word_bullet(content: &str, indent: usize) -> bool {
    content
        .strip_prefix('o')
        .is_some_and(|rest| rest.starts_with(['\t', '\u{a0}']) || rest.starts_with("  ") || (indent > 1 && rest.starts_with(' ')))
}

/// The fewest underscores that are always a blank to write on.
const BLANK_LINE: usize = 4;

/// How far ahead the end of something is looked for, in bytes.
const LOOK_AHEAD: usize = 2000;

/// The most marks that wait for their end.
const MOST_OPEN: usize = 64;

/// The beginning of text, as far as the end of something is looked for.
fn beginning(text: &str) -> &str {
    let mut end = LOOK_AHEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The most stars that start emphasis.
const LONGEST_STARS: usize = 3;

/// Whether text begins with an address.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches('<');
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The words of some text, without the spaces between them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_whitespace().map(move |word| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        start..start + word.len()
    })
}

/// The runs of the same mark in some text.
fn runs_of(text: &str, marks: [char; 2]) -> Vec<(Range<usize>, char)> {
    let mut runs: Vec<(Range<usize>, char)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| marks.contains(c)) {
        match runs.last_mut() {
            Some((range, mark)) if range.end == at && *mark == c => range.end = at + 1,
            _ => runs.push((at..at + 1, c)),
        }
    }
    runs
}

/// Code and equations in backticks, addresses, and footnote marks.
fn literal_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['`', '<', ']', '[']) {
        let start = at + found;
        let rest = beginning(&text[start..]);
        let length = match rest.as_bytes()[0] {
            b'`' => {
                let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
                let close = rest[ticks..].find(&rest[..ticks]).filter(|close| !rest[ticks..ticks + close].contains("\n\n"));
                close.map(|close| ticks + close + ticks).or(Some(ticks))
            }
            b'<' => rest[1..].find(['>', ' ', '\n']).filter(|close| rest[1 + close..].starts_with('>')).map(|close| close + 2),
            b']' if rest.starts_with("](") => rest.find([')', '\n']).map(|close| close + 1),
            b'[' if rest.starts_with("[^") => rest.find([']', '\n', ' ']).map(|close| close + 1),
            _ => None,
        };
        if let Some(length) = length {
            ranges.push(start..start + length);
        }
        at = start + length.unwrap_or(1);
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::super::stand_ins::original;
    use super::*;

    /// The characters that are hidden in some text, each as `¤`.
    fn hidden(text: &str) -> String {
        let Masked { text: masked, hidden } = Masked::new(text, &[], false);
        assert_eq!(hidden.restored(&masked), text, "everything comes back");
        masked.chars().map(|c| if original(c).is_some() { '¤' } else { c }).collect()
    }

    #[test]
    fn tildes_and_carets_pair_up_within_a_word() {
        assert_eq!(hidden("H~2~O and x^2^ and C~6~H~12~O~6~"), "H~2~O and x^2^ and C~6~H~12~O~6~");
        assert_eq!(hidden("5~10 cents in 1890 and 15~20"), "5¤10 cents in 1890 and 15¤20");
        assert_eq!(hidden("x^2+y^2=z^2"), "x¤2+y¤2=z¤2");
        assert_eq!(hidden("5~10/15~20 ~~gone~~"), "5¤10/15¤20 ¤¤gone¤¤");
        assert_eq!(hidden("note^1 and note^2, 10^6/10^3"), "note¤1 and note¤2, 10¤6/10¤3");
        assert_eq!(hidden("the 1^st^, $`x~1~`$, x^n+1^"), "the 1^st^, $`x~1~`$, x^n+1^");
    }

    #[test]
    fn products_and_blanks_are_text() {
        assert_eq!(hidden("2*3*4 and a*b*c but un*believ*able"), "2¤3¤4 and a¤b¤c but un*believ*able");
        assert_eq!(hidden("(____) and (____)"), "(¤¤¤¤) and (¤¤¤¤)");
        assert_eq!(hidden("__, __ and _word_"), "¤¤, ¤¤ and _word_");
    }

    #[test]
    fn punctuation_beside_emphasis_is_hidden() {
        assert_eq!(hidden("**Hint:**Read *this.*"), "**Hint¤**Read *this.*");
        assert_eq!(hidden("he said**\"Yes\"** and left"), "he said**¤Yes\"** and left");
        assert_eq!(hidden("**“文字”**文字"), "**“文字¤**文字");
        assert_eq!(hidden("(*one*) and *two*, [*x*](https://a.b)"), "(*one*) and *two*, [*x*](https://a.b)");
    }

    #[test]
    fn speakers_are_not_link_definitions() {
        assert_eq!(hidden("[Judge]: Guilty.\n\n[^1]: Note."), "[Judge]¤ Guilty.\n\n[^1]: Note.");
        assert_eq!(hidden("> [Judge]: Guilty."), "> [Judge]¤ Guilty.");
        assert_eq!(hidden("[site]: https://example.org"), "[site]: https://example.org");
    }

    #[test]
    fn pasted_bullets_are_list_marks() {
        assert_eq!(masked("• one\n•\ttwo\n  ◦ in\n## Title", &[], false), "  - one\n  - two\n    - in\n## Title");
        assert_eq!(masked("##\u{a0}Title\n-\u{a0}item", &[], false), "##  Title\n-  item");
        assert_eq!(masked("\u{200b}# Title", &[], false), "   # Title");
        assert_eq!(masked("1869. A year", &[], true), "1869\u{1} A year");
    }
}
