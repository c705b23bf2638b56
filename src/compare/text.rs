//! Compares the text of two PDFs: block by block, then word by word, with the place that a reader knows.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use crate::import::printed_text::{Printed, printed};

/// The longest text that is shown around a change, in words.
const AROUND: usize = 12;

/// A change in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// Where it is: the heading before it, and the number of the paragraph or item.
    pub place: String,
    /// The words in order, with some around the change.
    pub pieces: Vec<Piece>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It is the same.
    Same(String),
    /// It was added.
    Added(String),
    /// It was removed.
    Removed(String),
    /// Text that is the same is left out here.
    Gap,
}

/// What changed in the text of two PDFs. Empty if one of them has no text.
pub(super) fn changes(before: &[u8], after: &[u8], fallback: &'static [u8]) -> Vec<TextChange> {
    let (Some(before), Some(after)) = (printed(before, fallback), printed(after, fallback)) else { return Vec::new() };
    between(&before, &after)
}

fn between(before: &[Printed], after: &[Printed]) -> Vec<TextChange> {
    let texts = |blocks: &[Printed]| -> Vec<String> { blocks.iter().map(|block| block.text.clone()).collect() };
    let (old, new) = (texts(before), texts(after));
    let mut changes = Vec::new();
    for operation in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (old_range, new_range) = match operation {
            DiffOp::Equal { .. } => continue,
            DiffOp::Delete { old_index, old_len, new_index } => (old_index..old_index + old_len, new_index..new_index),
            DiffOp::Insert { old_index, new_index, new_len } => (old_index..old_index, new_index..new_index + new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (old_index..old_index + old_len, new_index..new_index + new_len)
            }
        };
        // Blocks that break differently over pages are the same words.
        let pairs = old_range.len().max(new_range.len());
        let is_even = old_range.len() == new_range.len();
        if is_even {
            for index in 0..pairs {
                let (old_at, new_at) = (old_range.start + index, new_range.start + index);
                changes.extend(change(place(after, new_at), &old[old_at], &new[new_at]));
            }
        } else {
            let place = if new_range.is_empty() { place(before, old_range.start) } else { place(after, new_range.start) };
            changes.extend(change(place, &old[old_range].join(" "), &new[new_range].join(" ")));
        }
    }
    changes
}

/// Where a block is, for people.
fn place(blocks: &[Printed], index: usize) -> String {
    let before = &blocks[..(index + 1).min(blocks.len())];
    let heading = before.iter().rev().find(|block| block.is_heading).map(|block| block.text.clone());
    let since = before.iter().rposition(|block| block.is_heading).map_or(0, |at| at + 1);
    let number = before[since.min(before.len())..].iter().rev().find_map(|block| block.number.clone());
    [heading, number].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The change between two versions; `None` if only spaces differ.
fn change(place: String, old: &str, new: &str) -> Option<TextChange> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (old, new) = (words(old), words(new));
    if old == new {
        return None;
    }
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_unicode_words(&old, &new);
    let mut pieces: Vec<Piece> = Vec::new();
    for part in diff.iter_all_changes() {
        let value = part.value();
        match (part.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(Piece::Same(text)))
            | (ChangeTag::Insert, Some(Piece::Added(text)))
            | (ChangeTag::Delete, Some(Piece::Removed(text))) => text.push_str(value),
            (ChangeTag::Equal, _) => pieces.push(Piece::Same(value.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(Piece::Added(value.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(Piece::Removed(value.to_owned())),
        }
    }
    Some(TextChange { place, pieces: shortened(pieces) })
}

/// Leaves out what is far from any change.
fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let mut short = Vec::new();
    for (index, piece) in pieces.into_iter().enumerate() {
        let Piece::Same(text) = &piece else {
            short.push(piece);
            continue;
        };
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        let (head, tail) = (if index == 0 { 0 } else { AROUND }, if index == last { 0 } else { AROUND });
        if words.len() <= head + tail + 1 {
            short.push(piece);
            continue;
        }
        if head > 0 {
            short.push(Piece::Same(words[..head].concat()));
        }
        short.push(Piece::Gap);
        if tail > 0 {
            short.push(Piece::Same(words[words.len() - tail..].concat()));
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str, number: Option<&str>) -> Printed {
        Printed { text: text.to_owned(), is_heading: false, number: number.map(str::to_owned) }
    }

    fn heading(text: &str) -> Printed {
        Printed { text: text.to_owned(), is_heading: true, number: None }
    }

    #[test]
    fn a_change_has_its_place_and_its_words() {
        let before = [
            heading("Reading"),
            block("It began.", Some("1")),
            block("It went on in the old way.", Some("2")),
            heading("Discussion"),
        ];
        let mut after = before.clone();
        after[2] = block("It went on in a new way.", Some("2"));
        let changes = between(&before, &after);
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].place, "Reading, 2");
        let text: String = changes[0]
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Same(text) => text.clone(),
                Piece::Added(text) => format!("+{text}+"),
                Piece::Removed(text) => format!("-{text}-"),
                Piece::Gap => "…".to_owned(),
            })
            .collect();
        assert!(text.contains("-the-") && text.contains("+a+") && text.ends_with(" way."), "{text}");
    }

    #[test]
    fn blocks_that_only_break_differently_have_not_changed() {
        let before = [block("It began and it went on.", None)];
        let after = [block("It began", None), block("and it went on.", None)];
        assert_eq!(between(&before, &after), []);
    }

    #[test]
    fn new_and_removed_blocks_are_named_where_they_are() {
        let before = [heading("Reading"), block("One.", Some("1")), block("Two.", Some("2"))];
        let after = [heading("Reading"), block("One.", Some("1")), block("Between.", Some("2")), block("Two.", Some("3"))];
        let added = between(&before, &after);
        assert_eq!(added, [TextChange { place: "Reading, 2".to_owned(), pieces: vec![Piece::Added("Between.".to_owned())] }]);
        let removed = between(&after, &before);
        assert_eq!(removed[0].pieces, [Piece::Removed("Between.".to_owned())]);
    }

    #[test]
    fn text_far_from_a_change_is_left_out() {
        let long = "word ".repeat(50);
        let changes = between(&[block(&format!("{long}old {long}end"), None)], &[block(&format!("{long}new {long}end"), None)]);
        assert!(matches!(changes[0].pieces.first(), Some(Piece::Gap)) && matches!(changes[0].pieces.last(), Some(Piece::Gap)));
    }
}
