//! Composes room to write: what it is made of, and how much of it there is.

use serde::Serialize;

use super::Composer;
use crate::block::space::{Handwriting, Side, Squares, WritingGrade};
use crate::block::{self, Space};
use crate::lesson::series::Paper;

/// Room to write.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Room {
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

impl Room {
    /// Ruled lines that fill the page.
    pub const LINES: Room = Room::Fill { surface: Surface::Lines { ruling: Ruling::Plain } };

    /// So many ruled lines.
    pub fn lines(count: u32) -> Self {
        Self::Lines { count, ruling: Ruling::Plain }
    }

    /// An empty box of a height in millimetres.
    pub fn empty(height: f64) -> Self {
        Self::Area { height: height * 72.0 / 25.4, surface: Surface::Box }
    }
}

impl Composer<'_> {
    /// The room that a space asks for.
    pub(super) fn room(&self, space: &Space) -> Room {
        let points = |height: &crate::lesson::values::Length| height.points().expect("a checked length is one");
        match space {
            Space::None => Room::None,
            Space::Lines(count) => Room::lines(*count),
            Space::Handwriting(Handwriting { lines, grade }) => Room::Lines { count: *lines, ruling: self.handwriting(*grade) },
            Space::Box(height) => Room::Area { height: points(height), surface: Surface::Box },
            Space::Grid(Squares { height, squares }) => {
                Room::Area { height: points(height), surface: Surface::Grid { side: self.side(*squares) } }
            }
            Space::Dots(Squares { height, squares }) => {
                Room::Area { height: points(height), surface: Surface::Dots { side: self.side(*squares) } }
            }
            Space::Fill(surface) => Room::Fill {
                surface: match surface {
                    block::Surface::Box => Surface::Box,
                    block::Surface::Lines => Surface::Lines { ruling: Ruling::Plain },
                    block::Surface::Handwriting => Surface::Lines { ruling: self.handwriting(None) },
                    block::Surface::Grid => Surface::Grid { side: self.side(None) },
                    block::Surface::Dots => Surface::Dots { side: self.side(None) },
                },
            },
        }
    }

    /// The rules of handwriting, for a grade or else for the lowest of the lesson.
    fn handwriting(&self, grade: Option<WritingGrade>) -> Ruling {
        let lowest = || WritingGrade::lowest(self.subject.lesson.grades.as_deref().unwrap_or_default());
        grade.or_else(lowest).unwrap_or(WritingGrade::Second).into()
    }

    /// The side of a square, or else the one that is usual on the paper.
    fn side(&self, squares: Option<Side>) -> Side {
        squares.unwrap_or(match self.paper {
            Paper::Letter => Side::QuarterInch,
            Paper::A4 => Side::FiveMillimetres,
        })
    }
}
