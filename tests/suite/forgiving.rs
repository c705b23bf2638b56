//! Input that can mean only one thing is accepted, however it is written.

use crate::pdf::Pdf;
use crate::project::Project;

/// A project with one lesson, `war` of the issue `one`.
fn project() -> Project {
    Project::with_lesson("title: War\nreading: It began.\n")
}

/// A series to add a license to.
const SERIES: &str = "name: Room 204\nlanguage: en-US\npaper: letter\n";

#[test]
fn license_may_be_spelled_either_way() {
    for key in ["licence", "license"] {
        let rights = format!("{SERIES}rights: {{holder: Ann Lee, {key}: CC BY 4.0}}\nlook: {{{key}_line: Free to copy}}\n");
        let project = project().write("lessons/series.yaml", rights);
        let run = project.run("build --strict --edition student");
        assert_eq!((run.code, run.stderr.contains("licence")), (0, false), "{key}: {}", run.stderr);
        assert!(Pdf::open(&project.read("output/one/one-war-student.pdf")).page_text(0).contains("Free to copy"), "{key}");
    }
    let both = project().write("lessons/series.yaml", format!("{SERIES}rights: {{holder: A, licence: B, license: C}}\n"));
    both.run("check").finds_mistakes().reports("unknown-key", "series.yaml:4:33");
}

#[test]
fn paper_may_be_in_capitals_and_lessons_named_as_people_do() {
    let project = project();
    for wanted in ["one", "war", "one/war", "lessons/one/war.yaml", "lessons/one", "./lessons/one/issue.yaml", "war.yaml"] {
        let run = project.run(&format!("build {wanted} --edition student --paper A4 --force"));
        run.succeeds();
        assert!(project.packets().contains(&"one/one-war-student-a4.pdf".to_owned()), "{wanted}: {}", run.stdout);
    }
}

#[test]
fn a_choice_may_be_named_by_its_letter_or_its_exact_text() {
    let lesson = "title: War\ndiscussion:\n  - multiple_choice: {id: line, ask: Which line?, choices: [\"$`y = 3x`$\", \"*Hamlet*\", plain]}\n";
    let key = |choice: &str| {
        let teacher = format!("answers:\n  line: {{choice: {choice}}}\n");
        let project = Project::with_lesson(lesson).write("lessons/one/war.teacher.yaml", teacher);
        project.run("build --edition key").succeeds();
        project.read("output/one/one-war-key.pdf")
    };
    assert!(key("A") == key("'$`y = 3x`$'") && key("a") == key("A"));
    assert!(key("b") == key("'*Hamlet*'") && key("B") == key("Hamlet"));
    assert!(key("C") == key("plain") && key("C") != key("B"));
    let beyond = Project::with_lesson(lesson).write("lessons/one/war.teacher.yaml", "answers:\n  line: {choice: D}\n");
    beyond.run("check").finds_mistakes().reports("wrong-answer", "war.teacher.yaml:2:18");
}

#[test]
fn grades_may_be_a_list() {
    for (grades, printed) in [("[6, 7]", "6–7"), ("[K, 1, 2]", "K–2"), ("[6, 8]", "6, 8"), ("6", "6")] {
        let lesson = format!("title: War\nreading: It began.\ngrades: {grades}\n");
        let project = Project::with_lesson(&lesson).write("lessons/one/war.teacher.yaml", "objectives: Know when.\n");
        project.run("build --edition teacher").succeeds();
        let text = Pdf::open(&project.read("output/one/one-war-teacher.pdf")).text();
        assert!(text.lines().any(|line| line.contains(printed)), "{grades}: {text}");
    }
}

#[test]
fn a_question_in_an_activity_needs_no_name() {
    let with = |body: &str| format!("title: War\nactivity:\n  title: Think\n  body:\n    - {body}\n");
    let packet = |body: &str| {
        let project = Project::with_lesson(&with(body));
        project.run("build --edition student").succeeds();
        project.read("output/one/one-war-student.pdf")
    };
    assert!(packet("{ask: Why?, space: {lines: 3}}") == packet("prompt: {ask: Why?, space: {lines: 3}}"));
}

#[test]
fn curly_quotation_marks_around_a_value_are_as_good_as_straight_ones() {
    let issue = |mark: [char; 2]| {
        let [open, close] = mark;
        format!("number: {open}7:4{close}\ndate: {open}Fall 2026{close}\npublished: {open}2026-11-30{close}\nlessons: [war]\n")
    };
    let packet = |mark| {
        let project = project().write("lessons/one/issue.yaml", issue(mark));
        project.run("build --edition student").succeeds();
        project.read("output/one/one-war-student.pdf")
    };
    assert!(packet(['“', '”']) == packet(['"', '"']));
}

#[test]
fn an_issue_needs_only_its_lessons() {
    let project = project()
        .write("lessons/series.yaml", format!("{SERIES}rights: {{holder: Ann Lee, licence: CC BY 4.0}}\n"))
        .write("lessons/one/issue.yaml", "lessons: [war]\n")
        .write("lessons/one/war.yaml", "title: War\nreading: |\n  It began.\n\n  ## Then\n\n  It ended.\n");
    project.run("build --strict").succeeds();
    let packet = Pdf::open(&project.read("output/one/one-war-student.pdf"));
    assert!(packet.page_text(0).contains("Room 204\n") && !packet.text().contains("Issue"), "{}", packet.text());
    let issue = Pdf::open(&project.read("output/one/one-issue-student.pdf"));
    assert_eq!(issue.title(), "Room 204: One");
    let page = String::from_utf8(project.read("output/one/index.html")).expect("a page is text");
    assert!(page.contains(">One</h1>") && !page.contains("None") && !page.contains("null"), "{page}");
    let lesson = String::from_utf8(project.read("output/one/war/index.html")).expect("a page is text");
    assert!(!lesson.contains("Last changed") && !lesson.contains("None") && lesson.contains("Room 204"), "{lesson}");
    // The same lesson gives the same file on any day.
    let again = self::project()
        .write("lessons/series.yaml", format!("{SERIES}rights: {{holder: Ann Lee, licence: CC BY 4.0}}\n"))
        .write("lessons/one/issue.yaml", "lessons: [war]\n")
        .write("lessons/one/war.yaml", "title: War\nreading: |\n  It began.\n\n  ## Then\n\n  It ended.\n");
    again.run("build").succeeds();
    assert!(again.read("output/one/one-war-student.pdf") == project.read("output/one/one-war-student.pdf"));
}

#[test]
fn the_addresses_of_a_renamed_issue_lead_to_the_new_ones() {
    let project = project()
        .write(
            "lessons/series.yaml",
            format!("{SERIES}site: https://example.org/\nrights: {{holder: Ann Lee, licence: CC BY 4.0}}\n"),
        )
        .write("lessons/one/issue.yaml", "former_ids: [old-unit]\nlessons: [war]\n")
        .write("lessons/one/war.yaml", "title: War\nformer_ids: [battle]\nreading: It began.\n");
    project.run("build --edition student").succeeds();
    let text = |path: &str| String::from_utf8(project.read(&format!("output/{path}"))).expect("a page is text");
    assert!(text("old-unit/index.html").contains("content=\"0; url=../one/index.html\""), "{}", text("old-unit/index.html"));
    for old in ["old-unit/war", "old-unit/battle", "one/battle"] {
        let page = text(&format!("{old}/index.html"));
        assert!(page.contains("content=\"0; url=../../one/war/index.html\""), "{old}: {page}");
    }
    let redirects = text("_redirects");
    for old in ["old-unit/old-unit-battle", "old-unit/old-unit-war", "one/one-battle"] {
        assert!(redirects.contains(&format!("/{old}-student.pdf /one/one-war-student.pdf 301\n")), "{redirects}");
    }
    assert!(redirects.contains("/old-unit/old-unit-issue-student.pdf /one/one-issue-student.pdf 301\n"), "{redirects}");
    // Of two issues with one former id, the first has its address.
    let project = project
        .write("lessons/two/issue.yaml", "former_ids: [old-unit]\nlessons: [war]\n")
        .write("lessons/two/war.yaml", "title: War\nreading: It ended.\n");
    project.run("build --edition student").succeeds();
    let page = String::from_utf8(project.read("output/old-unit/war/index.html")).expect("a page is text");
    assert!(page.contains("url=../../one/war/index.html"), "{page}");
    project.run("build --edition student").succeeds();
    assert!(project.run("build --edition student").stdout.contains("up to date"));
}

#[test]
fn the_theme_of_an_issue_can_have_a_link() {
    let issue = "theme: Read [the book](https://example.org/book)\nlessons: [war]\n";
    let project = project().write("lessons/one/issue.yaml", issue);
    let project =
        project.write("lessons/two/issue.yaml", issue).write("lessons/two/war.yaml", "title: War\nreading: It began.\n");
    project.run("build --edition student").succeeds();
    assert!(project.packets().contains(&"two/two-war-student.pdf".to_owned()));
}
