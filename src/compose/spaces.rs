//! Composes writing spaces: their kind and their size.

use super::given::Given;
use crate::lesson::block::space::{Handwriting, Side, Squares, WritingGrade};
use crate::lesson::block::{self, Space};
use crate::lesson::series::Paper;
use crate::lesson::values::Length;
use crate::packet::space::{Ruling, Surface, WritingSpace};

/// The writing space that a lesson asks for.
pub(super) fn writing_space(given: &Given<'_>, space: &Space) -> WritingSpace {
    let points = |height: &Length| height.points().expect("a checked length is valid");
    match space {
        Space::None => WritingSpace::None,
        Space::Lines(count) => WritingSpace::lines(*count),
        Space::Handwriting(Handwriting { lines, grade }) => {
            WritingSpace::Lines { count: *lines, ruling: handwriting(given, *grade) }
        }
        Space::Box(height) => WritingSpace::Area { height: points(height), surface: Surface::Box },
        Space::Grid(Squares { height, squares }) => {
            WritingSpace::Area { height: points(height), surface: Surface::Grid { side: side(given, *squares) } }
        }
        Space::Dots(Squares { height, squares }) => {
            WritingSpace::Area { height: points(height), surface: Surface::Dots { side: side(given, *squares) } }
        }
        Space::Fill(surface) => WritingSpace::Fill {
            surface: match surface {
                block::Surface::Box => Surface::Box,
                block::Surface::Lines => Surface::Lines { ruling: Ruling::Plain },
                block::Surface::Handwriting => Surface::Lines { ruling: handwriting(given, None) },
                block::Surface::Grid => Surface::Grid { side: side(given, None) },
                block::Surface::Dots => Surface::Dots { side: side(given, None) },
            },
        },
    }
}

/// The handwriting ruling for this grade or, without one, for the lowest grade of the lesson.
fn handwriting(given: &Given<'_>, grade: Option<WritingGrade>) -> Ruling {
    let lowest = || WritingGrade::lowest(given.subject.lesson.grades.as_deref().unwrap_or_default());
    grade.or_else(lowest).unwrap_or(WritingGrade::Second).into()
}

/// The size of the squares or, without one, the usual size for the paper.
fn side(given: &Given<'_>, squares: Option<Side>) -> Side {
    squares.unwrap_or(match given.paper {
        Paper::Letter => Side::QuarterInch,
        Paper::A4 => Side::FiveMillimetres,
    })
}
