//! Loads files into [`Sources`]: text of limited size, and only from the lessons folder. Unsaved text from an editor replaces the
//! file on disk.
#![expect(clippy::disallowed_methods, reason = "this module reads the lessons")]

pub mod saving;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources, normalized};

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
        let text = self.overlays.get(path).cloned();
        normalized(text.unwrap_or_else(|| std::fs::read_to_string(path).unwrap_or_default()))
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
            let name = path.file_name().unwrap_or_default();
            if name.ends_with(".yaml") && almost_yaml(name).is_none() {
                listing.files.push(path);
            } else if path.is_dir() {
                if is_inside(&path, root).unwrap_or(false) {
                    listing.folders.push(path);
                } else {
                    let message = "this folder links to a place outside the lessons folder";
                    listing.refused.push((path, Code::UnsafePath, message, "replace the link with the folder itself"));
                }
            } else if almost_yaml(name).is_some() {
                listing.almost.push(path);
            } else {
                listing.others.push(path);
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
        listing.others.sort();
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
        Problem { readable: normalized(readable), ..problem(message, "open it in an editor, and save it with UTF-8 encoding") }
    })?;
    let text = normalized(text);
    if let Some(placeholder) = Placeholder::of(&text) {
        return Err(problem(placeholder.message(), placeholder.help("file")));
    }
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

/// What Git puts in place of a file that it didn't fetch or couldn't link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placeholder {
    /// The address of a large file (git-lfs, "Pointer file").
    LargeFile,
    /// The target of a symbolic link, where links aren't supported (`core.symlinks`).
    Link(String),
}

impl Placeholder {
    /// The longest path that a link can have (`PATH_MAX` on Linux).
    const MAX_LINK: usize = 4096;

    /// What this text stands for, if it isn't the file itself.
    pub fn of(text: &str) -> Option<Self> {
        if text.starts_with("version https://git-lfs.github.com/") {
            return Some(Self::LargeFile);
        }
        // Git writes the path alone, without a line end; people don't.
        let target = text.strip_suffix('\n').unwrap_or(text);
        let is_path = target.len() <= Self::MAX_LINK
            && target.contains('/')
            && Utf8Path::new(target).extension().is_some()
            && !target.contains(['\n', '<', '"', '\t'])
            && !target.contains(": ")
            && !target.contains("//")
            && !target.starts_with([' ', '-', '#', '[', '{']);
        is_path.then(|| Self::Link(target.to_owned()))
    }

    /// What was found.
    pub fn message(&self) -> String {
        match self {
            Self::LargeFile => "expected the file itself, found a Git LFS pointer to it".to_owned(),
            Self::Link(target) => {
                format!("expected the file itself, found only the path `{target}`, as Git writes a link on Windows")
            }
        }
    }

    /// What to do about it; `what` is what the file is, such as "image".
    pub fn help(&self, what: &str) -> String {
        match self {
            Self::LargeFile => format!("run `git lfs pull` to download the {what}"),
            Self::Link(target) => format!("replace it with a copy of `{target}`"),
        }
    }
}

/// The path as the disk spells it, if only its accents and spaces are encoded differently.
///
/// macOS stores `é` as two characters in some names (Unicode Standard Annex 15: NFD) and writes narrow no-break spaces in the names of
/// screenshots; keyboards type neither. A path that exists, or that has no such spelling, is returned as it is.
pub fn as_on_disk(path: &Utf8Path) -> Utf8PathBuf {
    if path.symlink_metadata().is_ok() {
        return path.to_owned();
    }
    let mut found = Utf8PathBuf::new();
    for part in path.components() {
        let next = found.join(part);
        let is_there = next.symlink_metadata().is_ok();
        let folder = if found.as_str().is_empty() { Utf8Path::new(".") } else { &found };
        let same = || {
            let names = folder.read_dir_utf8().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name().to_owned()));
            names.filter(|name| is_same_name(name, part.as_str())).min()
        };
        found = if is_there { next } else { same().map_or(next, |name| found.join(name)) };
    }
    if found.symlink_metadata().is_ok() { found } else { path.to_owned() }
}

/// Whether two names differ at most in how accents and spaces are encoded.
pub fn is_same_name(one: &str, other: &str) -> bool {
    let typed = |c: char| if c.is_whitespace() { ' ' } else { c };
    one.nfc().map(typed).eq(other.nfc().map(typed))
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
    /// All other files.
    pub others: Vec<Utf8PathBuf>,
    /// Rejected entries, each with an error code, a message, and help.
    pub refused: Vec<(Utf8PathBuf, Code, &'static str, &'static str)>,
}

impl Listing {
    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.almost, &self.files, &self.others].into_iter().flatten().filter_map(|path| path.file_name())
    }
}

/// The name without its ending, if the ending is meant to be `.yaml`: `war` for `war.yml`, `war.YAML`, and `war.yaml.txt`.
///
/// Editors on Windows tend to add an ending of their own, and its file manager hides it.
pub fn almost_yaml(name: &str) -> Option<&str> {
    const ADDED: [&str; 12] =
        [".txt", ".text", ".rtf", ".doc", ".docx", ".odt", ".md", ".yaml", ".yml", ".html", ".json", ".download"];
    let without = |name: &str, endings: &[&str]| {
        let lower = name.to_ascii_lowercase();
        endings.iter().find(|ending| lower.ends_with(*ending)).map(|ending| name.len() - ending.len())
    };
    let yaml = [".yaml", ".yml"];
    let trimmed = name.trim_end_matches([' ', '.']);
    let inner = without(trimmed, &ADDED).and_then(|end| without(&trimmed[..end], &yaml));
    let end = inner.or_else(|| without(trimmed, &yaml))?;
    (inner.is_some() || trimmed != name || !name.ends_with(".yaml")).then(|| &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_that_are_meant_to_be_yaml() {
        for name in [
            "war.yml",
            "war.YAML",
            "war.Yml",
            "war.yaml.txt",
            "war.yml.TXT",
            "war.yaml.yaml",
            "war.yaml.docx",
            "war.yaml ",
            "war.yaml.",
        ] {
            assert_eq!(almost_yaml(name), Some("war"), "{name}");
        }
        assert_eq!(almost_yaml("war.teacher.yml"), Some("war.teacher"));
        for name in ["war.yaml", "war.es.yaml", "war.txt", "war.yaml.bak", "yaml", "notes.docx"] {
            assert_eq!(almost_yaml(name), None, "{name}");
        }
    }

    #[test]
    fn placeholders_of_git_are_recognized() {
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
        assert_eq!(Placeholder::of(pointer), Some(Placeholder::LargeFile));
        assert_eq!(Placeholder::of("../shared/war.yaml"), Some(Placeholder::Link("../shared/war.yaml".to_owned())));
        for text in [
            "title: War\n",
            "title: ../war.yaml",
            "war.yaml",
            "either/or",
            "- a/b.c",
            "// Empty.\n",
            "https://example.org/war.yaml",
            "",
        ] {
            assert_eq!(Placeholder::of(text), None, "{text}");
        }
    }

    // macOS finds both itself.
    #[cfg(not(target_os = "macos"))]
    #[test]
    fn accents_are_found_however_they_are_encoded() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}");
        std::fs::create_dir(root.join(decomposed)).unwrap();
        std::fs::write(root.join(decomposed).join("re\u{301}sume\u{301}.svg"), "").unwrap();
        let there = root.join(decomposed).join("re\u{301}sume\u{301}.svg");
        assert_eq!(as_on_disk(&root.join(composed).join("r\u{e9}sum\u{e9}.svg")), there);
        assert_eq!(as_on_disk(&there), there);
        let missing = root.join(composed).join("carte.svg");
        assert_eq!(as_on_disk(&missing), missing);
        assert!(is_same_name(composed, decomposed) && !is_same_name(composed, "cafe"));
        std::fs::write(root.join("Screenshot at 10.00\u{202f}AM.png"), "").unwrap();
        assert_eq!(as_on_disk(&root.join("Screenshot at 10.00 AM.png")), root.join("Screenshot at 10.00\u{202f}AM.png"));
    }

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
