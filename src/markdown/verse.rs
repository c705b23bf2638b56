//! Cuts verse into its lines; each of them is inline Markdown.

use super::{MAX_BYTES, Reader};
use crate::block::verse::{Stanzas, VerseLine};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::yaml::TextMap;

/// Most lines of one text: the longest book of the Iliad has 909.
const MAX_LINES: usize = 1000;

/// Deepest indentation of a line, in characters.
const MAX_INDENT: usize = 40;

/// Parses verse: each line stands by itself, a blank line ends a stanza.
pub fn verse(text: &str, map: &TextMap, has_glyph: &dyn Fn(char) -> bool, diagnostics: &mut Diagnostics) -> Stanzas {
    let mut stanzas = vec![Vec::new()];
    let too_long = text.len() > MAX_BYTES || text.lines().count() > MAX_LINES;
    if too_long {
        let message = format!("the text has more than {MAX_LINES} lines, or more than {} KB", MAX_BYTES / 1024);
        diagnostics.push(Diagnostic::new(Code::OversizedText, map.place(0, 1), message).help("cut it into several texts"));
        return Stanzas::default();
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if content.is_empty() {
            stanzas.push(Vec::new());
        } else {
            let indent = line.len() - line.trim_start().len();
            let from = start + indent;
            let part = map.part(from..from + content.len());
            let read = Reader::read(content, &part, has_glyph, diagnostics, |reader, root| reader.verse_line(root));
            let (nodes, label) = read.unwrap_or_default();
            let indent = u8::try_from(indent.min(MAX_INDENT)).unwrap_or(u8::MAX);
            stanzas.last_mut().expect("there is always a last stanza").push(VerseLine { nodes, indent, label });
        }
        start += line.len();
    }
    stanzas.retain(|stanza| !stanza.is_empty());
    Stanzas(stanzas)
}
