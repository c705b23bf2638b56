//! What is left after a lesson or an issue is renamed, moved, or removed: no folders, no riddles, and links that work.

use std::path::Path;

use crate::project::{LESSON, Project, Run};

const SERIES: &str = "name: Test Series\nlanguage: en-US\npaper: letter\nrights: {holder: The Press, licence: CC BY 4.0}\n";

/// Two published issues: `one` with the lessons `war` and `peace`, and `two` with the lesson `trade`.
fn project() -> Project {
    let project = Project::with_lesson(LESSON)
        .write("lessons/series.yaml", SERIES)
        .write("lessons/one/issue.yaml", "lessons: [war, peace]\n")
        .write("lessons/one/peace.yaml", "title: Peace\nreading: It ended.\n")
        .write("lessons/two/issue.yaml", "lessons: [trade]\n")
        .write("lessons/two/trade.yaml", "title: Trade\nreading: It began.\n");
    project.run("build").succeeds();
    project
}

fn rename(project: &Project, from: &str, to: &str) {
    std::fs::rename(project.path(from), project.path(to)).expect("the file can be renamed");
}

/// The folders in the output folder with nothing in them.
fn empty_folders(project: &Project) -> Vec<String> {
    fn look(folder: &Path, empty: &mut Vec<String>) {
        let paths: Vec<_> =
            folder.read_dir().expect("the folder can be read").map(|entry| entry.expect("it can be read").path()).collect();
        if paths.is_empty() {
            empty.push(folder.to_string_lossy().into_owned());
        }
        paths.iter().filter(|path| path.is_dir() && !path.ends_with(".packetpress")).for_each(|path| look(path, empty));
    }
    let mut empty = Vec::new();
    look(&project.path("output"), &mut empty);
    empty
}

fn notes(run: &Run) -> Vec<&str> {
    run.stderr
        .lines()
        .filter(|line| line.contains("former_ids") || line.contains("no longer") || line.contains("download page"))
        .collect()
}

#[test]
fn a_removed_issue_leaves_no_folders() {
    let project = project();
    assert!(project.path("output/two/trade/index.html").exists());
    std::fs::remove_dir_all(project.path("lessons/two")).expect("the issue can be removed");
    let run = project.run("build");
    assert_eq!(
        notes(run.succeeds()),
        [
            "`two` was removed; if you renamed it, add `former_ids: [two]` to its `issue.yaml`, so that old links lead to the new page"
        ]
    );
    assert!(!project.path("output/two").exists(), "{:?}", project.files("output"));
    assert_eq!(empty_folders(&project), [""; 0]);
    project.run("verify output").succeeds();
    assert_eq!(notes(project.run("build").succeeds()), [""; 0], "it was said once");
}

#[test]
fn a_build_of_one_issue_updates_the_pages_after_another_was_removed() {
    let project = project();
    std::fs::remove_dir_all(project.path("lessons/two")).expect("the issue can be removed");
    let project = project.write("lessons/one/war.yaml", "title: The Great War\nreading: It began.\n");
    let run = project.run("build one");
    assert_eq!(
        notes(run.succeeds()),
        [
            "`two` is no longer in the lessons folder; to remove the files from output, run `packetpress build` without naming lessons"
        ]
    );
    let page = String::from_utf8(project.read("output/index.html")).expect("a page is text");
    assert!(page.contains("The Great War") && !page.contains("two/"), "{page}");
    assert!(project.path("output/two/two-trade-student.pdf").exists(), "a build of one issue removes files of another");
    project.run("build").succeeds();
    assert!(!project.path("output/two").exists());
}

#[test]
fn a_renamed_lesson_is_one_problem_and_one_reminder() {
    let project = project();
    rename(&project, "lessons/one/peace.yaml", "lessons/one/truce.yaml");
    let project = project.write("lessons/one/issue.yaml", "lessons: [war, truce]\n");
    let run = project.run("verify output");
    assert_eq!(
        run.finds_mistakes().stdout,
        "output/index.html and 7 more files of the download pages: out of date; run `packetpress build`\n\
         output/one/one-issue-student.pdf: out of date; run `packetpress build`\n\
         output/one/one-peace-student.pdf: its lesson or issue was removed\n\
         output/one/peace/index.html: its lesson or issue was removed\n\
         one/truce: no packet in output; run `packetpress build`\n\
         Found 5 problems in output (39 files in the manifest).\n"
    );
    let reminder = "`one/peace` was removed; if you renamed it, add `former_ids: [peace]` to its file, so that old links lead to the new page";
    assert_eq!(notes(&project.run("build --dry-run")), [reminder]);
    // Following it makes it go away, and old links work.
    let project = project.write("lessons/one/truce.yaml", "title: Peace\nformer_ids: [peace]\nreading: It ended.\n");
    assert_eq!(notes(project.run("build").succeeds()), [""; 0]);
    let page = String::from_utf8(project.read("output/one/peace/index.html")).expect("a page is text");
    assert!(page.contains("url=../../one/truce/index.html"), "{page}");
    project.run("verify output").succeeds();
}

#[test]
fn a_renamed_issue_keeps_its_links() {
    let project = project();
    rename(&project, "lessons/two", "lessons/three");
    let reminder = "`two` was removed; if you renamed it, add `former_ids: [two]` to its `issue.yaml`, so that old links lead to the new page";
    assert_eq!(notes(&project.run("build --dry-run")), [reminder]);
    let project = project.write("lessons/three/issue.yaml", "former_ids: [two]\nlessons: [trade]\n");
    assert_eq!(notes(project.run("build").succeeds()), [""; 0]);
    let page = String::from_utf8(project.read("output/two/index.html")).expect("a page is text");
    assert!(page.contains("url=../three/index.html"), "{page}");
    assert_eq!(empty_folders(&project), [""; 0]);
    project.run("verify output").succeeds();
}

#[test]
fn a_moved_lesson_is_named() {
    let project = project();
    rename(&project, "lessons/one/peace.yaml", "lessons/two/peace.yaml");
    let project =
        project.write("lessons/one/issue.yaml", "lessons: [war]\n").write("lessons/two/issue.yaml", "lessons: [trade, peace]\n");
    let run = project.run("build");
    assert_eq!(
        notes(run.succeeds()),
        [
            "`one/peace` was removed, and `two/peace` has the same name; old links to it no longer work, because `former_ids` can't name another issue"
        ]
    );
    assert!(!project.path("output/one/peace").exists() && project.path("output/two/peace/index.html").exists());
    project.run("verify output").succeeds();
}
