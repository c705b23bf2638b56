//! Room to write: what it is made of, and how much of it there is.

use serde::Serialize;

use crate::lesson::block::space::{Side, WritingGrade};

/// Room to write.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
pub enum WritingSpace {
    /// None.
    None,
    /// So many lines, which may go on to another page.
    Lines { count: u32, ruling: Ruling },
    /// Something of a height in points that stands on one page.
    Area { height: f64, surface: Surface },
    /// What is left of the page.
    Fill { surface: Surface },
}

/// What room to write is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
pub enum Surface {
    /// Nothing but an outline.
    Box,
    /// Lines.
    Lines { ruling: Ruling },
    /// Graph paper.
    Grid { side: Side },
    /// Dot paper.
    Dots { side: Side },
}

/// The rules of lines to write on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Ruling {
    /// One rule a line.
    #[serde(rename = "plain")]
    Plain,
    /// Rules with a dotted midline, in the size of kindergarten.
    #[serde(rename = "kindergarten")]
    Kindergarten,
    /// The same for grade 1.
    #[serde(rename = "grade-1")]
    First,
    /// The same for grades 2 and 3.
    #[serde(rename = "grade-2")]
    Second,
    /// The same for grade 4 and up.
    #[serde(rename = "grade-4")]
    Fourth,
}

impl From<WritingGrade> for Ruling {
    fn from(grade: WritingGrade) -> Self {
        match grade {
            WritingGrade::Kindergarten => Self::Kindergarten,
            WritingGrade::First => Self::First,
            WritingGrade::Second | WritingGrade::Third => Self::Second,
            WritingGrade::Fourth => Self::Fourth,
        }
    }
}

impl WritingSpace {
    /// Ruled lines that fill the page.
    pub const LINES: WritingSpace = WritingSpace::Fill { surface: Surface::Lines { ruling: Ruling::Plain } };

    /// So many ruled lines.
    pub fn lines(count: u32) -> Self {
        Self::Lines { count, ruling: Ruling::Plain }
    }

    /// An empty box of a height in millimetres.
    pub fn empty(height: f64) -> Self {
        Self::Area { height: height * 72.0 / 25.4, surface: Surface::Box }
    }
}
