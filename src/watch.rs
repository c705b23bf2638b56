//! Waits until files in some folders change.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use notify_debouncer_full::notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// How long to wait for further changes: editors and version control write several files.
const PAUSE: Duration = Duration::from_millis(150);

/// How often to check for a stop.
const LOOK: Duration = Duration::from_millis(100);

/// Watches folders.
pub struct Watch {
    /// Stops watching when it is dropped.
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
}

impl Watch {
    /// Watches these folders with everything in them; folders that don't exist are left out.
    ///
    /// # Errors
    /// If the system can't watch folders, or not this many.
    pub fn of(folders: &[&Utf8Path]) -> Result<Self> {
        let (sender, events) = channel();
        let mut debouncer = new_debouncer(PAUSE, None, sender).context("cannot watch folders for changes")?;
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            debouncer.watch(folder, RecursiveMode::Recursive).with_context(|| format!("cannot watch {folder} for changes"))?;
        }
        Ok(Self { _debouncer: debouncer, events })
    }

    /// Waits for changes and returns the files; `None` once `stop` is set.
    pub fn wait(&self, stop: &AtomicBool) -> Option<BTreeSet<Utf8PathBuf>> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            match self.events.recv_timeout(LOOK) {
                Ok(Ok(events)) => {
                    let is_change = |kind: &EventKind| !matches!(kind, EventKind::Access(_) | EventKind::Other);
                    let events = events.into_iter().filter(|event| is_change(&event.kind));
                    let paths =
                        events.flat_map(|event| event.paths.clone()).filter_map(|path| Utf8PathBuf::from_path_buf(path).ok());
                    let paths: BTreeSet<Utf8PathBuf> = paths.filter(|path| matters(path)).collect();
                    if !paths.is_empty() {
                        return Some(paths);
                    }
                }
                // Some events were lost, so anything may have changed.
                Ok(Err(_)) => return Some(BTreeSet::new()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

/// Whether a file can be part of a lesson: not hidden, and not what an editor keeps for itself.
fn matters(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    !name.starts_with('.') && !name.ends_with('~') && !name.starts_with('#')
}
