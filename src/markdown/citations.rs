//! Citations: `[@key, p. 3; see @other]`, `[-@key]`, and `@key` in the middle of a sentence. The forms are those of Pandoc.

use super::Reader;
use super::origin::Stretch;
use crate::diagnostics::Code;
use crate::lesson::prose::{Cite, CiteForm, Inline, Placed};

/// How far to look for the end of an interrupted citation, in bytes.
const LOOK_AHEAD: usize = 1000;

/// The most characters of a mistaken citation that a report shows.
const MAX_SHOWN: usize = 30;

/// The longest words before a source in a citation, in bytes.
const LONGEST_WORDS: usize = 200;

impl Reader<'_> {
    /// Reads `[@key, locator; see @other]` at `start`; returns its length.
    pub(super) fn citation(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let close = text[1..].find(['[', ']']).map(|at| at + 1).filter(|at| text[*at..].starts_with(']'));
        let Some(close) = close else {
            let place = self.place_in(stretch, start, start + 2);
            if !text[1..].contains('[') && self.closes_later(stretch.origin.at(stretch.text.len())) {
                self.report(Code::BadCitation, place, "a citation can contain only plain text")
                    .set_help("remove the emphasis from it: `[@key, p. 45]`");
            } else {
                self.report(Code::BadCitation, place, "this citation is never closed")
                    .set_help("close it with `]`, as in `[@key]` or `[@key, p. 45]`");
            }
            return 2;
        };
        let mut sources = Vec::new();
        let mut part_start = 1;
        for part in text[1..close].split(';') {
            let part_at = start + part_start + (part.len() - part.trim_start().len());
            part_start += part.len() + 1;
            let part = part.trim();
            let (before, form, rest) = words_before(part).unwrap_or(("", CiteForm::Full, part));
            let rest_at = part_at + (part.len() - rest.len());
            let (key, locator) = rest.split_once(',').map_or((rest, None), |(key, locator)| (key.trim(), Some(locator.trim())));
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
                self.report(Code::BadCitation, place, format!("expected `@` and a source's key, found {found}")).set_help(help);
                continue;
            };
            // Another source after a comma or a space would print as its bare key.
            if let Some((before, _, other)) = words_before(&rest[1..]) {
                let other_at = rest_at + rest.len() - other.len();
                let key = key_at(other);
                let place = self.place_in(stretch, other_at, other_at + 1 + key.len());
                let words = before.rsplit([',', ' ']).next().filter(|word| matches!(*word, "and" | "&"));
                let kept = before.strip_suffix(words.unwrap_or_default()).unwrap_or(before);
                let kept = kept.trim_end().trim_end_matches(',');
                let message = format!("expected a semicolon before the source `@{key}`");
                self.report(Code::BadCitation, place, message)
                    .set_help(format!("put a semicolon between sources: `@{kept}; {other}`"));
                continue;
            }
            if key.contains(char::is_whitespace) {
                let place = self.place_in(stretch, rest_at, rest_at + 1 + key.len());
                let (first, rest) = key.split_once(char::is_whitespace).unwrap_or((key, ""));
                let help = format!("put a comma after the key, as in `[@{first}, p. 45]`, or `]` if the citation ends there");
                let shown: String = rest.trim_start().chars().take(MAX_SHOWN).collect();
                let message = format!("expected a comma or `]` after the key `{first}`, found `{shown}`");
                self.report(Code::BadCitation, place, message).set_help(help);
                continue;
            }
            let place = self.place_in(stretch, rest_at + 1, rest_at + 1 + key.len());
            let locator = locator.filter(|locator| !locator.is_empty()).map(str::to_owned);
            let before = Some(before.to_owned()).filter(|before| !before.is_empty());
            sources.push(Cite { key: Placed { value: key.to_owned(), place }, before, locator, form });
        }
        if !sources.is_empty() {
            nodes.push(Inline::Citation { sources });
        }
        close + 1
    }

    /// Whether the `@` at `at` may begin the key of a source in the middle of a sentence. It doesn't in an email address.
    pub(super) fn mentions(&self, stretch: &Stretch<'_>, at: usize) -> bool {
        let before = self.text[..stretch.origin.at(at)].chars().next_back();
        let begins = before.is_none_or(|c| c.is_whitespace() || "([{\"'“‘«—–*_/".contains(c));
        begins && !key_at(&stretch.text[at..]).is_empty()
    }

    /// Reads `@key` or `@key [p. 33]` at `start`; returns its length.
    pub(super) fn mention(&mut self, stretch: &Stretch<'_>, start: usize, nodes: &mut Vec<Inline>) -> usize {
        let text = &stretch.text[start..];
        let key = key_at(text);
        let end = 1 + key.len();
        let place = self.place_in(stretch, start + 1, start + end);
        let inside = text[end..].strip_prefix(" [").and_then(|rest| Some(&rest[..rest.find(']')?]));
        let locator = inside.filter(|inside| !inside.contains(['[', '@']) && begins_with_locator(inside));
        let length = end + locator.map_or(0, |locator| locator.len() + " []".len());
        let key = Placed { value: key.to_owned(), place };
        let source = Cite { key, before: None, locator: locator.map(str::to_owned), form: CiteForm::InText };
        nodes.push(Inline::Citation { sources: vec![source] });
        length
    }

    /// Whether a bracket closes after `from`, in the same paragraph and before another opens.
    fn closes_later(&self, from: usize) -> bool {
        let rest = self.text[from..].split("\n\n").next().unwrap_or_default();
        let bracket = rest.bytes().take(LOOK_AHEAD).find(|byte| matches!(byte, b'[' | b']'));
        bracket == Some(b']')
    }
}

/// Whether text begins with a citation that has words, or a hyphen, before its first source: `[see @key]`, `[-@key]`.
pub(super) fn begins_with_words(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[') else { return false };
    let Some(close) = inside.find(['[', ']']).filter(|at| inside[*at..].starts_with(']')) else { return false };
    let first = inside[..close].split(';').next().unwrap_or_default();
    words_before(first.trim()).is_some_and(|(before, ..)| before.len() <= LONGEST_WORDS)
}

/// The words before a source, how it's cited, and the source: "see", in full, and "@key, p. 3" in `see @key, p. 3`.
fn words_before(part: &str) -> Option<(&str, CiteForm, &str)> {
    for (at, _) in part.match_indices('@') {
        let (before, form) = match part[..at].strip_suffix('-') {
            Some(before) => (before, CiteForm::WithoutAuthor),
            None => (&part[..at], CiteForm::Full),
        };
        let begins = before.is_empty() || before.ends_with(char::is_whitespace);
        if begins && !key_at(&part[at..]).is_empty() {
            return Some((before.trim_end(), form, &part[at..]));
        }
    }
    None
}

/// The key after an `@`. A key in the middle of a sentence has only letters, digits, hyphens, and underscores.
fn key_at(text: &str) -> &str {
    let key = text.strip_prefix('@').unwrap_or_default();
    let end = key.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(key.len());
    key[..end].trim_end_matches(['-', '_'])
}

/// Whether text in brackets after a source says where in it: "p. 33", "chap. 2", "33".
fn begins_with_locator(text: &str) -> bool {
    let words = ["p.", "pp.", "page", "ch.", "chap.", "chapter", "vol.", "sec.", "§", "¶", "para.", "line", "n."];
    text.starts_with(|c: char| c.is_ascii_digit()) || words.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_before_a_source() {
        assert_eq!(words_before("see @roe, p. 3"), Some(("see", CiteForm::Full, "@roe, p. 3")));
        assert_eq!(words_before("see, e.g., @roe"), Some(("see, e.g.,", CiteForm::Full, "@roe")));
        assert_eq!(words_before("-@roe"), Some(("", CiteForm::WithoutAuthor, "@roe")));
        assert_eq!(words_before("but -@roe"), Some(("but", CiteForm::WithoutAuthor, "@roe")));
        assert_eq!(words_before("me@roe.org"), None);
        assert!(begins_with_words("[see @roe] and more"));
        assert!(!begins_with_words("[home @ last]"));
        assert!(!begins_with_words("[see @roe"));
    }

    #[test]
    fn keys_end_at_punctuation() {
        assert_eq!(key_at("@roe_2003-b, then"), "roe_2003-b");
        assert_eq!(key_at("@roe's"), "roe");
        assert_eq!(key_at("@roe- and"), "roe");
        assert_eq!(key_at("@ home"), "");
    }
}
