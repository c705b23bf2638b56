//! The language service: what an editor shows and does for the files of a lessons folder. Mistakes with quick fixes, completion,
//! explanations, the places of a name, and outlines. Works on unsaved text.
//!
//! Places are byte offsets. `cursor` finds the keys around a place, `names` every place of a name, `completion` and `hover` say what
//! can be written and what it means, `fixes` turns help lines into edits, `outline` and `format` know the shape of a file.

mod completion;
mod cursor;
mod fixes;
mod format;
mod hover;
mod names;
mod outline;

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::Diagnostics;
use crate::files::Files;
use crate::glyphs::Coverage;
use crate::lesson::Lesson;
use crate::lesson::issue::{Issue, WHOLE_ISSUE};
use crate::lesson::series::Series;
use crate::lesson::teacher::Teacher;
use crate::library::{Library, SERIES};
use crate::read::Document;
use crate::schema::Schema;
use crate::schema::expected::{Expected, Step};
use crate::session::Session;
use crate::source::{Place, Sources};

pub use completion::{Completion, CompletionKind};
pub use fixes::{Edit, Fix, of as fix};
pub use format::formatted;
pub use hover::Hover;
pub use names::{Named, Occurrence};
pub use outline::{Symbol, SymbolKind};

/// A kind of file in a lessons folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileType {
    Series,
    Issue,
    Lesson,
    Teacher,
}

impl FileType {
    fn of(path: &Utf8Path) -> Self {
        let name = path.file_name().unwrap_or_default();
        if name == SERIES {
            Self::Series
        } else if name.strip_suffix(".yaml") == Some(WHOLE_ISSUE) {
            Self::Issue
        } else if name.ends_with(".teacher.yaml") {
            Self::Teacher
        } else {
            Self::Lesson
        }
    }

    fn schema(self) -> &'static Schema {
        match self {
            Self::Series => Series::schema(),
            Self::Issue => Issue::schema(),
            Self::Lesson => Lesson::schema(),
            Self::Teacher => Teacher::schema(),
        }
    }
}

/// The lessons that an editor works on, with text that isn't saved yet.
pub struct Workspace {
    coverage: Coverage,
    files: Files,
}

/// What was found in a file and in those that belong to it.
pub struct Diagnosis {
    /// The files.
    pub sources: Sources,
    /// The errors and warnings in them.
    pub diagnostics: Diagnostics,
}

/// The files of one lesson, in all languages, with their names.
struct Family {
    sources: Sources,
    names: Vec<Occurrence>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: Utf8PathBuf,
    /// The bytes.
    pub range: Range<usize>,
}

/// Why a name can't be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotRename(pub String);

impl Workspace {
    /// A workspace without unsaved text.
    pub fn new(coverage: Coverage) -> Self {
        Self { coverage, files: Files::default() }
    }

    /// Sets the unsaved text of a file.
    pub fn edit(&mut self, path: &Utf8Path, text: String) {
        self.files.lay_over(path, text);
    }

    /// Forgets the unsaved text of a file.
    pub fn close(&mut self, path: &Utf8Path) {
        self.files.uncover(path);
    }

    /// The text of a file, as it is being edited.
    pub fn text(&self, path: &Utf8Path) -> String {
        self.files.text_again(path)
    }

    /// Runs something in a session with the unsaved text.
    pub fn session<R>(&mut self, run: impl FnOnce(&mut Session<'_>) -> R) -> R {
        let files = std::mem::take(&mut self.files);
        let mut session = Session::with_files(&self.coverage, files);
        let result = run(&mut session);
        self.files = session.files;
        result
    }

    /// Checks a file and those that belong to it: the lesson of a teacher file, its issue, and the series.
    ///
    /// # Errors
    /// If a file or folder cannot be read.
    pub fn diagnose(&mut self, path: &Utf8Path) -> Result<Diagnosis> {
        let folder = path.parent().unwrap_or(Utf8Path::new("")).to_owned();
        self.session(|session| {
            match FileType::of(path) {
                FileType::Series => drop(Library::index(&folder, None, session)?),
                kind => {
                    let root = folder.parent().map(|root| if root.as_str().is_empty() { Utf8Path::new(".") } else { root });
                    // A file can be open before its folder exists.
                    let root = root.filter(|root| folder.is_dir() && session.files.exists(&root.join(SERIES)));
                    let checked = match (root, kind) {
                        (Some(root), FileType::Issue) => {
                            let id = folder.file_name().unwrap_or_default();
                            drop(Library::of_issue(root, &root.join(SERIES), id, session)?);
                            true
                        }
                        (Some(_), _) => Library::check_file(path, session)?,
                        (None, _) => false,
                    };
                    if !checked {
                        alone(kind, path, &folder, session)?;
                    }
                }
            }
            Ok(Diagnosis { sources: std::mem::take(&mut session.sources), diagnostics: std::mem::take(&mut session.diagnostics) })
        })
    }

    /// The outline of a file.
    pub fn symbols(&self, path: &Utf8Path) -> Vec<Symbol> {
        let mut sources = Sources::default();
        let file = sources.add(path, self.text(path));
        outline::symbols(file, &sources)
    }

    /// The first and last lines of each part that can be folded, counted from 0.
    pub fn folds(&self, path: &Utf8Path) -> Vec<(usize, usize)> {
        outline::folds(&self.text(path))
    }

    /// Where the name at a place is defined.
    pub fn definitions(&mut self, path: &Utf8Path, offset: usize) -> Vec<Location> {
        self.places(path, offset, |occurrence| occurrence.is_definition)
    }

    /// Every place of the name at a place.
    pub fn references(&mut self, path: &Utf8Path, offset: usize, with_definitions: bool) -> Vec<Location> {
        self.places(path, offset, |occurrence| with_definitions || !occurrence.is_definition)
    }

    fn places(&mut self, path: &Utf8Path, offset: usize, wanted: impl Fn(&Occurrence) -> bool) -> Vec<Location> {
        if FileType::of(path) == FileType::Issue {
            return self.lesson_listed(path, offset).into_iter().collect();
        }
        let Some(family) = self.family(path) else { return Vec::new() };
        let Some(at) = family.at(path, offset) else { return Vec::new() };
        let same = family.names.iter().filter(|other| other.named == at.named && other.name == at.name && wanted(other));
        let mut places: Vec<Location> = same.filter_map(|occurrence| family.location(occurrence)).collect();
        places.sort_by(|one, other| (&one.path, one.range.start).cmp(&(&other.path, other.range.start)));
        places.dedup();
        places
    }

    /// The bytes of the name at a place, if it can be changed.
    pub fn renamable(&mut self, path: &Utf8Path, offset: usize) -> Option<Range<usize>> {
        let family = self.family(path)?;
        let at = family.at(path, offset)?;
        family.location(at).map(|location| location.range)
    }

    /// Changes the name at a place wherever it is used: in the lesson, its teacher file, and their translations.
    ///
    /// # Errors
    /// If there is no name at the place, or the new one can't be used.
    pub fn rename(
        &mut self,
        path: &Utf8Path,
        offset: usize,
        new: &str,
    ) -> Result<BTreeMap<Utf8PathBuf, Vec<Edit>>, CannotRename> {
        let family = self.family(path).ok_or_else(|| CannotRename("this file doesn't belong to a lesson".to_owned()))?;
        let nothing = "there is no id, label, source, or vocabulary word here";
        let at = family.at(path, offset).ok_or_else(|| CannotRename(nothing.to_owned()))?;
        let new = new.trim();
        if let Some(reason) = names::why_not(&at.named, new) {
            return Err(CannotRename(reason));
        }
        let folded = if at.named == Named::Term { new.to_lowercase() } else { new.to_owned() };
        if folded != at.name && family.names.iter().any(|other| other.named == at.named && other.name == folded) {
            return Err(CannotRename(format!("`{new}` is already used; choose another name")));
        }
        let mut edits: BTreeMap<Utf8PathBuf, Vec<Edit>> = BTreeMap::new();
        for occurrence in family.names.iter().filter(|other| other.named == at.named && other.name == at.name) {
            if let Some(Location { path, range }) = family.location(occurrence) {
                edits.entry(path).or_default().push(Edit { range, text: new.to_owned() });
            }
        }
        for edits in edits.values_mut() {
            edits.sort_by_key(|edit| edit.range.start);
            edits.dedup();
        }
        Ok(edits)
    }

    /// The lesson's file for an id in the list of `issue.yaml`.
    fn lesson_listed(&mut self, path: &Utf8Path, offset: usize) -> Option<Location> {
        let folder = path.parent()?.to_owned();
        let issue: Issue = self.session(|session| {
            let file = session.load(path, &folder).ok()??;
            Some(session.document(file))
        })?;
        let is_at = |place: Place| (place.start as usize..=place.end as usize).contains(&offset);
        let lesson = issue.lessons.iter().find(|lesson| is_at(lesson.place))?;
        let file = folder.join(format!("{}.yaml", lesson.value.0));
        self.files.exists(&file).then_some(Location { path: file, range: 0..0 })
    }

    /// The files of the lesson that a file belongs to.
    fn family(&mut self, path: &Utf8Path) -> Option<Family> {
        let kind = FileType::of(path);
        if !matches!(kind, FileType::Lesson | FileType::Teacher) {
            return None;
        }
        let folder = path.parent()?.to_owned();
        let id = path.file_name()?.split('.').next()?.to_owned();
        self.session(|session| {
            let listing = session.files.list(&folder, &folder).ok()?;
            let of_family = |name: &str| {
                let stem = name.strip_suffix(".yaml")?;
                let stem = stem.strip_suffix(".teacher").unwrap_or(stem);
                (stem.split('.').next() == Some(id.as_str())).then(|| stem.to_owned())
            };
            let mut stems: Vec<String> = listing.files.iter().filter_map(|path| of_family(path.file_name()?)).collect();
            stems.sort();
            stems.dedup();
            let mut names = Vec::new();
            for other in stems {
                let lesson_path = folder.join(format!("{other}.yaml"));
                let Some(file) = session.load(&lesson_path, &folder).ok().flatten() else { continue };
                let lesson: Lesson = session.document(file);
                names.extend(names::of_lesson(&lesson));
                let teacher_path = folder.join(format!("{other}.teacher.yaml"));
                if session.files.exists(&teacher_path)
                    && let Some(file) = session.load(&teacher_path, &folder).ok().flatten()
                {
                    let teacher: Teacher = session.document(file);
                    names.extend(names::of_teacher(&teacher, &lesson));
                }
            }
            Some(Family { sources: std::mem::take(&mut session.sources), names })
        })
    }
}

impl Family {
    /// The name at a place of a file.
    fn at(&self, path: &Utf8Path, offset: usize) -> Option<&Occurrence> {
        self.names.iter().find(|occurrence| {
            let location = self.location(occurrence);
            location
                .is_some_and(|location| location.path == path && (location.range.start..=location.range.end).contains(&offset))
        })
    }

    /// Where a name is written, without quotation marks and signs around it.
    fn location(&self, occurrence: &Occurrence) -> Option<Location> {
        let source = self.sources.file(occurrence.place.file);
        let written = self.sources.text(occurrence.place);
        let at = match occurrence.named {
            // The case of a term doesn't matter, but its length in bytes may.
            Named::Term => {
                let folded = written.to_lowercase();
                let found = folded.find(&occurrence.name).filter(|_| folded.len() == written.len());
                found.or_else(|| written.find(&occurrence.name))?
            }
            _ => written.find(&occurrence.name)?,
        };
        let start = occurrence.place.start as usize + at;
        Some(Location { path: source.path().to_owned(), range: start..start + occurrence.name.len() })
    }
}

/// What the schema expects at a cursor.
fn expected<'s>(path: &Utf8Path, levels: &[cursor::Level]) -> Option<Expected<'s>> {
    let mut expected = FileType::of(path).schema().whole();
    for level in levels {
        let step = level.key.as_deref().map_or(Step::Entry, Step::Key);
        expected = expected.step(step, &level.beside)?;
    }
    Some(expected)
}

/// Reads a file that doesn't belong to an issue.
fn alone(kind: FileType, path: &Utf8Path, folder: &Utf8Path, session: &mut Session<'_>) -> Result<()> {
    let Some(file) = session.load(path, folder)? else { return Ok(()) };
    match kind {
        FileType::Series => drop(session.document::<Series>(file)),
        FileType::Issue => drop(session.document::<Issue>(file)),
        FileType::Lesson => drop(session.document::<Lesson>(file)),
        FileType::Teacher => drop(session.document::<Teacher>(file)),
    }
    Ok(())
}
