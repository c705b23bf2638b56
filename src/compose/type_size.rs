//! The type size of running text: the lesson's own, the series', or by grade.

use crate::lesson::Lesson;
use crate::lesson::grades::highest;
use crate::lesson::series::Series;
use crate::packet::setting::USUAL_TYPE;

/// Type sizes by the highest grade of a lesson, in points.
///
/// Edward Shaw asked for letters (the height of an x) of 2.6 mm in the first year, 2 mm in the second and third, and 1.8 mm in the
/// fourth ("School Hygiene", 1901; quoted in Edmund Huey, "Hygienic Requirements in the Printing of Books and Papers", Popular
/// Science Monthly 70, 1907). In Source Serif 4, whose x is 0.475 em high, these are 15.5, 12, and 10.7 points. Type over 18 points
/// doesn't help beginners: it makes them read letters, not words (Lynne Watts and John Nisbet, "Legibility in Children's Books",
/// 1974).
const BY_GRADE: [(u32, f64); 2] = [(2, 16.0), (5, 13.0)];

/// The type size of running text in a standard packet of these lessons, in points: the largest that one of them needs.
pub(super) fn type_size<'a>(series: &Series, lessons: impl Iterator<Item = &'a Lesson>) -> f64 {
    lessons.map(|lesson| of_lesson(series, lesson)).fold(0.0, f64::max)
}

fn of_lesson(series: &Series, lesson: &Lesson) -> f64 {
    let asked = lesson.type_size.or(series.look.type_size).map(f64::from);
    asked.unwrap_or_else(|| lesson.grades.as_deref().map_or(USUAL_TYPE, by_grade))
}

/// The type size for lessons with these grades, in points.
fn by_grade(grades: &str) -> f64 {
    let size = highest(grades).and_then(|highest| BY_GRADE.iter().find(|(grade, _)| highest <= *grade));
    size.map_or(USUAL_TYPE, |(_, size)| *size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn young_readers_get_larger_type() {
        let sizes = ["K", "K-2", "2", "3", "K-5", "3–5", "4-6", "9-12", "adults"].map(by_grade);
        assert_eq!(sizes, [16.0, 16.0, 16.0, 13.0, 13.0, 13.0, 11.0, 11.0, 11.0]);
    }
}
