//! A published site: downloads its files, to check them as if they were in a folder.
#![expect(clippy::disallowed_methods, reason = "it writes what it downloads")]

use std::ops::ControlFlow;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use camino::Utf8Path;
use tempfile::TempDir;

use crate::manifest::{FileEntry, Manifest};
use crate::{parallel, paths, web};

/// How long to wait for an answer, and for a file.
const ANSWER: Duration = Duration::from_secs(20);
const ALTOGETHER: Duration = Duration::from_mins(5);

/// How many files are downloaded at once.
const AT_ONCE: usize = 4;

/// The largest manifest, in bytes.
const MAX_MANIFEST: u64 = 256 * 1024 * 1024;

/// The characters that a path in an address can't have as they are. Paths in a manifest have only a few kinds.
const IN_PATHS: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?');

/// Downloads the files of a site that its manifest lists, with its checksums. Files that the site doesn't have are missing.
///
/// # Errors
/// If the site can't be reached, or has no manifest.
pub fn download(site: &str) -> Result<TempDir> {
    let site = site.trim_end_matches('/');
    let agent = web::agent(ANSWER, ALTOGETHER, true);
    let get = |path: &str, most: u64| {
        let address = format!("{site}/{}", percent_encoding::utf8_percent_encode(path, IN_PATHS));
        web::get(&agent, &address, most).with_context(|| format!("cannot download {address}"))
    };
    let manifest = get(paths::MANIFEST, MAX_MANIFEST)?
        .with_context(|| format!("{site} has no `{}`, which `packetpress build` writes", paths::MANIFEST))?;
    let listed = std::str::from_utf8(&manifest).ok().and_then(Manifest::parse);
    let listed = listed
        .with_context(|| format!("{site}/{} is not a manifest that this version of Packetpress can read", paths::MANIFEST))?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let root = Utf8Path::from_path(folder.path()).context("the temporary folder's name is not valid Unicode")?;
    let write = |path: &str, bytes: &[u8]| -> Result<()> {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(root)).with_context(|| format!("cannot create the folder of {path}"))?;
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {path}"))
    };
    write(paths::MANIFEST, &manifest)?;
    if let Some(sums) = get(paths::SUMS, MAX_MANIFEST)? {
        write(paths::SUMS, &sums)?;
    }
    let entries: Vec<&FileEntry> = listed.entries.values().collect();
    let fetch = |entry: &&FileEntry| -> Result<()> {
        ensure!(entry.is_inside(), "`{}` isn't a file of {site}", entry.path);
        // One more byte than expected shows that a file is too long.
        get(&entry.path, entry.bytes.saturating_add(1))?.map_or(Ok(()), |bytes| write(&entry.path, &bytes))
    };
    let mut failure = None;
    parallel::in_order(AT_ONCE, &entries, fetch, |fetched| match fetched {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    });
    failure.map_or(Ok(folder), Err)
}
