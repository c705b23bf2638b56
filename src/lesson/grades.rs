//! Grade levels, as people write them.

/// A bit for each grade in text such as `9–12` or `K–2, 5`. Kindergarten is the lowest bit.
pub fn grades(text: &str) -> u16 {
    let mut bits = 0;
    let mut before: Option<u8> = None;
    let mut is_range = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| c.is_ascii_alphanumeric() != first.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (token, tail) = rest.split_at(length);
        rest = tail;
        let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let grade = if token.eq_ignore_ascii_case("k") { Some(0) } else { digits.parse().ok().filter(|grade| *grade <= 12) };
        if let Some(grade) = grade {
            let from = if is_range { before.unwrap_or(grade) } else { grade };
            (from.min(grade)..=from.max(grade)).for_each(|grade| bits |= 1 << grade);
            before = Some(grade);
            is_range = false;
        } else if token.eq_ignore_ascii_case("to") || token.contains(['-', '–', '—']) {
            is_range = true;
        } else if !token.trim().is_empty() {
            is_range = false;
        }
    }
    bits
}

/// The highest of these grades; kindergarten is 0.
pub fn highest(text: &str) -> Option<u32> {
    grades(text).checked_ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_people_write_them() {
        let bits = |grades: &[u8]| grades.iter().map(|grade| 1u16 << grade).sum::<u16>();
        assert_eq!(grades("9–12"), bits(&[9, 10, 11, 12]));
        assert_eq!(grades("K-2"), bits(&[0, 1, 2]));
        assert_eq!(grades("3, 5 to 7"), bits(&[3, 5, 6, 7]));
        assert_eq!(grades("8th"), bits(&[8]));
        assert_eq!(grades("all, 99"), 0);
    }

    #[test]
    fn the_highest_grade_is_told() {
        assert_eq!(
            (highest("K-2"), highest("K"), highest("6, 3–5"), highest("9–12"), highest("all")),
            (Some(2), Some(0), Some(6), Some(12), None)
        );
    }
}
