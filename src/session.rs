//! What every step of a run works with: what fonts can show, where files come from, which were read, and what was found in them.

use std::collections::BTreeMap;

use anyhow::Result;
use camino::Utf8Path;

use crate::diagnostics::Diagnostics;
use crate::files::Files;
use crate::glyphs::Coverage;
use crate::read::{self, Context};
use crate::source::{FileId, Place, Sources};

/// What every step of a run works with.
pub struct Session<'a> {
    /// What the fonts can show.
    pub coverage: &'a Coverage,
    /// Where files come from.
    pub files: Files,
    /// The files read so far.
    pub sources: Sources,
    /// The mistakes found so far.
    pub diagnostics: Diagnostics,
}

impl<'a> Session<'a> {
    /// A session in which nothing has been read, with files from the disk.
    pub fn new(coverage: &'a Coverage) -> Self {
        Self::with_files(coverage, Files::default())
    }

    /// The same with files from elsewhere.
    pub fn with_files(coverage: &'a Coverage, files: Files) -> Self {
        Self { coverage, files, sources: Sources::default(), diagnostics: Diagnostics::default() }
    }

    /// Takes in one file from inside `root`; `None` if it cannot be read as text, which has been reported.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn load(&mut self, path: &Utf8Path, root: &Utf8Path) -> Result<Option<FileId>> {
        self.files.load(path, root, &mut self.sources, &mut self.diagnostics)
    }

    /// What a file says.
    pub fn document<T: read::Document>(&mut self, file: FileId) -> T {
        self.reading(file).document
    }

    /// What a file says, and what of it is broken.
    pub fn reading<T: read::Document>(&mut self, file: FileId) -> read::Reading<T> {
        let context = Context { file, sources: &self.sources, coverage: self.coverage };
        read::document(&context, &mut self.diagnostics)
    }

    /// Takes in what another session has found, with the files in which it was found.
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

    /// Reads what has been checked, whose mistakes are not reported again; returns whether it is still sound.
    ///
    /// # Errors
    /// If reading fails.
    pub fn quietly<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<(T, bool)> {
        let reported = std::mem::take(&mut self.diagnostics);
        let outcome = read(self);
        let found = std::mem::replace(&mut self.diagnostics, reported);
        Ok((outcome?, found.errors() == 0))
    }

    /// A place for what is wrong with a file or folder that is not read.
    pub fn path_place(&mut self, path: &Utf8Path) -> Place {
        Place::beginning(self.sources.add(path, String::new()))
    }
}
