//! Makes sure that every word of a document is in the files that were made from it.

use std::collections::HashMap;

use super::document::{Document, plain};
use super::recognize::text_of;

/// The words of some text: letters and digits, in lowercase.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase)
}

/// The pieces of a document with words that these texts don't have as often.
pub(super) fn missing(document: &Document, texts: &[&str]) -> Vec<String> {
    let mut have: HashMap<String, usize> = HashMap::new();
    // A word may be cut in two by a sign that Markdown needs, so letters around signs count together, too.
    let joined = |text: &str| text.replace('\\', "");
    for text in texts {
        words(&joined(text)).for_each(|word| *have.entry(word).or_default() += 1);
    }
    let notes = document.notes.values().flatten().map(|line| plain(line));
    let aside = document.aside.iter().map(|(_, text)| text.clone());
    let pieces: Vec<String> = document.blocks.iter().map(text_of).chain(notes).chain(aside).collect();
    let mut missing = Vec::new();
    for piece in pieces {
        let mut lost = false;
        for word in words(&piece) {
            match have.get_mut(&word) {
                Some(count) if *count > 0 => *count -= 1,
                _ => lost = true,
            }
        }
        if lost {
            missing.push(piece.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::super::document::{Block, Span, Style};
    use super::*;

    #[test]
    fn what_is_missing_is_found() {
        let paragraph = |text: &str| Block::Paragraph(vec![Span::Text(text.to_owned(), Style::default())]);
        let document = Document { blocks: vec![paragraph("It began."), paragraph("It ended twice.")], ..Document::default() };
        assert_eq!(missing(&document, &["reading: It began. It ended twice."]), Vec::<String>::new());
        assert_eq!(missing(&document, &["reading: It began.", "It ended."]), ["It ended twice."]);
    }
}
