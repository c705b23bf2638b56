//! Stamps: by what a file is known to be unchanged without reading it.

use std::fs::Metadata;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

/// The size of a file and when it was last changed, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(u64, i64);

impl Stamp {
    /// The stamp of a file.
    ///
    /// # Errors
    /// If it cannot be looked at.
    pub fn of(path: &Utf8Path) -> std::io::Result<Self> {
        Ok(Self::new(&path.symlink_metadata()?))
    }

    /// The stamp by what the file system tells.
    pub fn new(metadata: &Metadata) -> Self {
        Self(metadata.len(), changed(metadata))
    }
}

/// The change of a file's status, which no program can set back as it can the time of modification.
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
