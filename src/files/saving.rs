//! Writes files of a lessons folder: completely or not at all.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;
use tempfile::NamedTempFile;

/// Writes a file that doesn't exist yet, and its folders.
///
/// # Errors
/// If it exists, or can't be written.
pub fn create(path: &Utf8Path, content: &[u8]) -> Result<()> {
    let context = || format!("cannot write {path}");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(context)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(content).and_then(|()| file.sync_all()).with_context(context),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{path} already exists"),
        Err(error) => Err(error).with_context(context),
    }
}

/// Writes a file in place of the one that is there, if there is one.
///
/// # Errors
/// If it can't be written; the old one is still there then.
pub fn replace(path: &Utf8Path, text: &str) -> Result<()> {
    let context = || format!("cannot write {path}");
    let folder = path.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    // Hidden, so that a lesson isn't found twice meanwhile.
    let mut file = tempfile::Builder::new().prefix(".packetpress-").tempfile_in(folder).with_context(context)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).with_context(context)?;
    keep_permissions(path, &file);
    file.persist(path).with_context(context)?;
    Ok(())
}

/// Gives the new file the permissions of the one that it replaces, or else those of any new file.
fn keep_permissions(path: &Utf8Path, file: &NamedTempFile) {
    let known = path.metadata().map(|metadata| metadata.permissions()).ok();
    let Some(permissions) = known.or_else(usual_permissions) else { return };
    // A file that only its owner can read is better than none.
    let _ = file.as_file().set_permissions(permissions);
}

#[cfg(unix)]
fn usual_permissions() -> Option<std::fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<std::fs::Permissions> {
    None
}
