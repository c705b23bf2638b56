//! What `build`, `check`, and `list` do in a project without errors.

use crate::project::{LESSON, Project};

#[test]
fn a_two_line_lesson_builds() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build");
    run.succeeds();
    assert!(run.stdout.starts_with("output/one/one-war-student.pdf  1 page (1 sheet)"), "{}", run.stdout);
    let others = [
        ".packetpress/cache.json",
        ".packetpress/costs.json",
        ".packetpress/journal",
        ".packetpress/lock",
        "SHA256SUMS",
        "manifest.json",
        "one/one-issue-student.pdf",
        "one/one-student.zip",
        "one/one-war-student.pdf",
    ];
    assert_eq!(project.files("output"), others);
}

#[test]
fn our_own_lessons_build_without_a_warning() {
    let project = Project::with_own_lessons();
    let run = project.run("build --strict");
    run.succeeds();
    assert_eq!(run.stderr, "");
    let files = project.packets();
    let expected = ["equal-schools", "rights-and-states", "moscow-trials"].map(|lesson| {
        let packets = [
            "cards-student",
            "key",
            "reading-student",
            "student-a4",
            "student-large-print",
            "student",
            "substitute",
            "teacher",
            "worksheet-student",
        ];
        packets.map(|packet| format!("fair-hearing-1/fair-hearing-1-{lesson}-{packet}.pdf"))
    });
    let translated = [
        "cards-student-es",
        "key-es",
        "reading-student-es",
        "student-es-a4",
        "student-es",
        "student-large-print-es",
        "substitute-es",
        "teacher-es",
        "worksheet-student-es",
    ];
    let translated = translated.map(|packet| format!("fair-hearing-1/fair-hearing-1-moscow-trials-{packet}.pdf"));
    let mut expected: Vec<_> = expected.concat().into_iter().chain(translated).collect();
    expected.sort();
    assert_eq!(files, expected);
}

#[test]
fn builds_in_two_places_are_byte_for_byte_identical() {
    let (one, other) = (Project::with_own_lessons(), Project::with_own_lessons());
    one.run("build").succeeds();
    other.run("build --output elsewhere").succeeds();
    for file in one.files("output").iter().filter(|file| !file.starts_with(".packetpress")) {
        assert!(one.read(&format!("output/{file}")) == other.read(&format!("elsewhere/{file}")), "{file} differs");
    }
}

#[test]
fn build_finds_the_lessons_from_any_folder_inside_the_project() {
    let project = Project::with_lesson(LESSON);
    for (folder, path) in [("", "output/one"), ("lessons", "../output/one"), ("lessons/one", "../../output/one")] {
        let run = project.run_in(folder, "build --force");
        run.succeeds();
        assert!(run.stdout.starts_with(&format!("{path}/one-war-student.pdf")), "{folder}: {}", run.stdout);
    }
    let elsewhere = Project::empty();
    let run = elsewhere.run("check");
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("no lessons found"), "{}", run.stderr);
}

#[test]
fn build_can_select_papers() {
    let project = Project::with_lesson(LESSON);
    project.run("build one/war --paper letter,a4").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-a4.pdf", "one/one-war-student.pdf"]);
}

#[test]
fn an_unknown_issue_or_lesson_gets_a_suggestion() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build one/wra");
    assert_eq!((run.code, run.stderr.as_str()), (2, "issue `one` has no lesson `wra`; did you mean `war`?\n"));
    let run = project.run("check seven");
    assert_eq!((run.code, run.stderr.as_str()), (2, "no issue or lesson is called `seven`; use `one` or `war`\n"));
}

#[test]
fn check_writes_nothing() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("check");
    run.succeeds();
    assert_eq!(run.stdout, "No errors found (1 lesson checked).\n");
    assert_eq!(project.files(""), ["lessons/one/issue.yaml", "lessons/one/war.yaml", "lessons/series.yaml"]);
}

#[test]
fn nothing_is_built_while_a_lesson_has_an_error() {
    let project = Project::with_lesson(LESSON);
    let before = project.build();
    let project = project.write("lessons/one/war.yaml", "title: War\nreading: See [@nobody].\n");
    let run = project.run("build");
    run.finds_mistakes().reports("unknown-citation", "war.yaml:2:16");
    assert!(run.stderr.ends_with("Nothing was built. Fix the errors above and try again.\n"), "{}", run.stderr);
    assert!(project.read("output/one/one-war-student.pdf") == before, "the old packet is gone");
}

#[test]
fn warnings_stop_only_a_strict_build() {
    let lesson = "title: War\nreading: |\n  It began.\n\n  [^1]: A note that nothing points to.\n";
    let project = Project::with_lesson(lesson);
    let run = project.run("build");
    run.succeeds().reports("unused-footnote", "war.yaml:5:3");
    assert_eq!(run.stderr.matches("[unused-footnote]").count(), 1, "{}", run.stderr);
    std::fs::remove_dir_all(project.path("output")).expect("the output can be removed");
    project.run("build --strict").finds_mistakes();
    assert_eq!(project.packets(), [""; 0]);
}

#[test]
fn list_shows_lessons_and_their_packets() {
    let project = Project::with_lesson("title: War's \"end\"\nreading: It began.\n");
    let run = project.run("list");
    run.succeeds();
    let expected = "Test Series\n\none  1:1, Spring 2026: Tests\n  war  War's \"end\"\n    one/one-war-student.pdf  1 page (1 sheet)\n    30 students: 30 sheets as whole packets\n    no teacher, key, or substitute packets: the lesson has no `war.teacher.yaml`\n  whole issue\n    one/one-issue-student.pdf  3 pages (2 sheets, double-sided)\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn a_disk_error_exits_with_2() {
    let project = Project::with_lesson(LESSON).write("output", "a file where the folder should be");
    let run = project.run("build");
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("cannot create the folder output/.packetpress"), "{}", run.stderr);
}

#[test]
fn files_that_packetpress_did_not_write_are_kept() {
    let project = Project::with_lesson(LESSON).write("output/one/notes.txt", "mine");
    project.run("build").succeeds();
    assert_eq!(project.read("output/one/notes.txt"), b"mine");
}
