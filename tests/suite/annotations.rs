//! `check --report`: errors as annotations for CI services. No lesson can send the service commands.

use std::path::PathBuf;

use serde_json::Value;

use crate::project::{Project, Run};

/// Two errors and a warning.
const LESSON: &str = "\
title: War
reading: |
  We won, see [@nobody].

  [^1]: A note that 100 % need.
sorce: A typo, in any case
";

#[test]
fn check_reports_annotations_for_github() {
    let run = Project::with_lesson(LESSON).run("check --report github");
    run.finds_mistakes().reports("unknown-citation", "war.yaml:3:17").reports("unknown-key", "war.yaml:6:1");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{}", run.stdout);
    assert_eq!(
        lines[0],
        "::error file=lessons/one/war.yaml,line=3,endLine=3,col=17,endColumn=23,title=unknown-citation::the bibliography has no source `nobody`%0Ahelp: remove the citation, or add `bibliography: {groups: [{title: Sources, entries: {nobody: {kind: book, title: …, year: …}}}]}`%0Amore: docs/mistakes.md#unknown-citation"
    );
    assert!(lines[1].starts_with("::warning file=lessons/one/war.yaml,line=5,") && lines[1].contains("title=unused-footnote::"));
    assert!(lines[2].starts_with("::error file=lessons/one/war.yaml,line=6,endLine=6,col=1,endColumn=6,title=unknown-key::"));
}

#[test]
fn annotations_name_files_relative_to_the_current_folder() {
    let project = Project::with_lesson(LESSON);
    for (folder, arguments, file) in [
        ("lessons", "check --report github", "file=one/war.yaml,"),
        ("", "check --report github --lessons ./lessons", "file=lessons/one/war.yaml,"),
        ("", &format!("check --report github --lessons {}", project.path("lessons").display()), "file=lessons/one/war.yaml,"),
        ("lessons/one", "check --report github", "file=../one/war.yaml,"),
    ] {
        let run = project.run_in(folder, arguments);
        assert!(run.finds_mistakes().stdout.lines().all(|line| line.contains(file)), "{arguments}: {}", run.stdout);
    }
}

#[test]
fn check_reports_code_quality_for_gitlab() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("check --report gitlab");
    run.finds_mistakes().reports("unknown-citation", "war.yaml:3:17");
    let report: Vec<Value> = serde_json::from_str(&run.stdout).expect("it is only JSON");
    let of = |key: &str| report.iter().map(|issue| issue[key].as_str().expect("it is text").to_owned()).collect::<Vec<_>>();
    assert_eq!(of("check_name"), ["unknown-citation", "unused-footnote", "unknown-key"]);
    assert_eq!(of("severity"), ["major", "minor", "major"]);
    assert_eq!(report[2]["location"], serde_json::json!({"path": "lessons/one/war.yaml", "lines": {"begin": 6}}));

    let moved = Project::with_lesson(&format!("# A comment\n{LESSON}")).run("check --report gitlab");
    let moved: Vec<Value> = serde_json::from_str(&moved.stdout).expect("it is only JSON");
    assert_eq!(moved.iter().map(|issue| issue["fingerprint"].clone()).collect::<Vec<_>>(), of("fingerprint"));
}

#[test]
fn paths_are_right_in_a_repository_of_several_projects() {
    let project = Project::empty();
    crate::project::copy(&Project::with_lesson(LESSON).path("lessons"), &project.path("history/lessons"));
    let run = project.run_in("history", "check --report github --report-root ..");
    assert!(
        run.finds_mistakes().stdout.lines().all(|line| line.contains("file=history/lessons/one/war.yaml,")),
        "{}",
        run.stdout
    );
    let run = project.run_in("history", "check --report sarif --report-root ..");
    let log: Value = serde_json::from_str(&run.finds_mistakes().stdout).expect("it is only JSON");
    let of = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let results = log["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), 3);
    assert!(results.iter().all(|result| of(result) == "history/lessons/one/war.yaml"));
    let run = project.run_in("history", "check --report json --report-root ..");
    let report: Value = serde_json::from_str(&run.finds_mistakes().stdout).expect("it is only JSON");
    assert_eq!((&report["errors"], &report["warnings"]), (&Value::from(2), &Value::from(1)));
    assert_eq!(report["problems"][0]["path"], "history/lessons/one/war.yaml");
}

#[test]
fn check_reports_no_errors() {
    let project = Project::with_lesson("title: War\nreading: It began.\n");
    for (report, printed) in [("text", "No errors found (1 lesson checked).\n"), ("github", ""), ("gitlab", "[]\n")] {
        let run = project.run(&format!("check --report {report}"));
        assert_eq!(run.succeeds().stdout, printed);
        assert_eq!(run.stderr.is_empty(), report == "text", "{}", run.stderr);
    }
    assert_eq!(project.run("check --report jenkins").code, 2);
}

/// Commands that the GitHub Actions runner obeys, in both forms.
const COMMANDS: [&str; 4] = ["::error::mine", "::stop-commands::x", "##[add-mask]mine", "##[stop-commands]x"];

/// Whether the runner would obey a line. By its rules, only spaces may come before the first form, and anything before the second.
fn is_command(line: &str) -> bool {
    let command = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
    let name = command.and_then(|(command, _)| command.split(' ').next()).unwrap_or_default();
    // A report's pointer, `::: war.yaml:1:1`, isn't a command.
    name.starts_with(|c: char| c.is_alphanumeric()) || line.contains("##[")
}

#[track_caller]
fn commands_nothing(run: &Run, of: &str) {
    for line in run.stderr.split(['\n', '\r']).chain(run.stdout.split(['\n', '\r'])) {
        let ours = line.starts_with("::error file=") || line.starts_with("::warning file=");
        assert!(!line.contains("##[") && (ours || !is_command(line)), "{of} commands: {line}");
    }
}

#[test]
fn no_lesson_can_send_commands_to_a_ci_service() {
    for command in COMMANDS {
        // Everywhere a report quotes the file: values, keys, citations, excerpts, names in lists, other line endings.
        let quoted = [
            format!("title: \"{command}\"\nreading: \"[@{command}] [[{command}]] [^{command}]\"\n"),
            format!("title: \"a\\n{command}\"\n\"\\n{command}\": 1\nreading: \"[@a\\n{command}]\"\n"),
            format!("title: \"a%0A{command}\"\n\"a%0A{command}\": 1\n\"\\r{command}\": 1\nreading: \"[@a%0A{command}]\"\n"),
            format!("title: War\nreading: |\n  It began [@nobody].\n  {command}\n  {command} [@nobody]\n"),
            format!("title: War\r# {command}\rreading: It began [@nobody].\r\n"),
            format!("title: War\nreading: It began. [@nobody]\r{command}\n"),
            format!("title: War\nreading: \"{}{command} [@nobody]{command}\"\n", "long ".repeat(300)),
            format!("{command}\ntitle: War\n{command}: 1\n"),
            format!("title: War\nreading:\n  - figure: {{image: \"{command}.png\", alt: \"{command}\"}}\n"),
        ];
        for lesson in quoted {
            for report in ["text", "github", "gitlab", "json", "sarif"] {
                let run = Project::with_lesson(&lesson).run(&format!("check --report {report}"));
                assert!(run.code <= 1, "{lesson}: {}", run.stderr);
                commands_nothing(&run, &lesson);
            }
        }
        let named = Project::with_lesson("title: War\nreading: It began.\n")
            .write("lessons/series.yaml", format!("name: \"{command}\"\nlanguage: en-US\npaper: letter\n"))
            .write(&format!("lessons/one/x\n{command}.yaml"), "title: War\n")
            .write(&format!("lessons/x\n{command}/war.yaml"), "title: War\n");
        for run in ["list", "build", "check", "check --report github", "list nowhere"] {
            commands_nothing(&named.run(run), run);
        }
        let lost = Project::empty().write(&format!("x\n{command}/readme"), "").write("other/readme", "");
        commands_nothing(&lost.run_in(&format!("x\n{command}"), "check"), "the current folder");
    }
}

/// The calls of a `packetpress` command in the files for CI services: the file and the options of each call.
fn calls_in_ci_files(command: &str) -> Vec<(PathBuf, Vec<String>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("ci");
    let mut found = Vec::new();
    for service in root.read_dir().expect("the folder can be read").flatten() {
        for file in service.path().read_dir().into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(file.path()).expect("the file can be read");
            let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
            for (_, arguments) in lines.filter_map(|line| line.split_once(&format!("packetpress {command} "))) {
                let options = arguments.split_whitespace().filter(|word| word.starts_with("--"));
                let names = options.map(|option| option.split('=').next().unwrap_or(option).to_owned());
                found.push((file.path(), names.collect()));
            }
        }
    }
    found
}

#[test]
fn ci_files_use_only_known_options() {
    for command in ["check", "build", "verify", "plan", "merge", "diff"] {
        let help = Project::empty().run(&format!("{command} --help")).stdout;
        let has = |option: &str| help.split([' ', '\n', ',']).any(|word| word == option);
        let calls = calls_in_ci_files(command);
        let least = if command == "plan" { 1 } else { 2 };
        assert!(calls.len() >= least, "the files of both services call `{command}`: {calls:?}");
        for (file, options) in calls {
            for option in &options {
                assert!(has(option), "{} uses `{option}`, which `packetpress {command}` doesn't have", file.display());
            }
            let public = options.iter().any(|option| option == "--public");
            // A plan says what to build.
            let planned = options.iter().any(|option| option == "--plan");
            assert!(!["build", "plan"].contains(&command) || public || planned, "{} publishes teacher packets", file.display());
        }
    }
}
