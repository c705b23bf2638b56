//! Lines that YAML joins, although they are paragraphs, items, or headings.

use super::mask::BULLETS;
use super::{Reader, Shape};
use crate::diagnostics::Code;
use crate::yaml::Joining;

impl Reader<'_> {
    /// Reports the first line that YAML joins to the line above, although it begins a paragraph or an item.
    pub(super) fn report_joined(&mut self, shape: Shape) {
        let Some((joining, lines)) = self.map.joined() else { return };
        let is_lost = |(at, is_after_blank): &&(usize, bool)| *is_after_blank || begins_block(&self.text[*at..]);
        let Some((at, is_after_blank)) = lines.iter().find(is_lost).copied() else { return };
        let line = self.text[at..].split(['\n', '.']).next().unwrap_or_default();
        let length = line.char_indices().nth(MAX_SHOWN).map_or(line.len(), |(end, _)| end);
        let place = self.map.place(at, at + length.max(1));
        let what = if is_after_blank { "this paragraph" } else { "this line" };
        let help = match joining {
            _ if shape == Shape::Line && is_after_blank => "remove the blank line, or write two texts",
            _ if shape == Shape::Line => "move the list to a block of its own, or write the text on one line",
            Joining::Folded => "write `|` instead of `>`",
            Joining::Quoted => "remove the quotation marks, write `|` after the key, and indent all lines of the text below it",
            Joining::Plain => "write `|` after the key, and indent all lines of the text below it",
        };
        self.report(Code::ChangedText, place, format!("{what} prints as part of the one above")).set_help(help);
    }
}

/// The most characters that a report points at.
const MAX_SHOWN: usize = 40;

/// Whether text begins with the mark of a list, a heading, a quotation, or a row of a table.
fn begins_block(text: &str) -> bool {
    let first = text.chars().next();
    let marks = text.len() - text.trim_start_matches('#').len();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_spaced = |at: usize| text[at..].starts_with(' ');
    (matches!(first, Some('-' | '*' | '+' | '>')) && is_spaced(1))
        || first.is_some_and(|c| BULLETS.contains(&c) && is_spaced(c.len_utf8()))
        || text.starts_with('|')
        || ((1..=6).contains(&marks) && is_spaced(marks))
        || ((1..=2).contains(&digits) && matches!(text.as_bytes().get(digits), Some(b'.' | b')')) && is_spaced(digits + 1))
}
