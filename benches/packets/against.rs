//! Compares this benchmark with the same one of another commit. They take turns, so the machine's moods meet both.

use std::process::Command;
use std::time::Duration;

use camino::Utf8Path;
use serde_json::{Map, Value};

use crate::clock::middle;

/// How often each of the two runs.
const TURNS: usize = 3;

/// Runs both programs in turn and prints the processor times of each measurement, of the other program and this one.
pub(crate) fn compare(other: &Utf8Path, runs: usize, lesson: Option<&str>) {
    let own = std::env::current_exe().expect("this program has a path");
    let own = Utf8Path::from_path(&own).expect("the path is UTF-8");
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        before.push(results(other, runs, lesson));
        after.push(results(own, runs, lesson));
    }
    for (lesson, rows) in &after[0] {
        println!("{lesson:44} {:>9} {:>12}", "other", "this");
        for name in rows.as_object().into_iter().flat_map(Map::keys) {
            let median = |all: &[Map<String, Value>]| {
                let times = all.iter().filter_map(|results| results.get(lesson)?[name]["processor"].as_f64());
                middle(times.map(|time| Duration::from_secs_f64(time / 1e3))).as_secs_f64() * 1e3
            };
            let (before, after) = (median(&before), median(&after));
            println!("  {name:42} {before:6.1} ms {after:9.1} ms  {:.2} ×", after / before);
        }
    }
}

/// The results of one run of a program.
fn results(program: &Utf8Path, runs: usize, lesson: Option<&str>) -> Map<String, Value> {
    let file = tempfile::NamedTempFile::new().expect("there is a folder for temporary files");
    let mut command = Command::new(program);
    command.arg("--json").arg(file.path()).arg("--runs").arg(runs.to_string());
    if let Some(lesson) = lesson {
        command.args(["--lesson", lesson]);
    }
    assert!(command.output().is_ok_and(|output| output.status.success()), "{program} failed");
    let text = std::fs::read(file.path()).expect("the results can be read");
    serde_json::from_slice(&text).expect("the results are JSON")
}
