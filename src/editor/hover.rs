//! What is known about the key, word, or name at a place.

use std::ops::Range;

use camino::Utf8Path;

use super::cursor::{self, Spot};
use super::{Family, Named, Occurrence, Workspace, expected};
use crate::schema::expected::Step;

/// The most lines of a definition that are shown.
const MAX_LINES: usize = 8;

/// The longest line that is shown, in characters.
const MAX_LINE: usize = 240;

/// An explanation of something in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The explanation, in Markdown.
    pub markdown: String,
    /// The bytes that it is about.
    pub range: Range<usize>,
}

impl Workspace {
    /// Explains what is at a byte of a file: the definition of a name, the meaning of a key or a word.
    pub fn hover(&mut self, path: &Utf8Path, offset: usize) -> Option<Hover> {
        if let Some(family) = self.family(path)
            && let Some(at) = family.at(path, offset)
        {
            let range = family.location(at)?.range;
            let is_same = |other: &&Occurrence| other.is_definition && other.named == at.named && other.name == at.name;
            let definition = family.names.iter().find(is_same).and_then(|other| definition(&family, other))?;
            let name = match &at.named {
                Named::Item => format!("**{}** (an item)", at.name),
                Named::Entry(item) => format!("**{}** (in `{item}`)", at.name),
                Named::Label => format!("**{}** (a paragraph or line)", at.name),
                Named::Source => format!("**{}** (a source)", at.name),
                Named::Term => format!("**{}** (in the vocabulary)", at.name),
            };
            return Some(Hover { markdown: format!("{name}\n\n{definition}"), range });
        }
        self.hover_word(path, offset)
    }

    /// Explains a key or a word of the format.
    fn hover_word(&self, path: &Utf8Path, offset: usize) -> Option<Hover> {
        let text = self.text(path);
        let offset = offset.min(text.len());
        if !text.is_char_boundary(offset) {
            return None;
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let start =
            text[..offset].rfind(|c| !is_word(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let end = text[offset..].find(|c| !is_word(c)).map_or(text.len(), |at| offset + at);
        let word = text.get(start..end).filter(|word| !word.is_empty())?;
        let cursor = cursor::at(&text, start);
        let expected = expected(path, &cursor.levels)?;
        let meaning = match &cursor.spot {
            Spot::Key { beside, .. } => {
                let with_own: Vec<(String, String)> = beside.clone();
                let key = expected.keys(&with_own).into_iter().find(|key| key.name == word);
                match key {
                    Some(key) => {
                        let required = if key.is_required { " (required)" } else { "" };
                        let example = key.value.example().map(|example| format!("\n\nExample: `{example}`")).unwrap_or_default();
                        format!("**{word}**{required}\n\n{}{example}", key.meaning?)
                    }
                    None => {
                        let value = expected.step(Step::Key(word), &with_own)?;
                        format!("**{word}**\n\n{}", value.meaning()?)
                    }
                }
            }
            Spot::Value { .. } => {
                let words = expected.words();
                let (_, meaning) = words.into_iter().find(|(known, _)| *known == word)?;
                format!("**{word}**\n\n{}", meaning?)
            }
            Spot::Text => return None,
        };
        Some(Hover { markdown: meaning, range: start..end })
    }
}

/// The lines that define a name, in Markdown.
pub(super) fn definition(family: &Family, occurrence: &Occurrence) -> Option<String> {
    let location = family.location(occurrence)?;
    let text = family.sources.file(occurrence.place.file).text();
    let start = text[..location.range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let mut lines = text[start..].lines();
    let first = lines.next()?;
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut shown = vec![shortened(first.trim())];
    // A paragraph is one line; a key has its value below it.
    if occurrence.named != Named::Label {
        let under =
            lines.take_while(|line| !line.trim().is_empty() && indent(line) > indent(first).min(location.range.start - start));
        shown.extend(under.take(MAX_LINES - 1).map(|line| shortened(line.trim())));
    }
    Some(shown.join("\n\n"))
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= MAX_LINE {
        return line.to_owned();
    }
    let start: String = line.chars().take(MAX_LINE - 1).collect();
    format!("{}…", start.trim_end())
}
