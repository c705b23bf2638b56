//! The journal: records each file before it is moved into place, so a killed build loses no work.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::sync::Mutex;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::{Found, look};
use crate::manifest::{FileEntry, Manifest};

/// The journal of a build.
pub(super) struct Journal {
    path: Utf8PathBuf,
    file: Mutex<File>,
}

/// A line of it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// A file is about to be moved into place.
    Writes(Box<FileEntry>),
    /// A file was removed.
    Removed(String),
}

/// Applies the journal of an earlier build to the manifest; returns the journal's text.
pub(super) fn replay(folder: &Utf8Path, path: &Utf8Path, manifest: &mut Manifest) -> Result<String> {
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    // The files that may be at each path, newest last: the build may have been killed before or after moving the file into place.
    let mut written: BTreeMap<String, Vec<FileEntry>> = BTreeMap::new();
    // The last line may be half written; its file wasn't moved into place yet.
    for line in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        match line {
            Line::Writes(entry) if entry.is_inside() => {
                let before = || manifest.entries.get(&entry.path).cloned().into_iter().collect();
                written.entry(entry.path.clone()).or_insert_with(before).push(*entry);
            }
            Line::Writes(_) => {}
            Line::Removed(path) => {
                written.remove(&path);
                manifest.entries.remove(&path);
            }
        }
    }
    for (path, mut entries) in written {
        let mut lies_there = None;
        for (index, entry) in entries.iter().enumerate().rev() {
            if look(folder, entry, &BTreeMap::new())?.0 == Found::Ours {
                lies_there = Some(index);
                break;
            }
        }
        let entry = lies_there.map(|index| entries.swap_remove(index)).or_else(|| entries.pop());
        manifest.entries.extend(entry.map(|entry| (path, entry)));
    }
    Ok(text)
}

impl Journal {
    /// Applies the journal of an earlier build to the manifest, and opens it for appending.
    pub(super) fn open(folder: &Utf8Path, path: &Utf8Path, manifest: &mut Manifest) -> Result<Self> {
        let text = replay(folder, path, manifest)?;
        let open = || -> std::io::Result<File> {
            let mut file = File::options().create(true).append(true).open(path)?;
            if !text.is_empty() && !text.ends_with('\n') {
                file.write_all(b"\n")?;
            }
            Ok(file)
        };
        let file = open().with_context(|| format!("cannot write {path}"))?;
        Ok(Self { path: path.to_owned(), file: Mutex::new(file) })
    }

    /// Records that a file is about to be moved into place.
    pub(super) fn writes(&self, entry: &FileEntry) -> Result<()> {
        self.note(&Line::Writes(Box::new(entry.clone())))
    }

    /// Records that a file was removed.
    pub(super) fn removed(&self, path: &str) -> Result<()> {
        self.note(&Line::Removed(path.to_owned()))
    }

    fn note(&self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_string(line).expect("an entry is plain data");
        text.push('\n');
        let mut file = self.file.lock().expect("no thread panics while writing");
        file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", self.path))
    }

    /// Clears the journal, once the manifest includes its lines.
    pub(super) fn clear(&self) -> Result<()> {
        let file = self.file.lock().expect("no thread panics while writing");
        file.set_len(0).with_context(|| format!("cannot write {}", self.path))
    }
}
