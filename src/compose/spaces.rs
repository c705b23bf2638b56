//! Composes writing spaces: their kind and their size.

use super::given::Given;
use crate::lesson::block::space::{Handwriting, Side, Squares, WritingGrade};
use crate::lesson::block::{self, Space};
use crate::lesson::series::Paper;
use crate::lesson::values::Length;
use crate::packet::space::{Ruling, Surface, WritingSpace};
use crate::script::is_spaceless;

/// The writing space that a lesson asks for.
pub(super) fn writing_space(given: &Given<'_>, space: &Space) -> WritingSpace {
    let points = |height: &Length| height.points().expect("a checked length is valid");
    match space {
        Space::None => WritingSpace::None,
        Space::Lines(count) => WritingSpace::lines(*count),
        Space::Handwriting(Handwriting { lines, grade }) => WritingSpace::ruled(*lines, handwriting(given, *grade)),
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

/// The least lines of questions that don't say what they need, and the most, which they get where their page has room. A page of
/// college ruled paper has 33 lines and takes about 250 handwritten words, eight on each: enough for a sentence or two, a
/// paragraph, and a short essay.
const SHORT: (u32, u32) = (3, 6);
const LONGER: (u32, u32) = (5, 10);
const ESSAY: (u32, u32) = (7, 14);
/// The same for each part of a question.
const PART: (u32, u32) = (3, 5);
/// Lines on an exit ticket.
const TICKET: (u32, u32) = (4, 4);
/// The most words of a short question, and of one that asks for a paragraph.
const SHORT_WORDS: usize = 20;
const LONGER_WORDS: usize = 40;

/// The lines for a question that doesn't say how many it needs: by what it asks for, and the same in every format.
pub(super) fn usual_lines(ask: &str, parts: usize, is_ticket: bool) -> WritingSpace {
    let (words, sentences) = size(ask);
    let (least, most) = if is_ticket {
        TICKET
    } else if parts > 0 {
        PART
    } else if words > LONGER_WORDS {
        ESSAY
    } else if words > SHORT_WORDS || sentences > 1 {
        LONGER
    } else {
        SHORT
    };
    WritingSpace::lines_or_more(least, most)
}

/// How many words and sentences some text has. Two characters of a script without spaces count as a word.
fn size(text: &str) -> (usize, usize) {
    let words = |word: &str| match word.chars().filter(|c| is_spaceless(*c)).count() {
        0 => 1,
        characters => characters.div_ceil(2),
    };
    let ends = |c: char| matches!(c, '.' | '?' | '!' | '。' | '？' | '！' | '؟' | '…');
    let is_end = |word: &&str| word.trim_end_matches(|c: char| !c.is_alphanumeric() && !ends(c)).ends_with(ends);
    let spaced = text.split_whitespace().filter(is_end).count();
    let unspaced = text.chars().filter(|c| matches!(c, '。' | '？' | '！')).count();
    (text.split_whitespace().map(words).sum(), spaced.max(unspaced).max(1))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_lines_follow_from_what_a_question_asks_for() {
        let lines = |ask: &str, parts, is_ticket| match usual_lines(ask, parts, is_ticket) {
            WritingSpace::Lines { count, most, .. } => (count, most),
            _ => (0, 0),
        };
        assert_eq!(lines("Why did Barron lose in 1833?", 0, false), (3, 6));
        assert_eq!(lines("What did he fear? Name two of his methods.", 0, false), (5, 10));
        assert_eq!(
            lines(
                "Why did the Court wait until 1925 to say that the states have to respect the freedom of speech and of the press?",
                0,
                false
            ),
            (5, 10)
        );
        assert_eq!(lines(&"word ".repeat(41), 0, false), (7, 14));
        assert_eq!(lines("Look at the map.", 2, false), (3, 5));
        assert_eq!(lines("What surprised you? Why?", 0, true), (4, 4));
    }

    #[test]
    fn words_are_counted_with_and_without_spaces() {
        assert_eq!(size("¿Por qué? (Da dos razones.)"), (5, 2));
        assert_eq!(size("为什么会发生战争？请说明。"), (6, 2));
        assert_eq!(size("In 1.5 hours"), (3, 1));
        assert_eq!(size(""), (0, 1));
    }
}
