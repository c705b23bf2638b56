//! Source files as the user wrote them, and places in them; it doesn't read files itself.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

/// Identifies a file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct FileId(u32);

/// Text as it is read: without a byte order mark, and with `\n` at the end of every line.
///
/// Git and editors change both, so that neither may change a place, a digest, or a packet.
pub fn normalized(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// A range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Place {
    /// The place from `start` to `end`, in bytes.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let byte = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: byte(start), end: byte(end.max(start)) }
    }

    /// The start of a file, for errors about the whole file.
    pub fn beginning(file: FileId) -> Self {
        Self::new(file, 0, 0)
    }
}

/// One file: the path that messages show, and its text.
#[derive(Debug)]
pub struct SourceFile {
    path: Utf8PathBuf,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// The path, as messages show it.
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The full text; empty if the file couldn't be read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset, counted from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        (line, self.text[start..offset].chars().count() + 1)
    }

    /// The nearest offset at or before `offset` that doesn't split a character.
    pub fn floor_char_boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

/// All files in one run.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// The file that was added last for each path.
    by_path: HashMap<Utf8PathBuf, FileId>,
}

impl Sources {
    /// Adds a file and returns its id. The id stays the same as long as the text does.
    pub fn add(&mut self, path: impl Into<Utf8PathBuf>, text: String) -> FileId {
        let path = path.into();
        if let Some(known) = self.by_path.get(&path).filter(|known| self.file(**known).text == text) {
            return *known;
        }
        let line_starts =
            std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1)).collect();
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than four billion files fit in memory"));
        self.by_path.insert(path.clone(), id);
        self.files.push(SourceFile { path, text, line_starts });
        id
    }

    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text at a place.
    pub fn text(&self, place: Place) -> &str {
        let file = self.file(place.file);
        let start = file.floor_char_boundary(place.start as usize);
        let end = file.floor_char_boundary(place.end as usize);
        &file.text[start..end.max(start)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_id_as_long_as_its_text_is_the_same() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "title: One\n".into());
        assert_eq!(sources.add("a.yaml", "title: One\n".into()), id);
        assert_ne!(sources.add("b.yaml", "title: One\n".into()), id);
        let changed = sources.add("a.yaml", "title: Two\n".into());
        assert_ne!(changed, id);
        assert_eq!((sources.file(id).text(), sources.file(changed).text()), ("title: One\n", "title: Two\n"));
    }

    #[test]
    fn every_line_end_is_read_the_same() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r", "\u{feff}a\r\nb\n"] {
            assert_eq!(normalized(text.to_owned()), "a\nb\n");
        }
        assert_eq!(normalized("a\u{feff}".to_owned()), "a\u{feff}", "only the first character is a mark");
    }

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", "née: 1\nzwölf: 2\n".into());
        let file = sources.file(id);
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column("née".len()), (1, 4));
        assert_eq!(file.line_column("née: 1\nzwölf".len()), (2, 6));
        assert_eq!(file.line_column(10_000), (3, 1));
    }
}
