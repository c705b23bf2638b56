//! What `build`, `check` and `list` do with a sound project.

use crate::project::{LESSON, Project};

#[test]
fn a_lesson_of_two_lines_builds_the_first_time() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build");
    run.succeeds();
    assert!(run.stdout.starts_with("output/one/one-war-student.pdf  1 page, 1 sheet printed on both sides"), "{}", run.stdout);
    let others = [
        ".packetpress/cache.json",
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
    let expected = ["education", "second-bill-of-rights", "stalin-purges"].map(|lesson| {
        let packets = [
            "key",
            "reading-student",
            "student-a4",
            "student-large-print",
            "student",
            "substitute",
            "teacher",
            "worksheet-student",
        ];
        packets.map(|packet| format!("bria-7-4/bria-7-4-{lesson}-{packet}.pdf"))
    });
    let translated = [
        "key-es",
        "reading-student-es",
        "student-es-a4",
        "student-es",
        "student-large-print-es",
        "substitute-es",
        "teacher-es",
        "worksheet-student-es",
    ];
    let translated = translated.map(|packet| format!("bria-7-4/bria-7-4-stalin-purges-{packet}.pdf"));
    let mut expected: Vec<_> = expected.concat().into_iter().chain(translated).collect();
    expected.sort();
    assert_eq!(files, expected);
}

#[test]
fn two_builds_at_two_places_are_equal_byte_for_byte() {
    let (one, other) = (Project::with_own_lessons(), Project::with_own_lessons());
    one.run("build").succeeds();
    other.run("build --output elsewhere").succeeds();
    for file in one.files("output").iter().filter(|file| !file.starts_with(".packetpress")) {
        assert!(one.read(&format!("output/{file}")) == other.read(&format!("elsewhere/{file}")), "{file} differs");
    }
}

#[test]
fn the_program_finds_its_lessons_from_anywhere_inside() {
    let project = Project::with_lesson(LESSON);
    for (folder, path) in [("", "output/one"), ("lessons", "../output/one"), ("lessons/one", "../../output/one")] {
        let run = project.run_in(folder, "build --force");
        run.succeeds();
        assert!(run.stdout.starts_with(&format!("{path}/one-war-student.pdf")), "{folder}: {}", run.stdout);
    }
    let elsewhere = Project::empty();
    let run = elsewhere.run("check");
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("there are no lessons here"), "{}", run.stderr);
}

#[test]
fn papers_are_chosen_on_the_command_line() {
    let project = Project::with_lesson(LESSON);
    project.run("build one/war --paper letter,a4").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-a4.pdf", "one/one-war-student.pdf"]);
}

#[test]
fn a_name_that_does_not_exist_is_answered_with_those_that_do() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build one/wra");
    assert_eq!((run.code, run.stderr.as_str()), (2, "the issue `one` has no lesson `wra`; did you mean `war`?\n"));
    let run = project.run("check seven");
    assert_eq!((run.code, run.stderr.as_str()), (2, "there is no issue `seven`; there is only `one`\n"));
}

#[test]
fn check_writes_nothing() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("check");
    run.succeeds();
    assert_eq!(run.stdout, "1 lesson checked, no mistakes found\n");
    assert_eq!(project.files(""), ["lessons/one/issue.yaml", "lessons/one/war.yaml", "lessons/series.yaml"]);
}

#[test]
fn nothing_is_built_while_a_lesson_has_a_mistake() {
    let project = Project::with_lesson(LESSON);
    let before = project.build();
    let project = project.write("lessons/one/war.yaml", "title: War\nreading: See [@nobody].\n");
    let run = project.run("build");
    run.finds_mistakes().reports("unknown-citation", "war.yaml:2:16");
    assert!(run.stderr.ends_with("nothing was built: mend this first\n"), "{}", run.stderr);
    assert!(project.read("output/one/one-war-student.pdf") == before, "what was there before is lost");
}

#[test]
fn warnings_stop_a_build_only_if_strict() {
    let lesson = "title: War\nreading: |\n  A text.\n\n  [^1]: A note that nothing points to.\n";
    let project = Project::with_lesson(lesson);
    let run = project.run("build");
    run.succeeds().reports("unused-footnote", "war.yaml:5:3");
    assert_eq!(run.stderr.matches("[unused-footnote]").count(), 1, "{}", run.stderr);
    std::fs::remove_dir_all(project.path("output")).expect("the output can be removed");
    project.run("build --strict").finds_mistakes();
    assert_eq!(project.packets(), [""; 0]);
}

#[test]
fn list_names_lessons_and_their_packets() {
    let project = Project::with_lesson("title: War's \"end\"\nreading: A text.\n");
    let run = project.run("list");
    run.succeeds();
    let expected = "Test Series\n\none  1:1, Spring 2026: Tests\n  war  War's \"end\"\n    one/one-war-student.pdf  1 page, 1 sheet printed on both sides\n    no teacher, key or substitute packets: there is no `war.teacher.yaml` beside the lesson\n  the whole issue\n    one/one-issue-student.pdf  3 pages, 2 sheets printed on both sides\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn a_disk_that_refuses_is_no_mistake_of_a_lesson() {
    let project = Project::with_lesson(LESSON).write("output", "a file where the folder should be");
    let run = project.run("build");
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("cannot make the folder output/.packetpress"), "{}", run.stderr);
}

#[test]
fn files_that_the_program_did_not_write_stay() {
    let project = Project::with_lesson(LESSON).write("output/one/notes.txt", "mine");
    project.run("build").succeeds();
    assert_eq!(project.read("output/one/notes.txt"), b"mine");
}
