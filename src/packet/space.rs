//! Writing space: its kind and its size.

use serde::Serialize;

use crate::lesson::block::space::{Side, WritingGrade};

/// A writing space.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the comment on each variant covers its fields")]
pub enum WritingSpace {
    /// None.
    None,
    /// A number of lines, or up to `most` where their page has room. They may continue on another page. `room` is the share of
    /// the usual distance between plain ones.
    Lines { count: u32, most: u32, ruling: Ruling, room: f64 },
    /// An area of this height, in points, that stays on one page.
    Area { height: f64, surface: Surface },
    /// The rest of the page.
    Fill { surface: Surface },
}

/// What fills a writing space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the comment on each variant covers its fields")]
pub enum Surface {
    /// An empty box.
    Box,
    /// Lines.
    Lines { ruling: Ruling },
    /// Graph paper.
    Grid { side: Side },
    /// Dot paper.
    Dots { side: Side },
}

/// The ruling of writing lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Ruling {
    /// One rule per line.
    #[serde(rename = "plain")]
    Plain,
    /// Rules with a dotted midline, sized for kindergarten.
    #[serde(rename = "kindergarten")]
    Kindergarten,
    /// Sized for grade 1.
    #[serde(rename = "grade-1")]
    First,
    /// Sized for grades 2 and 3.
    #[serde(rename = "grade-2")]
    Second,
    /// Sized for grades 4 and up.
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
    /// A number of ruled lines.
    pub fn lines(count: u32) -> Self {
        Self::ruled(count, Ruling::Plain)
    }

    /// A number of lines with this ruling.
    pub fn ruled(count: u32, ruling: Ruling) -> Self {
        Self::Lines { count, most: count, ruling, room: 1.0 }
    }

    /// A number of ruled lines, or more where the page has room.
    pub fn lines_or_more(count: u32, most: u32) -> Self {
        Self::Lines { count, most, ruling: Ruling::Plain, room: 1.0 }
    }

    /// An empty box of this height, in millimeters.
    pub fn empty(height: f64) -> Self {
        Self::Area { height: height * 72.0 / 25.4, surface: Surface::Box }
    }
}
