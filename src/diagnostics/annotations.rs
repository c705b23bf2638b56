//! Formats errors and warnings as annotations, which GitHub and GitLab show inline in a pull or merge request; the command line
//! prints them.

use std::collections::HashMap;

use camino::Utf8Path;
use serde_json::{Value, json};

use super::report::{sanitize, shown};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Place, Sources};

/// One GitHub Actions workflow command per line for each error or warning, with paths relative to `root`.
///
/// The commands: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
pub fn github(diagnostics: &Diagnostics, sources: &Sources, root: &Utf8Path) -> String {
    shown(diagnostics).into_iter().map(|diagnostic| command(diagnostic, sources, root)).collect()
}

/// A GitLab Code Quality report, a JSON array, with paths relative to `root`.
///
/// The format: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.
pub fn gitlab(diagnostics: &Diagnostics, sources: &Sources, root: &Utf8Path) -> String {
    let mut seen = HashMap::new();
    let issues: Vec<Value> = shown(diagnostics)
        .into_iter()
        .map(|diagnostic| {
            let path = path(diagnostic.place, sources, root);
            let name = diagnostic.code.name();
            // Line numbers are left out, so an error stays the same when it moves; identical ones are counted.
            let what = format!("{path}\0{name}\0{}", diagnostic.message);
            let count: &mut usize = seen.entry(what.clone()).or_default();
            *count += 1;
            json!({
                "description": description(diagnostic, sources, root, "; "),
                "check_name": name,
                "fingerprint": format!("{:016x}", fingerprint(&format!("{what}\0{count}"))),
                "severity": match diagnostic.code.severity() {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                },
                "content": {"body": format!("{} See {}.", diagnostic.code.meaning(), diagnostic.code.address())},
                "location": {"path": path, "lines": {"begin": ends(diagnostic.place, sources).0.0}},
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(issues))
}

fn command(diagnostic: &Diagnostic, sources: &Sources, root: &Utf8Path) -> String {
    let name = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let ((line, column), (end_line, end_column)) = ends(diagnostic.place, sources);
    let path = property(&path(diagnostic.place, sources, root));
    // GitHub accepts columns only within one line.
    let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
    let title = property(diagnostic.code.name());
    let description = description(diagnostic, sources, root, "\n");
    let message = data(&format!("{description}\nmore: {}", diagnostic.code.address()));
    format!("::{name} file={path},line={line},endLine={end_line}{columns},title={title}::{message}\n")
}

/// The message, the second place, and the help.
fn description(diagnostic: &Diagnostic, sources: &Sources, root: &Utf8Path, between: &str) -> String {
    let mut text = sanitize(&diagnostic.text());
    if let Some((place, label)) = &diagnostic.second {
        let (line, _) = ends(*place, sources).0;
        text = format!("{text}{between}{}: {}:{line}", sanitize(label), path(*place, sources, root));
    }
    if let Some(help) = &diagnostic.help {
        text = format!("{text}{between}help: {}", sanitize(&help.text));
    }
    text
}

/// The line and column of a place's start and end, counted from 1.
fn ends(place: Place, sources: &Sources) -> ((usize, usize), (usize, usize)) {
    let file = sources.file(place.file);
    let start = file.line_column(place.start as usize);
    (start, file.line_column(place.end as usize).max(start))
}

/// The path of a file relative to `root`, with `/` on every system. Paths outside `root` stay unchanged.
fn path(place: Place, sources: &Sources, root: &Utf8Path) -> String {
    let path = sources.file(place.file).path();
    let path = path.strip_prefix(root).unwrap_or(path);
    let path = path.strip_prefix(".").unwrap_or(path).as_str();
    sanitize(&if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() })
}

/// The text after the second `::` of a command, escaped as GitHub's toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a command's property, escaped as GitHub's toolkit does.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The 64-bit FNV-1a hash: the same in every release. It isn't used for security.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    /// An error at `wrong` and a warning over two lines, with a hostile message.
    fn example(path: &str, message: &str) -> (Diagnostics, Sources) {
        let mut sources = Sources::default();
        let file = sources.add(path, "né: wrong\nb: 1\n".to_owned());
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::new(Code::BadId, Place::new(file, 5, 10), message).help("50 %, say"));
        let second = Diagnostic::new(Code::UnusedSource, Place::new(file, 5, 12), "unused");
        diagnostics.push(second.second(Place::new(file, 11, 12), "the first is here"));
        (diagnostics, sources)
    }

    #[test]
    fn a_workflow_command_for_each_error() {
        let (diagnostics, sources) = example("/home/lessons/one,two/a:b.yaml", "this is wrong");
        assert_eq!(
            github(&diagnostics, &sources, "/home".into()),
            "::error file=lessons/one%2Ctwo/a%3Ab.yaml,line=1,endLine=1,col=5,endColumn=10,title=bad-id::this is wrong%0Ahelp: 50 %25, say%0Amore: docs/mistakes.md#bad-id\n\
             ::warning file=lessons/one%2Ctwo/a%3Ab.yaml,line=1,endLine=2,title=unused-source::unused%0Athe first is here: lessons/one,two/a:b.yaml:2%0Amore: docs/mistakes.md#unused-source\n"
        );
    }

    #[test]
    fn no_lesson_can_issue_a_command() {
        for message in ["a\n::error::b", "a\r\n::error::b", "a%0A::error::b", "::error::b", "a ##[error]b", "a##[add-mask]b"] {
            for path in ["a.yaml", "a\n::error::b.yaml", "a,line=7::b.yaml", "##[error]a.yaml"] {
                let (diagnostics, sources) = example(path, message);
                let text = github(&diagnostics, &sources, "".into());
                assert_eq!(text.lines().count(), 2, "{text}");
                assert!(!text.contains(['\r', '\0']) && !text.contains("##["), "{text}");
                for (line, name) in text.lines().zip(["::error file=", "::warning file="]) {
                    let (properties, _) = line[2..].split_once("::").expect("a command has two parts");
                    assert!(
                        line.starts_with(name) && properties.matches("line=").count() == 1 + usize::from(path.contains("line="))
                    );
                    assert!(properties.split(',').all(|property| property.contains('=')), "{line}");
                }
                assert!(!text.replace("%25", "").contains("%0A::"), "{text}");
            }
        }
    }

    #[test]
    fn a_code_quality_report() {
        let (diagnostics, sources) = example("./lessons/a.yaml", "this is wrong");
        let report: Value = serde_json::from_str(&gitlab(&diagnostics, &sources, "".into())).expect("the report is JSON");
        assert_eq!(
            report[0],
            json!({
                "description": "this is wrong; help: 50 %, say",
                "check_name": "bad-id",
                "fingerprint": report[0]["fingerprint"],
                "severity": "major",
                "content": {"body": format!("{} See docs/mistakes.md#bad-id.", Code::BadId.meaning())},
                "location": {"path": "lessons/a.yaml", "lines": {"begin": 1}},
            })
        );
        assert_eq!(report[1]["severity"], "minor");
        assert_eq!(report[1]["description"], "unused; the first is here: lessons/a.yaml:2");
        assert_eq!(gitlab(&Diagnostics::default(), &sources, "".into()), "[]\n");
    }

    #[test]
    fn a_fingerprint_is_stable_and_unique() {
        assert_eq!(fingerprint("foobar"), 0x8594_4171_f739_67e8);
        let prints = |before: &str| -> Vec<String> {
            let mut sources = Sources::default();
            let file = sources.add("a.yaml", format!("{before}one\ntwo\n"));
            let mut diagnostics = Diagnostics::default();
            for at in [0, 4] {
                let at = before.len() + at;
                diagnostics.push(Diagnostic::new(Code::BadId, Place::new(file, at, at + 3), "wrong"));
            }
            let report: Vec<Value> =
                serde_json::from_str(&gitlab(&diagnostics, &sources, "".into())).expect("the report is JSON");
            report.iter().map(|issue| issue["fingerprint"].to_string()).collect()
        };
        assert_ne!(prints("")[0], prints("")[1]);
        assert_eq!(prints(""), prints("moved\n"));
    }
}
