//! Formats errors and warnings for other programs: GitHub and GitLab show them inline in a pull or merge request, SARIF is what code
//! scanning reads, and JSON is for scripts. The command line prints them.

use std::collections::HashMap;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::report::{sanitize, shown};
use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{Place, Sources};

/// The characters that a path in a URI can't have as they are (RFC 3986).
const NOT_IN_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\\')
    .add(b':');

/// The folder that paths in a report begin at.
#[derive(Debug, Clone)]
pub struct Root {
    /// The folder where the program runs, which paths of files begin at.
    here: Utf8PathBuf,
    /// The folder that the report's paths begin at.
    root: Utf8PathBuf,
}

impl Root {
    /// Paths begin where the program runs.
    pub fn here(here: Utf8PathBuf) -> Self {
        Self { root: here.clone(), here }
    }

    /// Paths begin at another folder, such as that of the repository.
    pub fn at(here: Utf8PathBuf, root: &Utf8Path) -> Self {
        Self { root: without_dots(&here.join(root)), here }
    }

    fn relative(&self, path: &Utf8Path) -> Utf8PathBuf {
        if self.here == self.root {
            let path = path.strip_prefix(&self.root).unwrap_or(path);
            return path.strip_prefix(".").unwrap_or(path).to_owned();
        }
        let absolute = without_dots(&self.here.join(path));
        absolute.strip_prefix(&self.root).map_or_else(|_| path.to_owned(), Utf8Path::to_owned)
    }
}

/// A path without `.` and `..`, as it is written: links aren't followed.
fn without_dots(path: &Utf8Path) -> Utf8PathBuf {
    let mut clean = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// A report as JSON: `version`, `errors`, `warnings`, and `problems`. Each problem has its `code`, `severity`, `message`, `path`,
/// `start` and `end` (line and column from 1, in characters), the `related` place if there is one, `help`, and where to read more.
pub fn json(diagnostics: &Diagnostics, sources: &Sources, root: &Root) -> String {
    let point = |(line, column): (usize, usize)| json!({"line": line, "column": column});
    let place = |place: Place| {
        let (start, end) = ends(place, sources);
        json!({"path": path(place, sources, root), "start": point(start), "end": point(end)})
    };
    let problem = |diagnostic: &Diagnostic| {
        let mut problem = place(diagnostic.place);
        problem["code"] = diagnostic.code.name().into();
        problem["severity"] = severity(diagnostic).into();
        problem["message"] = sanitize(&diagnostic.text()).into();
        problem["help"] = diagnostic.help.as_ref().map(|help| sanitize(&help.text)).into();
        problem["explanation"] = diagnostic.code.address().into();
        if let Some((second, label)) = &diagnostic.second {
            problem["related"] = place(*second);
            problem["related"]["message"] = sanitize(label).into();
        }
        problem
    };
    let problems: Vec<Value> = shown(diagnostics).into_iter().map(problem).collect();
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    format!("{:#}\n", json!({"version": 1, "errors": errors, "warnings": warnings, "problems": problems}))
}

/// A log for code scanning, in the Static Analysis Results Interchange Format (OASIS, SARIF 2.1.0).
pub fn sarif(diagnostics: &Diagnostics, sources: &Sources, root: &Root) -> String {
    let location = |place: Place| {
        let ((line, column), (end_line, end_column)) = ends(place, sources);
        let path = path(place, sources, root);
        let uri = utf8_percent_encode(&path, NOT_IN_URI).to_string();
        json!({
            "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        })
    };
    let mut codes: Vec<Code> = Vec::new();
    let mut seen = HashMap::new();
    let results: Vec<Value> = shown(diagnostics)
        .into_iter()
        .map(|diagnostic| {
            let index = codes.iter().position(|code| *code == diagnostic.code).unwrap_or_else(|| {
                codes.push(diagnostic.code);
                codes.len() - 1
            });
            let mut result = json!({
                "ruleId": diagnostic.code.name(),
                "ruleIndex": index,
                "level": severity(diagnostic),
                "message": {"text": description(diagnostic, sources, root, "\n")},
                "locations": [{"physicalLocation": location(diagnostic.place)}],
                "partialFingerprints": {"packetpress/v1": print(diagnostic, sources, root, &mut seen)},
            });
            if let Some((second, label)) = &diagnostic.second {
                let related = json!({"id": 0, "physicalLocation": location(*second), "message": {"text": sanitize(label)}});
                result["relatedLocations"] = json!([related]);
            }
            result
        })
        .collect();
    let rule = |code: &Code| {
        json!({
            "id": code.name(),
            "shortDescription": {"text": code.meaning()},
            "help": {"text": format!("{} See {}, or run `packetpress explain {}`.", code.meaning(), code.address(), code.name())},
            "defaultConfiguration": {"level": level(*code)},
        })
    };
    let rules: Vec<Value> = codes.iter().map(rule).collect();
    let driver = json!({"name": "Packetpress", "version": env!("CARGO_PKG_VERSION"), "rules": rules});
    let run = json!({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results});
    format!("{:#}\n", json!({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}))
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    level(diagnostic.code)
}

/// The severity of a code, as GitHub and SARIF call it.
fn level(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A fingerprint. Line numbers are left out, so an error stays the same when it moves; identical ones are counted.
fn print(diagnostic: &Diagnostic, sources: &Sources, root: &Root, seen: &mut HashMap<String, usize>) -> String {
    let what = format!("{}\0{}\0{}", path(diagnostic.place, sources, root), diagnostic.code.name(), diagnostic.message);
    let count = seen.entry(what.clone()).or_default();
    *count += 1;
    format!("{:016x}", fingerprint(&format!("{what}\0{count}")))
}

/// One GitHub Actions workflow command per line for each error or warning, with paths relative to `root`.
///
/// The commands: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
pub fn github(diagnostics: &Diagnostics, sources: &Sources, root: &Root) -> String {
    shown(diagnostics).into_iter().map(|diagnostic| command(diagnostic, sources, root)).collect()
}

/// A GitLab Code Quality report, a JSON array, with paths relative to `root`.
///
/// The format: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.
pub fn gitlab(diagnostics: &Diagnostics, sources: &Sources, root: &Root) -> String {
    let mut seen = HashMap::new();
    let issues: Vec<Value> = shown(diagnostics)
        .into_iter()
        .map(|diagnostic| {
            let path = path(diagnostic.place, sources, root);
            let name = diagnostic.code.name();
            json!({
                "description": description(diagnostic, sources, root, "; "),
                "check_name": name,
                "fingerprint": print(diagnostic, sources, root, &mut seen),
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

fn command(diagnostic: &Diagnostic, sources: &Sources, root: &Root) -> String {
    let name = severity(diagnostic);
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
fn description(diagnostic: &Diagnostic, sources: &Sources, root: &Root, between: &str) -> String {
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

/// The path of a file relative to the root, with `/` on every system. Paths outside the root stay unchanged.
fn path(place: Place, sources: &Sources, root: &Root) -> String {
    let path = root.relative(sources.file(place.file).path());
    let path = path.as_str();
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
            github(&diagnostics, &sources, &Root::here("/home".into())),
            "::error file=lessons/one%2Ctwo/a%3Ab.yaml,line=1,endLine=1,col=5,endColumn=10,title=bad-id::this is wrong%0Ahelp: 50 %25, say%0Amore: docs/mistakes.md#bad-id\n\
             ::warning file=lessons/one%2Ctwo/a%3Ab.yaml,line=1,endLine=2,title=unused-source::unused%0Athe first is here: lessons/one,two/a:b.yaml:2%0Amore: docs/mistakes.md#unused-source\n"
        );
    }

    #[test]
    fn no_lesson_can_issue_a_command() {
        for message in ["a\n::error::b", "a\r\n::error::b", "a%0A::error::b", "::error::b", "a ##[error]b", "a##[add-mask]b"] {
            for path in ["a.yaml", "a\n::error::b.yaml", "a,line=7::b.yaml", "##[error]a.yaml"] {
                let (diagnostics, sources) = example(path, message);
                let text = github(&diagnostics, &sources, &Root::here("".into()));
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
        let report: Value =
            serde_json::from_str(&gitlab(&diagnostics, &sources, &Root::here("".into()))).expect("the report is JSON");
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
        assert_eq!(gitlab(&Diagnostics::default(), &sources, &Root::here("".into())), "[]\n");
    }

    #[test]
    fn paths_begin_at_the_root_of_the_report() {
        for (here, root, file, expected) in [
            ("/repo/history", "/repo", "lessons/a.yaml", "history/lessons/a.yaml"),
            ("/repo/history", "..", "./lessons/a.yaml", "history/lessons/a.yaml"),
            ("/repo/history/lessons/one", "../../..", "../one/a.yaml", "history/lessons/one/a.yaml"),
            ("/repo/history", "/repo", "/repo/lessons/a.yaml", "lessons/a.yaml"),
            ("/repo/history", "/elsewhere", "lessons/a.yaml", "lessons/a.yaml"),
        ] {
            assert_eq!(Root::at(here.into(), root.into()).relative(file.into()), expected, "{here} {root} {file}");
        }
    }

    #[test]
    fn a_report_as_json() {
        let (diagnostics, sources) = example("./lessons/a.yaml", "this is wrong");
        let report: Value =
            serde_json::from_str(&json(&diagnostics, &sources, &Root::here("".into()))).expect("the report is JSON");
        assert_eq!((&report["version"], &report["errors"], &report["warnings"]), (&json!(1), &json!(1), &json!(1)));
        let place = json!({"line": 1, "column": 5});
        assert_eq!(
            report["problems"][0],
            json!({
                "path": "lessons/a.yaml", "start": place, "end": {"line": 1, "column": 10}, "code": "bad-id", "severity": "error",
                "message": "this is wrong", "help": "50 %, say", "explanation": "docs/mistakes.md#bad-id",
            })
        );
        assert_eq!(report["problems"][1]["related"]["message"], "the first is here");
        assert_eq!(report["problems"][1]["help"], Value::Null);
    }

    #[test]
    fn a_log_for_code_scanning() {
        let (diagnostics, sources) = example("lessons/ä one:two.yaml", "this is wrong");
        let log: Value = serde_json::from_str(&sarif(&diagnostics, &sources, &Root::here("".into()))).expect("the log is JSON");
        let run = &log["runs"][0];
        let rules: Vec<&str> =
            run["tool"]["driver"]["rules"].as_array().into_iter().flatten().filter_map(|rule| rule["id"].as_str()).collect();
        assert_eq!((&log["version"], rules), (&json!("2.1.0"), vec!["bad-id", "unused-source"]));
        let first = &run["results"][0];
        assert_eq!(
            first["locations"][0]["physicalLocation"],
            json!({
                "artifactLocation": {"uri": "lessons/%C3%A4%20one%3Atwo.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 10},
            })
        );
        assert_eq!((&first["level"], &first["ruleIndex"]), (&json!("error"), &json!(0)));
        assert_eq!(first["message"]["text"], "this is wrong\nhelp: 50 %, say");
        assert_eq!(run["results"][1]["relatedLocations"][0]["message"]["text"], "the first is here");
        assert_eq!(run["columnKind"], "unicodeCodePoints");
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
                serde_json::from_str(&gitlab(&diagnostics, &sources, &Root::here("".into()))).expect("the report is JSON");
            report.iter().map(|issue| issue["fingerprint"].to_string()).collect()
        };
        assert_ne!(prints("")[0], prints("")[1]);
        assert_eq!(prints(""), prints("moved\n"));
    }
}
