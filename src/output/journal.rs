//! The journal: what a build writes, noted down before it takes its place, so that one that is killed loses nothing of it.

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
    /// A file is about to take its place.
    Writes(Box<FileEntry>),
    /// A file was removed.
    Removed(String),
}

/// Takes what an earlier build noted down into the manifest of a folder; returns the journal's text.
pub(super) fn replay(folder: &Utf8Path, path: &Utf8Path, manifest: &mut Manifest) -> Result<String> {
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    };
    // What may lie at a path, the newest last: the build was killed before the file took its place, or after that.
    let mut written: BTreeMap<String, Vec<FileEntry>> = BTreeMap::new();
    // The last line may be half written: its file has not taken its place then.
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
    /// Takes what an earlier build noted down into the manifest, and goes on behind it.
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

    /// Notes down that a file is about to take its place.
    pub(super) fn writes(&self, entry: &FileEntry) -> Result<()> {
        self.note(&Line::Writes(Box::new(entry.clone())))
    }

    /// Notes down that a file was removed.
    pub(super) fn removed(&self, path: &str) -> Result<()> {
        self.note(&Line::Removed(path.to_owned()))
    }

    fn note(&self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_string(line).expect("an entry is plain data");
        text.push('\n');
        let mut file = self.file.lock().expect("nobody panics while writing");
        file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", self.path))
    }

    /// Empties it, when its lines are in the manifest.
    pub(super) fn clear(&self) -> Result<()> {
        let file = self.file.lock().expect("nobody panics while writing");
        file.set_len(0).with_context(|| format!("cannot write {}", self.path))
    }
}
