//! What a change does to packets: compares two output folders packet by packet, page by page, and text by text.
//!
//! `pages` finds what changed on pages, `text` what changed in the words, and [`report`] shows both.
#![expect(clippy::disallowed_methods, reason = "it reads the packets that it compares")]

mod pages;
pub mod report;
mod text;

use anyhow::{Context, Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};

use crate::digest::Digest;
use crate::manifest::{FileEntry, FileKind, Manifest};
use crate::output::manifest_at;
use crate::{parallel, paths};

pub use pages::{Area, ChangedPage, Picture};
pub use text::{Piece, TextChange};

/// A folder with packets, and what its manifest says.
pub struct Folder {
    path: Utf8PathBuf,
    manifest: Manifest,
}

impl Folder {
    /// Opens an output folder, given itself or its manifest.
    ///
    /// # Errors
    /// If there is no manifest that this version can read.
    pub fn open(path: &Utf8Path) -> Result<Self> {
        let (folder, manifest) = if path.is_dir() {
            (path.to_owned(), path.join(paths::MANIFEST))
        } else {
            (path.parent().unwrap_or(Utf8Path::new("")).to_owned(), path.to_owned())
        };
        Ok(Self { path: folder, manifest: manifest_at(&manifest)? })
    }

    fn packets(&self) -> impl Iterator<Item = &FileEntry> {
        self.manifest.entries.values().filter(|entry| matches!(entry.kind, FileKind::Packet(_)))
    }

    /// The bytes of a packet; `None` if the folder has only the manifest.
    fn bytes_of(&self, entry: &FileEntry) -> Result<Option<Vec<u8>>> {
        ensure!(entry.is_inside(), "`{}` isn't a file in {}", entry.path, self.path);
        let path = self.path.join(&entry.path);
        match std::fs::read(&path) {
            Ok(bytes) => {
                ensure!(Digest::of(&bytes) == entry.sha256, "{path} was changed after it was built");
                Ok(Some(bytes))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
        }
    }
}

/// The differences between two folders.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The packets that are new, in the order of their paths.
    pub added: Vec<Named>,
    /// The packets that are gone.
    pub removed: Vec<Named>,
    /// The packets that changed.
    pub changed: Vec<Changed>,
    /// How many packets are the same.
    pub unchanged: usize,
}

/// A packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The path from the output folder.
    pub path: String,
    /// The title of its lesson.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
}

/// A packet that changed.
#[derive(Debug)]
pub struct Changed {
    /// The packet, as it is now.
    pub now: Named,
    /// How many pages it had.
    pub pages_before: usize,
    /// The pages that changed, and how many changed only in their head or foot; `None` if one of the folders lacks the file.
    pub pages: Option<pages::Pages>,
    /// What changed in the text.
    pub text: Vec<TextChange>,
}

/// What to compare.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The most pages that get a picture, in all packets together.
    pub pictures: usize,
    /// How many packets to compare at once.
    pub jobs: usize,
    /// The font for text whose own font isn't in the file.
    pub fallback: &'static [u8],
}

impl Comparison {
    /// Compares two folders.
    ///
    /// # Errors
    /// If a packet can't be read.
    pub fn of(before: &Folder, after: &Folder, options: Options) -> Result<Self> {
        let mut comparison = Self::default();
        let mut both = Vec::new();
        for entry in after.packets() {
            match before.manifest.entries.get(&entry.path) {
                None => comparison.added.push(Named::of(entry)),
                Some(old) if old.sha256 == entry.sha256 => comparison.unchanged += 1,
                Some(old) => both.push((old, entry)),
            }
        }
        let is_gone = |entry: &&FileEntry| !after.manifest.entries.contains_key(&entry.path);
        comparison.removed = before.packets().filter(is_gone).map(Named::of).collect();
        let compare = |(old, new): &(&FileEntry, &FileEntry)| changed((before, old), (after, new), options.fallback);
        let mut failure = None;
        parallel::in_order(options.jobs, &both, compare, |changed: Result<Changed>| match changed {
            Ok(changed) => {
                comparison.changed.push(changed);
                std::ops::ControlFlow::Continue(())
            }
            Err(error) => {
                failure = Some(error);
                std::ops::ControlFlow::Break(())
            }
        });
        if let Some(failure) = failure {
            return Err(failure);
        }
        comparison.keep_pictures(options.pictures);
        Ok(comparison)
    }

    /// Drops pictures beyond a number. Each packet keeps some before one has all.
    fn keep_pictures(&mut self, most: usize) {
        let mut left = most;
        let mut round = 0;
        loop {
            let mut any = false;
            for pages in self.changed.iter_mut().filter_map(|changed| changed.pages.as_mut()) {
                let Some(page) = pages.changed.get_mut(round) else { continue };
                any = true;
                match left.checked_sub(1) {
                    Some(rest) => left = rest,
                    None => page.drop_pictures(),
                }
            }
            if !any {
                return;
            }
            round += 1;
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

impl Named {
    fn of(entry: &FileEntry) -> Self {
        let (title, pages) = match &entry.kind {
            FileKind::Packet(packet) => (packet.title.clone(), packet.pages),
            FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => (String::new(), 0),
        };
        Self { path: entry.path.clone(), title, pages }
    }
}

fn changed(before: (&Folder, &FileEntry), after: (&Folder, &FileEntry), fallback: &'static [u8]) -> Result<Changed> {
    let (old, now) = (Named::of(before.1), Named::of(after.1));
    let files = before.0.bytes_of(before.1)?.zip(after.0.bytes_of(after.1)?);
    let mut changed = Changed { now, pages_before: old.pages, pages: None, text: Vec::new() };
    if let Some((old, new)) = files {
        changed.text = text::changes(&old, &new, fallback);
        changed.pages = pages::compare(old, new);
    }
    Ok(changed)
}
