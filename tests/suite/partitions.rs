//! A build divided among machines: planned, built in partitions, and merged into the same bytes as a build on one machine.

use std::path::Path;

use serde_json::Value;

use crate::project::{Project, Run, copy};

const SERIES: &str = "\
name: Test Series
language: en-US
paper: letter
rights: {holder: The Press, licence: CC BY 4.0}
site: https://example.org/
packets: [{edition: student}, {edition: student, format: large-print}, {edition: teacher}, {edition: key}, {edition: substitute}]
";

/// Three issues with seven lessons, a translation, and teacher files.
fn project() -> Project {
    let mut project = Project::empty().write("lessons/series.yaml", SERIES);
    for (issue, lessons) in [("one", &["war", "peace", "trade"][..]), ("two", &["tides", "moon"]), ("three", &["rails", "roads"])]
    {
        project = project
            .write(&format!("lessons/{issue}/issue.yaml"), format!("published: 2026-04-01\nlessons: [{}]\n", lessons.join(", ")));
        for (index, lesson) in lessons.iter().enumerate() {
            let text = "It began with a long text. ".repeat(20 * (index + 1));
            let yaml = format!("title: On {lesson}\nreading: |\n  {text}\ndiscussion: [{{id: why, ask: Why?}}]\n");
            project = project.write(&format!("lessons/{issue}/{lesson}.yaml"), yaml);
            project = project.write(&format!("lessons/{issue}/{lesson}.teacher.yaml"), "answers: {why: Because.}\n");
        }
    }
    project.write("lessons/one/war.es.yaml", "title: La guerra\nreading: Empezó.\ndiscussion: [{id: why, ask: ¿Por qué?}]\n")
}

/// Another clone of a project.
fn clone_of(project: &Project) -> Project {
    let clone = Project::empty();
    copy(&project.path("lessons"), &clone.path("a folder/lessons"));
    clone
}

/// Builds all partitions in clones, and returns their folders.
fn build_partitions(project: &Project, of: usize) -> Vec<(Project, String)> {
    let partition = |number: usize| {
        let clone = clone_of(project);
        let arguments = ["build", "--partition", &format!("{number}/{of}"), "--jobs", "1"];
        clone.run_in_environment("a folder", &arguments, &[("TZ", "Pacific/Chatham"), ("LC_ALL", "tr_TR.UTF-8")]).succeeds();
        let folder = clone.path("a folder/output").to_str().expect("the path is Unicode").to_owned();
        (clone, folder)
    };
    (1..=of).map(partition).collect()
}

fn merge(project: &Project, folders: &[&str]) -> Run {
    project.run_with("", &[&["merge", "--output", "merged"], folders].concat())
}

fn folders(partitions: &[(Project, String)]) -> Vec<&str> {
    partitions.iter().map(|(_, folder)| folder.as_str()).collect()
}

#[test]
fn partitions_merge_into_the_bytes_of_one_build() {
    let project = project();
    project.run("build").succeeds();
    let whole = project.published("output");
    assert!(whole.iter().any(|(path, _)| path == "one/one-war-student-es.pdf"));
    for of in [1, 2, 5, 16] {
        let partitions = build_partitions(&project, of);
        let run = merge(&project, &folders(&partitions));
        run.succeeds();
        let merged = project.published("merged");
        let paths = |files: &[(String, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&merged), paths(&whole), "{of} partitions");
        assert!(merged == whole, "{of} partitions: {:?}", merged.iter().zip(&whole).find(|(a, b)| a != b).map(|(a, _)| &a.0));
        // Nothing is left to do for a build, and merging again changes nothing.
        let again = project.run("build --output merged --dry-run");
        assert_eq!(again.succeeds().stdout, "Everything is up to date.\n");
        assert!(merge(&project, &folders(&partitions)).succeeds().stdout.starts_with("Everything is up to date"));
        project.run("verify merged").succeeds();
        std::fs::remove_dir_all(project.path("merged")).expect("it can be removed");
    }
}

#[test]
fn partitions_that_do_not_belong_together_are_refused_by_name() {
    let project = project();
    let partitions = build_partitions(&project, 3);
    let all = folders(&partitions);
    let refuses = |folders: &[&str], message: &str| {
        let run = merge(&project, folders);
        assert_eq!(run.code, 2, "{}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains(message), "expected {message:?} in {}", run.stderr);
        assert!(!project.path("merged").exists(), "{message}");
    };
    refuses(&all[..2], "partition 3/3 is missing");
    refuses(&all[1..2], "partitions 1/3 and 3/3 are missing");
    refuses(&[all[0], all[1], all[2], all[1]], "are both partition 2/3");
    let other = build_partitions(&project, 2);
    refuses(&[all[0], all[1], &other[0].1], "is partition 1/2, but");
    // Built by another program, or with other options.
    let record = Path::new(all[1]).join("partition.json");
    let original = std::fs::read_to_string(&record).expect("the record is there");
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut value: Value = serde_json::from_str(&original).expect("it's JSON");
        change(&mut value);
        std::fs::write(&record, value.to_string()).expect("it can be written");
    };
    let zeros = "0".repeat(64);
    for (key, message) in [
        ("program", "were built by different versions of Packetpress"),
        ("fonts", "was made with other fonts than those next to these lessons"),
        ("templates", "was made with other templates"),
        ("series", "was made with another `series.yaml`"),
    ] {
        changed(&|value| value["inputs"][key] = zeros.clone().into());
        refuses(&all, message);
    }
    changed(&|value| value["request"]["public"] = true.into());
    refuses(&all, "were built with different options");
    changed(&|value| value["division"] = zeros.clone().into());
    refuses(&all, "were divided differently");
    changed(&|value| value["files"].as_array_mut().map_or((), |files| files.clear()));
    refuses(&all, "not in the partitions");
    changed(&|value| value["files"][0]["path"] = "../outside.pdf".into());
    refuses(&all, "`../outside.pdf` isn't a file of partition 2/3");
    changed(&|value| value["files"][0]["path"] = "index.html".into());
    refuses(&all, "`index.html` isn't a file of partition 2/3");
    changed(&|value| value["version"] = 99.into());
    refuses(&all, "was written by another version of Packetpress");
    std::fs::write(&record, "{").expect("it can be written");
    refuses(&all, "partition.json is damaged");
    std::fs::remove_file(&record).expect("it can be removed");
    refuses(&all, "has no `partition.json`, which a partition gets when it is finished");
    std::fs::write(&record, &original).expect("it can be written");
    merge(&project, &all).succeeds();
}

#[test]
fn files_changed_after_a_partition_was_built_are_refused() {
    let project = project();
    let partitions = build_partitions(&project, 2);
    let packet = project_file(&partitions, "one/one-war-student.pdf");
    let bytes = std::fs::read(&packet).expect("it's there");
    std::fs::write(&packet, b"%PDF-1.7").expect("it can be written");
    let run = merge(&project, &folders(&partitions));
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("one-war-student.pdf was changed after it was built"), "{}", run.stderr);
    // What was merged until then is whole, and the next merge continues.
    std::fs::write(&packet, &bytes).expect("it can be written");
    merge(&project, &folders(&partitions)).succeeds();
    project.run("verify merged").succeeds();
    // A lesson that changed since.
    let project =
        project.write("lessons/one/war.yaml", "title: Another war\nreading: It ended.\ndiscussion: [{id: why, ask: Why?}]\n");
    let run = merge(&project, &folders(&partitions));
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("one/one-war-student.pdf` (`war.yaml` changed)"), "{}", run.stderr);
}

/// The path of a file in the partition that has it.
fn project_file(partitions: &[(Project, String)], file: &str) -> std::path::PathBuf {
    let paths = partitions.iter().map(|(_, folder)| Path::new(folder).join(file));
    paths.into_iter().find(|path| path.exists()).expect("a partition has it")
}

#[test]
fn a_plan_makes_only_what_changed_since_a_manifest() {
    let project = project();
    project.run("build").succeeds();
    std::fs::rename(project.path("output"), project.path("merged")).expect("it can be moved");
    let project =
        project.write("lessons/two/moon.yaml", "title: The moon\nreading: It changed.\ndiscussion: [{id: why, ask: Why?}]\n");
    let plan = project.run("plan --since merged/manifest.json --partitions 4 --save plan.json --report github");
    assert_eq!(
        plan.succeeds().stdout,
        "partitions=2\nmatrix={\"include\":[{\"partition\":\"1/2\",\"number\":1,\"packets\":4},{\"partition\":\"2/2\",\"number\":2,\"packets\":3}]}\n"
    );
    let text = project.run("plan --since merged/manifest.json");
    assert!(
        text.succeeds().stdout.starts_with("partition 1/1: 7 packets\n  would build two/two-moon-student.pdf: "),
        "{}",
        text.stdout
    );
    let json: Value =
        serde_json::from_str(&project.run("plan --since merged/manifest.json --report json").stdout).expect("it's JSON");
    assert_eq!(json["partitions"][0]["subjects"][0]["name"], "two/moon");
    for number in [1, 2] {
        project.run(&format!("build --plan plan.json --partition {number}/2 --output part-{number}")).succeeds();
    }
    let made: Vec<String> =
        project.files("part-1").into_iter().chain(project.files("part-2")).filter(|file| file.ends_with(".pdf")).collect();
    assert_eq!(made.len(), 7, "{made:?}");
    project.run("merge part-1 part-2 --output merged").succeeds();
    project.run("build").succeeds();
    assert!(project.published("merged") == project.published("output"));
    assert_eq!(project.run("plan").succeeds().stdout, "Everything is up to date.\n");
    assert_eq!(project.run("plan --report github").succeeds().stdout, "partitions=0\nmatrix={\"include\":[]}\n");
    // The plan is for other lessons now.
    let project = project
        .write("lessons/two/moon.yaml", "title: The moon\nreading: It changed again.\ndiscussion: [{id: why, ask: Why?}]\n");
    let late = project.run("build --plan plan.json --partition 1/2 --output late");
    let late_too = project.run("build --plan plan.json --partition 2/2 --output late");
    assert_eq!((late.code, late_too.code), (2, 2), "{}{}", late.stderr, late_too.stderr);
    assert!(late.stderr.contains("was planned from other lessons than these; plan again"), "{}", late.stderr);
    let none = project.run("build --plan plan.json --partition 3/3 --output late");
    assert!(none.stderr.contains("the plan has 2 partitions, so none is 3/3"), "{}", none.stderr);
}

#[test]
fn a_partition_with_errors_has_no_record_and_one_with_nothing_to_do_has_one() {
    let project = project().write("lessons/one/war.yaml", "title: War\nreding: It began.\n");
    for number in [1, 2] {
        project.run(&format!("build --partition {number}/2 --output part-{number}"));
    }
    let run = project.run("merge part-1 part-2 --output merged");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("has no `partition.json`"), "{}", run.stderr);
    // With `--keep-going`, the merge does what a build does.
    for number in [1, 2] {
        project.run(&format!("build --keep-going --partition {number}/2 --output part-{number}"));
    }
    project.run("merge part-1 part-2 --output merged").finds_mistakes().reports("unknown-key", "war.yaml:2:1");
    project.run("build --keep-going").finds_mistakes();
    assert!(project.published("merged") == project.published("output"));
    let run = project.run("build two/moon --keep-going --partition 2/2 --output small");
    let other = project.run("build two/moon --keep-going --partition 1/2 --output smaller");
    assert!([run.stdout, other.stdout].iter().any(|text| text.ends_with("has nothing to build.\n")));
    assert!(project.path("small/partition.json").exists() && project.path("smaller/partition.json").exists());
}

#[test]
fn recorded_costs_divide_a_build_evenly() {
    let project = project();
    project.run("build").succeeds();
    let costs: Value = serde_json::from_slice(&project.read("output/.packetpress/costs.json")).expect("it's JSON");
    assert!(costs["milliseconds"]["one/war"]["one/one-war-student.pdf"].as_u64().is_some_and(|cost| cost > 0), "{costs}");
    // One lesson takes as long as all others together.
    let heavy = serde_json::json!({"version": 1, "milliseconds": {
        "one/war": {"a": 1000}, "one/peace": {"a": 100}, "one/trade": {"a": 100}, "two/tides": {"a": 100}, "two/moon": {"a": 100},
        "three/rails": {"a": 100}, "three/roads": {"a": 100}, "one": {"a": 100}, "two": {"a": 100}, "three": {"a": 100},
    }});
    let project = project.write("costs.json", heavy.to_string());
    let plan = project.run("plan --since nothing.json");
    assert!(plan.stderr.contains("cannot read nothing.json"), "{}", plan.stderr);
    let plan = project.run("plan --output new --partitions 2 --costs costs.json --report json");
    let plan: Value = serde_json::from_str(&plan.succeeds().stdout).expect("it's JSON");
    let partitions = plan["partitions"].as_array().expect("a list");
    let with_war =
        partitions.iter().find(|partition| partition["subjects"].to_string().contains("\"one/war\"")).expect("it's planned");
    assert_eq!(with_war["subjects"].as_array().map(Vec::len), Some(1), "{with_war}");
}

#[test]
fn a_scheduler_says_which_partition_to_build() {
    let project = project();
    let run = project.run_in_environment(
        "",
        &["build", "--partition", "auto", "--output", "part"],
        &[("CI_NODE_INDEX", "2"), ("CI_NODE_TOTAL", "4")],
    );
    run.succeeds();
    let record: Value = serde_json::from_slice(&project.read("part/partition.json")).expect("it's JSON");
    assert_eq!(record["partition"], "2/4");
    let status = project.path("status").to_str().expect("the path is Unicode").to_owned();
    let variables = [("TEST_SHARD_INDEX", "0"), ("TEST_TOTAL_SHARDS", "8"), ("TEST_SHARD_STATUS_FILE", status.as_str())];
    project.run_in_environment("", &["build", "--partition", "auto", "--output", "part"], &variables).succeeds();
    let record: Value = serde_json::from_slice(&project.read("part/partition.json")).expect("it's JSON");
    assert_eq!(record["partition"], "1/8");
    assert!(project.path("status").exists());
    let lost = project.run("build --partition auto");
    assert!(lost.stderr.contains("`--partition auto` found no variable that numbers this job"), "{}", lost.stderr);
}
