//! Maps each character of a scalar's text to its place in the file, for every scalar style.

use super::Node;
use crate::source::{FileId, Place, Sources};

/// Maps byte offsets in a scalar's text to places in its file.
#[derive(Debug)]
pub struct TextMap {
    file: FileId,
    /// Whether it is in double quotation marks, where a backslash starts an escape code.
    is_double: bool,
    /// Whether it has such codes.
    codes: bool,
    /// The offset in the file of each byte of the text, and of its end.
    offsets: Vec<u32>,
}

impl TextMap {
    /// The map of `text`, the unescaped text of the scalar `node`.
    pub fn new(node: &Node, text: &str, sources: &Sources) -> Self {
        let place = node.place;
        let source = sources.text(place);
        let offset = |at: usize| place.start + u32::try_from(at).unwrap_or(u32::MAX - place.start);
        let mut offsets = Vec::with_capacity(text.len() + 1);
        let mut at = content_start(source);
        let quote = source.chars().next().filter(|c| matches!(c, '"' | '\''));
        for c in text.chars() {
            at = step_to(c, source, at, quote);
            offsets.extend((0..c.len_utf8()).map(|byte| offset(at + byte)));
            at = step_over(c, source, at, quote);
        }
        offsets.push(offset(at));
        let is_double = quote == Some('"');
        Self { file: place.file, is_double, codes: is_double && source.contains('\\'), offsets }
    }

    /// Whether the text has escape codes, where `\t` doesn't mean `\` and `t`.
    pub fn has_codes(&self) -> bool {
        self.codes
    }

    /// A help line about the text, with its backslashes doubled if the text is in double quotation marks: YAML takes one of the
    /// two.
    pub fn help(&self, help: &str) -> String {
        if self.is_double { help.replace('\\', "\\\\") } else { help.to_owned() }
    }

    /// The map of part of the text, by bytes.
    pub fn part(&self, range: std::ops::Range<usize>) -> Self {
        let offsets = self.offsets[range.start..=range.end].to_vec();
        Self { file: self.file, is_double: self.is_double, codes: self.codes, offsets }
    }

    /// The place in the file of the bytes `start..end` of the text.
    pub fn place(&self, start: usize, end: usize) -> Place {
        let last = self.offsets.len() - 1;
        let from = self.offsets[start.min(last)];
        let to = if end > start { self.offsets[(end - 1).min(last)] + 1 } else { from };
        Place { file: self.file, start: from, end: to.max(from) }
    }
}

/// Where the text starts: after a quotation mark, or below the line with `|` or `>`.
fn content_start(source: &str) -> usize {
    match source.chars().next() {
        Some('"' | '\'') => 1,
        Some('|' | '>') => source.find('\n').map_or(source.len(), |newline| newline + 1),
        _ => 0,
    }
}

/// Moves to the character `c`, past indentation and folded line breaks.
fn step_to(c: char, source: &str, mut at: usize, quote: Option<char>) -> usize {
    if c.is_whitespace() {
        return at;
    }
    loop {
        let rest = &source[at..];
        let Some(next) = rest.chars().next() else { return at };
        if next == c {
            return at;
        }
        if next.is_whitespace() {
            at += next.len_utf8();
        } else if quote == Some('"') && (rest.starts_with("\\\n") || rest.starts_with("\\\r")) {
            at += 1;
        } else {
            return at;
        }
    }
}

/// Moves past `c`, which is at `at` as itself, as an escape code, or as a folded line break.
fn step_over(c: char, source: &str, at: usize, quote: Option<char>) -> usize {
    let rest = &source[at..];
    let Some(next) = rest.chars().next() else { return at };
    if quote == Some('\'') && c == '\'' && rest.starts_with("''") {
        return at + 2;
    }
    if quote == Some('"') && next == '\\' {
        let digits = match rest.as_bytes().get(1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8) + digits;
        let end = (at + length).min(source.len());
        return if source.is_char_boundary(end) { end } else { at + 1 };
    }
    // A folded break is a space in the text, or fewer breaks than in the file.
    if next == c || (c.is_whitespace() && next.is_whitespace()) { at + next.len_utf8() } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::yaml::{self, Value};

    /// The line and column of the word `here` in the first value of a YAML file.
    fn here(yaml: &str) -> (usize, usize) {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", yaml.into());
        let mut diagnostics = Diagnostics::default();
        let root = yaml::parse(file, &sources, &mut diagnostics);
        let Value::Map(entries) = &root.value else { panic!("no keys: {diagnostics:?}") };
        let node = &entries[0].1;
        let Value::Text(scalar) = &node.value else { panic!("no text") };
        let map = TextMap::new(node, &scalar.text, &sources);
        let at = scalar.text.find("here").expect("the text has this word");
        let place = map.place(at, at + 4);
        assert_eq!(sources.text(place), "here");
        sources.file(file).line_column(place.start as usize)
    }

    #[test]
    fn finds_text_in_every_style() {
        assert_eq!(here("a: it is here"), (1, 10));
        assert_eq!(here("a: 'it''s here'"), (1, 11));
        assert_eq!(here("a: \"caf\\u00e9 \\\"x\\\" here\""), (1, 21));
        assert_eq!(here("a: |\n  one\n\n  two here\n"), (4, 7));
        assert_eq!(here("a: |\r\n  one\r\n\r\n    two\r\n  here\r\n"), (5, 3));
        assert_eq!(here("a: >-\n  one\n  two\n\n  here\n"), (5, 3));
        assert_eq!(here("a: one\n  two\n  here"), (3, 3));
        assert_eq!(here("a: \"one\n\n  two \\\n  here\""), (4, 3));
    }
}
