//! The lessons a command works on, requested by id, by name, or by file path.

use anyhow::{Result, bail};
use clap::ValueEnum;
use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostics::{Help, did_you_mean};
use crate::files::almost_yaml;
use crate::lesson::issue::WHOLE_ISSUE;
use crate::lesson::series::{Edition, Format, Paper, Part};
use crate::library::{IssueEntry, LessonEntry, Library};

/// A whole issue, or one lesson of it with its translations.
#[derive(Debug, PartialEq, Eq)]
struct Wanted<'a> {
    issue: &'a str,
    lesson: Option<&'a str>,
}

/// The requested lessons, in library order; all of them if nothing is requested.
///
/// # Errors
/// If a request names nothing in the library, or several lessons.
pub(super) fn select<'a>(library: &'a Library, requests: &[String]) -> Result<Vec<(&'a IssueEntry, &'a LessonEntry)>> {
    let issues: Vec<(&str, Vec<&str>)> = library
        .issues
        .iter()
        .map(|issue| (issue.id.as_str(), issue.lessons.iter().map(|lesson| lesson.id.as_str()).collect()))
        .collect();
    let wanted = requests.iter().map(|request| find(&issues, request)).collect::<Result<Vec<_>>>()?;
    let is_wanted = |issue: &IssueEntry, lesson: &LessonEntry| {
        let is_it = |wanted: &Wanted<'_>| wanted.issue == issue.id && wanted.lesson.is_none_or(|id| id == lesson.id);
        wanted.is_empty() || wanted.iter().any(is_it)
    };
    let all = library.issues.iter().flat_map(|issue| issue.with_translations().map(move |lesson| (issue, lesson)));
    Ok(all.filter(|(issue, lesson)| is_wanted(issue, lesson)).collect())
}

/// What a request means: `unit-1`, `unit-1/tides`, `tides`, or the path of a folder or file of one of them.
fn find<'a>(issues: &[(&'a str, Vec<&'a str>)], request: &str) -> Result<Wanted<'a>> {
    let slashed = request.nfc().collect::<String>().replace('\\', "/");
    let mut names: Vec<&str> = slashed.split('/').filter(|name| !matches!(*name, "" | "." | "..")).collect();
    let file = names.last().and_then(|name| name.strip_suffix(".yaml").or_else(|| almost_yaml(name)));
    if let Some(stem) = file {
        names.pop();
        // Ids have no dots, so what follows the first one is a language or `teacher`.
        let id = stem.split('.').next().unwrap_or(stem);
        names.extend((stem != WHOLE_ISSUE).then_some(id));
    }
    let issue = |id: &str| issues.iter().find(|(known, _)| *known == id);
    let lesson = |lessons: &[&'a str], id: &str| lessons.iter().find(|known| **known == id).copied();
    if let [.., before, last] = names[..]
        && let Some((id, lessons)) = issue(before)
    {
        let Some(found) = lesson(lessons, last) else {
            bail!("issue `{before}` has no lesson `{last}`{}", suggestion(did_you_mean(last, lessons.iter().copied())));
        };
        return Ok(Wanted { issue: id, lesson: Some(found) });
    }
    let Some(last) = names.last() else { bail!("`{request}` isn't an issue or a lesson") };
    if let Some((id, _)) = issue(last) {
        return Ok(Wanted { issue: id, lesson: None });
    }
    // A name after a folder must be in that issue: `wrong/tides` doesn't match a lesson `tides` elsewhere.
    let folder = if names.len() > 1 && file.is_none() { names.get(names.len() - 2) } else { None };
    if let Some(folder) = folder {
        bail!("unknown issue `{folder}`{}", suggestion(did_you_mean(folder, issues.iter().map(|(id, _)| *id))));
    }
    let found: Vec<Wanted<'a>> =
        issues.iter().filter_map(|(issue, lessons)| Some(Wanted { issue, lesson: Some(lesson(lessons, last)?) })).collect();
    match &found[..] {
        [] if is_option_value(last) => {
            bail!("`{last}` isn't an issue or a lesson; put a comma between the values of an option: `--edition teacher,key`")
        }
        [] => {
            let known = issues.iter().flat_map(|(issue, lessons)| std::iter::once(*issue).chain(lessons.iter().copied()));
            bail!("no issue or lesson is called `{last}`{}", suggestion(did_you_mean(last, known)))
        }
        [_] => Ok(found.into_iter().next().expect("there is one")),
        several => {
            let ids: Vec<String> = several.iter().map(|wanted| format!("`{}/{last}`", wanted.issue)).collect();
            bail!("several issues have a lesson `{last}`: write {}", ids.join(" or "))
        }
    }
}

/// Whether this is a value of an option, which a space cut off from it.
fn is_option_value(name: &str) -> bool {
    fn is_one<T: ValueEnum>(name: &str) -> bool {
        T::from_str(name, true).is_ok()
    }
    is_one::<Edition>(name) || is_one::<Part>(name) || is_one::<Format>(name) || is_one::<Paper>(name)
}

fn suggestion(help: Option<Help>) -> String {
    help.map(|help| format!("; {help}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_ids_names_and_paths() {
        let issues = [("unit-1", vec!["tides", "moon"]), ("unit-2", vec!["moon", "stars"])];
        let lesson = |issue, lesson| Wanted { issue, lesson: Some(lesson) };
        for (request, expected) in [
            ("unit-1", Wanted { issue: "unit-1", lesson: None }),
            ("lessons/unit-1/", Wanted { issue: "unit-1", lesson: None }),
            ("lessons/unit-2/issue.yaml", Wanted { issue: "unit-2", lesson: None }),
            ("unit-1/tides", lesson("unit-1", "tides")),
            ("tides", lesson("unit-1", "tides")),
            ("tides.yaml", lesson("unit-1", "tides")),
            ("unit-1\\tides.YAML", lesson("unit-1", "tides")),
            ("./lessons/unit-2/moon.yaml", lesson("unit-2", "moon")),
            ("C:\\School\\lessons\\unit-2\\stars.teacher.yaml", lesson("unit-2", "stars")),
            ("/home/lessons/unit-2/stars.es.yaml", lesson("unit-2", "stars")),
        ] {
            assert_eq!(find(&issues, request).expect(request), expected, "{request}");
        }
        for (request, expected) in [
            ("moon", "several issues have a lesson `moon`: write `unit-1/moon` or `unit-2/moon`"),
            ("star", "no issue or lesson is called `star`; did you mean `stars`?"),
            ("unit-1/stars", "issue `unit-1` has no lesson `stars`; choose one of `tides` and `moon`"),
            ("wrong/tides", "unknown issue `wrong`"),
            ("..", "`..` isn't an issue or a lesson"),
            ("key", "`key` isn't an issue or a lesson"),
        ] {
            let error = find(&issues, request).expect_err(request).to_string();
            let is_as_expected = error.starts_with(expected.split(';').next().expect("splitting gives a first part"));
            assert!(is_as_expected, "{request}: {error}");
        }
    }
}
