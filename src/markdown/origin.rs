//! Finds the position of each plain-text character in the Markdown, where it can be literal, escaped, or an entity.

/// How far ahead to look for a character, in bytes: past the spaces and `>` marks at the start of a line.
const LOOK_AHEAD: usize = 256;

/// The longest entity, in bytes.
const MAX_ENTITY: usize = 40;

/// Maps bytes of plain text to bytes of the Markdown it came from.
pub(super) struct Origin {
    /// The offset in the Markdown of each byte of the text, and of its end.
    offsets: Vec<usize>,
    /// Where each character is in the Markdown.
    spans: Vec<std::ops::Range<usize>>,
}

/// A stretch of plain text and its position in the Markdown.
pub(super) struct Stretch<'t> {
    pub text: &'t str,
    pub origin: Origin,
}

impl Origin {
    /// The origin of `text`, which begins in `markdown` at or after `start`.
    pub(super) fn new(text: &str, markdown: &str, start: usize) -> Self {
        let mut offsets = Vec::with_capacity(text.len() + 1);
        let mut spans = Vec::with_capacity(text.len());
        let mut at = with_backslash(text, markdown, start.min(markdown.len()));
        for c in text.chars() {
            let (from, to) = step(c, markdown, at);
            offsets.extend(std::iter::repeat_n(from, c.len_utf8()));
            spans.push(from..to);
            at = to;
        }
        offsets.push(at);
        Self { offsets, spans }
    }

    /// The position of a byte of the text in the Markdown.
    pub(super) fn at(&self, index: usize) -> usize {
        self.offsets[index.min(self.offsets.len() - 1)]
    }

    /// Where each character of the text is in the Markdown, with the marks that escape it.
    pub(super) fn spans(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        self.spans.iter().cloned()
    }

    /// The position of the bytes `start..end` of the text in the Markdown.
    pub(super) fn range(&self, start: usize, end: usize, markdown: &str) -> std::ops::Range<usize> {
        let from = self.at(start);
        // The last character can be written with more bytes than it has.
        let mut to = self.at(end).min(markdown.len());
        let trimmed = markdown.get(from..to).map_or(0, |text| text.trim_end().len());
        if trimmed > 0 {
            to = from + trimmed;
        }
        from..to.max(from)
    }
}

/// The start of text that may begin with an escaped character, whose backslash the parser leaves out.
fn with_backslash(text: &str, markdown: &str, start: usize) -> usize {
    let (before, rest) = markdown.split_at(start);
    let first = text.chars().next().filter(|c| c.is_ascii_punctuation() && rest.starts_with(*c));
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    start - usize::from(first.is_some() && backslashes % 2 == 1)
}

/// Where `c` begins and ends in the Markdown, at or after `at`.
fn step(c: char, markdown: &str, at: usize) -> (usize, usize) {
    let rest = &markdown[at..];
    if rest.strip_prefix('\\').is_some_and(|rest| rest.starts_with(c)) && c.is_ascii_punctuation() {
        return (at, at + 1 + c.len_utf8());
    }
    if let Some(length) =
        entity(rest).filter(|length| c != '&' || matches!(&rest[..*length], "&amp;" | "&AMP;" | "&#38;" | "&#x26;"))
    {
        return (at, at + length);
    }
    if rest.starts_with(c) {
        return (at, at + c.len_utf8());
    }
    if c == ' ' {
        // A line break within a paragraph is a space in its text.
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
        let line = usize::from(rest[blank..].starts_with('\n'));
        return (at, at + (blank + line) * line);
    }
    let mut end = (at + LOOK_AHEAD).min(markdown.len());
    while !markdown.is_char_boundary(end) {
        end += 1;
    }
    match markdown[at..end].find(c) {
        Some(ahead) => (at + ahead, at + ahead + c.len_utf8()),
        None => (at, at),
    }
}

/// The length of the entity at the beginning of text.
fn entity(text: &str) -> Option<usize> {
    let name = text.strip_prefix('&')?;
    let length = name.bytes().take(MAX_ENTITY).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')?;
    (length > 1 && name.as_bytes()[length] == b';').then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_escapes_entities_and_lines() {
        let markdown = "a \\[b &#x4e16;c\n  > d &amp; e";
        let text = "a [b 世c d & e";
        let origin = Origin::new(text, markdown, 0);
        for (word, there) in [("[", "\\["), ("世", "&#x4e16;"), ("c", "c"), ("d", "d"), ("&", "&amp;"), ("e", "e")] {
            let at = text.find(word).expect("the text has it");
            assert_eq!(&markdown[origin.range(at, at + word.len(), markdown)], there);
        }
    }

    #[test]
    fn finds_the_backslash_before_the_start() {
        let first = |text: &str, markdown: &str, start| Origin::new(text, markdown, start).at(0);
        assert_eq!(first("_under", r"\_under", 1), 0);
        assert_eq!(first("[[term]]", r"a \[[term]]", 3), 2);
        // The first backslash escapes the second one.
        assert_eq!(first(r"\_", r"\\_", 1), 0);
        assert_eq!(first("_", r"\\_", 2), 2);
        assert_eq!(first("a", r"\a", 1), 1);
    }
}
