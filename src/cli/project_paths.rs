//! Where a command works: finds the lessons folder, the fonts beside it and what was asked for, and prints reports.

use std::borrow::Cow;
use std::io::Write;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::SelectionArgs;
use crate::diagnostics::{Diagnostics, did_you_mean, report};
use crate::library::{IssueEntry, LessonEntry, Library, SERIES};
use crate::session::Session;
use crate::source::Sources;
use crate::typeset::{Fonts, Templates};

/// The folders of one project.
pub(super) struct ProjectPaths {
    /// The lessons folder.
    pub lessons: Utf8PathBuf,
    /// The file of the series, if it is another than that in the lessons folder.
    pub series: Option<Utf8PathBuf>,
    /// The folder of templates that take the place of bundled ones.
    pub templates: Option<Utf8PathBuf>,
}

impl ProjectPaths {
    /// Finds the lessons folder: the one named, or the nearest at or above the current folder.
    pub(super) fn find(selection: &SelectionArgs) -> Result<Self> {
        let (series, templates) = (selection.branding.series.clone(), selection.branding.templates.clone());
        if let Some(series) = series.as_ref().filter(|series| !series.is_file()) {
            bail!("there is no file {series}");
        }
        if let Some(folder) = templates.as_ref().filter(|folder| !folder.is_dir()) {
            bail!("there is no folder {folder}");
        }
        if let Some(lessons) = &selection.lessons {
            if !lessons.is_dir() {
                bail!("there is no folder {lessons}");
            }
            if series.is_none() && !lessons.join(SERIES).exists() {
                bail!("the folder {lessons} has no `{SERIES}`, so it is not a lessons folder");
            }
            return Ok(Self { lessons: lessons.clone(), series, templates });
        }
        let here = current_folder()?;
        for (depth, folder) in here.ancestors().enumerate() {
            let up: Utf8PathBuf = std::iter::repeat_n("..", depth).collect();
            for candidate in [Utf8Path::new(""), Utf8Path::new("lessons")] {
                if folder.join(candidate).join(SERIES).exists() {
                    let lessons = up.join(candidate);
                    let lessons = if lessons.as_str().is_empty() { ".".into() } else { lessons };
                    return Ok(Self { lessons, series, templates });
                }
            }
        }
        bail!(
            "there are no lessons here: no folder from {here} upwards has a `lessons/{SERIES}`\n\
             go to the folder of your lessons, or name it with --lessons"
        );
    }

    /// The file of the series.
    pub(super) fn series_file(&self) -> Cow<'_, Utf8Path> {
        self.series.as_deref().map_or_else(|| Cow::Owned(self.lessons.join(SERIES)), Cow::Borrowed)
    }

    /// The library of the lessons folder; `None` if there is no series to go by.
    pub(super) fn index(&self, session: &mut Session<'_>) -> Result<Option<Library>> {
        Library::index(&self.lessons, self.series.as_deref(), session)
    }

    /// The bundled templates, and those of the folder that is named.
    pub(super) fn templates(&self) -> Result<Templates> {
        self.templates.as_deref().map_or_else(|| Ok(Templates::bundled()), Templates::with_folder)
    }

    /// A folder beside the lessons folder.
    pub(super) fn beside(&self, name: &str) -> Utf8PathBuf {
        match (self.lessons.as_str(), self.lessons.file_name()) {
            (".", _) => Utf8Path::new("..").join(name),
            (_, Some(_)) => self.lessons.parent().unwrap_or(Utf8Path::new("")).join(name),
            (_, None) => self.lessons.join("..").join(name),
        }
    }

    /// The bundled fonts and those of the folder `fonts` beside the lessons.
    pub(super) fn fonts(&self) -> Result<Fonts> {
        Fonts::with_folder(&self.beside("fonts"))
    }
}

/// The folder in which the program was called.
pub(super) fn current_folder() -> Result<Utf8PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "this is where the user is")]
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    Utf8PathBuf::from_path_buf(here).map_err(|path| anyhow::anyhow!("the folder name {} is not text", path.display()))
}

/// The lessons that were asked for, in the order of the library.
pub(super) fn select<'a>(library: &'a Library, selection: &[String]) -> Result<Vec<(&'a IssueEntry, &'a LessonEntry)>> {
    for wanted in selection {
        let (issue, lesson) = wanted.split_once('/').map_or((wanted.as_str(), None), |(issue, lesson)| (issue, Some(lesson)));
        let ids = library.issues.iter().map(|entry| entry.id.as_str());
        let Some(entry) = library.issues.iter().find(|entry| entry.id == issue) else {
            bail!("there is no issue `{issue}`{}", suggestion(did_you_mean(issue, ids)));
        };
        if let Some(lesson) = lesson.filter(|lesson| entry.lessons.iter().all(|known| known.id != **lesson)) {
            let ids = entry.lessons.iter().map(|entry| entry.id.as_str());
            bail!("the issue `{issue}` has no lesson `{lesson}`{}", suggestion(did_you_mean(lesson, ids)));
        }
    }
    let all = library.issues.iter().flat_map(|issue| issue.with_translations().map(move |lesson| (issue, lesson)));
    let wanted = |issue: &IssueEntry, lesson: &LessonEntry| {
        selection.is_empty()
            || selection.iter().any(|wanted| *wanted == issue.id || *wanted == format!("{}/{}", issue.id, lesson.id))
    };
    Ok(all.filter(|(issue, lesson)| wanted(issue, lesson)).collect())
}

fn suggestion(help: Option<String>) -> String {
    help.map(|help| format!("; {help}")).unwrap_or_default()
}

/// Prints all reports and their count to standard error.
pub(super) fn print(diagnostics: &Diagnostics, sources: &Sources) -> Result<()> {
    if diagnostics.errors() + diagnostics.warnings() == 0 {
        return Ok(());
    }
    let mut stderr = anstream::stderr().lock();
    // `anstream` takes the colours away where nobody would see them.
    write!(stderr, "{}", report::render(diagnostics, sources, true))?;
    writeln!(stderr, "{}", report::summary(diagnostics))?;
    Ok(())
}
