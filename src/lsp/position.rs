//! Places as the protocol has them: lines and UTF-16 code units, both counted from 0, and files as addresses.

use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value as Json, json};
use url::Url;

/// The place of a byte.
pub(super) fn position(text: &str, offset: usize) -> Json {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[..start].bytes().filter(|byte| *byte == b'\n').count();
    json!({"line": line, "character": text[start..offset].encode_utf16().count()})
}

/// The places of the first byte and the one after the last.
pub(super) fn range(text: &str, range: &Range<usize>) -> Json {
    json!({"start": position(text, range.start), "end": position(text, range.end)})
}

/// The byte at a place; one beyond the end of a line is the end of the line.
pub(super) fn offset(text: &str, line: u64, character: u64) -> usize {
    let mut start = 0;
    for _ in 0..line {
        match text[start..].find('\n') {
            Some(newline) => start += newline + 1,
            None => return text.len(),
        }
    }
    let content = text[start..].lines().next().unwrap_or_default();
    let mut units = 0;
    for (at, c) in content.char_indices() {
        if units >= character {
            return start + at;
        }
        units += c.len_utf16() as u64;
    }
    start + content.len()
}

/// The address of a file.
pub fn uri_of(path: &Utf8Path) -> String {
    Url::from_file_path(path).map_or_else(|()| format!("file:{path}"), String::from)
}

/// The file at an address; `None` if it isn't the address of a file.
pub fn path_of(uri: &str) -> Option<Utf8PathBuf> {
    if let Some(path) = uri.strip_prefix("file:").filter(|path| !path.starts_with('/')) {
        return Some(path.into());
    }
    Utf8PathBuf::from_path_buf(Url::parse(uri).ok()?.to_file_path().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_utf16() {
        let text = "é𝒳b\nsecond\n";
        assert_eq!(position(text, "é𝒳".len()), json!({"line": 0, "character": 3}));
        assert_eq!(offset(text, 0, 3), "é𝒳".len());
        assert_eq!(offset(text, 0, 99), "é𝒳b".len());
        assert_eq!(offset(text, 1, 2), "é𝒳b\nse".len());
        assert_eq!(offset(text, 9, 0), text.len());
        assert_eq!(position(text, text.len()), json!({"line": 2, "character": 0}));
    }

    #[cfg(unix)]
    #[test]
    fn files_have_addresses() {
        for path in ["/lessons/my unit/war #1.yaml", "/lessons/é.yaml"] {
            assert_eq!(path_of(&uri_of(path.into())).as_deref(), Some(Utf8Path::new(path)));
        }
        assert_eq!(path_of("untitled:Untitled-1"), None);
        assert_eq!(path_of("https://example.org/a.yaml"), None);
    }
}
