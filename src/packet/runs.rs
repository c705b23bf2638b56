//! Runs: the pieces of a line as they print, with citations set and notes in place.

use serde::Serialize;

use super::Composer;
use crate::equation::{self, Math};
use crate::lesson::prose::Inline;
use crate::quotation::Quotes;

/// A line of text.
pub type Runs = Vec<Run>;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Run {
    /// Plain text.
    Text { text: String },
    /// A straight quotation mark or apostrophe, set by the rules of the language.
    Mark { double: bool },
    /// Emphasised text.
    Emphasis { runs: Runs },
    /// Strongly emphasised text.
    Strong { runs: Runs },
    /// Lowered text.
    Subscript { runs: Runs },
    /// Raised text.
    Superscript { runs: Runs },
    /// A word that the vocabulary explains.
    Term { runs: Runs },
    /// A link.
    Link { url: String, runs: Runs },
    /// A footnote.
    Note { runs: Runs },
    /// A day, written as the language writes it.
    Day { year: i32, month: u8, day: u8 },
    /// A word too long for hyphenation alone: it may break anywhere.
    LongWord { text: String },
    /// A blank to write a word on.
    Blank { number: u32 },
    /// A blank with the word that belongs on it.
    FilledBlank { number: u32, runs: Runs },
    /// An equation and how it is read aloud.
    Equation { tree: Math, say: String },
    /// A line break.
    LineBreak,
}

impl Run {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Run::Text { text: text.into() }
    }
}

/// Plain text as runs, its straight quotation marks as marks.
pub fn from_text(text: &str) -> Runs {
    let mut runs = Runs::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'']) {
        if at > 0 {
            push_words(&rest[..at], &mut runs);
        }
        runs.push(Run::Mark { double: rest[at..].starts_with('"') });
        rest = &rest[at + 1..];
    }
    if !rest.is_empty() {
        push_words(rest, &mut runs);
    }
    runs
}

/// Neighbouring pieces of plain text as one, and one full stop where a title's own meets the style's.
pub fn merge(runs: Runs) -> Runs {
    let mut merged = Runs::new();
    for mut run in runs {
        if let Run::Text { text } = &mut run
            && text.starts_with('.')
            && !text.starts_with("..")
            && merged.last().is_some_and(|last| last_character(last) == Some('.'))
        {
            text.remove(0);
        }
        if let Run::Text { text } = &mut run {
            *text = text.replace("...", "\u{2026}").replace("..", ".").replace('\u{2026}', "...");
        }
        match (merged.last_mut(), run) {
            (Some(Run::Text { text }), Run::Text { text: more }) => text.push_str(&more),
            (Some(Run::Emphasis { runs }), Run::Emphasis { runs: more }) => runs.extend(more),
            (_, run) => merged.push(run),
        }
    }
    merged
}

fn last_character(run: &Run) -> Option<char> {
    match run {
        Run::Text { text } => text.chars().rev().find(|c| !matches!(c, '”' | '’')),
        Run::Emphasis { runs } | Run::Strong { runs } => runs.last().and_then(last_character),
        _ => None,
    }
}

/// The runs with their quotation marks as text.
fn quoted(quotes: &mut Quotes, runs: Runs) -> Runs {
    runs.into_iter()
        .map(|run| match run {
            Run::Text { text } => Run::Text { text: quotes.text(&text) },
            Run::Mark { double } => Run::text(quotes.mark(double)),
            Run::Emphasis { runs } => Run::Emphasis { runs: quoted(quotes, runs) },
            Run::Strong { runs } => Run::Strong { runs: quoted(quotes, runs) },
            other => other,
        })
        .collect()
}

/// Longest word that fits the narrowest column, in characters.
const LONGEST_WORD: usize = 30;

/// Adds a text, its words that no line may be able to hold by themselves.
fn push_words(text: &str, runs: &mut Runs) {
    // Chinese and Japanese set no spaces, and break between any two signs.
    let is_spaceless = |c: char| matches!(u32::from(c), 0x3000..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff);
    let is_long = |word: &str| word.chars().count() > LONGEST_WORD && !word.chars().any(is_spaceless);
    if text.len() <= LONGEST_WORD || !text.split(char::is_whitespace).any(is_long) {
        runs.push(Run::text(text));
        return;
    }
    let mut plain = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if is_long(word) {
            if !plain.is_empty() {
                runs.push(Run::text(std::mem::take(&mut plain)));
            }
            runs.push(Run::LongWord { text: word.to_owned() });
            plain.push_str(&piece[word.len()..]);
        } else {
            plain.push_str(piece);
        }
    }
    if !plain.is_empty() {
        runs.push(Run::text(plain));
    }
}

impl Composer<'_> {
    /// A heading as it prints; its text is also a bookmark, for which no template sets the quotation marks.
    pub(super) fn heading(&self, nodes: &[Inline]) -> Runs {
        quoted(&mut Quotes::of(&self.language), self.runs(nodes))
    }

    /// A line of text as it prints.
    pub(super) fn runs(&self, nodes: &[Inline]) -> Runs {
        let mut runs = Runs::new();
        for node in nodes {
            match node {
                Inline::Text { text } => push_words(text, &mut runs),
                Inline::Mark { double } => runs.push(Run::Mark { double: *double }),
                Inline::Emphasis { nodes } => runs.push(Run::Emphasis { runs: self.runs(nodes) }),
                Inline::Strong { nodes } => runs.push(Run::Strong { runs: self.runs(nodes) }),
                Inline::Subscript { nodes } => runs.push(Run::Subscript { runs: self.runs(nodes) }),
                Inline::Superscript { nodes } => runs.push(Run::Superscript { runs: self.runs(nodes) }),
                Inline::Term { nodes, .. } => runs.push(Run::Term { runs: self.runs(nodes) }),
                Inline::Link { url, nodes, .. } => runs.push(Run::Link { url: url.clone(), runs: self.runs(nodes) }),
                Inline::Footnote { nodes } => runs.push(Run::Note { runs: self.runs(nodes) }),
                Inline::Break => runs.push(Run::LineBreak),
                Inline::Blank { name } => {
                    let number = self.blanks.get() + 1;
                    self.blanks.set(number);
                    runs.push(match self.blank_words.get(&name.value) {
                        Some(word) => Run::FilledBlank { number, runs: word.clone() },
                        None => Run::Blank { number },
                    });
                }
                Inline::Equation { math } => runs.push(Run::Equation { tree: math.clone(), say: equation::speech(math) }),
                Inline::Citation { sources } => runs.extend(self.subject.citations.citation(sources)),
            }
        }
        if self.in_aside { notes_inside(runs) } else { runs }
    }
}

/// Notes in brackets where their marks would be: notes of the teacher would change the numbers of those that students have.
fn notes_inside(runs: Runs) -> Runs {
    let mut out = Runs::new();
    for run in runs {
        match run {
            Run::Note { runs } => {
                out.push(Run::text(" ("));
                out.extend(runs);
                out.push(Run::text(")"));
            }
            run => out.push(run),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_curl_in_bookmarks() {
        let runs = vec![Run::Mark { double: true }, Run::text("A"), Run::Mark { double: true }];
        assert_eq!(quoted(&mut Quotes::of("en"), runs), vec![Run::text("“"), Run::text("A"), Run::text("”")]);
    }

    #[test]
    fn one_full_stop_is_enough() {
        let title = Run::Emphasis { runs: vec![Run::text("Plea before the U.S.S.R.")] };
        let runs = merge(vec![title.clone(), Run::text(". Moscow.")]);
        assert_eq!(runs, vec![title, Run::text(" Moscow.")]);
    }

    #[test]
    fn straight_quotes_become_marks() {
        assert_eq!(from_text("a'b"), vec![Run::text("a"), Run::Mark { double: false }, Run::text("b")]);
    }
}
