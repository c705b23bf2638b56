//! Maps each character of a scalar's text to its place in the file, for every scalar style.

use super::{Node, Value};
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
    /// How it's written, if that joins its lines.
    joining: Option<Joining>,
    /// The offsets in the text of lines that were joined to the line above, and whether a blank line was between.
    joined: Vec<(usize, bool)>,
}

/// A way to write text that joins its lines: all but `|`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// Below `>`.
    Folded,
    /// In quotation marks.
    Quoted,
    /// After the key, without anything.
    Plain,
}

impl TextMap {
    /// The map of `text`, the unescaped text of the scalar `node`.
    pub fn new(node: &Node, text: &str, sources: &Sources) -> Self {
        let place = node.place;
        let source = sources.text(place);
        let offset = |at: usize| place.start + u32::try_from(at).unwrap_or(u32::MAX - place.start);
        let mut offsets = Vec::with_capacity(text.len() + 1);
        let joining = match &node.value {
            Value::Text(scalar) => scalar.joining,
            _ => None,
        };
        let quote = source.chars().next().filter(|_| joining == Some(Joining::Quoted));
        let mut at = if quote.is_some() { 1 } else { content_start(source) };
        let mut joined = Vec::new();
        // The end of the last word in the source and in the text.
        let mut last = None;
        for c in text.chars() {
            at = step_to(c, source, at, quote);
            if joining.is_some() && !c.is_whitespace() {
                let end = offsets.len();
                if let Some((in_source, in_text)) = last {
                    let breaks = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
                    let (written, kept) = (breaks(source.get(in_source..at).unwrap_or_default()), breaks(&text[in_text..end]));
                    if written > 0 && kept < 2 {
                        joined.push((end, written > 1));
                    }
                }
            }
            offsets.extend((0..c.len_utf8()).map(|byte| offset(at + byte)));
            at = step_over(c, source, at, quote);
            if joining.is_some() && !c.is_whitespace() {
                last = Some((at, offsets.len()));
            }
        }
        offsets.push(offset(at));
        let is_double = quote == Some('"');
        Self { file: place.file, is_double, codes: is_double && source.contains('\\'), offsets, joining, joined }
    }

    /// The map of text that is its whole file.
    #[cfg(test)]
    pub(crate) fn identity(file: FileId, length: usize) -> Self {
        let offsets = (0..=length).map(|at| u32::try_from(at).expect("a short text")).collect();
        Self { file, is_double: false, codes: false, offsets, joining: None, joined: Vec::new() }
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

    /// How the text is written, if that joins its lines, and the offsets of the lines that were joined to the line above, with
    /// whether a blank line was between.
    pub fn joined(&self) -> Option<(Joining, &[(usize, bool)])> {
        self.joining.map(|joining| (joining, self.joined.as_slice()))
    }

    /// The map of part of the text, by bytes.
    pub fn part(&self, range: std::ops::Range<usize>) -> Self {
        let offsets = self.offsets[range.start..=range.end].to_vec();
        Self { file: self.file, is_double: self.is_double, codes: self.codes, offsets, joining: None, joined: Vec::new() }
    }

    /// The place in the file of the bytes `start..end` of the text.
    pub fn place(&self, start: usize, end: usize) -> Place {
        let last = self.offsets.len() - 1;
        let from = self.offsets[start.min(last)];
        let to = if end > start { self.offsets[(end - 1).min(last)] + 1 } else { from };
        Place { file: self.file, start: from, end: to.max(from) }
    }
}

/// Where the text starts, if it isn't in quotation marks: below the line with `|` or `>`, if the place includes that.
fn content_start(source: &str) -> usize {
    let Some(rest) = source.strip_prefix(['|', '>']) else { return 0 };
    // A table also begins with `|`.
    let after =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')).trim_start_matches([' ', '\t', '\r']);
    if after.starts_with(['\n', '#']) { source.find('\n').map_or(source.len(), |newline| newline + 1) } else { 0 }
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
    use crate::yaml;

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
        assert_eq!(here("a: |\n  | one | here |\n"), (2, 11));
        assert_eq!(here("a: |-\n  \"one\" here\n"), (2, 9));
        assert_eq!(here("a: |\r\n  one\r\n\r\n    two\r\n  here\r\n"), (5, 3));
        assert_eq!(here("a: >-\n  one\n  two\n\n  here\n"), (5, 3));
        assert_eq!(here("a: one\n  two\n  here"), (3, 3));
        assert_eq!(here("a: \"one\n\n  two \\\n  here\""), (4, 3));
    }
}
