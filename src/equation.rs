//! Math: parses the LaTeX of a lesson into a tree, and turns the tree into spoken text. The templates decide how it looks.
//!
//! The LaTeX is a subset for school. It is parsed, never evaluated, and has no macros.
//! Anything outside the subset is a mistake; nothing is silently dropped.

mod arguments;
mod brackets;
mod characters;
mod commands;
mod environments;
mod linear;
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
pub use linear::linear;
pub use parse::parse;
pub use speech::speech;

/// The longest equation, in bytes.
pub const MAX_BYTES: usize = 2000;

/// How deep braces, brackets, arguments, and environments can be nested.
pub const MAX_NESTING: usize = 16;

/// The most rows in all environments of an equation: more would not fit on a page.
pub const MAX_ROWS: usize = 30;

/// A mistake in the LaTeX of an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its byte range in the LaTeX.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A piece of an equation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the doc comment of a variant covers its fields")]
pub enum Math {
    /// Pieces side by side.
    Row { items: Vec<Math> },
    /// A number as it prints: "12.5", "1,000".
    Number { text: String },
    /// A letter, or a run of upright letters.
    Letters { text: String },
    /// Words in the font of the text.
    Text { text: String },
    /// A symbol.
    Symbol { text: String, class: Class },
    /// The name of a function, and whether its subscript goes below it.
    Function { name: String, limits: bool },
    /// A space, in eighteenths of an em.
    Space { width: i8 },
    /// Letters in another style.
    Styled { style: Style, body: Box<Math> },
    /// Something with a mark above, below, or through it.
    Marked { mark: Mark, body: Box<Math> },
    /// A fraction.
    Fraction { size: Size, numerator: Box<Math>, denominator: Box<Math> },
    /// A binomial coefficient: the upper number choose the lower one.
    Binomial { upper: Box<Math>, lower: Box<Math> },
    /// A root. A square root has no index.
    Root { index: Option<Box<Math>>, body: Box<Math> },
    /// A base with primes, with sub- and superscripts after it, and with some before it (as for isotopes).
    Scripts {
        base: Box<Math>,
        primes: u8,
        sub: Option<Box<Math>>,
        sup: Option<Box<Math>>,
        before_sub: Option<Box<Math>>,
        before_sup: Option<Box<Math>>,
    },
    /// Brackets that grow with their contents; empty text means no bracket.
    Fenced { open: String, close: String, body: Box<Math> },
    /// An arrow as long as what is above and below it.
    Arrow { text: String, above: Option<Box<Math>>, below: Option<Box<Math>> },
    /// A matrix in brackets. All rows have the same number of cells.
    Matrix { open: String, close: String, rows: Vec<Vec<Math>> },
    /// Cases: each row is a value and, optionally, a condition.
    Cases { rows: Vec<Vec<Math>> },
    /// Lines aligned where their cells meet.
    Lines { rows: Vec<Vec<Math>> },
}

impl Math {
    pub(crate) fn empty() -> Self {
        Self::Row { items: Vec::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Row { items } if items.is_empty())
    }

    /// A single piece as it is, or several as a row.
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

/// The class of a symbol, which decides the space around it. The names are the layout engine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Spaced like a letter.
    Normal,
    /// Between two terms.
    Binary,
    /// Between two terms or before one, like plus and minus.
    Vary,
    /// Between two sides.
    Relation,
    /// An opening bracket.
    Opening,
    /// A closing bracket.
    Closing,
    /// A bracket that opens and closes, such as a bar.
    Fence,
    /// A comma or similar.
    Punctuation,
    /// A sum, product, or integral.
    Large,
}

/// A style of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// For units and chemical formulas.
    Upright,
    /// Bold and upright, for vectors.
    Bold,
    /// Slanted.
    Italic,
    /// Double-struck, for sets of numbers.
    Blackboard,
}

/// A mark above, below, or through something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A line above everything.
    Overline,
    /// A line below everything.
    Underline,
    /// A short line above a letter.
    Bar,
    /// An arrow above, for a vector or ray.
    Arrow,
    /// A double-headed arrow above, for a line.
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
    /// As its position requires.
    Natural,
    /// As in an equation on its own line.
    Display,
    /// As in an equation within a line.
    Inline,
}
