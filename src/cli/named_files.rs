//! Files that the user names on the command line, and variables that the user or a scheduler sets.
#![expect(clippy::disallowed_methods, reason = "the user names these files and variables")]

use anyhow::{Context, Result};
use camino::Utf8Path;

/// The bytes of a file.
pub(super) fn read(path: &Utf8Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {path}"))
}

/// Writes a file.
pub(super) fn write(path: &Utf8Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {path}"))
}

/// An environment variable that is set to something.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
