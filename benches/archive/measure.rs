//! Runs the program and measures time, memory, and changes to files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// How often to check the program's memory. It only grows, so little is missed at the end.
const LOOK: Duration = Duration::from_millis(5);

/// A run of the program.
pub(crate) struct Run {
    pub took: Duration,
    /// Its peak memory in megabytes; `None` on systems without `/proc`.
    pub peak: Option<u64>,
    /// Its output, or its report if it failed.
    pub printed: Result<String, String>,
}

/// Runs `packetpress build` on this archive, on these cores if given, such as `0,1`.
///
/// # Errors
/// If the program, or `taskset` for the cores, can't be started.
pub(crate) fn build(archive: &Path, output: &Path, cores: Option<&str>, arguments: &[&str]) -> io::Result<Run> {
    let program = env!("CARGO_BIN_EXE_packetpress");
    let mut command = match cores {
        None => Command::new(program),
        Some(cores) => {
            let mut command = Command::new("taskset");
            command.args(["-c", cores, program]);
            command
        }
    };
    // Files, because pipes would have to be drained while the clock runs.
    let (said, reported) = (archive.join("stdout.txt"), archive.join("stderr.txt"));
    command.arg("build").arg("--lessons").arg(archive.join("lessons")).arg("--output").arg(output).args(arguments);
    command.stdout(File::create(&said)?).stderr(File::create(&reported)?);
    let start = Instant::now();
    let mut child = command.spawn()?;
    let pid = child.id();
    let ended = AtomicBool::new(false);
    let (status, took, peak) = std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = None;
            while !ended.load(Ordering::Relaxed) {
                peak = peak.max(peak_megabytes(pid));
                std::thread::sleep(LOOK);
            }
            peak
        });
        let status = child.wait();
        let took = start.elapsed();
        ended.store(true, Ordering::Relaxed);
        (status, took, watch.join().expect("the watcher does not panic"))
    });
    let printed = if status?.success() { Ok(fs::read_to_string(said)?) } else { Err(fs::read_to_string(reported)?) };
    Ok(Run { took, peak, printed })
}

/// The peak memory of a running process (Linux).
fn peak_megabytes(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes.div_ceil(1024))
}

/// The files of a folder, each with a hash and its modification time.
pub(crate) struct Files(BTreeMap<PathBuf, (u64, SystemTime)>);

impl Files {
    /// The files of a folder, without `.packetpress`.
    ///
    /// # Errors
    /// If a file can't be read.
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(inner) = folders.pop() {
            for entry in fs::read_dir(inner)? {
                let entry = entry?;
                let path = entry.path();
                if entry.file_type()?.is_dir() {
                    folders.extend((entry.file_name() != ".packetpress").then_some(path));
                    continue;
                }
                let mut hasher = DefaultHasher::new();
                hasher.write(&fs::read(&path)?);
                let name = path.strip_prefix(folder).expect("it was found in there").to_owned();
                files.insert(name, (hasher.finish(), entry.metadata()?.modified()?));
            }
        }
        Ok(Self(files))
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// How many of them are packets.
    pub(crate) fn packets(&self) -> usize {
        self.0.keys().filter(|name| name.extension().is_some_and(|extension| extension == "pdf")).count()
    }

    /// The files that are new, deleted, or different.
    pub(crate) fn changed_since<'a>(&'a self, before: &'a Self) -> Vec<&'a Path> {
        let content = |files: &'a Self, name: &Path| files.0.get(name).map(|(hash, _)| *hash);
        let gone = before.0.keys().filter(|name| !self.0.contains_key(*name));
        let other = self.0.keys().filter(|name| content(self, name) != content(before, name));
        other.chain(gone).map(PathBuf::as_path).collect()
    }

    /// How many files were rewritten with the same bytes.
    pub(crate) fn written_again_since(&self, before: &Self) -> usize {
        let same = |name: &PathBuf, (hash, time): &(u64, SystemTime)| {
            before.0.get(name).is_some_and(|old| old.0 == *hash && old.1 != *time)
        };
        self.0.iter().filter(|(name, file)| same(name, file)).count()
    }
}
