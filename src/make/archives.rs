//! The archives of an issue, students' and teachers' apart: the same bytes for the same packets on any machine.

use std::io::{Cursor, Write};

use anyhow::{Context, Result};
use camino::Utf8Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::digest::Digest;
use crate::manifest::{FileEntry, FileKind, Manifest};

/// The packets of an issue that belong into an archive, but for these paths.
pub(super) fn members(manifest: &Manifest, issue: &str, students: bool, without: &[&str]) -> Vec<FileEntry> {
    let packets = manifest.of_issue(issue).filter(|entry| matches!(entry.kind, FileKind::Packet(_)));
    let wanted = packets.filter(|entry| entry.is_for_students() == students && !without.contains(&entry.path.as_str()));
    wanted.cloned().collect()
}

/// The digest of what an archive is made from.
pub(super) fn key(members: &[FileEntry]) -> Digest {
    Digest::of_named(members.iter().map(|entry| (entry.path.as_str(), entry.sha256.as_bytes())))
}

/// An archive of these files, in their order, without the folders in which they lie.
///
/// # Errors
/// If one of them cannot be read, or is not what was built.
pub(super) fn archive(folder: &Utf8Path, members: &[FileEntry]) -> Result<Vec<u8>> {
    // A PDF is compressed inside. The earliest time that archives know, since a packet has no time of its own.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in members {
        let path = folder.join(&entry.path);
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {path}"))?;
        anyhow::ensure!(
            Digest::of(&bytes) == entry.sha256,
            "{path} was changed since it was built; build all packets of its issue"
        );
        writer
            .start_file(path.file_name().unwrap_or(&entry.path), options)
            .with_context(|| format!("cannot put {path} into an archive"))?;
        writer.write_all(&bytes).with_context(|| format!("cannot put {path} into an archive"))?;
    }
    Ok(writer.finish().context("cannot end an archive")?.into_inner())
}
