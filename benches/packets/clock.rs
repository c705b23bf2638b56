//! Measures processor time and wall time.

use std::time::{Duration, Instant};

/// How long something takes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Time {
    /// The processor time of all threads; the same as `wall` where the system doesn't tell.
    pub(crate) processor: Duration,
    pub(crate) wall: Duration,
}

/// The time of one run.
pub(crate) fn time(work: impl FnOnce()) -> Time {
    let (before, start) = (processor_time(), Instant::now());
    work();
    let wall = start.elapsed();
    let processor = match (before, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall,
    };
    Time { processor, wall }
}

/// The medians of this many runs, after one to warm up. `before` comes before each and isn't measured.
pub(crate) fn median(runs: usize, mut before: impl FnMut(), mut work: impl FnMut()) -> Time {
    let mut run = || {
        before();
        time(&mut work)
    };
    run();
    let times: Vec<Time> = (0..runs).map(|_| run()).collect();
    Time { processor: middle(times.iter().map(|time| time.processor)), wall: middle(times.iter().map(|time| time.wall)) }
}

/// The median of durations.
pub(crate) fn middle(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The processor time that the threads of this process have taken (Linux; `None` elsewhere). Those that ended don't count, so the
/// engine's pool must be running.
fn processor_time() -> Option<Duration> {
    let mut nanoseconds = 0;
    for thread in std::fs::read_dir("/proc/self/task").ok()? {
        let path = thread.ok()?.path().join("schedstat");
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        nanoseconds += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(nanoseconds))
}

/// This process's memory in megabytes (Linux; 0 elsewhere).
pub(crate) fn resident_megabytes() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096 / 1024 / 1024
}
