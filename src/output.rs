//! Writes finished files beside their place and renames them, so that a file is old or new and never half.

use std::io::Write;

use anyhow::{Context, Result};
use camino::Utf8Path;
use tempfile::NamedTempFile;

/// Writes a file, its folders too.
///
/// # Errors
/// If the disk refuses; the file is then what it was before.
pub fn write(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {folder}"))?;
    let result = || -> std::io::Result<()> {
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        readable_by_all(file.as_file())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    result().with_context(|| format!("cannot write {path}"))
}

/// Temporary files are private to their owner, and packets are for everybody.
#[cfg(unix)]
fn readable_by_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
