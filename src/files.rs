//! Loads files into [`Sources`]: text of limited size, and only from the lessons folder. Unsaved text from an editor replaces the
//! file on disk.
#![expect(clippy::disallowed_methods, reason = "this module reads the lessons")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};

/// The largest file that is read, in bytes; lessons are rarely longer than 100 KB.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// The files of a lessons folder: from disk, or from an editor's unsaved text.
#[derive(Debug, Default)]
pub struct Files {
    overlays: BTreeMap<Utf8PathBuf, String>,
}

impl Files {
    /// Replaces a file's text; the file doesn't need to exist. The path must start like the path of the lessons folder.
    pub fn lay_over(&mut self, path: impl Into<Utf8PathBuf>, text: String) {
        self.overlays.insert(path.into(), text);
    }

    /// Goes back to the file on disk.
    pub fn uncover(&mut self, path: &Utf8Path) {
        self.overlays.remove(path);
    }

    /// Whether a path exists.
    pub fn exists(&self, path: &Utf8Path) -> bool {
        self.overlays.contains_key(path) || path.symlink_metadata().is_ok()
    }

    /// Loads one file; `None` if it can't be read as text, which is reported.
    ///
    /// # Errors
    /// Fails on disk errors, which aren't errors in a lesson.
    pub fn load(
        &self,
        path: &Utf8Path,
        root: &Utf8Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<FileId>> {
        let read = match self.overlays.get(path) {
            Some(text) => decode(text.clone().into_bytes()),
            None => text(path, root).with_context(|| format!("cannot read {path}"))?,
        };
        let (text, problem) = match read {
            Ok(text) => (text, None),
            Err(problem) => (problem.readable.clone(), Some(problem)),
        };
        let end = text.len();
        let file = sources.add(path, text);
        let Some(problem) = problem else { return Ok(Some(file)) };
        let place = Place::new(file, end, end);
        diagnostics.push(Diagnostic::new(problem.code, place, problem.message).help(problem.help));
        Ok(None)
    }

    /// The current text of a file that was loaded before; empty if it can't be read anymore.
    pub fn text_again(&self, path: &Utf8Path) -> String {
        self.overlays.get(path).cloned().unwrap_or_else(|| std::fs::read_to_string(path).unwrap_or_default())
    }

    /// Lists a folder; a linked folder outside `root` isn't followed.
    ///
    /// # Errors
    /// Fails if the folder can't be read.
    pub fn list(&self, folder: &Utf8Path, root: &Utf8Path) -> Result<Listing> {
        let mut listing = Listing::default();
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {folder}"))? {
            let path = entry.with_context(|| format!("cannot read the folder {folder}"))?.path();
            let path = match Utf8PathBuf::from_path_buf(path) {
                Ok(path) => path,
                Err(path) => {
                    let path = Utf8PathBuf::from(path.to_string_lossy().into_owned());
                    listing.refused.push((
                        path,
                        Code::UnreadableFile,
                        "the name of this file isn't valid UTF-8",
                        "rename the file",
                    ));
                    continue;
                }
            };
            if path.file_name().unwrap_or_default().starts_with('.') {
                continue;
            }
            let ending = path.extension().unwrap_or_default();
            if ending == "yaml" {
                listing.files.push(path);
            } else if path.is_dir() {
                if is_inside(&path, root).unwrap_or(false) {
                    listing.folders.push(path);
                } else {
                    let message = "this folder links to a place outside the lessons folder";
                    listing.refused.push((path, Code::UnsafePath, message, "replace the link with the folder itself"));
                }
            } else if is_almost_yaml(&path) {
                listing.almost.push(path);
            }
        }
        for path in self.overlays.keys().filter(|path| path.parent() == Some(folder) && path.extension() == Some("yaml")) {
            if !listing.files.contains(path) {
                listing.files.push(path.clone());
            }
        }
        listing.files.sort();
        listing.folders.sort();
        listing.almost.sort();
        listing.refused.sort();
        Ok(listing)
    }
}

struct Problem {
    code: Code,
    message: String,
    help: String,
    /// The text before the problem.
    readable: String,
}

fn problem(message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem { code: Code::UnreadableFile, message: message.into(), help: help.into(), readable: String::new() }
}

/// The help for a folder that is named like a file.
fn rename_the_folder(path: &Utf8Path) -> &'static str {
    let stem = path.file_stem().unwrap_or_default();
    let is_lesson = path.extension() == Some("yaml") && !stem.contains('.') && !matches!(stem, "issue" | "series");
    if is_lesson { "rename the folder, and change `lessons` in `issue.yaml`" } else { "rename the folder, or move it" }
}

fn text(path: &Utf8Path, root: &Utf8Path) -> std::io::Result<Result<String, Problem>> {
    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound && std::fs::symlink_metadata(path).is_err() => {
            return Ok(Err(problem("file not found", "check its name and its folder")));
        }
        // A broken link is an error in the lessons; anything else is a disk error.
        Err(_) if std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) => {
            return Ok(Err(problem("this link is broken", "replace the link with the file itself")));
        }
        other => other?,
    };
    if metadata.is_dir() {
        return Ok(Err(problem("expected a file, found a folder", rename_the_folder(path))));
    }
    if !metadata.is_file() {
        return Ok(Err(problem("expected an ordinary file, found a device", "replace it with an ordinary file")));
    }
    if !is_inside(path, root)? {
        return Ok(Err(Problem {
            code: Code::UnsafePath,
            ..problem("this file links to a place outside the lessons folder", "replace the link with the file itself")
        }));
    }
    if metadata.len() > MAX_BYTES {
        return Ok(Err(problem(
            format!("the file is {}; the maximum is {}", megabytes(metadata.len()), megabytes(MAX_BYTES)),
            "check that this is the right file, and move pictures to separate files",
        )));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(decode(bytes))
}

fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || looks_like_utf16(&bytes) {
        return Err(problem("expected UTF-8 encoding, found UTF-16", "save the file again with UTF-8 encoding"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let readable = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        let message = "from here on, the file isn't valid UTF-8";
        Problem { readable, ..problem(message, "open it in an editor, and save it with UTF-8 encoding") }
    })?;
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    match text.find(strange) {
        Some(at) => {
            let code = u32::from(text[at..].chars().next().expect("a character was just found"));
            let message = format!("found an invisible control character (U+{code:04X})");
            Err(Problem {
                readable: text[..at].to_owned(),
                ..problem(message, "retype the end of this line; if the whole file is unreadable, it isn't YAML: replace it")
            })
        }
        None => Ok(text),
    }
}

/// A size in words, rounded up: "2.1 MB".
fn megabytes(bytes: u64) -> String {
    const MEGABYTE: u64 = 1024 * 1024;
    if bytes >= 100 * MEGABYTE {
        return format!("{} MB", bytes.div_ceil(MEGABYTE));
    }
    let tenths = bytes.saturating_mul(10).div_ceil(MEGABYTE);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

/// Whether every second byte at the start is zero, as in a file with European letters saved as UTF-16 without a mark.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let pairs = bytes.get(..bytes.len().min(64) & !1).unwrap_or_default();
    let zero = |side: usize| pairs.chunks_exact(2).all(|pair| pair[side] == 0 && pair[1 - side] != 0);
    pairs.len() >= 4 && (zero(0) || zero(1))
}

/// Whether a path is inside a folder, after following all links.
///
/// # Errors
/// Fails if either one doesn't exist or can't be accessed.
pub fn is_inside(path: &Utf8Path, folder: &Utf8Path) -> std::io::Result<bool> {
    Ok(path.canonicalize()?.starts_with(folder.canonicalize()?))
}

/// The contents of a folder, sorted by name, without hidden files.
#[derive(Debug, Default)]
pub struct Listing {
    /// The `.yaml` files.
    pub files: Vec<Utf8PathBuf>,
    /// The folders.
    pub folders: Vec<Utf8PathBuf>,
    /// Files whose names almost end in `.yaml`: `war.yml`, `war.YAML`, `war.yaml.txt`.
    pub almost: Vec<Utf8PathBuf>,
    /// Rejected entries, each with an error code, a message, and help.
    pub refused: Vec<(Utf8PathBuf, Code, &'static str, &'static str)>,
}

impl Listing {
    /// The name of the file that would be `<stem>.yaml` if it ended the right way.
    pub fn almost_called(&self, stem: &str) -> Option<&str> {
        let is_it = |name: &&str| name.strip_prefix(stem).is_some_and(|ending| ending.starts_with('.'));
        self.almost.iter().filter_map(|path| path.file_name()).find(is_it)
    }
}

/// Whether a file is meant to be YAML. Editors on Windows tend to add `.txt`, and its file manager hides it.
fn is_almost_yaml(path: &Utf8Path) -> bool {
    let is_yaml = |ending: &str| ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml");
    let stem = path.file_stem().unwrap_or_default();
    let inner = Utf8Path::new(stem).extension().unwrap_or_default();
    path.extension().is_some_and(|ending| is_yaml(ending) || (ending.eq_ignore_ascii_case("txt") && is_yaml(inner)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_encodings() {
        assert_eq!(megabytes(2 * 1024 * 1024), "2.0 MB");
        assert_eq!(megabytes(2 * 1024 * 1024 + 1), "2.1 MB");
        assert_eq!(megabytes(1024 * 1024 * 1024), "1024 MB");
        assert!(looks_like_utf16(b"t\0i\0t\0"));
        assert!(looks_like_utf16(b"\0t\0i"));
        assert!(!looks_like_utf16(b"title"));
    }
}
