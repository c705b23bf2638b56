//! The text of a printed packet in order, with the numbers that readers know, to compare two versions of it.

use super::document::{Block, Entry, Marker, plain};
use super::pdf;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its text.
    pub text: String,
    /// Whether it is a heading.
    pub is_heading: bool,
    /// The number of the paragraph or item, for people: `paragraph 12`, `item 3`.
    pub number: Option<String>,
}

/// The text of a PDF without what is at the top and bottom of every page; `None` if it can't be read. `fallback` is the font for
/// text whose own font isn't in the file.
pub fn printed(bytes: &[u8], fallback: &'static [u8]) -> Option<Vec<Printed>> {
    let document = pdf::read(bytes.to_vec(), fallback).ok()?;
    let mut paragraphs = 0;
    Some(document.blocks.into_iter().map(|block| of(block, &mut paragraphs)).collect())
}

fn of(block: Block, paragraphs: &mut usize) -> Printed {
    match block {
        Block::Heading(_, line) => Printed { text: plain(&line), is_heading: true, number: None },
        Block::Entry(Entry { marker, line, .. }) => {
            let number = match marker {
                Marker::Number(number) => Some(format!("item {number}")),
                Marker::Bullet | Marker::Box | Marker::Letter(_) => None,
            };
            Printed { text: plain(&line), is_heading: false, number }
        }
        Block::Paragraph(line) | Block::Quotation(line) => numbered(&plain(&line), paragraphs),
        Block::Equation(text) => Printed { text, is_heading: false, number: None },
        Block::Verse(lines) => numbered(&lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join(" "), paragraphs),
        Block::Table(rows) => {
            let cells = rows.iter().flatten().flatten().map(|line| plain(line));
            Printed { text: cells.collect::<Vec<_>>().join(" "), is_heading: false, number: None }
        }
    }
}

/// A paragraph. Those of a reading have their number before them, one more than the last.
fn numbered(text: &str, paragraphs: &mut usize) -> Printed {
    let next = text.split_once(' ').filter(|(number, _)| number.parse() == Ok(*paragraphs + 1));
    match next {
        Some((number, rest)) => {
            *paragraphs += 1;
            Printed { text: rest.to_owned(), is_heading: false, number: Some(format!("paragraph {number}")) }
        }
        None => Printed { text: text.to_owned(), is_heading: false, number: None },
    }
}
