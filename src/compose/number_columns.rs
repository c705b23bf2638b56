//! Aligns columns of numbers at the end, so ones, tens, and hundreds line up.

use std::collections::BTreeSet;

use crate::lesson::prose::Alignment;

/// The alignments of a table's columns, from those that were typed and the plain text of its rows. Where one column of numbers is
/// aligned at the end, so are the others. `row_heads` is whether the first column names the rows.
pub(super) fn aligned(typed: &[Alignment], rows: &[Vec<String>], row_heads: bool) -> Vec<Alignment> {
    let is_number = |text: &str| {
        text.chars().all(|c| c.is_ascii_digit() || ".,$%+-−–£€ ".contains(c)) && text.chars().any(|c| c.is_ascii_digit())
    };
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim());
    let has_numbers =
        |column: usize| !(row_heads && column == 0) && cells(column).next().is_some() && cells(column).all(is_number);
    // Numbers of the same length, such as years, line up either way.
    let varies = |column: usize| cells(column).map(str::len).collect::<BTreeSet<_>>().len() > 1;
    let at_end = |(column, typed): (usize, &Alignment)| has_numbers(column) && (*typed == Alignment::End || varies(column));
    let is_any_at_end = typed.iter().enumerate().any(at_end);
    let aligned = |(column, typed): (usize, &Alignment)| match typed {
        Alignment::Start if is_any_at_end && has_numbers(column) => Alignment::End,
        typed => *typed,
    };
    typed.iter().enumerate().map(aligned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_next_to_numbers_line_up() {
        let rows = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let (start, end) = (Alignment::Start, Alignment::End);
        let money = rows(&[&["One", "300", "$9,000"], &["Two", "120", "$10,000"]]);
        assert_eq!(aligned(&[start; 3], &money, true), [start, end, end]);
        let years = rows(&[&["1868", "One"], &["1925", "Two"]]);
        assert_eq!(aligned(&[start; 2], &years, false), [start, start]);
        assert_eq!(aligned(&[end, start], &years, false), [end, start]);
        assert_eq!(aligned(&[start; 2], &rows(&[&["7", "12"], &["8", "5"]]), true), [start, end], "numbers can name rows");
    }
}
