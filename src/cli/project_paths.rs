//! Finds the lessons folder and its fonts, and prints reports.

use std::borrow::Cow;
use std::io::Write;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::SelectionArgs;
use crate::diagnostics::{Diagnostics, report};
use crate::files::{almost_yaml, as_on_disk};
use crate::library::{Library, SERIES};
use crate::session::Session;
use crate::source::Sources;
use crate::typeset::{Fonts, Templates};

/// The folders of one project.
pub(super) struct ProjectPaths {
    /// The lessons folder.
    pub lessons: Utf8PathBuf,
    /// The series file, if it isn't the one in the lessons folder.
    pub series: Option<Utf8PathBuf>,
    /// The folder of templates that replace bundled ones.
    pub templates: Option<Utf8PathBuf>,
}

impl ProjectPaths {
    /// Finds the lessons folder: the given one, or the nearest at or above the current folder.
    pub(super) fn find(selection: &SelectionArgs) -> Result<Self> {
        let on_disk = |path: &Option<Utf8PathBuf>| path.as_deref().map(as_on_disk);
        let (series, templates) = (on_disk(&selection.branding.series), on_disk(&selection.branding.templates));
        if let Some(series) = series.as_ref().filter(|series| !series.is_file()) {
            bail!("file not found: {series}");
        }
        if let Some(folder) = templates.as_ref().filter(|folder| !folder.is_dir()) {
            bail!("folder not found: {folder}");
        }
        if let Some(lessons) = &on_disk(&selection.lessons) {
            if !lessons.is_dir() {
                bail!("folder not found: {lessons}");
            }
            if series.is_none() && !lessons.join(SERIES).exists() {
                match series_by_another_name(lessons) {
                    Some(name) => bail!(
                        "{lessons} is not a lessons folder: the series file must be called `{SERIES}`\nhelp: rename {} to `{SERIES}`",
                        lessons.join(name)
                    ),
                    None => bail!("{lessons} is not a lessons folder: it has no `{SERIES}`"),
                }
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
        for folder in here.ancestors().flat_map(|folder| [folder.to_owned(), folder.join("lessons")]) {
            if let Some(name) = series_by_another_name(&folder) {
                let path = folder.join(name);
                bail!("no lessons found: the series file must be called `{SERIES}`\nhelp: rename {path} to `{SERIES}`");
            }
        }
        bail!(
            "no lessons found: neither {here} nor any folder above it has `lessons/{SERIES}`\n\
             help: go to your lessons folder, or pass it with `--lessons`"
        );
    }

    /// The series file.
    pub(super) fn series_file(&self) -> Cow<'_, Utf8Path> {
        self.series.as_deref().map_or_else(|| Cow::Owned(self.lessons.join(SERIES)), Cow::Borrowed)
    }

    /// The library of the lessons folder; `None` if its series can't be read.
    pub(super) fn index(&self, session: &mut Session<'_>) -> Result<Option<Library>> {
        Library::index(&self.lessons, self.series.as_deref(), session)
    }

    /// The bundled templates, with those from the given folder.
    pub(super) fn templates(&self) -> Result<Templates> {
        self.templates.as_deref().map_or_else(|| Ok(Templates::bundled()), Templates::with_folder)
    }

    /// A folder next to the lessons folder.
    pub(super) fn beside(&self, name: &str) -> Utf8PathBuf {
        match (self.lessons.as_str(), self.lessons.file_name()) {
            (".", _) => Utf8Path::new("..").join(name),
            (_, Some(_)) => self.lessons.parent().unwrap_or(Utf8Path::new("")).join(name),
            (_, None) => self.lessons.join("..").join(name),
        }
    }

    /// The bundled fonts and those in the `fonts` folder next to the lessons.
    pub(super) fn fonts(&self) -> Result<Fonts> {
        Fonts::with_folder(&self.beside("fonts"))
    }
}

/// The name of the file in a folder that is meant to be the series file.
fn series_by_another_name(folder: &Utf8Path) -> Option<String> {
    let names = folder.read_dir_utf8().ok()?.filter_map(|entry| Some(entry.ok()?.file_name().to_owned()));
    let is_it = |name: &String| {
        let stem = almost_yaml(name).or_else(|| name.strip_suffix(".txt")).unwrap_or_default();
        stem.eq_ignore_ascii_case(SERIES.trim_end_matches(".yaml"))
    };
    names.filter(is_it).min()
}

/// The folder where the program was started.
pub(super) fn current_folder() -> Result<Utf8PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "this is where the user is")]
    let here = std::env::current_dir().context("cannot find the current folder")?;
    Utf8PathBuf::from_path_buf(here).map_err(|path| anyhow::anyhow!("the folder name {} is not valid Unicode", path.display()))
}

/// Prints all reports and their count to standard error.
pub(super) fn print(diagnostics: &Diagnostics, sources: &Sources) -> Result<()> {
    if diagnostics.errors() + diagnostics.warnings() == 0 {
        return Ok(());
    }
    let mut stderr = anstream::stderr().lock();
    // `anstream` removes the colors where the output can't show them.
    write!(stderr, "{}", report::render(diagnostics, sources, true))?;
    writeln!(stderr, "{}", report::summary(diagnostics))?;
    if let Some(first) = diagnostics.sorted().first() {
        writeln!(
            stderr,
            "To learn more about a mistake, run `packetpress explain` with its code: `packetpress explain {}`",
            first.code.name()
        )?;
    }
    Ok(())
}
