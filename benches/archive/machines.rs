//! How long a large archive takes on several machines: divided by costs that a real build recorded.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::generator::{self, Length};
use crate::{ALL, STUDENT};

/// How many lessons are really built, to record costs.
const SAMPLE: usize = 45;

/// The numbers of machines.
const MACHINES: [usize; 4] = [1, 4, 16, 64];

/// Divides an archive of this many lessons, and prints how long the machines would take. Each has one core.
///
/// # Errors
/// If the program can't be run or fails.
pub(crate) fn simulate(folder: &Path, lessons: usize) -> io::Result<bool> {
    let (sample, large) = (folder.join("sample"), folder.join("large"));
    generator::generate(&sample, SAMPLE, generator::SEED, Length::Whole)?;
    let part = sample.join("part");
    run(&sample, &[&["build", "--jobs", "1", "--partition", "1/1"][..], &ALL, &["--output", &text(&part)]].concat())?;
    let record: Value = serde_json::from_str(&fs::read_to_string(part.join("partition.json"))?)?;
    let costs = record["milliseconds"].as_object().cloned().unwrap_or_default();
    let packets: usize = costs.values().filter_map(Value::as_object).map(Map::len).sum();
    let start = Instant::now();
    run(&sample, &["merge", &text(&part), "--output", &text(&sample.join("merged"))])?;
    let merge = start.elapsed().as_secs_f64() / packets as f64;

    generator::generate(&large, lessons, generator::SEED, Length::Outline)?;
    let (of_lessons, of_issues): (Vec<_>, Vec<_>) = costs.into_iter().partition(|(name, _)| name.contains('/'));
    let mut all = Map::new();
    for (issue, folder) in
        fs::read_dir(large.join("lessons"))?.filter_map(Result::ok).filter(|entry| entry.path().is_dir()).enumerate()
    {
        let id = folder.file_name().to_string_lossy().into_owned();
        all.insert(id.clone(), of_issues[issue * 7 % of_issues.len()].1.clone());
        for (lesson, file) in fs::read_dir(folder.path())?.filter_map(Result::ok).enumerate() {
            let name = file.file_name().to_string_lossy().into_owned();
            let Some(lesson_id) = name.strip_suffix(".yaml").filter(|id| !id.contains('.') && *id != "issue") else { continue };
            // Spread, so that neighbors differ.
            let (_, cost) = &of_lessons[(issue * 31 + lesson * 17) % of_lessons.len()];
            all.insert(format!("{id}/{lesson_id}"), cost.clone());
        }
    }
    let count: usize = all.values().filter_map(Value::as_object).map(Map::len).sum();
    let seconds: f64 =
        all.values().filter_map(Value::as_object).flat_map(Map::values).filter_map(Value::as_f64).sum::<f64>() / 1000.0;
    fs::write(large.join("costs.json"), json!({"version": 1, "milliseconds": all}).to_string())?;
    let merged = merge * count as f64;
    println!("{lessons} lessons, {count} packets, {seconds:.0} s on one core; a merge takes {:.2} ms a packet", merge * 1000.0);
    println!("{:>8} {:>10} {:>10} {:>7} {:>9} {:>9} {:>8}", "machines", "ideal", "longest", "over", "merge", "total", "plan");
    for machines in MACHINES {
        let start = Instant::now();
        let number = machines.to_string();
        let costs = text(&large.join("costs.json"));
        let arguments = ["plan", "--partitions", &number, "--costs", &costs, "--report", "json", "--output", "nothing"];
        let plan: Value = serde_json::from_str(&run(&large, &[&arguments[..], &STUDENT].concat())?)?;
        let took = start.elapsed().as_secs_f64();
        let partitions = plan["partitions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let longest = partitions.iter().filter_map(|partition| partition["cost"].as_f64()).fold(0.0, f64::max) / 1000.0;
        let ideal = seconds / machines as f64;
        let over = 100.0 * (longest / ideal - 1.0);
        println!(
            "{machines:>8} {ideal:>8.0} s {longest:>8.0} s {over:>5.1} % {merged:>7.0} s {:>7.0} s {took:>6.1} s",
            longest + merged
        );
    }
    Ok(true)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Runs the program in a folder and returns what it prints.
fn run(folder: &Path, arguments: &[&str]) -> io::Result<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_packetpress")).args(arguments).current_dir(folder).output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
