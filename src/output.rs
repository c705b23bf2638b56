//! The output folder: allows one build at a time, and writes each file elsewhere before renaming it, so no file is ever half
//! written.
//!
//! [`crate::make`] decides what is built and why.
#![expect(clippy::disallowed_methods, reason = "this module owns the output folder")]

mod journal;
mod stamp;

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use crate::digest::Digest;
use crate::manifest::{FileEntry, FileKind, Manifest};
use crate::paths;
use crate::source::normalized;
use journal::Journal;
pub use stamp::Stamp;

/// An output folder, locked for one build.
pub struct Output {
    folder: Utf8PathBuf,
    /// The files in the folder when it was opened, including those of an interrupted build.
    pub manifest: Manifest,
    journal: Journal,
    /// Held until this is dropped.
    _lock: File,
}

/// What is at the path of a built file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The built file.
    Ours,
    /// Nothing.
    Missing,
    /// Something else.
    Altered,
}

impl Output {
    /// Opens the folder for building, creating it if needed. Calls `wait` if another build must finish first.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub fn open(folder: &Utf8Path, wait: impl FnOnce()) -> Result<Self> {
        let own = folder.join(paths::OWN_FOLDER);
        std::fs::create_dir_all(&own).with_context(|| format!("cannot create the folder {own}"))?;
        let path = folder.join(paths::LOCK);
        let lock = File::options().create(true).append(true).open(&path).with_context(|| format!("cannot write {path}"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                wait();
                lock.lock().with_context(|| format!("cannot wait for another build in {folder}"))?;
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("cannot lock {path}")),
        }
        // Half-written files from a killed build.
        let scratch = folder.join(paths::SCRATCH);
        match std::fs::remove_dir_all(&scratch) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot empty {scratch}"));
            }
            _ => {}
        }
        std::fs::create_dir_all(&scratch).with_context(|| format!("cannot create the folder {scratch}"))?;
        let mut manifest = read_manifest(folder)?;
        let journal = Journal::open(folder, &folder.join(paths::JOURNAL), &mut manifest)?;
        Ok(Self { folder: folder.to_owned(), manifest, journal, _lock: lock })
    }

    /// The output folder.
    pub fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// Records a file in the journal and writes it, creating its folder if needed; returns its stamp.
    ///
    /// # Errors
    /// If writing fails; the file is then unchanged.
    pub fn write(&self, entry: &FileEntry, bytes: &[u8]) -> Result<Stamp> {
        let path = self.folder.join(&entry.path);
        self.replace(&path, bytes, || self.journal.writes(entry))?;
        Stamp::of(&path).with_context(|| format!("cannot read {path}"))
    }

    /// Writes a file about the folder as a whole.
    ///
    /// # Errors
    /// If writing fails; the file is then unchanged.
    pub fn write_own(&self, name: &str, text: &str) -> Result<()> {
        let path = self.folder.join(name);
        if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        self.replace(&path, text.as_bytes(), || Ok(()))
    }

    /// Removes a file about the folder as a whole, if it is there.
    ///
    /// # Errors
    /// If removing fails.
    pub fn remove_own(&self, name: &str) -> Result<()> {
        let path = self.folder.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("cannot remove {path}")),
            _ => Ok(()),
        }
    }

    /// Writes a file elsewhere, and moves it into place once it is complete and `noted`.
    fn replace(&self, path: &Utf8Path, bytes: &[u8], noted: impl FnOnce() -> Result<()>) -> Result<()> {
        let folder = path.parent().unwrap_or(Utf8Path::new("."));
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {folder}"))?;
        anyhow::ensure!(!path.is_dir(), "cannot write {path}: a folder has that name; move or rename it");
        let scratch = self.folder.join(paths::SCRATCH);
        let write = || -> std::io::Result<NamedTempFile> {
            let mut file = NamedTempFile::new_in(scratch)?;
            // Write to the inner file: errors of the wrapper would show the temporary path.
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

    /// Removes a built file, and the folders that this leaves empty.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub fn remove(&self, entry: &FileEntry) -> Result<()> {
        let path = self.folder.join(&entry.path);
        std::fs::remove_file(&path).with_context(|| format!("cannot remove {path}"))?;
        self.journal.removed(&entry.path)?;
        self.remove_empty_folders(&entry.path);
        Ok(())
    }

    /// Removes the folders of a path that are empty, up to the output folder.
    pub fn remove_empty_folders(&self, path: &str) {
        for folder in Utf8Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_str().is_empty()) {
            // Fails if the folder isn't empty, as intended.
            if std::fs::remove_dir(self.folder.join(folder)).is_err() {
                return;
            }
        }
    }

    /// What is at the path of a built file; files with an unchanged stamp aren't read again.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub fn look(&self, entry: &FileEntry, stamps: &BTreeMap<String, Stamp>) -> Result<(Found, Option<Stamp>)> {
        look(&self.folder, entry, stamps)
    }

    /// Ends a build, once the manifest includes everything in the journal.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub fn finish(&self) -> Result<()> {
        self.journal.clear()
    }
}

/// The files in an output folder, for reading only.
///
/// # Errors
/// If reading or writing fails.
pub fn peek(folder: &Utf8Path) -> Result<Manifest> {
    let mut manifest = read_manifest(folder)?;
    journal::replay(folder, &folder.join(paths::JOURNAL), &mut manifest)?;
    Ok(manifest)
}

/// The manifest in a file.
///
/// # Errors
/// If the file can't be read, or isn't a manifest of this version.
pub fn manifest_at(path: &Utf8Path) -> Result<Manifest> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {path}, the manifest that `packetpress build` writes"))?;
    Manifest::parse(&text).with_context(|| format!("{path} is not a manifest that this version of Packetpress can read"))
}

/// The manifest of a folder; empty if it is missing or not valid.
///
/// # Errors
/// If reading or writing fails.
pub fn read_manifest(folder: &Utf8Path) -> Result<Manifest> {
    let path = folder.join(paths::MANIFEST);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Manifest::parse(&text).unwrap_or_default()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => Ok(Manifest::default()),
        Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
    }
}

/// What is at the path of a built file, with its stamp if it is unchanged.
///
/// # Errors
/// If reading or writing fails.
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
        let stamp = Stamp::new(&metadata);
        let is_ours = metadata.is_file()
            && match metadata.len() {
                length if length == entry.bytes => {
                    stamps.get(&entry.path) == Some(&stamp) || Digest::of_reader(File::open(&path)?)?.0 == entry.sha256
                }
                length => has_other_line_ends(&path, length, entry)?,
            };
        Ok(if is_ours { (Found::Ours, Some(stamp)) } else { (Found::Altered, None) })
    };
    look().with_context(|| format!("cannot read {path}"))
}

/// Whether a file is a page of the catalogue with other line ends, as Git leaves it in a published folder on Windows.
fn has_other_line_ends(path: &Utf8Path, length: u64, entry: &FileEntry) -> std::io::Result<bool> {
    // Every line end takes at most one more byte.
    if entry.kind != FileKind::Page || length < entry.bytes || length > 2 * entry.bytes {
        return Ok(false);
    }
    let text = String::from_utf8(std::fs::read(path)?);
    Ok(text.is_ok_and(|text| Digest::of(normalized(text).as_bytes()) == entry.sha256))
}

/// Temporary files are private to their owner, but packets are for everyone.
#[cfg(unix)]
pub(crate) fn readable_by_all(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(crate) fn readable_by_all(_: &File) -> std::io::Result<()> {
    Ok(())
}
