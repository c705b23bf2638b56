//! Runs: the pieces of a line as they print, with formatted citations and footnotes in place.

use serde::Serialize;

use super::blank::Blank;
use super::line_breaks::{with_address, with_pieces};
use crate::equation::Math;
use crate::source::Place;

/// A line of text.
pub type Runs = Vec<Run>;

/// How an equation is read aloud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Speech {
    /// The words or signs.
    pub text: String,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the comment on each variant covers its fields")]
pub enum Run {
    /// Plain text.
    #[serde(serialize_with = "with_pieces")]
    Text { text: String },
    /// Emphasized text.
    Emphasis { runs: Runs },
    /// Strongly emphasized text.
    Strong { runs: Runs },
    /// Subscript text.
    Subscript { runs: Runs },
    /// Superscript text.
    Superscript { runs: Runs },
    /// Text in another language, a BCP 47 tag.
    Foreign { language: String, runs: Runs },
    /// A word the vocabulary explains.
    Term { runs: Runs },
    /// A link.
    Link { url: String, runs: Runs },
    /// A footnote, and where its mark is in the lesson file.
    Note { runs: Runs, place: Place },
    /// A date, written the way the language writes it.
    Day { year: i32, month: u8, day: u8 },
    /// A word too long to rely on hyphenation: it may break anywhere.
    #[serde(serialize_with = "with_address")]
    LongWord { text: String },
    /// A blank to fill in. It has its name as soon as its lesson is composed.
    Blank { number: u32, blank: Option<Box<Blank>> },
    /// A blank filled in with its answer.
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

    /// The pieces inside formatting or a link; `None` for anything else. The text of a footnote is apart from the line.
    pub fn inside(&self) -> Option<&Runs> {
        match self {
            Run::Emphasis { runs }
            | Run::Strong { runs }
            | Run::Subscript { runs }
            | Run::Superscript { runs }
            | Run::Foreign { runs, .. }
            | Run::Term { runs }
            | Run::Link { runs, .. }
            | Run::FilledBlank { runs, .. } => Some(runs),
            _ => None,
        }
    }

    /// The same, to change them.
    pub fn inside_mut(&mut self) -> Option<&mut Runs> {
        match self {
            Run::Emphasis { runs }
            | Run::Strong { runs }
            | Run::Subscript { runs }
            | Run::Superscript { runs }
            | Run::Foreign { runs, .. }
            | Run::Term { runs }
            | Run::Link { runs, .. }
            | Run::FilledBlank { runs, .. } => Some(runs),
            _ => None,
        }
    }
}
