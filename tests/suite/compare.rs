//! `diff`: what a change does to the packets.

use std::process::Command;

use serde_json::Value;

use crate::project::Project;

/// Two lessons, built to `before`, then changed and built to `output`.
fn changed() -> Project {
    let text = |middle: &str| {
        format!(
            "title: War\nreading: |\n  It began in 1914.\n\n  {middle}\n\n  It ended in 1918.\ndiscussion:\n  - Why did it begin?\n  - Why did it end?\n"
        )
    };
    let project = Project::with_lesson(&text("It went on for four years."))
        .write("lessons/one/issue.yaml", "published: 2026-04-01\nlessons: [war, peace, trade]\n")
        .write("lessons/one/peace.yaml", "title: Peace\nreading: It lasted.\n")
        .write("lessons/one/trade.yaml", "title: Trade\nreading: It grew.\n");
    project.run("build --output before --edition student").succeeds();
    let project = project
        .write("lessons/one/war.yaml", text("It went on for *more than* four years."))
        .write("lessons/one/issue.yaml", "published: 2026-04-01\nlessons: [war, peace, law]\n")
        .write("lessons/one/law.yaml", "title: Law\nreading: It was written.\n");
    std::fs::remove_file(project.path("lessons/one/trade.yaml")).expect("it can be removed");
    project.run("build --edition student").succeeds();
    project
}

#[test]
fn a_comparison_names_packets_pages_paragraphs_and_words() {
    let project = changed();
    let run = project.run("diff before --page diff.html");
    let lines: Vec<&str> = run.succeeds().stdout.lines().collect();
    assert_eq!(lines[0], "2 packets changed, 1 is new, 1 is gone, 1 is the same.");
    assert_eq!(lines[1], "new: one/one-law-student.pdf (1 page)");
    assert_eq!(lines[2], "gone: one/one-trade-student.pdf (1 page)");
    let war = lines.iter().position(|line| line.starts_with("changed: one/one-war-student.pdf: page 1")).expect("it changed");
    assert_eq!(lines[war + 1], "  War, paragraph 2: It went on for {+more than+} four years.");
    let page = String::from_utf8(project.read("diff.html")).expect("it's text");
    assert!(page.contains("<ins>more than </ins>") && page.matches("data:image/png;base64,").count() >= 2, "{page}");
    assert!(!page.contains("<script") && !page.contains("src=\"http"));
    let json: Value =
        serde_json::from_str(&project.run("diff before output --report json").succeeds().stdout).expect("it's JSON");
    let war = json["changed"]
        .as_array()
        .and_then(|all| all.iter().find(|packet| packet["path"] == "one/one-war-student.pdf"))
        .expect("it changed");
    assert_eq!((&war["changed_pages"][0]["before"], &war["changed_pages"][0]["now"]), (&Value::from(1), &Value::from(1)));
    let area = &war["changed_pages"][0]["areas"][0];
    assert!(area[1].as_f64().is_some_and(|top| (0.05..0.9).contains(&top)), "{area}");
    let markdown =
        project.run("diff before/manifest.json output/manifest.json --report markdown --page-address https://example.org/run");
    assert!(
        markdown.succeeds().stdout.contains("- **War, paragraph 2**: It went on for <ins>more than</ins> four years."),
        "{}",
        markdown.stdout
    );
    assert_eq!(project.run("diff output output").succeeds().stdout, "4 are the same.\n");
}

#[test]
fn manifests_alone_say_which_packets_changed() {
    let project = changed();
    let old = project.read("before/manifest.json");
    let project = project.write("alone/manifest.json", old);
    let run = project.run("diff alone output");
    assert!(run.succeeds().stdout.contains("changed: one/one-war-student.pdf: the files can't be compared"), "{}", run.stdout);
}

#[test]
fn a_git_revision_is_built_and_compared() {
    let lesson = |word: &str| {
        format!("title: War\nreading: |\n  {}\n\n  It {word}.\n", "It was a long war, and it is a long story. ".repeat(8))
    };
    let project = Project::with_lesson(&lesson("began"));
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(project.path("")).args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "core.hooksPath=/dev/null",
        ]);
        let output = command.args(arguments).output().expect("git can be run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "lessons"]);
    git(&["commit", "--quiet", "--message", "First"]);
    std::fs::write(project.path("lessons/one/war.yaml"), lesson("ended")).expect("it can be written");
    project.run("build").succeeds();
    let run = project.run("diff main");
    assert!(run.succeeds().stdout.contains("It [-began-]{+ended+}."), "{}{}", run.stdout, run.stderr);
    for wrong in ["nothing", "--output=x", "main:lessons"] {
        let run = project.run_with("", &["diff", "--", wrong]);
        assert_eq!(run.code, 2, "{wrong}: {}", run.stdout);
        assert!(run.stderr.contains("is neither an output folder nor a Git revision"), "{}", run.stderr);
    }
    assert!(project.run("diff lessons").stderr.contains("lessons has no `manifest.json`"));
}
