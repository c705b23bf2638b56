//! `packetpress new`: one command, and the files that it writes build at once.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::project::{LESSON, Project};

const TEMPLATES: [&str; 8] = ["reading", "quiz", "problem-set", "lab", "story", "vocabulary", "document-question", "project"];

#[test]
fn every_template_passes_the_strict_check_and_builds_every_edition() {
    for template in TEMPLATES {
        let project = Project::empty();
        let run = project.run(&format!("new lesson Bridges --template {template}"));
        run.succeeds();
        assert!(run.stdout.contains("Wrote lessons/unit-1/bridges.yaml"), "{}", run.stdout);
        assert!(run.stdout.contains("`packetpress preview bridges`"), "{}", run.stdout);
        let check = project.run("check --strict");
        assert_eq!(check.code, 0, "{template}: {}", check.stderr);
        project.run("build --strict --edition student,teacher").succeeds();
        for edition in ["student", "teacher"] {
            assert!(project.path(&format!("output/unit-1/unit-1-bridges-{edition}.pdf")).is_file(), "{template}");
        }
    }
}

#[test]
fn the_options_end_up_in_the_lesson() {
    let project = Project::empty();
    project.run("new lesson War:and,peace --grades 6-8 --subject History --id war --issue spring --no-teacher").succeeds();
    let lesson = String::from_utf8(project.read("lessons/spring/war.yaml")).expect("it is text");
    assert!(lesson.contains("\ntitle: War:and,peace\ngrades: 6-8\nsubject: History\n"), "{lesson}");
    assert!(!project.path("lessons/spring/war.teacher.yaml").exists());
    project.run("check --strict").succeeds();
}

#[test]
fn a_lesson_joins_the_issue_that_is_there_and_overwrites_nothing() {
    let project = Project::with_lesson(LESSON);
    project.run("new lesson Peace").succeeds();
    let issue = String::from_utf8(project.read("lessons/one/issue.yaml")).expect("it is text");
    assert!(issue.ends_with("lessons: [war, peace]\n"), "{issue}");
    project.run("check").succeeds();
    let again = project.run("new lesson Peace");
    assert_eq!(
        (again.code, again.stderr.contains("already exists; choose another name with `--id`")),
        (2, true),
        "{}",
        again.stderr
    );
    let war = project.run("new lesson War");
    assert_eq!((war.code, project.read("lessons/one/war.yaml")), (2, LESSON.as_bytes().to_vec()));
    project.run("new issue Harbors").succeeds();
    let which = project.run("new lesson Ships");
    assert!(which.stderr.contains("choose the issue with `--issue`: `harbors`, `one`"), "{}", which.stderr);
    project.run("new lesson Ships --issue harbors").succeeds();
    project.run("check").succeeds();
}

#[test]
fn a_series_can_be_started_first() {
    let project = Project::empty();
    project.run("new series Ships --language es --paper a4").succeeds();
    let again = project.run("new series Ships");
    assert!(again.stderr.contains("lessons/series.yaml already exists"), "{}", again.stderr);
    project.run("new lesson Velas").succeeds();
    project.run("check").succeeds();
    let wrong = Project::empty().run("new series Ships --language English");
    assert!(wrong.stderr.contains("isn't a language tag"), "{}", wrong.stderr);
}

#[test]
fn what_is_missing_is_asked_for_and_what_cannot_be_is_said() {
    for (arguments, expected) in [
        ("new", "say what to start: `packetpress new lesson"),
        ("new lesson", "give the title: `packetpress new lesson"),
        ("new lesson ???", "no file name can be made from `???`; choose one with `--id`"),
        ("new lesson War --id War", "use lowercase letters, digits, and single hyphens: `war`"),
        ("new lesson War --id issue", "a lesson can't be called `issue`"),
        ("new issue Harbors", "no lessons found here"),
    ] {
        let run = Project::empty().run(arguments);
        assert_eq!(run.code, 2, "{arguments}");
        assert!(run.stderr.contains(expected), "{arguments}: {}", run.stderr);
    }
    let broken = Project::new().write("lessons/one/issue.yaml", "lessons: war\n").run("new lesson Peace");
    assert!(broken.stderr.contains("lessons/one/issue.yaml has errors"), "{}", broken.stderr);
}

#[test]
fn check_runs_again_when_a_file_changes() {
    let project = Project::with_lesson("title: War\nreeding: One.\n");
    let mut process = Command::new(env!("CARGO_BIN_EXE_packetpress"))
        .args(["check", "--watch"])
        .current_dir(project.path(""))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let mut errors = BufReader::new(process.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
    assert!(errors.any(|line| line.contains("unknown key `reeding`")));
    assert!(errors.any(|line| line.starts_with("Watching lessons")));
    std::fs::write(project.path("lessons/one/war.yaml"), LESSON).expect("it can be written");
    let mut answers = BufReader::new(process.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    assert_eq!(answers.next().as_deref(), Some("No errors found (1 lesson checked)."));
    process.kill().expect("it runs");
    process.wait().expect("it ends");
}

#[test]
fn build_runs_again_when_a_file_changes() {
    let project = Project::with_lesson(LESSON);
    let mut process = Command::new(env!("CARGO_BIN_EXE_packetpress"))
        .args(["build", "--watch", "--edition", "student"])
        .current_dir(project.path(""))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let mut errors = BufReader::new(process.stderr.take().expect("it is piped")).lines().map_while(Result::ok);
    assert!(errors.any(|line| line.starts_with("Watching lessons")));
    let before = project.read("output/one/one-war-student.pdf");
    std::fs::write(project.path("lessons/one/war.yaml"), "title: Peace\nreading: It ended.\n").expect("it can be written");
    assert!(errors.any(|line| line.starts_with("Watching lessons")));
    assert_ne!(project.read("output/one/one-war-student.pdf"), before);
    process.kill().expect("it runs");
    process.wait().expect("it ends");
}
