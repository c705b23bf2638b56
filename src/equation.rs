//! Mathematics: the LaTeX of a lesson into a tree, and the tree into spoken text; how it looks is left to the templates.
//!
//! The LaTeX is a subset for school: it is parsed, never evaluated, and has no macros.
//! What is not in the subset is a mistake; nothing is dropped in silence.

mod arguments;
mod brackets;
mod characters;
mod commands;
mod environments;
mod parse;
mod phrases;
mod speech;
mod spoken_rows;
mod spoken_scripts;
mod symbols;
mod tokens;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use commands::commands;
pub use environments::environments;
pub use parse::parse;
pub use speech::speech;

/// Longest equation, in bytes.
pub const MAX_BYTES: usize = 2000;

/// How deep braces, brackets, arguments and environments may stand in each other.
pub const MAX_NESTING: usize = 16;

/// Most rows of all environments of an equation together: more would not fit on a page.
pub const MAX_ROWS: usize = 30;

/// A mistake in the LaTeX of an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, in bytes of the LaTeX.
    pub range: Range<usize>,
    /// What is wrong, in plain words.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A piece of an equation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
pub enum Math {
    /// Pieces side by side.
    Row { items: Vec<Math> },
    /// A number as it prints: "12.5", "1,000".
    Number { text: String },
    /// A letter; where letters stand upright, a run of them.
    Letters { text: String },
    /// Words in the font of the running text.
    Text { text: String },
    /// A sign.
    Symbol { text: String, class: Class },
    /// The name of a function; whether its subscript stands below it.
    Function { name: String, limits: bool },
    /// Room, in eighteenths of an em.
    Space { width: i8 },
    /// Letters of another style.
    Styled { style: Style, body: Box<Math> },
    /// Something with a mark above, below or through it.
    Marked { mark: Mark, body: Box<Math> },
    /// A fraction.
    Fraction { size: Size, numerator: Box<Math>, denominator: Box<Math> },
    /// A binomial coefficient: the upper number choose the lower one.
    Binomial { upper: Box<Math>, lower: Box<Math> },
    /// A root; the square root has no index.
    Root { index: Option<Box<Math>>, body: Box<Math> },
    /// Sub- and superscripts after the base, primes, and those before it (as of isotopes).
    Scripts {
        base: Box<Math>,
        primes: u8,
        sub: Option<Box<Math>>,
        sup: Option<Box<Math>>,
        before_sub: Option<Box<Math>>,
        before_sup: Option<Box<Math>>,
    },
    /// Brackets that grow with what stands between them; an empty text is no bracket.
    Fenced { open: String, close: String, body: Box<Math> },
    /// An arrow as long as what stands above and below it.
    Arrow { text: String, above: Option<Box<Math>>, below: Option<Box<Math>> },
    /// A matrix between brackets; all rows have as many cells.
    Matrix { open: String, close: String, rows: Vec<Vec<Math>> },
    /// Cases: each row is a value, and the condition if there is one.
    Cases { rows: Vec<Vec<Math>> },
    /// Lines that are aligned where their cells meet.
    Lines { rows: Vec<Vec<Math>> },
}

impl Math {
    pub(crate) fn empty() -> Self {
        Self::Row { items: Vec::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Row { items } if items.is_empty())
    }

    /// One piece as it is, several as a row.
    pub(crate) fn row(mut items: Vec<Self>) -> Self {
        match items.pop() {
            Some(only) if items.is_empty() => only,
            last => {
                items.extend(last);
                Self::Row { items }
            }
        }
    }
}

/// What a sign does, which decides about the room around it; the names are the layout engine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Like a letter.
    Normal,
    /// Between two terms.
    Binary,
    /// Between two terms, or before one, as plus and minus.
    Vary,
    /// Between two sides.
    Relation,
    /// An opening bracket.
    Opening,
    /// A closing bracket.
    Closing,
    /// A bracket that opens and closes, as a bar.
    Fence,
    /// A comma and the like.
    Punctuation,
    /// A sum, product or integral.
    Large,
}

/// A style of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// As units and the formulas of chemistry.
    Upright,
    /// Bold and upright, as vectors.
    Bold,
    /// Slanted.
    Italic,
    /// With double strokes, as the sets of numbers.
    Blackboard,
}

/// A mark above, below or through something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A line above all of it.
    Overline,
    /// A line below all of it.
    Underline,
    /// A short line above a letter.
    Bar,
    /// An arrow above, as of a vector or a ray.
    Arrow,
    /// An arrow with two heads above, as of a line.
    DoubleArrow,
    /// A hat.
    Hat,
    /// A tilde.
    Tilde,
    /// A dot above.
    Dot,
    /// Two dots above.
    TwoDots,
    /// A stroke through it.
    Cancel,
}

/// The size of a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// As its place asks for.
    Natural,
    /// As in an equation on a line of its own.
    Display,
    /// As in the middle of a line.
    Inline,
}
