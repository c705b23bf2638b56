//! Marks inside plain text: quotation marks, glossary references `[[term|shown]]`, and labels. `citations` reads citations.
//!
//! An escaped bracket, `\[` or `&#91;`, doesn't start one.

use std::ops::Range;

use super::origin::{Origin, Stretch};
use super::{Reader, citations};
use crate::diagnostics::Code;
use crate::formats::{self, TextFormat};
use crate::lesson::prose::{Inline, Placed};
use crate::source::Place;

/// The most stars that start emphasis.
const LONGEST_STARS: usize = 3;

/// A star or underscore that is not part of emphasis.
pub(super) struct Star {
    pub mark: u8,
    pub place: Place,
}

impl Reader<'_> {
    /// Splits plain text into pieces; `range` is its position in the Markdown.
    pub(super) fn marks(&mut self, text: &str, range: Range<usize>, nodes: &mut Vec<Inline>) {
        let stretch = Stretch { text, origin: Origin::new(text, self.text, range.start) };
        let (map, markdown) = (self.map, self.text);
        stretch.origin.spans().for_each(|span| self.account.claim(span));
        let place = |range: Range<usize>| {
            let range = stretch.origin.range(range.start, range.end, markdown);
            map.place(range.start, range.end)
        };
        self.glyphs.check(text, &place, self.diagnostics);
        if self.in_verse {
            self.stars(&stretch);
        } else {
            self.loose_stars(&stretch);
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
                "[@" | "[" => self.citation(&stretch, at, nodes),
                "@" => self.mention(&stretch, at, nodes),
                "](" => self.spaced_link(&stretch, at, nodes),
                "[[" => self.term(&stretch, at, nodes),
                "{{" => self.blank(&stretch, at, nodes),
                "{#" => {
                    let place = |length: usize| place(at..at + length);
                    self.loose_label(&text[at..], place);
                    push_text("{#", nodes);
                    2
                }
                "$`" => {
                    self.report(Code::BadEquation, place(at..at + 2), "this equation is never closed")
                        .set_help("end it with a backtick and a dollar sign: $`x^2`$");
                    2
                }
                _ => self.lonely_note(&stretch, at, nodes),
            };
            done = at + used;
        }
        push_text(&text[done..], nodes);
    }

    /// The next mark in plain text, at or after `from`.
    fn next(&self, stretch: &Stretch<'_>, mut from: usize) -> Option<(usize, &'static str)> {
        let text = stretch.text;
        let escaped = |at: usize| matches!(self.text.as_bytes().get(stretch.origin.at(at)), Some(b'\\' | b'&'));
        loop {
            let at = from + text[from..].find(['"', '\'', '[', ']', '{', '$', '@'])?;
            let mark = ["\"", "'", "[@", "[[", "[^", "{{", "{#", "$`"].into_iter().find(|mark| text[at..].starts_with(mark));
            match mark {
                Some("{{") if !self.blanks => from = at + 2,
                None if spaced_address(&text[at..]).is_some() => return Some((at, "](")),
                None if !escaped(at) && citations::begins_with_words(&text[at..]) => return Some((at, "[")),
                None if !escaped(at) && self.mentions(stretch, at) => return Some((at, "@")),
                Some(mark) if mark.len() == 1 || !(escaped(at) || escaped(at + 1)) => return Some((at, mark)),
                _ => from = at + 1,
            }
        }
    }

    /// Remembers literal stars in a line of verse where emphasis could begin or end.
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

    /// Remembers stars that the parser left as text, by position in the Markdown.
    fn loose_stars(&mut self, stretch: &Stretch<'_>) {
        let text = stretch.text;
        let mut done = 0;
        while let Some(at) = text[done..].find('*').map(|at| done + at) {
            let length = text[at..].bytes().take_while(|byte| *byte == b'*').count();
            done = at + length;
            let start = stretch.origin.at(at);
            let is_hidden = self.hidden_stars.binary_search(&start).is_ok();
            if length < LONGEST_STARS && !is_hidden && self.text.as_bytes().get(start) == Some(&b'*') {
                self.loose_stars.push(start..start + length);
            }
        }
    }

    /// Reports pairs of stars that look like emphasis, but have a space on the inside, so they print.
    pub(super) fn report_loose_stars(&mut self) {
        let stars = std::mem::take(&mut self.loose_stars);
        let mut reported = 0;
        for pair in stars.windows(2) {
            let (open, close) = (pair[0].clone(), pair[1].clone());
            let inside = self.text.get(open.end..close.start).unwrap_or_default();
            if open.len() != close.len() || open.start < reported || inside.contains("\n\n") || inside.trim().is_empty() {
                continue;
            }
            let after = self.text[close.end..].chars().next();
            let ends = after.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
            let begins = self.text[..open.start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let is_emphasis = match open.len() {
                1 => begins && !inside.starts_with(char::is_whitespace) && inside.ends_with(' ') && ends,
                _ => begins && (inside.starts_with(' ') || inside.ends_with(' ')),
            };
            if is_emphasis {
                reported = close.end;
                let mark = &self.text[open.clone()];
                let place = self.map.place(open.start, close.end);
                let help = format!("remove the spaces inside them, as in `{mark}word{mark}`, or write `\\*` to print a star");
                let help = self.map.help(&help);
                self.report(Code::ChangedText, place, format!("these `{mark}` print as stars")).set_help(help);
            }
        }
    }

    pub(super) fn place_in(&self, stretch: &Stretch<'_>, start: usize, end: usize) -> Place {
        let range = stretch.origin.range(start, end, self.text);
        self.map.place(range.start, range.end)
    }

    /// Reports what would be a link if its address had no spaces; `start` is its `](`. Returns the length of what was read.
    fn spaced_link(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let address = spaced_address(&stretch.text[start..]).expect("it was just found");
        let place = self.place_in(stretch, start + 2, start + 2 + address.len());
        let help = format!("write `%20` for each space: `{}`", address.trim().replace(' ', "%20"));
        self.report(Code::BadUrl, place, "the address of this link has spaces").set_help(help);
        push_text(&stretch.text[start..start + 2], nodes);
        2
    }

    /// Reads `[[term]]` or `[[term|shown]]` at `start`; returns its length.
    fn term(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let inside = text[2..].split("[[").next().unwrap_or_default();
        let Some(close) = inside.find("]]").map(|at| at + 2) else {
            let place = self.place_in(stretch, start, start + 2);
            let help = self.map.help("close it with `]]`, as in `[[term]]`, or write `\\[[` to print brackets");
            self.report(Code::UnknownTerm, place, "this glossary reference is never closed").set_help(help);
            // A run of brackets is one mistake.
            return text.bytes().take_while(|byte| *byte == b'[').count();
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
            self.report(Code::BadBlank, place, "this blank is never closed").set_help("close it with `}}`, as in `{{name}}`");
            nodes.push(Inline::Blank { name: Placed { value: String::new(), place } });
            return 2;
        };
        let name = inside[..length].trim();
        let place = self.place_in(stretch, start, start + length + 4);
        if let Some(wrong) = formats::wrong(TextFormat::Id, name) {
            let (message, help) = if name.is_empty() {
                ("this blank has no name".to_owned(), "give it a name, such as `{{clause}}`; the name doesn't print".to_owned())
            } else {
                (wrong.message, format!("rename the blank; {}", wrong.help))
            };
            self.report(Code::BadBlank, place, message).set_help(help);
        }
        nodes.push(Inline::Blank { name: Placed { value: name.to_owned(), place } });
        length + 4
    }

    /// Reports a reference such as `[^1]` that the parser left as text because its footnote is missing; returns its length.
    fn lonely_note(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let close = text[2..].find(['[', ']']).map(|at| at + 2).filter(|at| *at > 2 && text[*at..].starts_with(']'));
        let Some(close) = close else {
            push_text(&text[..2], nodes);
            return 2;
        };
        let name = &text[2..close];
        let place = self.place_in(stretch, start, start + close + 1);
        if name.contains(char::is_whitespace) {
            let fixed = name.split_whitespace().collect::<Vec<_>>().join("-");
            self.report(Code::UnknownFootnote, place, "the name of a footnote can't have spaces")
                .set_help(format!("write `[^{fixed}]` here and `[^{fixed}]: …` at the footnote"));
            return close + 1;
        }
        self.report(Code::UnknownFootnote, place, format!("footnote `[^{name}]` is missing"))
            .set_help(format!("add a line `[^{name}]: …` with the footnote at the end of the same text"));
        close + 1
    }
}

/// The address of a link that has spaces, at the `](` after its text.
fn spaced_address(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("](").filter(|rest| rest.starts_with("http://") || rest.starts_with("https://"))?;
    let address = &rest[..rest.find([')', '\n'])?];
    // A title in quotation marks isn't part of the address.
    (address.contains(' ') && !address.contains(['"', '“'])).then_some(address)
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
