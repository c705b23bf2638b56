//! The index of one issue's folder, and reports of what lies there and would silently not be built.

use std::collections::HashSet;

use anyhow::Result;
use camino::Utf8Path;

use super::{IssueEntry, LessonEntry, SERIES, folder_of};
use crate::check;
use crate::diagnostics::{Code, Diagnostic, Suggestions};
use crate::files::Listing;
use crate::formats::{self, TextFormat};
use crate::lesson::issue::{Issue, MAX_LESSONS};
use crate::lesson::series::Series;
use crate::session::Session;
use crate::source::Place;

/// What stands in the place of a language in the name of a teacher file.
const TEACHER: &str = "teacher";

/// Reads and checks the series; `None` if its file cannot be read.
pub(super) fn series(path: &Utf8Path, session: &mut Session<'_>) -> Result<Option<Series>> {
    let folder = folder_of(path);
    let Some(file) = session.load(path, folder)? else { return Ok(None) };
    let series: Series = session.document(file);
    check::series::check(&series, folder, session.coverage, &mut session.diagnostics);
    Ok(Some(series))
}

/// Reads the `issue.yaml` of a folder and finds its lessons; `None` if the folder is no issue.
pub(super) fn issue(folder: &Utf8Path, root: &Utf8Path, session: &mut Session<'_>) -> Result<Option<IssueEntry>> {
    let before = session.diagnostics.errors();
    let listing = session.files.list(folder, root)?;
    refused(&listing, session);
    almost(&listing, session);
    let path = folder.join("issue.yaml");
    if !listing.files.contains(&path) {
        if !listing.files.is_empty() {
            let place = session.path_place(folder);
            session.diagnostics.push(
                Diagnostic::new(Code::MissingIssue, place, "this folder has lessons and no `issue.yaml`")
                    .help("add an `issue.yaml` with `number`, `date`, `published`, `theme` and `lessons`"),
            );
        }
        return Ok(None);
    }
    let Some(file) = session.load(&path, root)? else { return Ok(None) };
    let id = folder.file_name().unwrap_or_default().to_owned();
    let issue: Issue = session.document(file);
    let stems: Vec<&str> = listing.files.iter().filter_map(|path| path.file_stem()).filter(|stem| *stem != "issue").collect();
    check::issue::check(&id, &issue, &stems, file, &mut session.diagnostics);
    let lessons = lessons(folder, &issue, &stems, session);
    let translations = translations(folder, &lessons, &stems);
    unlisted(&listing, &issue, &stems, session);
    for folder in listing.folders.iter().filter(|folder| folder.file_name() != Some("images")) {
        let listing = session.files.list(folder, root)?;
        misplaced(&listing, "lies in a folder inside the issue", "move it beside `issue.yaml`", session);
    }
    let sound = session.diagnostics.errors() == before;
    Ok(Some(IssueEntry { id, folder: folder.to_owned(), issue, lessons, translations, sound }))
}

/// Reports entries of a folder that are not looked at.
pub(super) fn refused(listing: &Listing, session: &mut Session<'_>) {
    for (path, code, message, help) in &listing.refused {
        let place = session.path_place(path);
        session.diagnostics.push(Diagnostic::new(*code, place, *message).help(*help));
    }
}

/// Reports files that end in almost `.yaml`.
pub(super) fn almost(listing: &Listing, session: &mut Session<'_>) {
    for path in &listing.almost {
        let (name, stem) = (path.file_name().unwrap_or_default(), path.file_stem().unwrap_or_default());
        let ending = path.extension().unwrap_or_default();
        let place = session.path_place(path);
        session.diagnostics.push(
            Diagnostic::new(Code::UnlistedLesson, place, format!("`{name}` ends in `.{ending}`, and lessons end in `.yaml`"))
                .help(format!("rename it to `{stem}.yaml`")),
        );
    }
}

/// Reports `.yaml` files in a folder where no lesson is looked for.
pub(super) fn misplaced(listing: &Listing, what: &str, help: &str, session: &mut Session<'_>) {
    for path in &listing.files {
        let name = path.file_name().unwrap_or_default();
        // A tree can have several: `--series` chooses another.
        if name == SERIES || name.ends_with(".series.yaml") {
            continue;
        }
        let place = session.path_place(path);
        let message = format!("`{name}` {what}, so nothing is built from it");
        session.diagnostics.push(Diagnostic::new(Code::UnlistedLesson, place, message).help(help));
    }
}

/// The lessons that the issue lists and that have a file.
fn lessons(folder: &Utf8Path, issue: &Issue, stems: &[&str], session: &mut Session<'_>) -> Vec<LessonEntry> {
    let known: HashSet<&str> = stems.iter().copied().collect();
    let present = stems.iter().copied().filter(|stem| !stem.contains('.'));
    let mut suggestions = Suggestions::default();
    let mut seen = HashSet::new();
    let mut lessons = Vec::new();
    // The name `issue` is reported by its rule, and reading the issue as a lesson would only add to that.
    for lesson in issue.lessons.iter().filter(|lesson| *lesson.value.0 != *"issue").take(MAX_LESSONS) {
        let id = lesson.value.0.as_str();
        if !known.contains(id) {
            let message = format!("there is no file `{id}.yaml` in this folder");
            session.diagnostics.push(
                Diagnostic::new(Code::MissingLesson, lesson.place, message)
                    .maybe_help(suggestions.did_you_mean(id, present.clone())),
            );
        } else if seen.insert(id) {
            lessons.push(LessonEntry { id: id.to_owned(), translation: None, path: folder.join(format!("{id}.yaml")) });
        }
    }
    lessons
}

/// The translations of these lessons: `war.es.yaml` beside `war.yaml`.
fn translations(folder: &Utf8Path, lessons: &[LessonEntry], stems: &[&str]) -> Vec<LessonEntry> {
    let of_lesson = |lesson: &LessonEntry| {
        let language = |stem: &&str| {
            let language = stem.strip_prefix(lesson.id.as_str())?.strip_prefix('.')?;
            (language != TEACHER && formats::wrong(TextFormat::Language, language).is_none()).then(|| language.to_owned())
        };
        let mut languages: Vec<String> = stems.iter().filter_map(language).collect();
        languages.sort();
        let id = lesson.id.clone();
        languages.into_iter().map(move |language| {
            let path = folder.join(format!("{id}.{language}.yaml"));
            LessonEntry { id: id.clone(), translation: Some(language), path }
        })
    };
    lessons.iter().flat_map(of_lesson).collect::<Vec<_>>()
}

/// Reports lessons that the issue does not list, and teacher files without a lesson.
fn unlisted(listing: &Listing, issue: &Issue, stems: &[&str], session: &mut Session<'_>) {
    let listed: HashSet<&str> = issue.lessons.iter().map(|lesson| lesson.value.0.as_str()).collect();
    let known: HashSet<&str> = stems.iter().copied().collect();
    let lessons = stems.iter().copied().filter(|stem| !stem.contains('.'));
    let list: Option<Place> = issue.lessons.first().map(|lesson| lesson.place);
    let mut suggestions = Suggestions::default();
    for path in &listing.files {
        let stem = path.file_stem().unwrap_or_default();
        if stem == "issue" || listed.contains(stem) {
            continue;
        }
        if let Some(lesson) = stem.strip_suffix(".teacher") {
            if !known.contains(lesson) && !listed.contains(lesson) {
                let place = session.path_place(path);
                let message = format!("there is no lesson `{lesson}.yaml` beside this teacher file");
                session.diagnostics.push(
                    Diagnostic::new(Code::OrphanTeacherFile, place, message)
                        .maybe_help(suggestions.did_you_mean(lesson, lessons.clone())),
                );
            }
        } else if let Some((lesson, language)) = stem.split_once('.') {
            let wrong = formats::wrong(TextFormat::Language, language);
            let (message, help) = match wrong {
                Some(wrong) => (format!("`{stem}.yaml` is named as a translation, and {}", wrong.message), Some(wrong.help)),
                None if !listed.contains(lesson) => {
                    let message = format!("this is a translation of `{lesson}`, which is no lesson of the issue");
                    (message, suggestions.did_you_mean(lesson, lessons.clone()))
                }
                None => continue,
            };
            let place = session.path_place(path);
            session.diagnostics.push(Diagnostic::new(Code::OrphanTranslation, place, message).maybe_help(help));
        } else {
            let name = path.file_name().unwrap_or_default();
            let help = match formats::wrong(TextFormat::Id, stem) {
                Some(wrong) => format!("rename it and add it to `lessons` in `issue.yaml`: {}", wrong.help),
                None => format!("add `{stem}` to `lessons` in `issue.yaml`, or move the file elsewhere"),
            };
            let place = session.path_place(path);
            let message = format!("the issue does not list `{name}`, so nothing is built from it");
            let mut report = Diagnostic::new(Code::UnlistedLesson, place, message).help(help);
            report.second = list.map(|place| (place, "the list stands here".to_owned()));
            session.diagnostics.push(report);
        }
    }
}
