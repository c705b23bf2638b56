//! The index of one issue's folder, and reports of files there that would silently not be built.

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

/// What a teacher file has in its name where a translation has its language.
const TEACHER: &str = "teacher";

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
            let help = listing.almost_called("issue").map_or_else(
                || format!("add an `issue.yaml` that lists the lessons, such as `lessons: [{}]`", some_lesson(&listing)),
                |name| format!("rename `{name}` to `issue.yaml`"),
            );
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
    let stems =
        listing.files.iter().filter_map(|path| path.file_stem()).chain(listing.almost.iter().map(|path| almost_stem(path)));
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
        let (name, stem) = (path.file_name().unwrap_or_default(), almost_stem(path));
        if issue.lessons.iter().any(|lesson| lesson.value.0 == stem)
            && !listing.files.contains(&path.with_file_name(format!("{stem}.yaml")))
        {
            continue;
        }
        let place = session.path_place(path);
        let message = format!("expected a file name ending in `.yaml`, found `{name}`, so it isn't built");
        session
            .diagnostics
            .push(Diagnostic::new(Code::UnlistedLesson, place, message).help(format!("rename it to `{stem}.yaml`")));
    }
}

/// The name of a file without its ending, which may be two: `war` for `war.yml` and for `war.yaml.txt`.
fn almost_stem(path: &Utf8Path) -> &str {
    let stem = path.file_stem().unwrap_or_default();
    stem.strip_suffix(".yaml").or_else(|| stem.strip_suffix(".yml")).unwrap_or(stem)
}

/// The lesson whose teacher file this seems to be, though its name ends in another way: `war_teacher`, `war.Teacher`.
fn misnamed_teacher_file(stem: &str) -> Option<&str> {
    let at = stem.len().checked_sub(TEACHER.len() + 1)?;
    let (lesson, ending) = stem.split_at_checked(at)?;
    let is_it = ending.starts_with(['.', '_', '-', ' ']) && ending[1..].eq_ignore_ascii_case(TEACHER);
    (is_it && ending != ".teacher").then_some(lesson)
}

/// The original of a file that is named like a copy by a sync program or file manager.
fn copied<'a>(stem: &'a str, known: &HashSet<&str>) -> Option<&'a str> {
    let lower = stem.to_ascii_lowercase();
    let cut = ["(", " copy", " - copy", "copy of ", ".sync-conflict", "conflicted copy", "-conflict", " 2"];
    let mark = cut.into_iter().find(|mark| lower.contains(mark))?;
    let name = if mark == "copy of " { stem.get(mark.len()..)? } else { stem.get(..lower.find(mark)?)? };
    let name = name.trim().trim_end_matches([' ', '-', '(']);
    let lesson = name.strip_suffix(".teacher").unwrap_or(name);
    known.contains(lesson).then_some(name)
}

/// Reports `.yaml` files in a folder that is not searched for lessons.
pub(super) fn misplaced(listing: &Listing, what: &str, help: &str, session: &mut Session<'_>) {
    for path in &listing.files {
        let name = path.file_name().unwrap_or_default();
        // A tree can have several series files: `--series` chooses one.
        if name == SERIES || name.ends_with(".series.yaml") {
            continue;
        }
        let place = session.path_place(path);
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
            let help = match (listing.almost_called(id), suggestions.closest(id, present.clone())) {
                (Some(name), _) => format!("rename `{name}` to `{id}.yaml`"),
                (None, Some(name)) if formats::wrong(TextFormat::Id, name).is_none() => format!("did you mean `{name}`?"),
                (None, Some(name)) => format!("rename `{name}.yaml` to `{id}.yaml`"),
                (None, None) => format!("add `{id}.yaml` to this folder, or remove `{id}` from `lessons`"),
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
        if let Some(lesson) = copied(stem, &known) {
            let place = session.path_place(path);
            let message = format!("this looks like a copy of `{lesson}.yaml` that a sync program or file manager made");
            let help = "keep the better of the two under the original name, and delete the other";
            session.diagnostics.push(Diagnostic::new(Code::UnlistedLesson, place, message).help(help));
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
                let help = close.filter(|close| !known.contains(close.as_str())).map_or_else(
                    || format!("add `{lesson}.yaml`, or remove this file"),
                    |close| format!("rename it to `{close}.yaml`"),
                );
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
