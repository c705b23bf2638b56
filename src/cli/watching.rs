//! Runs a command again whenever a lesson changes, and notices Ctrl-C.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use camino::Utf8Path;

use super::project_paths::ProjectPaths;
use super::{Outcome, print_refusal};
use crate::diagnostics::report::sanitize;
use crate::watch::Watch;

/// A flag that Ctrl-C sets; a second Ctrl-C ends the program immediately.
pub(super) fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(clippy::disallowed_methods, reason = "the user pressed Ctrl-C twice")]
            std::process::exit(130);
        }
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(stop)
}

/// Runs a command now, and again whenever a file of the lessons, fonts, or templates changes, until Ctrl-C.
///
/// # Errors
/// If the folders can't be watched.
pub(super) fn watch(paths: &ProjectPaths, stop: &AtomicBool, mut run: impl FnMut() -> Result<()>) -> Result<Outcome> {
    let series = paths.series_file();
    let folder = series.parent().filter(|folder| !folder.as_str().is_empty()).unwrap_or(Utf8Path::new("."));
    let fonts = paths.beside("fonts");
    let mut folders = vec![paths.lessons.as_path(), fonts.as_path()];
    folders.extend(paths.templates.as_deref());
    if paths.series.is_some() {
        folders.push(folder);
    }
    let watching = Watch::of(&folders)?;
    loop {
        // A full disk or a missing folder may be fixed by the next time.
        if let Err(error) = run() {
            print_refusal(&error);
        }
        if stop.load(Ordering::Relaxed) {
            return Ok(Outcome::Done);
        }
        let line = format!("Watching {} for changes (press Ctrl-C to stop)", paths.lessons);
        writeln!(anstream::stderr(), "{}", sanitize(&line))?;
        if watching.wait(stop).is_none() {
            return Ok(Outcome::Done);
        }
        writeln!(anstream::stderr())?;
    }
}
