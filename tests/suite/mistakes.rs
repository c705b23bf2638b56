//! One mistake per fixture: `tests/mistakes/<code>.yaml` must get the report in `<code>.txt`.
//!
//! A fixture is a small project: lines `# --- path: …` begin its files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use packetpress::diagnostics::Code;
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::{Assert, Data, IntoData};

use crate::project::Project;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The file extension of fixtures.
const YAML: &str = "yaml";

/// The file extension of expected reports.
const REPORT: &str = "txt";

/// The names of the files with this ending, without it.
fn fixtures(ending: &str) -> BTreeSet<String> {
    let entries = folder().read_dir().expect("the fixtures are there").map(|entry| entry.expect("the folder can be read").path());
    let own = entries.filter(|path| path.extension().is_some_and(|extension| extension == ending));
    own.map(|path| path.file_stem().expect("a fixture has a name").to_string_lossy().into_owned()).collect()
}

/// The project that a fixture describes, and the command to run in it.
fn materialise(name: &str) -> (Project, String) {
    let fixture = std::fs::read_to_string(folder().join(format!("{name}.yaml"))).expect("a fixture is text");
    let mut project = Project::new();
    let mut command = "check".to_owned();
    let mut file: Option<(String, String)> = None;
    for line in fixture.lines().chain(["# --- end:"]) {
        let Some(marker) = line.strip_prefix("# --- ") else {
            let (_, text) = file.as_mut().expect("a fixture begins with a marker");
            text.push_str(line);
            text.push('\n');
            continue;
        };
        if let Some((path, text)) = file.take() {
            project = project.write(&path, content(&text));
        }
        let (kind, value) = marker.split_once(':').expect("a marker has a kind");
        let value = value.trim();
        match kind {
            "path" | "bytes" => file = Some((value.to_owned(), String::new())),
            "command" => command = value.to_owned(),
            "directory" => std::fs::create_dir_all(project.path(value)).expect("the folder can be made"),
            "link" => link(&project, value),
            "end" => {}
            other => panic!("no marker is called {other}"),
        }
    }
    (project, command)
}

/// The command that finds the mistake of a fixture.
pub(crate) fn command(name: &str) -> String {
    materialise(name).1
}

/// The content of a file: its text, or the bytes that a line such as `# ff fe` gives in hexadecimal.
fn content(text: &str) -> Vec<u8> {
    let bytes = || -> Option<Vec<u8>> {
        let digits = text.strip_prefix("# ")?.trim_end();
        digits.split(' ').map(|byte| if byte.len() == 2 { u8::from_str_radix(byte, 16).ok() } else { None }).collect()
    };
    bytes().unwrap_or_else(|| text.as_bytes().to_vec())
}

fn link(project: &Project, value: &str) {
    let (path, target) = value.split_once(" -> ").expect("a link has a target");
    project.link(path, Path::new(target));
}

#[test]
fn every_mistake_gets_its_report() {
    let mut wrong = String::new();
    for name in fixtures(YAML) {
        let (project, command) = materialise(&name);
        let run = project.run(&command);
        let expected = Data::read_from(&folder().join(format!("{name}.{REPORT}")), None).raw();
        let compared = Assert::new().action_env(DEFAULT_ACTION_ENV).try_eq(None, run.stderr.clone().into_data(), expected);
        if let Err(difference) = compared {
            wrong.push_str(&format!("{name}:\n{difference}\n"));
        }
        if Code::ALL.iter().any(|code| code.name() == name) && !run.stderr.contains(&format!("[{name}]")) {
            wrong.push_str(&format!("the fixture {name} does not get its own code\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_report_has_a_fixture() {
    let orphaned: Vec<_> = fixtures(REPORT).difference(&fixtures(YAML)).cloned().collect();
    assert_eq!(orphaned, [""; 0]);
}

/// Codes of mistakes that only a web server shows. The tests of `links` find them.
pub(crate) const ON_THE_WEB: [&str; 2] = ["dead-link", "moved-link"];

#[test]
fn every_code_has_a_fixture() {
    let fixtures = fixtures(YAML);
    let codes = Code::ALL.iter().map(|code| code.name()).filter(|code| !ON_THE_WEB.contains(code));
    let missing: Vec<_> = codes.filter(|code| !fixtures.contains(*code)).collect();
    assert!(missing.is_empty(), "without a fixture: {missing:?}");
}

#[test]
fn ten_mistakes_in_one_file_are_all_reported_at_their_places() {
    let (project, _) = materialise("ten-at-once");
    let run = project.run("check");
    run.finds_mistakes();
    let places: BTreeSet<&str> = run.stderr.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect();
    assert!(places.len() >= 10, "{places:?}");
}

/// A report as printed: its first line, where it points, how much it underlines, and its help.
struct Report {
    head: String,
    path: String,
    line: usize,
    column: usize,
    length: usize,
    help: String,
}

/// The reports in a run's output.
fn reports(output: &str) -> Vec<Report> {
    let mut reports = Vec::new();
    for report in output.split("\n\n") {
        let mut lines = report.lines();
        let Some(head) = lines.next().filter(|line| line.starts_with("error[") || line.starts_with("warning[")) else { continue };
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).expect("a report has a place");
        let mut pieces = place.rsplitn(3, ':');
        let place = (pieces.next().map(str::parse), pieces.next().map(str::parse), pieces.next());
        let (path, line, column) = match place {
            (Some(Ok(column)), Some(Ok(line)), Some(path)) => (path, line, column),
            _ => (report.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_default(), 0, 0),
        };
        let carets = report.lines().find(|line| line.trim_start_matches([' ', '|']).starts_with('^')).unwrap_or_default();
        let help = report.lines().find_map(|line| line.trim_start().strip_prefix("= help: ")).unwrap_or_default();
        reports.push(Report {
            head: head.to_owned(),
            path: path.to_owned(),
            line,
            column,
            length: carets.matches('^').count(),
            help: help.to_owned(),
        });
    }
    reports
}

/// What a help line says to write in place of the underlined text, if it says just that.
fn replacement(help: &str) -> Option<&str> {
    let beginnings =
        ["did you mean `", "write `", "leave out the ending: `", "use lowercase letters, digits, and single hyphens: `"];
    let rest = beginnings.into_iter().find_map(|beginning| help.strip_prefix(beginning))?;
    let end = if help.starts_with("did you mean") { "`?" } else { "`" };
    rest.strip_suffix(end).filter(|text| !text.contains(['`', '…']))
}

#[test]
fn following_the_help_makes_a_mistake_go_away() {
    let mut applied = 0;
    let mut wrong = Vec::new();
    for name in fixtures(YAML) {
        let (project, command) = materialise(&name);
        for report in reports(&project.run(&command).stderr) {
            let (project, command) = materialise(&name);
            if let Some(to) = report.help.strip_prefix("rename it to `").and_then(|rest| rest.strip_suffix('`')) {
                let from = project.path(&report.path);
                std::fs::rename(&from, from.with_file_name(to)).expect("the file can be renamed");
            } else if let (Some(text), true) = (replacement(&report.help), report.length > 0) {
                let path = project.path(&report.path);
                let Ok(file) = std::fs::read_to_string(&path) else { continue };
                let mut lines: Vec<String> = file.split('\n').map(str::to_owned).collect();
                let line = &mut lines[report.line - 1];
                let start = line.char_indices().nth(report.column - 1).map_or(line.len(), |(at, _)| at);
                let end = line.char_indices().nth(report.column - 1 + report.length).map_or(line.len(), |(at, _)| at);
                line.replace_range(start..end, text);
                std::fs::write(&path, lines.join("\n")).expect("the file can be written");
            } else {
                continue;
            }
            applied += 1;
            let left = reports(&project.run(&command).stderr);
            let is_same =
                |other: &&Report| other.head == report.head && (other.line, other.column) == (report.line, report.column);
            if let Some(same) = left.iter().find(is_same) {
                wrong.push(format!("{name}: {} ({}:{}) → {}", same.head, same.path, same.line, report.help));
            }
        }
    }
    assert!(wrong.is_empty(), "following these help lines fixes nothing:\n{}", wrong.join("\n"));
    assert!(applied > 100, "only {applied} help lines could be applied");
}
