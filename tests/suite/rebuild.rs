//! What a second build makes again and why, what it leaves, what it removes, and that no interruption leaves half of anything.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};

use crate::project::{LESSON, Project, Run};

/// A lesson with everything that the editions need.
const TEACHER: &str = "answers:\n  why: Because.\n";
const ASKING: &str = "title: Peace\nreading: A text.\ndiscussion:\n  - {id: why, ask: Why?}\n";

/// Two issues: `one` with the lessons `war` and `peace`, which has a teacher file, and `two` with the lesson `trade`.
fn project() -> Project {
    Project::with_lesson(LESSON)
        .write("lessons/one/issue.yaml", issue("[war, peace]"))
        .write("lessons/one/peace.yaml", ASKING)
        .write("lessons/one/peace.teacher.yaml", TEACHER)
        .write("lessons/two/issue.yaml", issue("[trade]"))
        .write("lessons/two/trade.yaml", "title: Trade\nreading: A text.\n")
}

fn issue(lessons: &str) -> String {
    format!("number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: {lessons}\n")
}

/// An issue of twelve small lessons.
fn twelve() -> Project {
    let ids: Vec<String> = (1..=12).map(|number| format!("lesson-{number:02}")).collect();
    let lesson =
        |id: &str| format!("title: The {id}\nreading: |\n  {}\ndiscussion:\n  - Why?\n", "A text of some words. ".repeat(200));
    let project = Project::with_lesson(LESSON).write("lessons/one/issue.yaml", issue(&format!("[war, {}]", ids.join(", "))));
    ids.iter().fold(project, |project, id| project.write(&format!("lessons/one/{id}.yaml"), lesson(id)))
}

/// What everybody gets, by its path, with its bytes.
fn published(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = project.files("output").into_iter().filter(|file| !file.starts_with(".packetpress"));
    files.map(|file| (file.clone(), project.read(&format!("output/{file}")))).collect()
}

/// The paths at which two builds differ.
fn differences(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths = one.keys().chain(other.keys()).collect::<std::collections::BTreeSet<_>>();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

#[test]
fn nothing_is_made_again_when_nothing_has_changed() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let run = project.run("build");
    run.succeeds();
    assert_eq!(run.stdout, "nothing to do: 11 files are as they should be\n");
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
    assert_eq!(project.run("build --dry-run").succeeds().stdout, "nothing to do\n");
}

#[test]
fn a_changed_lesson_is_made_again_with_its_issue_and_nothing_else() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("lessons/one/war.yaml", "title: War\nreading: Another paragraph.\n");
    let dry = project.run("build --dry-run");
    assert_eq!(
        dry.succeeds().stdout,
        "would build output/one/one-war-student.pdf: `war.yaml` has changed\n\
         would build output/one/one-issue-student.pdf: `war.yaml` has changed\n\
         would build output/one/one-issue-teacher.pdf: `war.yaml` has changed\n\
         would build output/one/one-student.zip: its packets have changed\n\
         would build output/one/one-teacher.zip: its packets have changed\n"
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
fn a_changed_teacher_file_leaves_the_students_packets() {
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
fn what_is_gone_or_altered_is_made_again_as_it_was() {
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
        "would build output/one/one-war-student.pdf: its file is gone\n\
         would build output/two/two-trade-student.pdf: its file was changed since it was built\n\
         would build output/one/one-student.zip: its packets have changed\n\
         would build output/two/two-student.zip: its packets have changed\n"
    );
    project.run("build").succeeds();
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
}

#[test]
fn what_changes_no_page_makes_nothing_again() {
    let project = project();
    project.run("build").succeeds();
    let add = |file: &str, text: &str| {
        let before = String::from_utf8(project.read(file)).expect("a lesson is text");
        std::fs::write(project.path(file), format!("{before}{text}")).expect("the lesson can be written");
    };
    add("lessons/one/peace.yaml", "\n# Ask Anna about the map.\n");
    assert!(project.run("build").succeeds().stdout.starts_with("nothing to do"));
    project.run("verify output").succeeds();
    add("lessons/one/peace.yaml", "vocabulary:\n  - {term: truce, meaning: a pause}\n");
    let run = project.run("build");
    assert!(run.succeeds().stdout.contains("one-peace-student.pdf"), "{}", run.stdout);
    assert!(!run.stdout.contains("one-war-student.pdf"), "{}", run.stdout);
}

#[test]
fn another_language_of_the_series_keeps_what_is_made_in_it() {
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
fn without_its_cache_a_build_makes_nothing_again() {
    let project = project();
    project.run("build").succeeds();
    std::fs::remove_dir_all(project.path("output/.packetpress")).expect("the cache can be removed");
    assert_eq!(project.run("build").succeeds().stdout, "nothing to do: 11 files are as they should be\n");
}

#[test]
fn without_its_manifest_a_build_makes_everything_again() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("output/manifest.json", "no manifest");
    assert!(project.run("build --dry-run").stdout.contains("one-war-student.pdf: it is new\n"));
    project.run("build").succeeds();
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
}

#[test]
fn warnings_are_told_again_though_nothing_is_built() {
    let project = Project::with_lesson(
        "title: War\nreading: |\n  A text.\n\n  [^1]: A note that nothing points to.\ndiscussion:\n  - {ask: Draw., space: {box: 60 cm}}\n",
    );
    let first = project.run("build");
    first.succeeds().reports("unused-footnote", "war.yaml:5:3").reports("space-does-not-fit", "war.yaml:7:25");
    let second = project.run("build");
    assert_eq!((second.code, &second.stderr), (0, &first.stderr));
    assert_eq!(second.stdout, "nothing to do: 3 files are as they should be\n");
    project.run("build --strict").finds_mistakes();
}

#[test]
fn a_link_in_the_place_of_a_file_is_looked_at_though_it_leads_to_the_same_text() {
    let project = Project::with_lesson(LESSON).write("outside.yaml", LESSON);
    project.run("build").succeeds();
    let lesson = project.path("lessons/one/war.yaml");
    std::fs::remove_file(&lesson).expect("the lesson can be removed");
    project.link("lessons/one/war.yaml", &project.path("outside.yaml"));
    let run = project.run("build");
    assert!(run.finds_mistakes().stderr.starts_with("error[unsafe-path]"), "{}", run.stderr);
}

#[test]
fn a_partial_build_keeps_what_it_was_not_asked_for() {
    let project = project();
    project.run("build").succeeds();
    let before = published(&project);
    let project = project.write("lessons/two/trade.yaml", "title: Trade\nreading: Another text.\n");
    project.run("build one --edition student").succeeds();
    assert_eq!(differences(&before, &published(&project)), [""; 0]);
    project.run("build two/trade").succeeds();
    let changed = differences(&before, &published(&project));
    let of_issue = ["two/two-issue-student.pdf", "two/two-student.zip", "two/two-trade-student.pdf"];
    assert_eq!(changed, [["SHA256SUMS", "manifest.json"].as_slice(), &of_issue].concat());
}

#[test]
fn what_belongs_to_no_lesson_any_more_is_removed_if_it_is_ours() {
    let project = project().write("output/two/notes.txt", "mine");
    project.run("build").succeeds();
    std::fs::remove_dir_all(project.path("lessons/two")).expect("the issue can be removed");
    let project =
        project.write("lessons/one/issue.yaml", issue("[war]")).write("output/one/one-peace-key.pdf", "changed by hand");
    for file in ["peace.yaml", "peace.teacher.yaml"] {
        std::fs::remove_file(project.path(&format!("lessons/one/{file}"))).expect("the lesson can be removed");
    }
    let dry = project.run("build --dry-run").stdout;
    assert!(dry.contains("would remove output/one/one-peace-student.pdf: its lesson is gone\n"), "{dry}");
    assert!(dry.contains("would remove output/two/two-student.zip: its issue is gone\n"), "{dry}");
    let run = project.run("build");
    run.succeeds();
    assert!(run.stderr.contains("output/one/one-peace-key.pdf stays, though its lesson is gone"), "{}", run.stderr);
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
fn a_teacher_file_that_is_gone_takes_its_packets_with_it() {
    let project = project();
    project.run("build").succeeds();
    std::fs::remove_file(project.path("lessons/one/peace.teacher.yaml")).expect("the teacher file can be removed");
    project.run("build").succeeds();
    let left: Vec<_> =
        project.files("output").into_iter().filter(|file| file.contains("teacher") || file.contains("key")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn with_keep_going_what_is_sound_is_built() {
    let project = project().write("lessons/one/war.yaml", "title: War\nreading: See [@nobody].\n");
    project.run("build").finds_mistakes();
    assert_eq!(project.files("output"), [""; 0]);
    let run = project.run("build --keep-going");
    run.finds_mistakes().reports("unknown-citation", "war.yaml:2:16");
    assert!(run.stderr.ends_with("1 lesson was not built because of mistakes\n"), "{}", run.stderr);
    assert!(
        run.stderr.contains("one: no packet of the whole issue and no archive, since a lesson has mistakes\n"),
        "{}",
        run.stderr
    );
    let packets =
        ["one/one-peace-key.pdf", "one/one-peace-student.pdf", "one/one-peace-teacher.pdf", "two/two-trade-student.pdf"];
    assert_eq!(project.packets(), packets);
}

#[test]
fn a_public_build_has_nothing_for_teachers_and_nothing_without_a_licence() {
    let licensed = "rights: {holder: Somebody, licence: CC BY 4.0}\n";
    let project = project().write("lessons/one/issue.yaml", issue("[war, peace]") + licensed);
    project.run("build").succeeds();
    let run = project.run("build --public");
    run.succeeds();
    assert!(run.stderr.contains("two: not published"), "{}", run.stderr);
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
    // Teachers' packets come back with the next build that may have them.
    project.run("build").succeeds();
    assert!(project.packets().contains(&"one/one-peace-key.pdf".to_owned()));
}

#[test]
fn archives_hold_the_packets_of_students_and_teachers_apart() {
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
fn verify_tells_altered_missing_extra_and_old_files() {
    let project = project();
    project.run("build").succeeds();
    assert_eq!(project.run("verify output").succeeds().stdout, "11 files in output: all as built, and as new as the lessons\n");
    std::fs::remove_file(project.path("output/one/one-peace-key.pdf")).expect("the packet can be removed");
    let project = project
        .write("output/one/one-war-student.pdf", "something else")
        .write("output/one/mine.pdf", "mine")
        .write("lessons/two/trade.yaml", "title: Trade\nreading: Another text.\n");
    let run = project.run("verify output");
    run.finds_mistakes();
    assert_eq!(
        run.stdout,
        "output/one/mine.pdf was not built: nothing in the manifest tells of it\n\
         output/one/one-peace-key.pdf is missing\n\
         output/one/one-war-student.pdf is not what was built\n\
         output/two/two-issue-student.pdf is older than its sources: build again\n\
         output/two/two-trade-student.pdf is older than its sources: build again\n\
         5 faults in output, whose manifest has 11 files\n"
    );
    assert_eq!(project.run("verify output --no-lessons").stdout.lines().count(), 4);
    assert_eq!(project.run("verify lessons").code, 2);
}

#[test]
fn the_number_of_jobs_changes_no_byte() {
    let project = Project::with_own_lessons();
    project.run("build --jobs 1 --edition student,key").succeeds();
    let one = published(&project);
    for jobs in [2, 5] {
        project.run(&format!("build --jobs {jobs} --force --edition student,key")).succeeds();
        assert_eq!(differences(&one, &published(&project)), [""; 0], "{jobs} jobs");
    }
}

/// A build that is not waited for.
fn build(project: &Project, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_packetpress"));
    command.arg("build").args(options).current_dir(project.path("")).env("NO_COLOR", "1");
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Starts a build of everything.
fn start(project: &Project) -> Child {
    build(project, &["--force", "--edition", "student"]).spawn().expect("the program can be run")
}

/// Waits until a build has noted its first packet down.
fn wait_for_the_first_packet(project: &Project, build: &mut Child) {
    let journal = project.path("output/.packetpress/journal");
    while std::fs::metadata(&journal).map_or(0, |metadata| metadata.len()) == 0 {
        assert!(build.try_wait().expect("the build can be asked").is_none(), "the build ended before it wrote anything");
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_build_leaves_nothing_half_and_the_next_repairs_the_rest() {
    let project = twelve();
    project.run("build --edition student").succeeds();
    let whole = published(&project);
    // At moments spread over a build, by how much of it has been noted down.
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
        waited +=
            usize::from(String::from_utf8_lossy(&output.stderr).contains("another build writes to output; waiting for its end"));
    }
    assert!(waited >= 1, "no build had to wait");
    assert_eq!(differences(&whole, &published(&project)), [""; 0]);
}

#[test]
fn a_folder_in_the_place_of_a_packet_is_a_clear_message() {
    let project = Project::with_lesson(LESSON).write("output/one/one-war-student.pdf/file", "mine");
    let run = project.run("build");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot write output/one/one-war-student.pdf: there is a folder of this name"), "{}", run.stderr);
    assert_eq!(project.read("output/one/one-war-student.pdf/file"), b"mine");
}

/// Starts a build with one job, and changes the last lesson when the first packet has been noted down.
fn change_in_mid_build(change: impl FnOnce(&Project)) -> (Project, Run) {
    let project = twelve();
    let mut build = build(&project, &["--jobs", "1", "--edition", "student"]).spawn().expect("the program can be run");
    wait_for_the_first_packet(&project, &mut build);
    change(&project);
    let run = Run::of(&build.wait_with_output().expect("the build ends"));
    (project, run)
}

const LAST: &str = "lessons/one/lesson-12.yaml";

#[test]
fn a_lesson_that_is_edited_in_mid_build_is_not_built_and_the_others_are() {
    let (project, run) = change_in_mid_build(|project| {
        let text = String::from_utf8(project.read(LAST)).expect("a lesson is text");
        std::fs::write(project.path(LAST), text.replacen("title:", "# Edited.\ntitle:", 1)).expect("it can be written");
    });
    assert_eq!(run.code, 2, "{}", run.stderr);
    let message = "one/lesson-12: `lesson-12.yaml` was changed while the packets were being built; build again\n";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert_eq!(project.packets().len(), 12);
    assert!(!project.files("output").iter().any(|file| file.contains("-issue-")), "the issue was built from a lesson half known");
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

#[test]
fn a_lesson_that_vanishes_in_mid_build_is_told_and_the_others_are_built() {
    let (project, run) =
        change_in_mid_build(|project| std::fs::remove_file(project.path(LAST)).expect("the lesson can be removed"));
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("one/lesson-12: "), "{}", run.stderr);
    assert_eq!(project.packets().len(), 12);
    // The next build tells at which line it is missed, and touches nothing.
    project.run("build").finds_mistakes();
    assert_eq!(project.packets().len(), 12);
}

#[test]
fn a_series_that_is_edited_in_mid_build_ends_it_with_one_message() {
    let (project, run) = change_in_mid_build(|project| {
        std::fs::write(project.path("lessons/series.yaml"), "name: Another\nlanguage: en-US\npaper: letter\n")
            .expect("it can be written");
    });
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(run.stderr, "`series.yaml` was changed while the packets were being built; build again\n");
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

#[test]
fn an_issue_that_is_edited_in_mid_build_is_told_of_each_lesson() {
    let (project, run) = change_in_mid_build(|project| {
        let text = String::from_utf8(project.read("lessons/one/issue.yaml")).expect("an issue is text");
        std::fs::write(project.path("lessons/one/issue.yaml"), text.replace("Tests", "Others")).expect("it can be written");
    });
    assert_eq!(run.code, 2, "{}", run.stderr);
    let message = "one/lesson-12: `issue.yaml` was changed while the packets were being built; build again\n";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

/// The processes that a process has started.
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
fn a_worker_that_breaks_down_costs_one_lesson_and_says_so() {
    let project = twelve();
    let mut build = build(&project, &["--jobs", "1", "--edition", "student"]).spawn().expect("the program can be run");
    wait_for_the_first_packet(&project, &mut build);
    let workers = started_by(build.id());
    assert_eq!(workers.len(), 1, "one job has one worker");
    let signal = Command::new("sh").args(["-c", &format!("kill -KILL {}", workers[0])]).status();
    assert!(signal.expect("a shell can be run").success());
    let run = Run::of(&build.wait_with_output().expect("the build ends"));
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(run.stderr.matches("the process that made its packets broke down (signal: 9").count(), 1, "{}", run.stderr);
    // One of the thirteen is missing; the issue is not.
    assert_eq!(project.packets().len(), 12);
    assert!(project.files("output").contains(&"one/one-issue-student.pdf".to_owned()));
    project.run("verify output --no-lessons").succeeds();
    project.run("build --edition student").succeeds();
    project.run("verify output").succeeds();
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_build_with_whole_files_and_the_next_goes_on() {
    use std::os::unix::process::CommandExt;

    let project = twelve();
    project.run("build --edition student").succeeds();
    let whole = published(&project);
    // A terminal tells the build and its workers.
    let command = &mut build(&project, &["--force", "--edition", "student"]);
    let mut build = command.process_group(0).spawn().expect("the program can be run");
    wait_for_the_first_packet(&project, &mut build);
    let signal = Command::new("sh").args(["-c", &format!("kill -INT -{}", build.id())]).status();
    assert!(signal.expect("a shell can be run").success());
    let run = Run::of(&build.wait_with_output().expect("the build ends"));
    assert_eq!(run.code, 130, "{}", run.stderr);
    let closing = "stopped: what was built so far is whole, and `packetpress build` goes on from here\n";
    assert!(run.stderr.ends_with(closing), "{}", run.stderr);
    assert_eq!(differences(&whole, &published(&project)), [""; 0]);
    assert!(project.run("build --edition student").succeeds().stdout.starts_with("nothing to do"));
}

#[test]
fn a_manifest_that_names_files_elsewhere_is_not_believed() {
    let project = project();
    project.run("build").succeeds();
    let packet = "two/two-trade-student.pdf";
    // The same bytes, so that only its place tells it from the packet.
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
        // What the manifest does not name was not made by the program.
        assert_eq!(project.path(&format!("output/{packet}")).exists(), packet_stays);
    }
}
