//! Runs: the pieces of a line as they print, with citations set and notes in place.

use serde::Serialize;

use super::Composer;
use crate::lesson::prose::Inline;

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
            runs.push(Run::text(&rest[..at]));
        }
        runs.push(Run::Mark { double: rest[at..].starts_with('"') });
        rest = &rest[at + 1..];
    }
    if !rest.is_empty() {
        runs.push(Run::text(rest));
    }
    runs
}

/// Text for document properties, where no template sets the quotation marks: curled by the rules of English, left straight elsewhere.
pub fn plain_with_quotes(text: &str, language: &str) -> String {
    if language != "en" {
        return text.to_owned();
    }
    let mut previous = ' ';
    text.chars()
        .map(|c| {
            let opens = previous.is_whitespace() || matches!(previous, '(' | '[' | '—' | '“' | '‘');
            previous = match (c, opens) {
                ('"', true) => '“',
                ('"', false) => '”',
                ('\'', true) => '‘',
                ('\'', false) => '’',
                _ => c,
            };
            previous
        })
        .collect()
}

impl Composer<'_> {
    /// A line of text as it prints.
    pub(super) fn runs(&self, nodes: &[Inline]) -> Runs {
        let mut runs = Runs::new();
        for node in nodes {
            match node {
                Inline::Text { text } => runs.push(Run::text(text)),
                Inline::Mark { double } => runs.push(Run::Mark { double: *double }),
                Inline::Emphasis { nodes } => runs.push(Run::Emphasis { runs: self.runs(nodes) }),
                Inline::Strong { nodes } => runs.push(Run::Strong { runs: self.runs(nodes) }),
                Inline::Subscript { nodes } => runs.push(Run::Subscript { runs: self.runs(nodes) }),
                Inline::Superscript { nodes } => runs.push(Run::Superscript { runs: self.runs(nodes) }),
                Inline::Term { nodes, .. } => runs.push(Run::Term { runs: self.runs(nodes) }),
                Inline::Link { url, nodes, .. } => runs.push(Run::Link { url: url.clone(), runs: self.runs(nodes) }),
                Inline::Footnote { nodes } => runs.push(Run::Note { runs: self.runs(nodes) }),
                Inline::Break => runs.push(Run::LineBreak),
                Inline::Citation { sources } => runs.extend(self.citations.citation(sources)),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_curl_in_properties() {
        assert_eq!(plain_with_quotes("Stalin's \"Show Trials\"", "en"), "Stalin’s “Show Trials”");
        assert_eq!(plain_with_quotes("L'État", "fr"), "L'État");
    }

    #[test]
    fn straight_quotes_become_marks() {
        assert_eq!(from_text("a'b"), vec![Run::text("a"), Run::Mark { double: false }, Run::text("b")]);
    }
}
