//! What lies inside plain text: quotation marks, citations `[@key, p. 3; @other]` and glossary references `[[term|shown]]`.

use std::ops::Range;

use super::Reader;
use crate::diagnostics::Code;
use crate::lesson::prose::{Cite, Inline, Placed};

/// How far ahead a mark is looked for in the Markdown, in bytes: entities and escapes make it longer than its text.
const LOOK_AHEAD: usize = 4096;

impl Reader<'_> {
    /// Cuts a stretch of plain text into its pieces; `range` is where it stands in the Markdown.
    pub(super) fn marks(&mut self, text: &str, range: Range<usize>, nodes: &mut Vec<Inline>) {
        let mut rest = text;
        let mut from = range.start;
        while let Some((at, mark)) = next(rest) {
            push_text(&rest[..at], nodes);
            let tail = &rest[at..];
            let start = self.find(mark, from);
            let used = match mark {
                "\"" | "'" => {
                    nodes.push(Inline::Mark { double: mark == "\"" });
                    1
                }
                "[@" => self.citation(tail, start, nodes),
                "[[" => self.term(tail, start, nodes),
                _ => self.lonely_note(tail, start),
            };
            rest = &tail[used..];
            from = self.after(start, used.min(mark.len()));
        }
        push_text(rest, nodes);
    }

    /// A position behind `start` that does not split a character.
    fn after(&self, start: usize, by: usize) -> usize {
        let mut at = (start + by).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    /// Reads `[@key, locator; @other]` at the beginning of `text`; returns its length.
    fn citation(&mut self, text: &str, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let Some(close) = text.find(']') else {
            let place = self.map.place(start, start + 2);
            self.report(Code::BadCitation, place, "a citation is opened here and never closed").help =
                Some("write `[@key]`, or `[@key, p. 45]`".into());
            return text.len();
        };
        let mut sources = Vec::new();
        let mut from = start;
        for part in text[1..close].split(';') {
            let part = part.trim();
            let (key, locator) = part.split_once(',').map_or((part, None), |(key, locator)| (key.trim(), Some(locator.trim())));
            let Some(key) = key.strip_prefix('@').filter(|key| !key.is_empty()) else {
                let place = self.map.place(start, start + close + 1);
                self.report(Code::BadCitation, place, format!("`{part}` names no source")).help =
                    Some("write the source's key behind an `@`: `[@first; @second, p. 45]`".into());
                continue;
            };
            let key_start = self.find(key, from);
            let place = self.map.place(key_start, key_start + key.len());
            from = self.after(key_start, key.len());
            let locator = locator.filter(|locator| !locator.is_empty()).map(str::to_owned);
            sources.push(Cite { key: Placed { value: key.to_owned(), place }, locator });
        }
        if !sources.is_empty() {
            nodes.push(Inline::Citation { sources });
        }
        close + 1
    }

    /// Reads `[[term]]` or `[[term|shown]]` at the beginning of `text`; returns its length.
    fn term(&mut self, text: &str, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let Some(close) = text.find("]]") else {
            let place = self.map.place(start, start + 2);
            self.report(Code::UnknownTerm, place, "a glossary reference is opened here and never closed").help =
                Some("write `[[term]]`; brackets that are meant as they stand are written `\\[`".into());
            return 2;
        };
        let (term, shown) = text[2..close].split_once('|').unwrap_or((&text[2..close], &text[2..close]));
        let term = term.trim();
        let term_start = self.find(term, start);
        let place = self.map.place(term_start, term_start + term.len());
        let mut inner = Vec::new();
        let mut rest = shown.trim();
        while let Some(at) = rest.find(['"', '\'']) {
            push_text(&rest[..at], &mut inner);
            inner.push(Inline::Mark { double: rest[at..].starts_with('"') });
            rest = &rest[at + 1..];
        }
        push_text(rest, &mut inner);
        nodes.push(Inline::Term { term: Placed { value: term.to_owned(), place }, nodes: inner });
        close + 2
    }

    /// Reports a mark such as `[^1]` that the parser left as text because it has no note; returns its length.
    fn lonely_note(&mut self, text: &str, start: usize) -> usize {
        let close = text.find(']').map_or(2, |close| close + 1);
        let name = text[2..close].trim_end_matches(']').to_owned();
        let place = self.map.place(start, start + close);
        self.report(Code::UnknownFootnote, place, format!("there is no note `[^{name}]`")).help =
            Some(format!("add a line `[^{name}]: the note` to the same text"));
        close
    }

    /// Where `word` stands in the Markdown, at or behind `from`.
    fn find(&self, word: &str, from: usize) -> usize {
        let from = from.min(self.text.len());
        let end = self.after(from, LOOK_AHEAD);
        self.text[from..end].find(word).map_or(from, |at| from + at)
    }
}

/// The next interruption of a plain text.
fn next(text: &str) -> Option<(usize, &'static str)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(['"', '\'', '['])?;
        let mark = ["\"", "'", "[@", "[[", "[^"].into_iter().find(|mark| text[at..].starts_with(mark));
        match mark {
            Some(mark) => return Some((at, mark)),
            None => from = at + 1,
        }
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
