//! The archives of an issue, one for students and one for teachers. The same packets give the same bytes on any computer.

use std::io::{Cursor, Write};

use anyhow::{Context, Result};
use camino::Utf8Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::digest::Digest;
use crate::manifest::{FileEntry, FileKind, Manifest};

/// The packets of an issue that belong in an archive, except these paths.
pub(super) fn members(manifest: &Manifest, issue: &str, students: bool, without: &[&str]) -> Vec<FileEntry> {
    let packets = manifest.of_issue(issue).filter(|entry| matches!(entry.kind, FileKind::Packet(_)));
    let wanted = packets.filter(|entry| entry.is_for_students() == students && !without.contains(&entry.path.as_str()));
    wanted.cloned().collect()
}

/// The digest of an archive's inputs.
pub(super) fn key(members: &[FileEntry]) -> Digest {
    Digest::of_named(members.iter().map(|entry| (entry.path.as_str(), entry.sha256.as_bytes())))
}

/// An archive of these files in their order, without folder names.
///
/// # Errors
/// If a file can't be read or was changed after it was built.
pub(super) fn archive(folder: &Utf8Path, members: &[FileEntry]) -> Result<Vec<u8>> {
    // PDFs are already compressed. Packets have no time, so use the earliest that archives allow.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in members {
        let path = folder.join(&entry.path);
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {path}"))?;
        anyhow::ensure!(Digest::of(&bytes) == entry.sha256, "{path} was changed after it was built; rebuild its whole issue");
        writer
            .start_file(path.file_name().unwrap_or(&entry.path), options)
            .with_context(|| format!("cannot add {path} to the archive"))?;
        writer.write_all(&bytes).with_context(|| format!("cannot add {path} to the archive"))?;
    }
    Ok(writer.finish().context("cannot finish the archive")?.into_inner())
}
