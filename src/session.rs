//! The state shared by every step of a run: font coverage, the files read, and the errors and warnings found.

use std::collections::BTreeMap;

use anyhow::Result;
use camino::Utf8Path;

use crate::diagnostics::Diagnostics;
use crate::files::Files;
use crate::glyphs::Coverage;
use crate::read::{self, Context};
use crate::source::{FileId, Place, Sources};

/// The state shared by every step of a run.
pub struct Session<'a> {
    /// The characters that the fonts can show.
    pub coverage: &'a Coverage,
    /// Where files come from.
    pub files: Files,
    /// The files read so far.
    pub sources: Sources,
    /// The errors and warnings found so far.
    pub diagnostics: Diagnostics,
}

impl<'a> Session<'a> {
    /// A new session that reads files from disk.
    pub fn new(coverage: &'a Coverage) -> Self {
        Self::with_files(coverage, Files::default())
    }

    /// A new session with files from another source.
    pub fn with_files(coverage: &'a Coverage, files: Files) -> Self {
        Self { coverage, files, sources: Sources::default(), diagnostics: Diagnostics::default() }
    }

    /// Loads one file inside `root`; `None` if it can't be read as text, which is reported.
    ///
    /// # Errors
    /// If reading fails.
    pub fn load(&mut self, path: &Utf8Path, root: &Utf8Path) -> Result<Option<FileId>> {
        self.files.load(path, root, &mut self.sources, &mut self.diagnostics)
    }

    /// Parses a file.
    pub fn document<T: read::Document>(&mut self, file: FileId) -> T {
        self.reading(file).document
    }

    /// Parses a file, and tells which parts have errors.
    pub fn reading<T: read::Document>(&mut self, file: FileId) -> read::Reading<T> {
        let context = Context { file, sources: &self.sources, coverage: self.coverage };
        read::document(&context, &mut self.diagnostics)
    }

    /// Adds the errors and warnings of another session, with their files.
    pub fn absorb(&mut self, diagnostics: &Diagnostics, sources: &Sources) {
        let mut files = BTreeMap::new();
        let mut place = |place: Place| {
            let file = *files.entry(place.file).or_insert_with(|| {
                let file = sources.file(place.file);
                self.sources.add(file.path(), file.text().to_owned())
            });
            Place { file, ..place }
        };
        let moved = diagnostics.map_places(&mut place);
        self.diagnostics.append(moved);
    }

    /// Reads something again that was already checked, without reporting its errors; returns whether it has none.
    ///
    /// # Errors
    /// If reading fails.
    pub fn quietly<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<(T, bool)> {
        let reported = std::mem::take(&mut self.diagnostics);
        let outcome = read(self);
        let found = std::mem::replace(&mut self.diagnostics, reported);
        Ok((outcome?, found.errors() == 0))
    }

    /// A place for reporting a file or folder that isn't read.
    pub fn path_place(&mut self, path: &Utf8Path) -> Place {
        Place::beginning(self.sources.add(path, String::new()))
    }
}
