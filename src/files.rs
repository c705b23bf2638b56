//! Takes files into [`Sources`]: bounded, as text, and only from inside the lessons folder. A text that an editor has not saved yet lies over the file on the disk.
#![expect(clippy::disallowed_methods, reason = "this is what reads lessons")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};

/// Largest file that is read, in bytes: a lesson is rarely longer than 100 KB.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Where the files of a lessons folder come from: the disk, but for those over which another text lies.
#[derive(Debug, Default)]
pub struct Files {
    overlays: BTreeMap<Utf8PathBuf, String>,
}

impl Files {
    /// Lays a text over a file, which need not be there; its path is written as the lessons folder is that is read.
    pub fn lay_over(&mut self, path: impl Into<Utf8PathBuf>, text: String) {
        self.overlays.insert(path.into(), text);
    }

    /// Takes the text away that lies over a file, if there is one.
    pub fn uncover(&mut self, path: &Utf8Path) {
        self.overlays.remove(path);
    }

    /// Whether there is a file, or anything else, at a path.
    pub fn exists(&self, path: &Utf8Path) -> bool {
        self.overlays.contains_key(path) || path.symlink_metadata().is_ok()
    }

    /// Takes in one file; `None` if it cannot be read as text, which has been reported.
    ///
    /// # Errors
    /// If the disk refuses: a mistake of no lesson.
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

    /// The text of a file that has been read before, as it is now; empty if it cannot be read any more.
    pub fn text_again(&self, path: &Utf8Path) -> String {
        self.overlays.get(path).cloned().unwrap_or_else(|| std::fs::read_to_string(path).unwrap_or_default())
    }

    /// Lists a folder; a linked folder that leads out of `root` is not followed.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn list(&self, folder: &Utf8Path, root: &Utf8Path) -> Result<Listing> {
        let mut listing = Listing::default();
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read the folder {folder}"))? {
            let path = entry.with_context(|| format!("cannot read the folder {folder}"))?.path();
            let path = match Utf8PathBuf::from_path_buf(path) {
                Ok(path) => path,
                Err(path) => {
                    let path = Utf8PathBuf::from(path.to_string_lossy().into_owned());
                    listing.refused.push((path, Code::UnreadableFile, "the name of this file is not text in UTF-8", "rename it"));
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
                    let message = "this folder is a link that leads out of the lessons folder";
                    listing.refused.push((path, Code::UnsafePath, message, "put the folder itself in its place"));
                }
            } else if ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml") {
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
    /// The part of the file before the problem.
    readable: String,
}

fn problem(message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem { code: Code::UnreadableFile, message: message.into(), help: help.into(), readable: String::new() }
}

fn text(path: &Utf8Path, root: &Utf8Path) -> std::io::Result<Result<String, Problem>> {
    let metadata = match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound && std::fs::symlink_metadata(path).is_err() => {
            return Ok(Err(problem("there is no such file", "look at its name and at the folder it is in")));
        }
        // A link to nowhere, or to itself, is a mistake of the lessons; all else is one of the disk.
        Err(_) if std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) => {
            return Ok(Err(problem("this link leads nowhere", "put the file itself in its place")));
        }
        other => other?,
    };
    if metadata.is_dir() {
        return Ok(Err(problem("this is a folder, and a file must stand here", "rename the folder, or move it elsewhere")));
    }
    if !metadata.is_file() {
        return Ok(Err(problem("this is not an ordinary file", "put a text file in its place")));
    }
    if !is_inside(path, root)? {
        return Ok(Err(Problem {
            code: Code::UnsafePath,
            ..problem("this file is a link that leads out of the lessons folder", "put the file itself in its place")
        }));
    }
    if metadata.len() > MAX_BYTES {
        return Ok(Err(problem(
            format!("the file has {}, at most {} are read", megabytes(metadata.len()), megabytes(MAX_BYTES)),
            "look whether it is the right file; pictures go into files of their own",
        )));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(decode(bytes))
}

fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || looks_like_utf16(&bytes) {
        return Err(problem(
            "the file is saved as UTF-16, and lessons are saved as UTF-8",
            "save it again and choose the encoding UTF-8",
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let readable = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        let message = "from here on the file is not text in UTF-8";
        Problem { readable, ..problem(message, "open it in a text editor and save it with the encoding UTF-8") }
    })?;
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    match text.find(strange) {
        Some(at) => {
            let code = u32::from(text[at..].chars().next().expect("a character was found here"));
            let message = format!("here stands an invisible control character (U+{code:04X})");
            Err(Problem {
                readable: text[..at].to_owned(),
                ..problem(message, "delete it; if the whole file is unreadable, it is not a lesson")
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

/// Whether every second byte of the beginning is zero, as in a text of European letters saved as UTF-16 without its mark.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let pairs = bytes.get(..bytes.len().min(64) & !1).unwrap_or_default();
    let zero = |side: usize| pairs.chunks_exact(2).all(|pair| pair[side] == 0 && pair[1 - side] != 0);
    pairs.len() >= 4 && (zero(0) || zero(1))
}

/// Whether a path, with all its links followed, lies in a folder.
///
/// # Errors
/// If one of the two does not exist or cannot be looked at.
pub fn is_inside(path: &Utf8Path, folder: &Utf8Path) -> std::io::Result<bool> {
    Ok(path.canonicalize()?.starts_with(folder.canonicalize()?))
}

/// What lies in a folder, each sorted by name; hidden files are left out.
#[derive(Debug, Default)]
pub struct Listing {
    /// The `.yaml` files.
    pub files: Vec<Utf8PathBuf>,
    /// The folders.
    pub folders: Vec<Utf8PathBuf>,
    /// Files whose ending is almost `.yaml`: `.yml`, `.YAML`.
    pub almost: Vec<Utf8PathBuf>,
    /// Entries that are not looked at, each with what is wrong: its code, a message, and help.
    pub refused: Vec<(Utf8PathBuf, Code, &'static str, &'static str)>,
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
