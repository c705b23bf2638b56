//! Marks inside plain text: quotation marks, citations `[@key, p. 3; @other]`, glossary references `[[term|shown]]`, and labels.
//!
//! An escaped bracket, `\[` or `&#91;`, doesn't start one.

use std::ops::Range;

use super::Reader;
use super::origin::Origin;
use crate::diagnostics::Code;
use crate::formats::{self, TextFormat};
use crate::lesson::prose::{Cite, Inline, Placed};
use crate::source::Place;

/// How far to look for the end of an interrupted citation, in bytes.
const LOOK_AHEAD: usize = 1000;

/// The most characters of a mistaken citation that a report shows.
const MAX_SHOWN: usize = 30;

/// The most stars that start emphasis.
const LONGEST_STARS: usize = 3;

/// A star or underscore that is not part of emphasis.
pub(super) struct Star {
    pub mark: u8,
    pub place: Place,
}

/// A stretch of plain text and its position in the Markdown.
struct Stretch<'t> {
    text: &'t str,
    origin: Origin,
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
                "[@" => self.citation(&stretch, at, nodes),
                "[" => self.foreign_citation(&stretch, at, nodes),
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
                    self.report(Code::BadEquation, place(at..at + 2), "this equation is never closed").help =
                        Some("end it with a backtick and a dollar sign: $`x^2`$".into());
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
            let at = from + text[from..].find(['"', '\'', '[', ']', '{', '$'])?;
            let mark = ["\"", "'", "[@", "[[", "[^", "{{", "{#", "$`"].into_iter().find(|mark| text[at..].starts_with(mark));
            match mark {
                Some("{{") if !self.blanks => from = at + 2,
                None if spaced_address(&text[at..]).is_some() => return Some((at, "](")),
                None if text[at..].starts_with('[') && !escaped(at) && foreign_citation(&text[at..]).is_some() => {
                    return Some((at, "["));
                }
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
            if length <= LONGEST_STARS && self.text.as_bytes().get(start) == Some(&b'*') {
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
            let is_emphasis = match open.len() {
                1 => !inside.starts_with(char::is_whitespace) && inside.ends_with(' ') && ends,
                _ => true,
            };
            if is_emphasis {
                reported = close.end;
                let mark = &self.text[open.clone()];
                let place = self.map.place(open.start, close.end);
                let help = format!("remove the spaces inside them, as in `{mark}word{mark}`, or write `\\*` to print a star");
                let help = self.map.help(&help);
                self.report(Code::ChangedText, place, format!("these `{mark}` print as stars")).help = Some(help);
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
                self.report(Code::BadCitation, place, "a citation can contain only plain text").help =
                    Some("remove the emphasis from it: `[@key, p. 45]`".into());
            } else {
                self.report(Code::BadCitation, place, "this citation is never closed").help =
                    Some("close it with `]`, as in `[@key]` or `[@key, p. 45]`".into());
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
                let help = if let Some(rest) = part.strip_prefix('@') {
                    format!("write the source's key after the `@`: `@key{rest}`")
                } else if part.is_empty() {
                    "remove the extra semicolon".to_owned()
                } else {
                    format!("write `, {part}` instead of `; {part}`, or put `@` before the source's key")
                };
                let found = if part.is_empty() { "nothing".to_owned() } else { format!("`{part}`") };
                self.report(Code::BadCitation, place, format!("expected `@` and a source's key, found {found}")).help =
                    Some(help);
                continue;
            };
            if key.contains(char::is_whitespace) {
                let place = self.place_in(stretch, part_at, part_at + 1 + key.len());
                let (first, rest) = key.split_once(char::is_whitespace).unwrap_or((key, ""));
                let help = format!("put a comma after the key, as in `[@{first}, p. 45]`, or `]` if the citation ends there");
                let shown: String = rest.trim_start().chars().take(MAX_SHOWN).collect();
                let message = format!("expected a comma or `]` after the key `{first}`, found `{shown}`");
                self.report(Code::BadCitation, place, message).help = Some(help);
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

    /// Reports a citation as Pandoc has it, `[see @key, p. 3]` or `[-@key]`, at `start`; returns its length.
    fn foreign_citation(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let (before, citation) = foreign_citation(&stretch.text[start..]).expect("it was just found");
        let length = before.len() + citation.len() + 2;
        let place = self.place_in(stretch, start, start + length);
        let before = before.trim_end_matches('-').trim_end();
        let (help, space) = (format!("[{citation}]"), if before.is_empty() { "" } else { " " });
        self.report(Code::BadCitation, place, "a citation begins with `[@`").help =
            Some(format!("write `{before}{space}{help}`"));
        push_text(&stretch.text[start..start + length], nodes);
        length
    }

    /// Reports what would be a link if its address had no spaces; `start` is its `](`. Returns the length of what was read.
    fn spaced_link(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let address = spaced_address(&stretch.text[start..]).expect("it was just found");
        let place = self.place_in(stretch, start + 2, start + 2 + address.len());
        let help = format!("write `%20` for each space: `{}`", address.trim().replace(' ', "%20"));
        self.report(Code::BadUrl, place, "the address of this link has spaces").help = Some(help);
        push_text(&stretch.text[start..start + 2], nodes);
        2
    }

    /// Whether a bracket closes after `from`, in the same paragraph and before another opens.
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
            let help = self.map.help("close it with `]]`, as in `[[term]]`, or write `\\[[` to print brackets");
            self.report(Code::UnknownTerm, place, "this glossary reference is never closed").help = Some(help);
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
            self.report(Code::BadBlank, place, "this blank is never closed").help =
                Some("close it with `}}`, as in `{{name}}`".into());
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
            self.report(Code::BadBlank, place, message).help = Some(help);
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
        self.report(Code::UnknownFootnote, place, format!("footnote `[^{name}]` is missing")).help =
            Some(format!("add a line `[^{name}]: …` with the footnote at the end of the same text"));
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

/// The words before a citation that is written with other words first, and the citation: `see ` and `@key, p. 3` of `[see @key,
/// p. 3]`.
fn foreign_citation(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let inside = &inside[..inside.find(['[', ']']).filter(|at| inside[*at..].starts_with(']'))?];
    let at = inside.find(" @").map(|at| at + 1).or_else(|| inside.starts_with("-@").then_some(1))?;
    let is_key = inside[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (is_key && at < MAX_SHOWN).then(|| inside.split_at(at))
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
