//! Runs: the pieces of a line as they print, with citations set and notes in place.

use serde::Serialize;

use crate::equation::Math;

/// A line of text.
pub type Runs = Vec<Run>;

/// What an equation is read aloud as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Speech {
    /// The words.
    pub text: String,
    /// Its language, a tag of BCP 47, if it is not that of the packet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'static str>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
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
    Equation { tree: Math, say: Speech },
    /// A line break.
    LineBreak,
}

impl Run {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Run::Text { text: text.into() }
    }
}
