//! What a second build rebuilds and why, and what it keeps and removes. No interruption leaves incomplete files.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};

use crate::project::{LESSON, Project, Run};

/// A lesson with a packet in every edition.
const TEACHER: &str = "answers:\n  why: Because.\n";
const ASKING: &str = "title: Peace\nreading: It began.\ndiscussion:\n  - {id: why, ask: Why?}\n";

/// Two issues: `one` with the lessons `war` and `peace`, and `two` with the lesson `trade`. `peace` has a teacher file.
fn project() -> Project {
    Project::with_lesson(LESSON)
        .write("lessons/one/issue.yaml", issue("[war, peace]"))
        .write("lessons/one/peace.yaml", ASKING)
        .write("lessons/one/peace.teacher.yaml", TEACHER)
        .write("lessons/two/issue.yaml", issue("[trade]"))
        .write("lessons/two/trade.yaml", "title: Trade\nreading: It began.\n")
}

fn issue(lessons: &str) -> String {
    format!("number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: {lessons}\n")
}

/// An issue with twelve small lessons.
fn twelve() -> Project {
    let ids: Vec<String> = (1..=12).map(|number| format!("lesson-{number:02}")).collect();
    let lesson =
        |id: &str| format!("title: The {id}\nreading: |\n  {}\ndiscussion:\n  - Why?\n", "A few words, again. ".repeat(200));
    let project = Project::with_lesson(LESSON).write("lessons/one/issue.yaml", issue(&format!("[war, {}]", ids.join(", "))));
    ids.iter().fold(project, |project, id| project.write(&format!("lessons/one/{id}.yaml"), lesson(id)))
}

/// The bytes of every published file, by path.
fn published(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = project.files("output").into_iter().filter(|file| !file.starts_with(".packetpress"));
    files.map(|file| (file.clone(), project.read(&format!("output/{file}")))).collect()
}

/// The paths of files that differ between two builds.
fn differences(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths = one.keys().chain(other.keys()).collect::<std::collections::BTreeSet<_>>();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

#[test]
fn an_unchanged_project_rebuilds_nothing() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let run = project.run("build");
    run.succeeds();
    assert_eq!(run.stdout, "Everything is up to date (11 files).\n");
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
    assert_eq!(project.run("build --dry-run").succeeds().stdout, "Everything is up to date.\n");
}

#[test]
fn changing_a_lesson_rebuilds_only_its_packets_and_its_issue() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("lessons/one/war.yaml", "title: War\nreading: Another paragraph.\n");
    let dry = project.run("build --dry-run");
    assert_eq!(
        dry.succeeds().stdout,
        "would build output/one/one-war-student.pdf: `war.yaml` changed\n\
         would build output/one/one-issue-student.pdf: `war.yaml` changed\n\
         would build output/one/one-issue-teacher.pdf: `war.yaml` changed\n\
         would build output/one/one-student.zip: its packets changed\n\
         would build output/one/one-teacher.zip: its packets changed\n"
    );
    assert_eq!(differences(&before, &published(&project)), [""; 0], "a dry run writes nothing");
    project.run("build").succeeds();
    let changed = [
        "SHA256SUMS",
        "manifest.json",
        "one/one-issue-student.pdf",
        "one/one-issue-teacher.pdf",
        "one/one-student.zip",
        "one/one-teacher.zip",
        "one/one-war-student.pdf",
    ];
    assert_eq!(differences(&before, &published(&project)), changed);
}

#[test]
fn changing_a_teacher_file_keeps_student_packets() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("lessons/one/peace.teacher.yaml", "answers:\n  why: Because of that.\n");
    project.run("build").succeeds();
    let changed = differences(&before, &published(&project));
    let expected = [
        "SHA256SUMS",
        "manifest.json",
        "one/one-issue-teacher.pdf",
        "one/one-peace-key.pdf",
        "one/one-peace-teacher.pdf",
        "one/one-teacher.zip",
    ];
    assert_eq!(changed, expected);
}

#[test]
fn missing_and_altered_packets_are_rebuilt() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    std::fs::remove_file(project.path("output/one/one-war-student.pdf")).expect("the packet can be removed");
    let mut altered = before["two/two-trade-student.pdf"].clone();
    altered[100] ^= 1;
    let project = project.write("output/two/two-trade-student.pdf", altered);
    let dry = project.run("build --dry-run");
    assert_eq!(
        dry.stdout,
        "would build output/one/one-war-student.pdf: the file is missing\n\
         would build output/two/two-trade-student.pdf: the file was changed after it was built\n\
         would build output/one/one-student.zip: its packets changed\n\
         would build output/two/two-student.zip: its packets changed\n"
    );
    project.run("build").succeeds();
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
}

#[test]
fn a_change_that_affects_no_page_rebuilds_nothing() {
    let project = project();
    project.run("build").succeeds();
    let add = |file: &str, text: &str| {
        let before = String::from_utf8(project.read(file)).expect("a lesson is text");
        std::fs::write(project.path(file), format!("{before}{text}")).expect("the lesson can be written");
    };
    add("lessons/one/peace.yaml", "\n# Ask Anna about the map.\n");
    assert!(project.run("build").succeeds().stdout.starts_with("Everything is up to date"));
    project.run("verify output").succeeds();
    add("lessons/one/peace.yaml", "vocabulary:\n  - {term: truce, meaning: a pause}\n");
    let run = project.run("build");
    assert!(run.succeeds().stdout.contains("one-peace-student.pdf"), "{}", run.stdout);
    assert!(!run.stdout.contains("one-war-student.pdf"), "{}", run.stdout);
}

#[test]
fn changing_the_series_language_keeps_packets() {
    let project = project().write("lessons/series.yaml", "name: Test\nlanguage: en-US\npaper: letter\n");
    project.run("build").succeeds();
    let files = project.files("output");
    let project = project.write("lessons/series.yaml", "name: Test\nlanguage: en-GB\npaper: letter\n");
    let run = project.run("build");
    assert!(!run.succeeds().stdout.contains("was removed"), "{}", run.stdout);
    assert_eq!(project.files("output"), files);
    project.run("verify output").succeeds();
}

#[test]
fn a_build_without_its_cache_rebuilds_nothing() {
    let project = project();
    project.run("build").succeeds();
    std::fs::remove_dir_all(project.path("output/.packetpress")).expect("the cache can be removed");
    assert_eq!(project.run("build").succeeds().stdout, "Everything is up to date (11 files).\n");
}

#[test]
fn a_build_without_its_manifest_rebuilds_everything() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("output/manifest.json", "no manifest");
    assert!(project.run("build --dry-run").stdout.contains("one-war-student.pdf: new file\n"));
    project.run("build").succeeds();
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
}

#[test]
fn warnings_are_repeated_even_if_nothing_is_built() {
    let project = Project::with_lesson(
        "title: War\nreading: |\n  It began.\n\n  [^1]: A note that nothing points to.\ndiscussion:\n  - {ask: Draw., space: {box: 60 cm}}\n",
    );
    let first = project.run("build");
    first.succeeds().reports("unused-footnote", "war.yaml:5:3").reports("space-does-not-fit", "war.yaml:7:25");
    let second = project.run("build");
    assert_eq!((second.code, &second.stderr), (0, &first.stderr));
    assert_eq!(second.stdout, "Everything is up to date (3 files).\n");
    project.run("build --strict").finds_mistakes();
}

#[test]
fn a_file_replaced_by_a_link_to_the_same_text_is_reported() {
    let project = Project::with_lesson(LESSON).write("outside.yaml", LESSON);
    project.run("build").succeeds();
    let lesson = project.path("lessons/one/war.yaml");
    std::fs::remove_file(&lesson).expect("the lesson can be removed");
    project.link("lessons/one/war.yaml", &project.path("outside.yaml"));
    let run = project.run("build");
    assert!(run.finds_mistakes().stderr.starts_with("error[unsafe-path]"), "{}", run.stderr);
}

#[test]
fn a_partial_build_keeps_all_other_packets() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("lessons/two/trade.yaml", "title: Trade\nreading: It ended.\n");
    project.run("build one --edition student").succeeds();
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
    project.run("build two/trade").succeeds();
    let changed = differences(&before, &published(&project));
    let of_issue = ["two/two-issue-student.pdf", "two/two-student.zip", "two/two-trade-student.pdf"];
    assert_eq!(changed, [["SHA256SUMS", "manifest.json"].as_slice(), &of_issue].concat());
}

#[test]
fn unaltered_packets_of_removed_lessons_are_removed() {
    let project = project().write("output/two/notes.txt", "mine");
    project.run("build").succeeds();
    std::fs::remove_dir_all(project.path("lessons/two")).expect("the issue can be removed");
    let project =
        project.write("lessons/one/issue.yaml", issue("[war]")).write("output/one/one-peace-key.pdf", "changed by hand");
    for file in ["peace.yaml", "peace.teacher.yaml"] {
        std::fs::remove_file(project.path(&format!("lessons/one/{file}"))).expect("the lesson can be removed");
    }
    let dry = project.run("build --dry-run").stdout;
    assert!(dry.contains("would remove output/one/one-peace-student.pdf: its lesson was removed\n"), "{dry}");
    assert!(dry.contains("would remove output/two/two-student.zip: its issue was removed\n"), "{dry}");
    let run = project.run("build");
    run.succeeds();
    assert!(run.stderr.contains("output/one/one-peace-key.pdf was kept: its lesson was removed"), "{}", run.stderr);
    let left: Vec<_> = project.files("output").into_iter().filter(|file| !file.starts_with(".packetpress")).collect();
    let expected = [
        "SHA256SUMS",
        "manifest.json",
        "one/one-issue-student.pdf",
        "one/one-peace-key.pdf",
        "one/one-student.zip",
        "one/one-war-student.pdf",
        "two/notes.txt",
    ];
    assert_eq!(left, expected);
}

#[test]
fn removing_a_teacher_file_removes_its_packets() {
    let project = project();
    project.run("build").succeeds();
    std::fs::remove_file(project.path("lessons/one/peace.teacher.yaml")).expect("the teacher file can be removed");
    project.run("build").succeeds();
    let left: Vec<_> =
        project.files("output").into_iter().filter(|file| file.contains("teacher") || file.contains("key")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn keep_going_builds_the_lessons_without_errors() {
    let project = project().write("lessons/one/war.yaml", "title: War\nreading: See [@nobody].\n");
    project.run("build").finds_mistakes();
    assert_eq!(project.files("output"), [""; 0]);
    let run = project.run("build --keep-going");
    run.finds_mistakes().reports("unknown-citation", "war.yaml:2:16");
    assert!(run.stderr.ends_with("Skipped 1 lesson because it has errors.\n"), "{}", run.stderr);
    assert!(
        run.stderr.contains("one: skipped the whole-issue packets and archives because a lesson has errors\n"),
        "{}",
        run.stderr
    );
    let packets =
        ["one/one-peace-key.pdf", "one/one-peace-student.pdf", "one/one-peace-teacher.pdf", "two/two-trade-student.pdf"];
    assert_eq!(project.packets(), packets);
}

#[test]
fn a_public_build_has_no_teacher_packets_and_nothing_unlicensed() {
    let licensed = "rights: {holder: The Press, licence: CC BY 4.0}\n";
    let project = project().write("lessons/one/issue.yaml", issue("[war, peace]") + licensed);
    project.run("build").succeeds();
    let run = project.run("build --public");
    run.succeeds();
    assert!(run.stderr.contains("two: not on the download page"), "{}", run.stderr);
    let is_packet = |file: &String| file.ends_with(".pdf") || file.ends_with(".zip");
    let files: Vec<_> = project.files("output").into_iter().filter(is_packet).collect();
    let expected = ["one/one-issue-student.pdf", "one/one-peace-student.pdf", "one/one-student.zip", "one/one-war-student.pdf"];
    assert_eq!(files, expected);
    let everything: String = project
        .files("output")
        .iter()
        .map(|file| String::from_utf8_lossy(&project.read(&format!("output/{file}"))).into_owned())
        .collect();
    assert!(!everything.contains("Because"), "an answer was published");
    // The next build that isn't public brings teacher packets back.
    project.run("build").succeeds();
    assert!(project.packets().contains(&"one/one-peace-key.pdf".to_owned()));
}

#[test]
fn archives_keep_student_and_teacher_packets_apart() {
    let project = project();
    project.run("build").succeeds();
    let names = |zip: &str| -> Vec<String> {
        let bytes = project.read(&format!("output/one/{zip}"));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is an archive");
        let mut names = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("the archive is whole");
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut content).expect("the archive is whole");
            assert_eq!(content, project.read(&format!("output/one/{}", file.name().expect("the name is text"))));
            names.push(file.name().expect("the name is text").into_owned());
        }
        names
    };
    assert_eq!(names("one-student.zip"), ["one-issue-student.pdf", "one-peace-student.pdf", "one-war-student.pdf"]);
    assert_eq!(names("one-teacher.zip"), ["one-issue-teacher.pdf", "one-peace-key.pdf", "one-peace-teacher.pdf"]);
}

#[test]
fn verify_reports_altered_missing_extra_and_outdated_files() {
    let project = project();
    project.run("build").succeeds();
    assert_eq!(
        project.run("verify output").succeeds().stdout,
        "Everything in output is complete, unaltered, and up to date (11 files).\n"
    );
    std::fs::remove_file(project.path("output/one/one-peace-key.pdf")).expect("the packet can be removed");
    let project = project
        .write("output/one/one-war-student.pdf", "something else")
        .write("output/one/mine.pdf", "mine")
        .write("lessons/two/trade.yaml", "title: Trade\nreading: It ended.\n");
    let run = project.run("verify output");
    run.finds_mistakes();
    assert_eq!(
        run.stdout,
        "output/one/mine.pdf: unexpected file, not in the manifest\n\
         output/one/one-peace-key.pdf: missing\n\
         output/one/one-war-student.pdf: changed after it was built\n\
         output/two/two-issue-student.pdf: out of date; run `packetpress build`\n\
         output/two/two-trade-student.pdf: out of date; run `packetpress build`\n\
         Found 5 problems in output (11 files in the manifest).\n"
    );
    assert_eq!(project.run("verify output --no-lessons").stdout.lines().count(), 4);
    assert_eq!(project.run("verify lessons").code, 2);
}

#[test]
fn packets_are_identical_with_any_number_of_jobs() {
    let project = Project::with_own_lessons();
    project.run("build --jobs 1 --edition student,key").succeeds();
    let one = published(&project);
    for jobs in [2, 5] {
        project.run(&format!("build --jobs {jobs} --force --edition student,key")).succeeds();
        assert_eq!(differences(&one, &published(&project)), [""; 0], "{jobs} jobs");
    }
}

/// A build to run in the background.
fn build(project: &Project, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_packetpress"));
    command.arg("build").args(options).current_dir(project.path("")).env("NO_COLOR", "1");
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Starts a full build of student packets.
fn start(project: &Project) -> Child {
    build(project, &["--force", "--edition", "student"]).spawn().expect("the program can be run")
}

/// Waits until a build has recorded its first packet.
fn wait_for_the_first_packet(project: &Project, build: &mut Child) {
    let journal = project.path("output/.packetpress/journal");
    while std::fs::metadata(&journal).map_or(0, |metadata| metadata.len()) == 0 {
        assert!(build.try_wait().expect("the build can be asked").is_none(), "the build ended before it wrote anything");
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_build_repairs_the_rest() {
    let project = twelve();
    project.run("build --edition student").succeeds();
    let whole = published(&project);
    // Kills builds at different moments, by how many packets they have recorded.
    for kill_after in [0, 1, 2, 5, 9, 13, 14] {
        let mut build = start(&project);
        let journal = project.path("output/.packetpress/journal");
        let lines = || std::fs::read_to_string(&journal).map_or(0, |text| text.lines().count());
        while lines() < kill_after && build.try_wait().expect("the build can be asked").is_none() {
            std::thread::yield_now();
        }
        build.kill().expect("the build can be killed");
        build.wait().expect("the build ends");
        assert_eq!(differences(&whole, &published(&project)), [""; 0], "after {kill_after} packets");
        project.run("build --edition student").succeeds();
        assert_eq!(differences(&whole, &published(&project)), [""; 0], "repaired after {kill_after} packets");
    }
}

#[test]
fn two_builds_at_once_wait_for_each_other() {
    let project = twelve();
    project.run("build --edition student").succeeds();
    let whole = published(&project);
    let builds: Vec<Child> = (0..3).map(|_| start(&project)).collect();
    let mut waited = 0;
    for build in builds {
        let output = build.wait_with_output().expect("the build ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        waited += usize::from(String::from_utf8_lossy(&output.stderr).contains("waiting for another build in output to finish"));
    }
    assert!(waited >= 1, "no build had to wait");
    assert_eq!(differences(&whole, &published(&project)), [""; 0]);
}

#[test]
fn a_folder_with_a_packet_name_is_reported() {
    let project = Project::with_lesson(LESSON).write("output/one/one-war-student.pdf/file", "mine");
    let run = project.run("build");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot write output/one/one-war-student.pdf: a folder has that name"), "{}", run.stderr);
    assert_eq!(project.read("output/one/one-war-student.pdf/file"), b"mine");
}

/// Starts a build with one job, and makes a change once the first packet is recorded.
fn change_during_build(change: impl FnOnce(&Project)) -> (Project, Run) {
    let project = twelve();
    let mut build = build(&project, &["--jobs", "1", "--edition", "student"]).spawn().expect("the program can be run");
    wait_for_the_first_packet(&project, &mut build);
    change(&project);
    let run = Run::of(&build.wait_with_output().expect("the build ends"));
    (project, run)
}

const LAST: &str = "lessons/one/lesson-12.yaml";

#[test]
fn a_lesson_edited_during_a_build_is_skipped_and_the_others_are_built() {
    let (project, run) = change_during_build(|project| {
        let text = String::from_utf8(project.read(LAST)).expect("a lesson is text");
        std::fs::write(project.path(LAST), text.replacen("title:", "# Edited.\ntitle:", 1)).expect("it can be written");
    });
    assert_eq!(run.code, 2, "{}", run.stderr);
    let message = "one/lesson-12: `lesson-12.yaml` was changed during the build; build again\n";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert_eq!(project.packets().len(), 12);
    assert!(
        !project.files("output").iter().any(|file| file.contains("-issue-")),
        "the issue was built without one of its lessons"
    );
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

#[test]
fn a_lesson_deleted_during_a_build_is_reported_and_the_others_are_built() {
    let (project, run) =
        change_during_build(|project| std::fs::remove_file(project.path(LAST)).expect("the lesson can be removed"));
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("one/lesson-12: "), "{}", run.stderr);
    assert_eq!(project.packets().len(), 12);
    // The next build reports the line that lists the missing lesson and changes nothing.
    project.run("build").finds_mistakes();
    assert_eq!(project.packets().len(), 12);
}

#[test]
fn a_series_edited_during_a_build_stops_it_with_one_message() {
    let (project, run) = change_during_build(|project| {
        std::fs::write(project.path("lessons/series.yaml"), "name: Another\nlanguage: en-US\npaper: letter\n")
            .expect("it can be written");
    });
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(run.stderr, "`series.yaml` was changed during the build; build again\n");
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

#[test]
fn an_issue_edited_during_a_build_is_reported_for_each_lesson() {
    let (project, run) = change_during_build(|project| {
        let text = String::from_utf8(project.read("lessons/one/issue.yaml")).expect("an issue is text");
        std::fs::write(project.path("lessons/one/issue.yaml"), text.replace("Tests", "Others")).expect("it can be written");
    });
    assert_eq!(run.code, 2, "{}", run.stderr);
    let message = "one/lesson-12: `issue.yaml` was changed during the build; build again\n";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

/// The child processes of a process.
#[cfg(target_os = "linux")]
fn started_by(parent: u32) -> Vec<String> {
    let is_child = |process: &String| {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        status.lines().any(|line| line.split_whitespace().eq(["PPid:", &parent.to_string()]))
    };
    let entries = std::fs::read_dir("/proc").expect("processes can be listed");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())).filter(is_child).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_crashed_worker_costs_one_lesson_and_is_reported() {
    let project = twelve();
    let mut build = build(&project, &["--jobs", "1", "--edition", "student"]).spawn().expect("the program can be run");
    wait_for_the_first_packet(&project, &mut build);
    let workers = started_by(build.id());
    assert_eq!(workers.len(), 1, "one job has one worker");
    let signal = Command::new("sh").args(["-c", &format!("kill -KILL {}", workers[0])]).status();
    assert!(signal.expect("a shell can be run").success());
    let run = Run::of(&build.wait_with_output().expect("the build ends"));
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(run.stderr.matches("the process that makes its packets crashed (signal: 9").count(), 1, "{}", run.stderr);
    // One of the fourteen packets is missing, that of a lesson or of the issue.
    let issue = project.files("output").contains(&"one/one-issue-student.pdf".to_owned());
    assert_eq!(project.packets().len() + usize::from(issue), 13);
    project.run("verify output --no-lessons").succeeds();
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_files_and_the_next_build_continues() {
    use std::os::unix::process::CommandExt;

    let project = twelve();
    project.run("build --edition student").succeeds();
    let whole = published(&project);
    // Like a terminal, signals the build and its workers.
    let command = &mut build(&project, &["--force", "--edition", "student"]);
    let mut build = command.process_group(0).spawn().expect("the program can be run");
    wait_for_the_first_packet(&project, &mut build);
    let signal = Command::new("sh").args(["-c", &format!("kill -INT -{}", build.id())]).status();
    assert!(signal.expect("a shell can be run").success());
    let run = Run::of(&build.wait_with_output().expect("the build ends"));
    assert_eq!(run.code, 130, "{}", run.stderr);
    let closing = "Stopped. The files built so far are complete; run `packetpress build` to continue.\n";
    assert!(run.stderr.ends_with(closing), "{}", run.stderr);
    assert_eq!(differences(&whole, &published(&project)), [""; 0]);
    assert!(project.run("build --edition student").succeeds().stdout.starts_with("Everything is up to date"));
}

#[test]
fn files_outside_the_output_folder_are_kept_even_if_the_manifest_lists_them() {
    let project = project();
    project.run("build").succeeds();
    let packet = "two/two-trade-student.pdf";
    // The same bytes as the packet: only the location differs.
    let bytes = project.read(&format!("output/{packet}"));
    let project = project.write("mine.pdf", bytes);
    let manifest = String::from_utf8(project.read("output/manifest.json")).expect("a manifest is text");
    let elsewhere = manifest.replace(packet, "../mine.pdf");
    assert_ne!(manifest, elsewhere);
    std::fs::remove_dir_all(project.path("lessons/two")).expect("the issue can be removed");
    for (manifest, packet_stays) in [(elsewhere, true), (manifest, false)] {
        std::fs::write(project.path("output/manifest.json"), manifest).expect("the manifest can be written");
        project.run("build").succeeds();
        assert!(project.path("mine.pdf").exists());
        // Packetpress didn't write files that aren't in the manifest.
        assert_eq!(project.path(&format!("output/{packet}")).exists(), packet_stays);
    }
}
