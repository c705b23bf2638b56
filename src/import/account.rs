//! Makes sure that every word of a document is in the files that were made from it: what a reader didn't understand, and what had
//! no place in a lesson.

use std::collections::HashMap;

use super::document::{Aside, Document, plain};
use super::recognize::text_of;

/// The words of some text: letters and digits, in lowercase.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase)
}

/// Adds what a reader left out: of these pieces of the file's text, those with words that the document doesn't have as often.
pub(super) fn complete(document: &mut Document, pieces: &[String]) {
    let mut have: HashMap<String, usize> = HashMap::new();
    let title = document.title.iter().cloned();
    for text in parts_of(document).chain(title) {
        words(&text).for_each(|word| *have.entry(word).or_default() += 1);
    }
    // Numbers of notes and of entries aren't words.
    let is_mark = |word: &str| word.chars().count() < 4 && word.chars().all(|c| c.is_ascii_digit());
    for piece in pieces {
        if lacks(&mut have, words(piece).filter(|word| !is_mark(word))) {
            document.aside.push((Aside::Elsewhere, spaced(piece)));
        }
    }
}

/// The text of each part of a document.
fn parts_of(document: &Document) -> impl Iterator<Item = String> + '_ {
    let notes = document.notes.values().flatten().map(|line| plain(line));
    let aside = document.aside.iter().map(|(_, text)| text.clone());
    document.blocks.iter().map(text_of).chain(notes).chain(aside)
}

/// Whether there are fewer of these words; takes them away.
fn lacks(have: &mut HashMap<String, usize>, words: impl Iterator<Item = String>) -> bool {
    let mut lacks = false;
    for word in words {
        match have.get_mut(&word) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lacks = true,
        }
    }
    lacks
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pieces of a document with words that these texts don't have as often.
pub(super) fn missing(document: &Document, texts: &[&str]) -> Vec<String> {
    let mut have: HashMap<String, usize> = HashMap::new();
    // A word may be cut in two by a sign that Markdown needs, so letters around signs count together, too.
    let joined = |text: &str| text.replace('\\', "");
    for text in texts {
        words(&joined(text)).for_each(|word| *have.entry(word).or_default() += 1);
    }
    let pieces: Vec<String> = parts_of(document).collect();
    pieces.into_iter().filter(|piece| lacks(&mut have, words(piece))).map(|piece| spaced(&piece)).collect()
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
