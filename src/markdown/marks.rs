//! What lies inside plain text: quotation marks, citations `[@key, p. 3; @other]`, glossary references `[[term|shown]]` and labels.
//!
//! A bracket that is escaped, `\[` or `&#91;`, begins none of them.

use std::ops::Range;

use super::Reader;
use super::origin::Origin;
use crate::diagnostics::Code;
use crate::formats::{self, TextFormat};
use crate::lesson::prose::{Cite, Inline, Placed};
use crate::source::Place;

/// How far behind an interrupted citation its end is looked for, in bytes.
const LOOK_AHEAD: usize = 1000;

/// Most stars that begin emphasis.
const LONGEST_STARS: usize = 3;

/// A star, or an underscore, that begins or ends no emphasis.
pub(super) struct Star {
    pub mark: u8,
    pub place: Place,
}

/// A stretch of plain text, and where it stands in the Markdown.
struct Stretch<'t> {
    text: &'t str,
    origin: Origin,
}

impl Reader<'_> {
    /// Cuts a stretch of plain text into its pieces; `range` is where it stands in the Markdown.
    pub(super) fn marks(&mut self, text: &str, range: Range<usize>, nodes: &mut Vec<Inline>) {
        let stretch = Stretch { text, origin: Origin::new(text, self.text, range.start) };
        let (map, markdown) = (self.map, self.text);
        let place = |range: Range<usize>| {
            let range = stretch.origin.range(range.start, range.end, markdown);
            map.place(range.start, range.end)
        };
        self.glyphs.check(text, &place, self.diagnostics);
        if self.in_verse {
            self.stars(&stretch);
        }
        let mut done = 0;
        while let Some((at, mark)) = self.next(&stretch, done) {
            if !self.count_one() {
                return;
            }
            push_text(&text[done..at], nodes);
            let used = match mark {
                "\"" | "'" => {
                    nodes.push(Inline::Mark { double: mark == "\"" });
                    1
                }
                "[@" => self.citation(&stretch, at, nodes),
                "[[" => self.term(&stretch, at, nodes),
                "{{" => self.blank(&stretch, at, nodes),
                "{#" => {
                    let place = |length: usize| place(at..at + length);
                    self.loose_label(&text[at..], place);
                    push_text("{#", nodes);
                    2
                }
                "$`" => {
                    self.report(Code::BadEquation, place(at..at + 2), "an equation is opened here and never closed").help =
                        Some("close it with a backtick and a dollar sign: $`x^2`$".into());
                    2
                }
                _ => self.lonely_note(&stretch, at, nodes),
            };
            done = at + used;
        }
        push_text(&text[done..], nodes);
    }

    /// The next interruption of a plain text, at or behind `from`.
    fn next(&self, stretch: &Stretch<'_>, mut from: usize) -> Option<(usize, &'static str)> {
        let text = stretch.text;
        let escaped = |at: usize| matches!(self.text.as_bytes().get(stretch.origin.at(at)), Some(b'\\' | b'&'));
        loop {
            let at = from + text[from..].find(['"', '\'', '[', '{', '$'])?;
            let mark = ["\"", "'", "[@", "[[", "[^", "{{", "{#", "$`"].into_iter().find(|mark| text[at..].starts_with(mark));
            match mark {
                Some("{{") if !self.blanks => from = at + 2,
                Some(mark) if mark.len() == 1 || !(escaped(at) || escaped(at + 1)) => return Some((at, mark)),
                _ => from = at + 1,
            }
        }
    }

    /// Notes the stars of a line of verse that have been left as they stand, where emphasis could begin or end.
    fn stars(&mut self, stretch: &Stretch<'_>) {
        let text = stretch.text;
        let mut done = 0;
        while let Some(at) = text[done..].find(['*', '_']).map(|at| done + at) {
            let mark = text.as_bytes()[at];
            let length = text[at..].bytes().take_while(|byte| *byte == mark).count();
            done = at + length;
            let before = text[..at].chars().next_back().filter(|c| !c.is_whitespace());
            let after = text[done..].chars().next().filter(|c| !c.is_whitespace());
            let inside_a_word = mark == b'_' && [before, after].iter().all(|c| c.is_some_and(char::is_alphanumeric));
            let escaped = self.text.as_bytes().get(stretch.origin.at(at)) == Some(&b'\\');
            if (before.is_some() || after.is_some()) && length <= LONGEST_STARS && !inside_a_word && !escaped {
                let place = self.place_in(stretch, at, done);
                self.stars.push(Star { mark, place });
            }
        }
    }

    fn place_in(&self, stretch: &Stretch<'_>, start: usize, end: usize) -> Place {
        let range = stretch.origin.range(start, end, self.text);
        self.map.place(range.start, range.end)
    }

    /// Reads `[@key, locator; @other]` at `start`; returns its length.
    fn citation(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let close = text[1..].find(['[', ']']).map(|at| at + 1).filter(|at| text[*at..].starts_with(']'));
        let Some(close) = close else {
            let place = self.place_in(stretch, start, start + 2);
            if !text[1..].contains('[') && self.closes_later(stretch.origin.at(stretch.text.len())) {
                self.report(Code::BadCitation, place, "a citation holds plain text only").help =
                    Some("take the emphasis out of it: `[@key, p. 45]`".into());
            } else {
                self.unclosed(place, "write `[@key]`, or `[@key, p. 45]`");
            }
            return 2;
        };
        let mut sources = Vec::new();
        let mut part_start = 1;
        for part in text[1..close].split(';') {
            let part_at = start + part_start + (part.len() - part.trim_start().len());
            part_start += part.len() + 1;
            let part = part.trim();
            let (key, locator) = part.split_once(',').map_or((part, None), |(key, locator)| (key.trim(), Some(locator.trim())));
            let Some(key) = key.strip_prefix('@').filter(|key| !key.is_empty()) else {
                let place = self.place_in(stretch, start, start + close + 1);
                self.report(Code::BadCitation, place, format!("`{part}` names no source")).help =
                    Some("write the source's key behind an `@`: `[@first; @second, p. 45]`".into());
                continue;
            };
            if key.contains(char::is_whitespace) {
                let place = self.place_in(stretch, start, start + 2);
                self.unclosed(place, "write `[@key]`, or `[@key, p. 45]`: a key has no blanks");
                continue;
            }
            let place = self.place_in(stretch, part_at + 1, part_at + 1 + key.len());
            let locator = locator.filter(|locator| !locator.is_empty()).map(str::to_owned);
            sources.push(Cite { key: Placed { value: key.to_owned(), place }, locator });
        }
        if !sources.is_empty() {
            nodes.push(Inline::Citation { sources });
        }
        close + 1
    }

    fn unclosed(&mut self, place: Place, help: &str) {
        self.report(Code::BadCitation, place, "a citation is opened here and never closed").help = Some(help.to_owned());
    }

    /// Whether a bracket closes behind `from`, in the same paragraph and before another opens.
    fn closes_later(&self, from: usize) -> bool {
        let rest = self.text[from..].split("\n\n").next().unwrap_or_default();
        let bracket = rest.bytes().take(LOOK_AHEAD).find(|byte| matches!(byte, b'[' | b']'));
        bracket == Some(b']')
    }

    /// Reads `[[term]]` or `[[term|shown]]` at `start`; returns its length.
    fn term(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let inside = text[2..].split("[[").next().unwrap_or_default();
        let Some(close) = inside.find("]]").map(|at| at + 2) else {
            let place = self.place_in(stretch, start, start + 2);
            self.report(Code::UnknownTerm, place, "a glossary reference is opened here and never closed").help =
                Some("write `[[term]]`; brackets that are meant as they stand are written `\\[`".into());
            return 2;
        };
        let (term, shown) = text[2..close].split_once('|').unwrap_or((&text[2..close], &text[2..close]));
        let term_start = start + 2 + (term.len() - term.trim_start().len());
        let term = term.trim();
        let place = self.place_in(stretch, term_start, term_start + term.len());
        let mut inner = Vec::new();
        let mut rest = shown.trim();
        while let Some(at) = rest.find(['"', '\'']) {
            push_text(&rest[..at], &mut inner);
            if !self.count_one() {
                break;
            }
            inner.push(Inline::Mark { double: rest[at..].starts_with('"') });
            rest = &rest[at + 1..];
        }
        push_text(rest, &mut inner);
        nodes.push(Inline::Term { term: Placed { value: term.to_owned(), place }, nodes: inner });
        close + 2
    }

    /// Reads a blank `{{name}}` at `start`; returns its length.
    fn blank(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let inside = text[2..].split("{{").next().unwrap_or_default();
        let Some(length) = inside.find("}}") else {
            let place = self.place_in(stretch, start, start + 2);
            self.report(Code::BadBlank, place, "a blank is opened here and never closed").help =
                Some("write `{{name}}`; the name never prints, the teacher file answers by it".into());
            return 2;
        };
        let name = inside[..length].trim();
        let place = self.place_in(stretch, start, start + length + 4);
        if let Some(wrong) = formats::wrong(TextFormat::Id, name) {
            let message = if name.is_empty() { "this blank has no name".to_owned() } else { wrong.message };
            self.report(Code::BadBlank, place, message).help =
                Some("name it with lower-case letters, digits and hyphens: `{{clause}}`".into());
        }
        nodes.push(Inline::Blank { name: Placed { value: name.to_owned(), place } });
        length + 4
    }

    /// Reports a mark such as `[^1]` that the parser left as text because it has no note; returns its length.
    fn lonely_note(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let close = text[2..].find(['[', ']']).map(|at| at + 2).filter(|at| *at > 2 && text[*at..].starts_with(']'));
        let Some(close) = close else {
            push_text(&text[..2], nodes);
            return 2;
        };
        let name = &text[2..close];
        let place = self.place_in(stretch, start, start + close + 1);
        self.report(Code::UnknownFootnote, place, format!("there is no note `[^{name}]`")).help =
            Some(format!("add a line `[^{name}]: the note` to the same text"));
        close + 1
    }
}

fn push_text(text: &str, nodes: &mut Vec<Inline>) {
    if text.is_empty() {
        return;
    }
    if let Some(Inline::Text { text: last }) = nodes.last_mut() {
        last.push_str(text);
    } else {
        nodes.push(Inline::Text { text: text.to_owned() });
    }
}
