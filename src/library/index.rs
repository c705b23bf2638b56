//! The index of one issue's folder, and reports of files there that would silently not be built.

use std::collections::HashSet;

use anyhow::Result;
use camino::Utf8Path;

use super::names::{TEACHER, from_another, misnamed_teacher_file, original};
use super::{IssueEntry, LessonEntry, SERIES, folder_of};
use crate::check;
use crate::diagnostics::{Code, Diagnostic, Help, Suggestions};
use crate::files::{Listing, almost_yaml};
use crate::formats::{self, TextFormat};
use crate::lesson::issue::{Issue, MAX_LESSONS};
use crate::lesson::prose::Placed;
use crate::lesson::series::Series;
use crate::lesson::values::Id;
use crate::session::Session;
use crate::source::Place;

/// The name of the series file without `.yaml`.
const SERIES_NAME: &str = "series";

/// Reads and checks the series; `None` if its file cannot be read.
pub(super) fn series(path: &Utf8Path, session: &mut Session<'_>) -> Result<Option<Series>> {
    let folder = folder_of(path);
    let Some(file) = session.load(path, folder)? else { return Ok(None) };
    let series: Series = session.document(file);
    check::series::check(&series, folder, session.coverage, &mut session.diagnostics);
    Ok(Some(series))
}

/// Reads the `issue.yaml` of a folder and finds its lessons; `None` if the folder is not an issue.
pub(super) fn issue(folder: &Utf8Path, root: &Utf8Path, session: &mut Session<'_>) -> Result<Option<IssueEntry>> {
    let before = session.diagnostics.errors();
    let listing = session.files.list(folder, root)?;
    refused(&listing, session);
    let path = folder.join("issue.yaml");
    if !listing.files.contains(&path) {
        if !listing.files.is_empty() || !listing.almost.is_empty() {
            let place = session.path_place(folder);
            let help = from_another("issue", &listing).unwrap_or_else(|| {
                format!("add an `issue.yaml` that lists the lessons, such as `lessons: [{}]`", some_lesson(&listing))
            });
            session.diagnostics.push(
                Diagnostic::new(Code::MissingIssue, place, "`issue.yaml` not found in this folder, which has lessons").help(help),
            );
        }
        return Ok(None);
    }
    let Some(file) = session.load(&path, root)? else { return Ok(None) };
    let id = folder.file_name().unwrap_or_default().to_owned();
    let errors = session.diagnostics.errors();
    let issue: Issue = session.document(file);
    // If the list couldn't be read, nothing is reported as missing.
    let is_read = session.diagnostics.errors() == errors;
    let stems: Vec<&str> = listing.files.iter().filter_map(|path| path.file_stem()).filter(|stem| *stem != "issue").collect();
    check::issue::check(&id, &issue, &stems, file, &mut session.diagnostics);
    almost(&listing, &issue, session);
    let lessons = lessons(folder, &issue, &listing, &stems, session);
    let translations = translations(folder, &lessons, &stems);
    unlisted(&listing, &issue, is_read, &stems, session);
    for folder in listing.folders.iter().filter(|folder| folder.file_name() != Some("images")) {
        let listing = session.files.list(folder, root)?;
        misplaced(&listing, "is in a subfolder of its issue", "move it next to `issue.yaml`", session);
    }
    let sound = session.diagnostics.errors() == before;
    Ok(Some(IssueEntry { id, folder: folder.to_owned(), issue, lessons, translations, sound }))
}

/// The id of a lesson in a folder, or one that it could have, as an example.
fn some_lesson(listing: &Listing) -> String {
    let stems = listing
        .files
        .iter()
        .filter_map(|path| path.file_stem())
        .chain(listing.almost.iter().filter_map(|path| almost_yaml(path.file_name()?)));
    let mut lessons = stems.filter(|stem| !stem.contains('.'));
    lessons.find_map(crate::lesson::values::slug).unwrap_or_else(|| "tides".to_owned())
}

/// Reports entries of a folder that are skipped.
pub(super) fn refused(listing: &Listing, session: &mut Session<'_>) {
    for (path, code, message, help) in &listing.refused {
        let place = session.path_place(path);
        session.diagnostics.push(Diagnostic::new(*code, place, *message).help(*help));
    }
}

/// Reports files whose names almost end in `.yaml`; those of listed lessons are reported as missing.
fn almost(listing: &Listing, issue: &Issue, session: &mut Session<'_>) {
    for path in &listing.almost {
        let Some((name, stem)) = path.file_name().and_then(|name| Some((name, almost_yaml(name)?))) else { continue };
        let is_listed = |lesson: &&Placed<Id>| lesson.value.0.eq_ignore_ascii_case(stem);
        let listed = issue.lessons.iter().find(is_listed);
        let stem = listed.map_or(stem, |lesson| &lesson.value.0);
        let target = format!("{stem}.yaml");
        let exists = listing.files.contains(&path.with_file_name(&target));
        if listed.is_some() && !exists {
            continue;
        }
        let place = session.path_place(path);
        let message = format!("expected a file name ending in `.yaml`, found `{name}`, so it isn't built");
        let help = if exists { keep_one(&target) } else { format!("rename it to `{target}`") };
        session.diagnostics.push(Diagnostic::new(Code::UnlistedLesson, place, message).help(help));
    }
}

/// The help for a file and its copy.
fn keep_one(name: &str) -> String {
    format!("keep the better of the two as `{name}`, and delete the other")
}

/// The report of a file with the name of a copy.
fn copy(original: &str, place: Place) -> Diagnostic {
    let message = format!("this looks like a copy of `{original}.yaml` that a sync program or file manager made");
    Diagnostic::new(Code::UnlistedLesson, place, message).help(keep_one(&format!("{original}.yaml")))
}

/// Reports `.yaml` files in a folder that is not searched for lessons.
pub(super) fn misplaced(listing: &Listing, what: &str, help: &str, session: &mut Session<'_>) {
    for path in listing.files.iter().chain(&listing.almost) {
        let name = path.file_name().unwrap_or_default();
        // A tree can have several series files: `--series` chooses one.
        if name == SERIES || name.ends_with(".series.yaml") {
            continue;
        }
        let place = session.path_place(path);
        let stem = name.strip_suffix(".yaml").unwrap_or(name);
        if almost_yaml(name) == Some(SERIES_NAME) || original(stem, &|known| known == SERIES_NAME).is_some() {
            session.diagnostics.push(copy(SERIES_NAME, place));
            continue;
        }
        let message = format!("`{name}` {what}, so it isn't built");
        session.diagnostics.push(Diagnostic::new(Code::UnlistedLesson, place, message).help(help));
    }
}

/// The lessons listed in the issue that have a file.
fn lessons(folder: &Utf8Path, issue: &Issue, listing: &Listing, stems: &[&str], session: &mut Session<'_>) -> Vec<LessonEntry> {
    let known: HashSet<&str> = stems.iter().copied().collect();
    let listed: HashSet<&str> = issue.lessons.iter().map(|lesson| lesson.value.0.as_str()).collect();
    let present = stems.iter().copied().filter(|stem| !stem.contains('.') && !listed.contains(stem));
    let mut suggestions = Suggestions::default();
    let mut seen = HashSet::new();
    let mut lessons = Vec::new();
    // A lesson named `issue` is reported by a rule; reading the issue as a lesson would only add errors.
    for lesson in issue.lessons.iter().filter(|lesson| *lesson.value.0 != *"issue").take(MAX_LESSONS) {
        let id = lesson.value.0.as_str();
        if !known.contains(id) {
            let message = format!("`{id}.yaml` not found in this folder");
            let help = match (from_another(id, listing), suggestions.closest(id, present.clone())) {
                (Some(help), _) => help.into(),
                (None, Some(name)) if formats::wrong(TextFormat::Id, name).is_none() => Help::meant(name),
                (None, Some(name)) => format!("rename `{name}.yaml` to `{id}.yaml`").into(),
                (None, None) => format!("add `{id}.yaml` to this folder, or remove `{id}` from `lessons`").into(),
            };
            session.diagnostics.push(Diagnostic::new(Code::MissingLesson, lesson.place, message).help(help));
        } else if seen.insert(id) {
            lessons.push(LessonEntry { id: id.to_owned(), translation: None, path: folder.join(format!("{id}.yaml")) });
        }
    }
    lessons
}

/// The translations of these lessons: `war.es.yaml` next to `war.yaml`.
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

/// Reports lessons missing from the issue's list, and teacher files and translations without a lesson.
fn unlisted(listing: &Listing, issue: &Issue, is_read: bool, stems: &[&str], session: &mut Session<'_>) {
    let listed: HashSet<&str> = issue.lessons.iter().map(|lesson| lesson.value.0.as_str()).collect();
    let known: HashSet<&str> = stems.iter().copied().collect();
    let lessons = stems.iter().copied().filter(|stem| formats::wrong(TextFormat::Id, stem).is_none());
    let list: Option<Place> = issue.lessons.first().map(|lesson| lesson.place);
    let mut suggestions = Suggestions::default();
    // What a misspelled entry of the list means has been suggested there.
    let misspelled = issue.lessons.iter().map(|lesson| lesson.value.0.as_str()).filter(|id| !known.contains(id));
    let meant: HashSet<&str> = misspelled.filter_map(|id| suggestions.closest(id, lessons.clone())).collect();
    for path in &listing.files {
        let stem = path.file_stem().unwrap_or_default();
        if stem == "issue" || listed.contains(stem) || meant.contains(stem) {
            continue;
        }
        let is_named = |name: &str| name == "issue" || known.contains(name) || listed.contains(name);
        if let Some(name) = original(stem, &is_named) {
            // A copy of a missing lesson has been suggested in its place.
            if name == "issue" || known.contains(name.as_str()) {
                let place = session.path_place(path);
                session.diagnostics.push(copy(&name, place));
            }
            continue;
        }
        if let Some(lesson) = misnamed_teacher_file(stem).filter(|lesson| known.contains(lesson)) {
            let place = session.path_place(path);
            let message = format!("expected `{lesson}.teacher.yaml` as the name of the teacher file, found `{stem}.yaml`");
            let report = Diagnostic::new(Code::OrphanTeacherFile, place, message);
            session.diagnostics.push(report.help(format!("rename it to `{lesson}.teacher.yaml`")));
            continue;
        }
        if let Some(lesson) = stem.strip_suffix(".teacher") {
            if !known.contains(lesson) && !listed.contains(lesson) {
                let place = session.path_place(path);
                let message = format!("this is the teacher file of `{lesson}.yaml`, which isn't in this folder");
                let close = suggestions.closest(lesson, lessons.clone()).map(|close| format!("{close}.teacher"));
                let without = |id: &&str| listed.contains(id) && !known.contains(format!("{id}.{TEACHER}").as_str());
                let mut without = lessons.clone().filter(without);
                let help = match (close.filter(|close| !known.contains(close.as_str())), without.next(), without.next()) {
                    (Some(close), ..) => format!("rename it to `{close}.yaml`"),
                    (None, Some(other), None) => {
                        format!("add `{lesson}.yaml`, or rename this file to `{other}.{TEACHER}.yaml` if it belongs to `{other}`")
                    }
                    _ => format!("add `{lesson}.yaml`, rename this file to match its lesson, or remove it"),
                };
                session.diagnostics.push(Diagnostic::new(Code::OrphanTeacherFile, place, message).help(help));
            }
        } else if let Some((lesson, language)) = stem.split_once('.') {
            let wrong = formats::wrong(TextFormat::Language, language);
            let (message, help) = match wrong {
                Some(_) => (
                    format!("expected a language tag in a translation's file name, found `{language}`"),
                    format!("rename it with the tag of its language, such as `{lesson}.es.yaml` or `{lesson}.fr-CA.yaml`"),
                ),
                None if !listed.contains(lesson) => {
                    let message = format!("this is a translation of `{lesson}`, which isn't listed in `issue.yaml`");
                    let close = suggestions.closest(lesson, lessons.clone()).map(|close| format!("{close}.{language}"));
                    let help = match close.filter(|close| !known.contains(close.as_str())) {
                        Some(close) => format!("rename it to `{close}.yaml`"),
                        None if known.contains(lesson) => format!("add `{lesson}` to `lessons` in `issue.yaml`"),
                        None => format!("add `{lesson}.yaml` and list it in `issue.yaml`, or remove this file"),
                    };
                    (message, help)
                }
                None => continue,
            };
            let place = session.path_place(path);
            session.diagnostics.push(Diagnostic::new(Code::OrphanTranslation, place, message).help(help));
        } else if is_read {
            let name = path.file_name().unwrap_or_default();
            let help = match formats::wrong(TextFormat::Id, stem) {
                Some(wrong) => format!("rename it and add it to `lessons` in `issue.yaml`; {}", wrong.help),
                None => format!("add `{stem}` to `lessons` in `issue.yaml`, or move the file out of the lessons folder"),
            };
            let place = session.path_place(path);
            let message = format!("`{name}` isn't listed in `issue.yaml`, so it isn't built");
            let mut report = Diagnostic::new(Code::UnlistedLesson, place, message).help(help);
            report.second = list.map(|place| (place, "lessons are listed here".to_owned()));
            session.diagnostics.push(report);
        }
    }
}
