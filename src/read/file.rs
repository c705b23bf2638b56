//! Takes files from the disk into [`Sources`]: bounded, as text, and only from inside the lessons folder.

use std::fs::File;
use std::io::{ErrorKind, Read};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};

/// Largest file that is read, in bytes: a lesson is rarely longer than 100 KB.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Takes in one file; `None` if it cannot be read as text, which has been reported.
///
/// # Errors
/// If the disk refuses: a mistake of no lesson.
pub fn load(path: &Utf8Path, root: &Utf8Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Option<FileId>> {
    let (text, problem) = match text(path, root).with_context(|| format!("cannot read {path}"))? {
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
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(Err(problem("there is no such file", "look at its name and at the folder it is in")));
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
        let megabytes = metadata.len() / 1024 / 1024;
        return Ok(Err(problem(
            format!("the file has {megabytes} MB, and a lesson can have {} MB", MAX_BYTES / 1024 / 1024),
            "look whether it is the right file; pictures go into files of their own",
        )));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(decode(bytes))
}

fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
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
            let message = format!("here stands the control character U+{code:04X}, which no text has");
            Err(Problem {
                readable: text[..at].to_owned(),
                ..problem(message, "delete it; if the whole file is unreadable, it is not a lesson")
            })
        }
        None => Ok(text),
    }
}

/// Whether a path, with all its links followed, lies in a folder.
///
/// # Errors
/// If one of the two does not exist or cannot be looked at.
pub fn is_inside(path: &Utf8Path, folder: &Utf8Path) -> std::io::Result<bool> {
    Ok(path.canonicalize()?.starts_with(folder.canonicalize()?))
}

/// The `.yaml` files and the folders in a folder, each sorted by name; hidden ones are left out.
///
/// # Errors
/// If the folder cannot be read.
pub fn list(folder: &Utf8Path) -> Result<(Vec<Utf8PathBuf>, Vec<Utf8PathBuf>)> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in folder.read_dir_utf8().with_context(|| format!("cannot read the folder {folder}"))? {
        let path = entry.with_context(|| format!("cannot read the folder {folder}"))?.into_path();
        let name = path.file_name().unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if matches!(path.extension(), Some("yaml")) {
            files.push(path);
        } else if path.is_dir() {
            folders.push(path);
        }
    }
    files.sort();
    folders.sort();
    Ok((files, folders))
}
