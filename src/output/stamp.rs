//! Stamps: show that a file is unchanged without reading it.

use std::fs::Metadata;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

/// The size of a file, and the time of its last change in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(u64, i64);

impl Stamp {
    /// The stamp of a file.
    ///
    /// # Errors
    /// If the file's metadata can't be read.
    pub fn of(path: &Utf8Path) -> std::io::Result<Self> {
        Ok(Self::new(&path.symlink_metadata()?))
    }

    /// The stamp from a file's metadata.
    pub fn new(metadata: &Metadata) -> Self {
        Self(metadata.len(), changed(metadata))
    }
}

/// The status change time (ctime), which programs can't set, unlike the modification time.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(metadata: &Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(-1)
}
