//! The cost of whole archives: time, memory, and how much is rebuilt when one sentence changes.
//!
//! `cargo bench --bench archive` measures archives of the sizes in `LESSONS` (default: 100) and prints a table.
//! `cargo bench --bench archive -- generate DIR N` only writes an archive of N lessons to a new folder. `outline DIR N` writes one
//! with one-sentence lessons, to build and search its download pages. `machines DIR N` divides an archive of N lessons among 1 to 64
//! machines by costs that a build recorded.
//! This benchmark runs the program as teachers do, without linking it.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark writes archives and prints results")]

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "archive/generator.rs"]
mod generator;
#[path = "archive/machines.rs"]
mod machines;
#[path = "archive/measure.rs"]
mod measure;

use generator::Length;
use measure::{Files, Run, build};

const USAGE: &str = "usage: LESSONS=100,1000 cargo bench --bench archive\n       cargo bench --bench archive -- generate DIR LESSONS [SEED]\n       cargo bench --bench archive -- outline DIR LESSONS\n       cargo bench --bench archive -- machines DIR LESSONS";

const STUDENT: [&str; 2] = ["--edition", "student"];
const ALL: [&str; 2] = ["--edition", "student,teacher,key,substitute"];

fn main() -> ExitCode {
    // cargo adds `--bench`.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => sizes().map(|sizes| measure_all(&sizes)),
        ["generate", folder, lessons] => {
            number(lessons).map(|lessons| write(Path::new(folder), lessons, generator::SEED, Length::Whole))
        }
        ["outline", folder, lessons] => {
            number(lessons).map(|lessons| write(Path::new(folder), lessons, generator::SEED, Length::Outline))
        }
        ["machines", folder, lessons] => number(lessons).map(|lessons| machines::simulate(Path::new(folder), lessons)),
        ["generate", folder, lessons, seed] => {
            number(lessons).zip(number(seed)).map(|(lessons, seed)| write(Path::new(folder), lessons, seed as u64, Length::Whole))
        }
        _ => None,
    };
    match done {
        Some(Ok(true)) => ExitCode::SUCCESS,
        Some(Ok(false)) => ExitCode::FAILURE,
        Some(Err(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// The sizes of the archives, in lessons.
fn sizes() -> Option<Vec<usize>> {
    env::var("LESSONS").unwrap_or_else(|_| "100".to_owned()).split(',').map(number).collect()
}

fn number(text: &str) -> Option<usize> {
    text.trim().parse().ok().filter(|number| *number > 0)
}

fn write(folder: &Path, lessons: usize, seed: u64, length: Length) -> io::Result<bool> {
    let start = Instant::now();
    generator::generate(folder, lessons, seed, length)?;
    println!("{lessons} lessons in {} after {:.1} s", folder.join("lessons").display(), start.elapsed().as_secs_f64());
    Ok(true)
}

/// Measures archives of these sizes; whether every build succeeded.
fn measure_all(sizes: &[usize]) -> io::Result<bool> {
    let mut tables = Vec::new();
    for lessons in sizes {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("archive-{lessons}"));
        remove(&folder)?;
        write(&folder, *lessons, generator::SEED, Length::Whole)?;
        let mut table = Table { archive: folder.clone(), lessons: *lessons, failed: false, most_memory: None };
        table.measure()?;
        remove(&folder)?;
        tables.push(table);
    }
    for pair in tables.windows(2) {
        if let (Some(before), Some(after)) = (pair[0].most_memory, pair[1].most_memory) {
            let times = after as f64 / before as f64;
            println!("peak memory with {} lessons is {times:.2} × that with {}", pair[1].lessons, pair[0].lessons);
        }
    }
    Ok(tables.iter().all(|table| !table.failed))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The measurements of one archive.
struct Table {
    archive: PathBuf,
    lessons: usize,
    failed: bool,
    /// The peak memory of building all editions, in megabytes.
    most_memory: Option<u64>,
}

impl Table {
    fn measure(&mut self) -> io::Result<()> {
        let (students, all) = (self.archive.join("students"), self.archive.join("all"));
        println!("  {:<40} {:>9} {:>11} {:>8}", "", "time", "packets", "memory");

        let run = build(&self.archive, &students, None, &STUDENT)?;
        self.cold("student editions, from scratch", &run, &students)?;
        remove(&students)?;
        let run = build(&self.archive, &all, None, &ALL)?;
        self.most_memory = run.peak;
        self.cold("all editions, from scratch", &run, &all)?;

        let before = Files::of(&all)?;
        let run = build(&self.archive, &all, None, &ALL)?;
        self.again("all editions, no changes", &run, &all, &before)?;

        let lesson = self.change_one_sentence()?;
        let lines = build(&self.archive, &all, None, &[&ALL[..], &["--dry-run"]].concat())?;
        let said = lines.printed.as_ref().map(|printed| format!("{} lines", printed.lines().count())).unwrap_or_default();
        self.row("  the same, one sentence changed, dry run", &lines, &said);
        let before = Files::of(&all)?;
        let run = build(&self.archive, &all, None, &ALL)?;
        self.again(&format!("  one sentence of {lesson} changed"), &run, &all, &before)?;
        remove(&all)?;

        self.cores()
    }

    /// Compares one core with two, pinned so neither gets help from other cores.
    fn cores(&mut self) -> io::Result<()> {
        if std::thread::available_parallelism().map_or(1, usize::from) < 2 {
            println!("  this machine has only one core; one and two aren't compared");
            return Ok(());
        }
        let (one, two) = (self.archive.join("one"), self.archive.join("two"));
        let slow = build(&self.archive, &one, Some("0"), &[&STUDENT[..], &["--jobs", "1"]].concat())?;
        self.cold("student editions, one pinned core", &slow, &one)?;
        let fast = build(&self.archive, &two, Some("0,1"), &[&STUDENT[..], &["--jobs", "2"]].concat())?;
        self.cold("student editions, two pinned cores", &fast, &two)?;
        if slow.printed.is_ok() && fast.printed.is_ok() {
            let other = Files::of(&one)?.changed_since(&Files::of(&two)?).len();
            let times = slow.took.as_secs_f64() / fast.took.as_secs_f64();
            println!("  two cores are {times:.2} × one; {other} of their files differ");
            self.failed |= other > 0;
        }
        remove(&one)?;
        remove(&two)
    }

    /// A build into an empty folder.
    fn cold(&mut self, what: &str, run: &Run, output: &Path) -> io::Result<()> {
        let said = if run.printed.is_ok() { per_second(Files::of(output)?.packets(), run.took) } else { String::new() };
        self.row(what, run, &said);
        Ok(())
    }

    /// A build after another, and which files it touched.
    fn again(&mut self, what: &str, run: &Run, output: &Path, before: &Files) -> io::Result<()> {
        self.row(what, run, "");
        let after = Files::of(output)?;
        let (changed, again) = (after.changed_since(before), after.written_again_since(before));
        println!("    {} of {} files changed, {again} were rewritten without changes", changed.len(), after.count());
        for name in changed.iter().take(12) {
            println!("      {}", name.display());
        }
        Ok(())
    }

    fn row(&mut self, what: &str, run: &Run, said: &str) {
        let memory = run.peak.map_or_else(|| "?".to_owned(), |peak| format!("{peak} MB"));
        println!("  {what:<40} {:>7.2} s {said:>11} {memory:>8}", run.took.as_secs_f64());
        if let Err(report) = &run.printed {
            self.failed = true;
            println!("    failed: {}", report.lines().next().unwrap_or("no message"));
        }
    }

    /// Adds a sentence to a lesson in the middle of the archive, and returns the lesson's name.
    fn change_one_sentence(&self) -> io::Result<String> {
        let issues = sorted(&self.archive.join("lessons"))?;
        let issues: Vec<_> = issues.into_iter().filter(|path| path.is_dir()).collect();
        let files = sorted(&issues[issues.len() / 2])?;
        let is_lesson = |path: &&PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".yaml") && !name.ends_with(".teacher.yaml") && name != "issue.yaml"
        };
        let lesson = files.iter().find(is_lesson).expect("every issue has a lesson");
        let text = fs::read_to_string(lesson)?;
        // Every generated reading has this label after its first paragraph.
        let (before, after) = text.split_once(" {#opening}").expect("every reading has an opening");
        fs::write(lesson, format!("{before} It had rained for a week. {{#opening}}{after}"))?;
        Ok(lesson.file_stem().unwrap_or_default().to_string_lossy().into_owned())
    }
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn per_second(packets: usize, took: Duration) -> String {
    format!("{:.1} / s", packets as f64 / took.as_secs_f64())
}
