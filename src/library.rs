//! Finds series, issues, and lessons in the lessons folder, reads them, and has them checked.
//!
//! The library is an index. A lesson is loaded when it is needed and dropped after its packets, so an archive is never in memory
//! whole.

mod index;
mod names;

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use camino::{Utf8Path, Utf8PathBuf};

use crate::check;
use crate::diagnostics::{Code, Diagnostic};
use crate::lesson::Lesson;
use crate::lesson::issue::Issue;
use crate::lesson::series::Series;
use crate::lesson::teacher::Teacher;
use crate::read;
use crate::session::Session;
use crate::source::FileId;

/// The series file, which marks a lessons folder.
pub const SERIES: &str = "series.yaml";

/// The folder of a file.
fn folder_of(file: &Utf8Path) -> &Utf8Path {
    file.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."))
}

/// All issues of a series.
#[derive(Debug)]
pub struct Library {
    /// The lessons folder.
    pub root: Utf8PathBuf,
    /// The series file: `series.yaml` in the lessons folder unless another was given.
    pub series_file: Utf8PathBuf,
    /// The series.
    pub series: Series,
    /// The issues, sorted by id.
    pub issues: Vec<IssueEntry>,
}

/// An issue in the index.
#[derive(Debug)]
pub struct IssueEntry {
    /// The name of its folder.
    pub id: String,
    /// Its folder.
    pub folder: Utf8PathBuf,
    /// The contents of `issue.yaml`.
    pub issue: Issue,
    /// Its lessons in order.
    pub lessons: Vec<LessonEntry>,
    /// The translations of its lessons, sorted by lesson, then language.
    pub translations: Vec<LessonEntry>,
    /// Whether `issue.yaml` and the folder have no mistakes.
    pub sound: bool,
}

/// A lesson in the index, or a translation of one.
#[derive(Debug, Clone)]
pub struct LessonEntry {
    /// The id of the lesson.
    pub id: String,
    /// The language of a translation, a BCP 47 tag; `None` for the lesson itself.
    pub translation: Option<String>,
    /// Its file.
    pub path: Utf8PathBuf,
}

/// A lesson that has been read, with its file.
#[derive(Debug)]
pub struct LoadedLesson {
    /// Its file.
    pub file: FileId,
    /// The lesson.
    pub lesson: Lesson,
}

/// A lesson that passed all checks.
#[derive(Debug)]
pub struct Checked {
    /// The lesson.
    pub lesson: Lesson,
    /// Its teacher file, if it has one.
    pub teacher: Option<Teacher>,
}

impl IssueEntry {
    /// The entry for a lesson or translation of this issue by name, whether or not it exists.
    pub fn lesson_entry(&self, name: &str) -> LessonEntry {
        let (id, translation) = name.split_once('.').map_or((name, None), |(id, language)| (id, Some(language.to_owned())));
        LessonEntry { id: id.to_owned(), translation, path: self.folder.join(format!("{name}.yaml")) }
    }

    /// Its lessons in order, each followed by its translations.
    pub fn with_translations(&self) -> impl Iterator<Item = &LessonEntry> {
        let translations = |lesson: &LessonEntry| {
            let id = lesson.id.clone();
            self.translations.iter().filter(move |translation| translation.id == id)
        };
        self.lessons.iter().flat_map(move |lesson| std::iter::once(lesson).chain(translations(lesson)))
    }
}

impl LessonEntry {
    /// The name of its file without `.yaml`: the id, and for a translation the language.
    pub fn name(&self) -> String {
        match &self.translation {
            None => self.id.clone(),
            Some(language) => format!("{}.{language}", self.id),
        }
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.yaml", self.name())
    }

    /// The name of its teacher file.
    pub fn teacher_file(&self) -> String {
        format!("{}.teacher.yaml", self.name())
    }
}

impl Library {
    /// The folder of the series file.
    pub fn series_folder(&self) -> &Utf8Path {
        folder_of(&self.series_file)
    }

    /// Finds everything in the lessons folder and reads the series and its issues; `None` if the series cannot be read.
    ///
    /// `series_file` is the series file, if it is not `series.yaml` in the lessons folder.
    ///
    /// # Errors
    /// If a file or folder cannot be read.
    pub fn index(root: &Utf8Path, series_file: Option<&Utf8Path>, session: &mut Session<'_>) -> Result<Option<Self>> {
        let series_file = series_file.map_or_else(|| root.join(SERIES), Utf8Path::to_owned);
        let Some(series) = index::series(&series_file, session)? else { return Ok(None) };
        let listing = session.files.list(root, root)?;
        index::refused(&listing, session);
        index::misplaced(&listing, "isn't in an issue's folder", "move it into its issue's folder", session);
        let mut issues = Vec::new();
        for folder in listing.folders {
            if let Some(entry) = index::issue(&folder, root, session)? {
                issues.push(entry);
            }
        }
        Ok(Some(Self { root: root.to_owned(), series_file, series, issues }))
    }

    /// Like [`Library::index`], but with only one issue, or none if it no longer exists.
    ///
    /// # Errors
    /// If a file or folder cannot be read.
    pub fn of_issue(root: &Utf8Path, series_file: &Utf8Path, id: &str, session: &mut Session<'_>) -> Result<Option<Self>> {
        let Some(series) = index::series(series_file, session)? else { return Ok(None) };
        let issue = index::issue(&root.join(id), root, session)?;
        let series_file = series_file.to_owned();
        Ok(Some(Self { root: root.to_owned(), series_file, series, issues: issue.into_iter().collect() }))
    }

    /// Reads and checks the lesson that a file belongs to: the lesson's own file, its teacher file, or a translation of either.
    /// Apart from these, only the series and the issue are read.
    ///
    /// Returns `false` if the file doesn't belong to a lesson.
    ///
    /// # Errors
    /// If a file or folder cannot be read.
    pub fn check_file(file: &Utf8Path, session: &mut Session<'_>) -> Result<bool> {
        let folder = folder_of(file);
        let (root, id) = (folder_of(folder), folder.file_name().unwrap_or_default());
        let stem = file.file_stem().unwrap_or_default();
        let name = stem.strip_suffix(".teacher").unwrap_or(stem);
        let Some(library) = Self::of_issue(root, &root.join(SERIES), id, session)? else { return Ok(false) };
        let Some(issue) = library.issues.first() else { return Ok(false) };
        let Some(entry) = issue.with_translations().find(|entry| entry.name() == name) else { return Ok(false) };
        library.check(issue, entry, session)?;
        Ok(true)
    }

    /// Reads, checks, and returns one lesson and its teacher file. Mistakes go to the session.
    ///
    /// `None` if the lesson has mistakes or cannot be read.
    ///
    /// # Errors
    /// If a file or folder cannot be read.
    pub fn check(&self, issue: &IssueEntry, entry: &LessonEntry, session: &mut Session<'_>) -> Result<Option<Checked>> {
        let before = session.diagnostics.errors();
        let Some(file) = session.load(&entry.path, &self.root)? else { return Ok(None) };
        let read::Reading { document: mut lesson, broken } = session.reading::<Lesson>(file);
        if let Some(language) = &entry.translation {
            self.check_translation(issue, entry, (&mut lesson, language), file, &broken, session)?;
        }
        let teacher = self.teacher(issue, entry, session)?;
        let pictures = check::Pictures::of(&lesson, &issue.folder, &self.root);
        let context = check::Context {
            root: &self.root,
            folder: &issue.folder,
            file,
            text: session.sources.file(file).text(),
            lesson: &lesson,
            series: &self.series,
            teacher: teacher.as_ref(),
            pictures: &pictures,
            coverage: session.coverage,
            broken: &broken,
        };
        check::check(&context, &mut session.diagnostics);
        let sound = session.diagnostics.errors() == before;
        Ok(sound.then_some(Checked { lesson, teacher }))
    }

    /// Compares a translation with its lesson if both can be read, and gives it the language in its file name.
    fn check_translation(
        &self,
        issue: &IssueEntry,
        entry: &LessonEntry,
        (lesson, language): (&mut Lesson, &str),
        file: FileId,
        broken: &BTreeSet<String>,
        session: &mut Session<'_>,
    ) -> Result<()> {
        if let Some(own) = lesson.language.as_ref().filter(|own| own.value.0 != language) {
            let message = format!("`language` is `{}`, but the file name `{}` says `{language}`", own.value.0, entry.file());
            let help = format!("remove `language`, or rename the file to `{}.{}.yaml`", entry.id, own.value.0);
            session.diagnostics.push(Diagnostic::new(Code::OrphanTranslation, own.place, message).help(help));
        }
        lesson.speak(language, file);
        let original = issue.lesson_entry(&entry.id);
        let (original, sound) = session.quietly(|session| {
            let file = session.load(&original.path, &self.root)?;
            Ok(file.map(|file| session.reading::<Lesson>(file)))
        })?;
        if let Some(original) = original.filter(|_| sound && broken.is_empty()) {
            let name = format!("{}.yaml", entry.id);
            check::translation_differs::check(&original.document, &name, lesson, file, &mut session.diagnostics);
        }
        Ok(())
    }

    /// Reads one checked lesson for composing. The teacher file is not opened.
    ///
    /// # Errors
    /// If a file cannot be read, or the lesson has changed since it was checked.
    pub fn load(&self, entry: &LessonEntry, session: &mut Session<'_>) -> Result<LoadedLesson> {
        let (lesson, sound) = session.quietly(|session| {
            let file = session.load(&entry.path, &self.root)?;
            Ok(file.map(|file| LoadedLesson { file, lesson: session.document(file) }))
        })?;
        let lesson = lesson.map(|mut loaded| {
            if let Some(language) = &entry.translation {
                loaded.lesson.speak(language, loaded.file);
            }
            loaded
        });
        lesson.filter(|_| sound).with_context(|| format!("{} changed during the build; run the build again", entry.path))
    }

    /// Reads the checked teacher file of a lesson; `None` if it has none.
    ///
    /// # Errors
    /// If a file cannot be read, or the file has changed since it was checked.
    pub fn load_teacher(&self, issue: &IssueEntry, entry: &LessonEntry, session: &mut Session<'_>) -> Result<Option<Teacher>> {
        let (teacher, sound) = session.quietly(|session| self.teacher(issue, entry, session))?;
        if !sound {
            anyhow::bail!("the teacher file of {} changed during the build; run the build again", entry.path);
        }
        Ok(teacher)
    }

    fn teacher(&self, issue: &IssueEntry, entry: &LessonEntry, session: &mut Session<'_>) -> Result<Option<Teacher>> {
        let path = issue.folder.join(entry.teacher_file());
        if !session.files.exists(&path) {
            return Ok(None);
        }
        Ok(session.load(&path, &self.root)?.map(|file| session.document(file)))
    }
}
