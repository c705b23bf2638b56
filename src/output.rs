//! The output folder: one build at a time, files written beside their place and renamed, so that each is old or new and never half.
//!
//! What is built, and why, is left to [`crate::make`].
#![expect(clippy::disallowed_methods, reason = "this is what owns the output folder")]

mod journal;
mod stamp;

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use crate::digest::Digest;
use crate::manifest::{FileEntry, Manifest};
use crate::paths;
use journal::Journal;
pub use stamp::Stamp;

/// An output folder that nobody else writes to.
pub struct Output {
    folder: Utf8PathBuf,
    /// What the folder held when it was opened, what a build that did not end wrote included.
    pub manifest: Manifest,
    journal: Journal,
    /// Held as long as this lives.
    _lock: File,
}

/// What lies at a path where we wrote something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The file that we wrote.
    Ours,
    /// Nothing.
    Missing,
    /// Something else.
    Altered,
}

impl Output {
    /// Opens the folder for building and makes it if it is not there; `wait` is called if another build must end first.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn open(folder: &Utf8Path, wait: impl FnOnce()) -> Result<Self> {
        let own = folder.join(paths::OWN_FOLDER);
        std::fs::create_dir_all(&own).with_context(|| format!("cannot make the folder {own}"))?;
        let path = folder.join(paths::LOCK);
        let lock = File::options().create(true).append(true).open(&path).with_context(|| format!("cannot write {path}"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                wait();
                lock.lock().with_context(|| format!("cannot wait for the other build in {folder}"))?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("cannot lock {path}")),
        }
        // What a killed build left half written.
        let scratch = folder.join(paths::SCRATCH);
        match std::fs::remove_dir_all(&scratch) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot empty {scratch}"));
            }
            _ => {}
        }
        std::fs::create_dir_all(&scratch).with_context(|| format!("cannot make the folder {scratch}"))?;
        let mut manifest = read_manifest(folder)?;
        let journal = Journal::open(folder, &folder.join(paths::JOURNAL), &mut manifest)?;
        Ok(Self { folder: folder.to_owned(), manifest, journal, _lock: lock })
    }

    /// The output folder.
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// Notes a file down and writes it, its folders too; returns its stamp.
    ///
    /// # Errors
    /// If the disk refuses; the file is then what it was before.
    pub fn write(&self, entry: &FileEntry, bytes: &[u8]) -> Result<Stamp> {
        let path = self.folder.join(&entry.path);
        self.replace(&path, bytes, || self.journal.writes(entry))?;
        Stamp::of(&path).with_context(|| format!("cannot look at {path}"))
    }

    /// Writes a file that belongs to the folder as a whole.
    ///
    /// # Errors
    /// If the disk refuses; the file is then what it was before.
    pub fn write_own(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        self.replace(&path, text.as_bytes(), || Ok(()))
    }

    /// Writes a file beside its place, and renames it when it is whole and `noted`.
    fn replace(&self, path: &Utf8Path, bytes: &[u8], noted: impl FnOnce() -> Result<()>) -> Result<()> {
        let folder = path.parent().unwrap_or(Utf8Path::new("."));
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {folder}"))?;
        anyhow::ensure!(!path.is_dir(), "cannot write {path}: there is a folder of this name; move it elsewhere");
        let scratch = self.folder.join(paths::SCRATCH);
        let write = || -> std::io::Result<NamedTempFile> {
            let mut file = NamedTempFile::new_in(scratch)?;
            // The file itself: its wrapper names a path in errors that is none of the reader's.
            file.as_file_mut().write_all(bytes)?;
            readable_by_all(file.as_file())?;
            file.as_file().sync_data()?;
            Ok(file)
        };
        let file = write().with_context(|| format!("cannot write {path}"))?;
        noted()?;
        file.persist(path).map_err(|refused| refused.error).with_context(|| format!("cannot write {path}"))?;
        Ok(())
    }

    /// Removes a file that we wrote, and its folder if nothing else is in it.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn remove(&self, entry: &FileEntry) -> Result<()> {
        let path = self.folder.join(&entry.path);
        std::fs::remove_file(&path).with_context(|| format!("cannot remove {path}"))?;
        self.journal.removed(&entry.path)?;
        if let Some(folder) = path.parent().filter(|folder| *folder != self.folder) {
            // A folder that holds anything stays, and that is no failure.
            let _ = std::fs::remove_dir(folder);
        }
        Ok(())
    }

    /// What lies where we wrote a file; `stamps` tells of files that need not be read again.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn look(&self, entry: &FileEntry, stamps: &BTreeMap<String, Stamp>) -> Result<(Found, Option<Stamp>)> {
        look(&self.folder, entry, stamps)
    }

    /// Ends a build: what the journal holds is in the manifest now.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn finish(&self) -> Result<()> {
        self.journal.clear()
    }
}

/// What an output folder holds, for those who write nothing there.
///
/// # Errors
/// If the disk refuses.
pub fn peek(folder: &Utf8Path) -> Result<Manifest> {
    let mut manifest = read_manifest(folder)?;
    journal::replay(folder, &folder.join(paths::JOURNAL), &mut manifest)?;
    Ok(manifest)
}

/// The manifest of a folder; empty if there is none that can be read.
///
/// # Errors
/// If the disk refuses.
pub fn read_manifest(folder: &Utf8Path) -> Result<Manifest> {
    let path = folder.join(paths::MANIFEST);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Manifest::parse(&text).unwrap_or_default()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => Ok(Manifest::default()),
        Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
    }
}

/// What lies where a file of a folder should be, with its stamp if it is ours.
///
/// # Errors
/// If the disk refuses.
pub fn look(folder: &Utf8Path, entry: &FileEntry, stamps: &BTreeMap<String, Stamp>) -> Result<(Found, Option<Stamp>)> {
    let path = folder.join(&entry.path);
    let look = || -> std::io::Result<(Found, Option<Stamp>)> {
        let metadata = match path.symlink_metadata() {
            Ok(metadata) => metadata,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok((Found::Missing, None));
            }
            Err(error) => return Err(error),
        };
        if !metadata.is_file() || metadata.len() != entry.bytes {
            return Ok((Found::Altered, None));
        }
        let stamp = Stamp::new(&metadata);
        if stamps.get(&entry.path) == Some(&stamp) {
            return Ok((Found::Ours, Some(stamp)));
        }
        let (digest, _) = Digest::of_reader(File::open(&path)?)?;
        Ok(if digest == entry.sha256 { (Found::Ours, Some(stamp)) } else { (Found::Altered, None) })
    };
    look().with_context(|| format!("cannot read {path}"))
}

/// Temporary files are private to their owner, and packets are for everybody.
#[cfg(unix)]
fn readable_by_all(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> std::io::Result<()> {
    Ok(())
}
