//! Builds packets: finds which are out of date and why, has several processes make them, and keeps the manifest.
//!
//! [`crate::press`] makes the packets of one lesson, and [`crate::output`] writes the files.
#![expect(clippy::disallowed_methods, reason = "it reads its own output and cache")]

mod archives;
mod cache;
mod inputs;
mod leftovers;
pub mod listing;
mod pages;
mod plan;
mod planned;
mod planner;
mod pool;
mod protocol;
mod reasons;
mod run;
mod survey;
mod verify;
mod worker;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Result;
use camino::Utf8PathBuf;

use crate::lesson::packet_spec::PacketSpec;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::manifest::FileEntry;
use crate::offer;
use crate::session::Session;
use crate::typeset::{Fonts, Templates};
use run::Run;

pub use plan::{Archive, Make, Plan, Removal, Task};
pub use pool::{PATIENCE, Spawn};
pub use verify::{Finding, Problem, Verdict, verify};
pub use worker::work;

/// A request to build.
pub struct Order<'a> {
    /// The library.
    pub library: &'a Library,
    /// The lessons to build, in library order.
    pub lessons: Vec<(&'a IssueEntry, &'a LessonEntry)>,
    /// Whether these are all the lessons; if so, files without a lesson are removed.
    pub whole: bool,
    /// The kinds of packets to build for each.
    pub specs: Vec<PacketSpec>,
    /// The languages to build, as BCP 47 tags; empty means all.
    pub languages: Vec<String>,
    /// The output folder.
    pub folder: Utf8PathBuf,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The templates.
    pub templates: &'a Templates,
    /// How many lessons to work on at once.
    pub jobs: usize,
    /// Whether to rebuild everything.
    pub force: bool,
    /// Whether to build the other lessons if one has errors.
    pub keep_going: bool,
    /// Whether to hold back packets with warnings.
    pub strict: bool,
    /// Whether to build only packets that anyone may have.
    pub public: bool,
    /// Gives the command that starts a worker process, which calls [`work`].
    pub spawn: Spawn<'a>,
    /// How long a worker may take for one packet before it is stopped.
    pub patience: Duration,
}

/// The progress of a build, in library order.
#[derive(Debug)]
pub enum Progress {
    /// This many lessons will be checked.
    Looking(usize),
    /// One of them was checked.
    Looked,
    /// Waiting for another build in the same folder.
    Waiting,
    /// This many packets will be made.
    Planned(usize),
    /// A packet or an archive was made. A packet that has to fit on a number of sheets says how it was set.
    Made(Box<FileEntry>, Option<String>),
    /// A built file was removed, for this reason.
    Removed(String, String),
    /// A note for the user.
    Note(String),
    /// Something could not be built for a reason other than an error in a lesson.
    Failed(String),
}

/// How a build ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many packets the request covers, in lessons without errors.
    pub packets: usize,
    /// How many files were built.
    pub made: usize,
    /// How many were up to date.
    pub unchanged: usize,
    /// How many lessons have errors.
    pub broken: usize,
    /// How many tasks and archives failed for another reason.
    pub failed: usize,
    /// How many packets were held back because something doesn't fit.
    pub refused: usize,
    /// Whether the build didn't start because of errors.
    pub stopped_by_mistakes: bool,
    /// Whether the user stopped it.
    pub interrupted: bool,
}

/// Receives progress, and can stop the build.
pub struct Listeners<'a> {
    /// Receives progress.
    pub tell: &'a mut (dyn FnMut(Progress) + 'a),
    /// Set this at any time to stop the build early.
    pub stop: &'a AtomicBool,
}

impl<'a> Order<'a> {
    /// Builds; errors and warnings go to `session`.
    ///
    /// # Errors
    /// If reading or writing fails; files built until then are complete and recorded.
    pub fn build(&self, session: &mut Session<'_>, listeners: Listeners<'_>) -> Result<Summary> {
        Run::new(self, session, listeners).build()
    }

    /// Plans a build without running it. Skips lessons with errors; the errors go to `session`.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub fn plan(&self, session: &mut Session<'_>, listeners: Listeners<'_>) -> Result<Plan> {
        Run::new(self, session, listeners).plan()
    }

    /// The issues whose lessons are all requested.
    fn whole_issues(&self) -> Vec<&'a IssueEntry> {
        let mut asked: HashMap<&str, usize> = HashMap::new();
        let lessons = self.lessons.iter().filter(|(_, entry)| entry.translation.is_none());
        lessons.for_each(|(issue, _)| *asked.entry(&issue.id).or_default() += 1);
        let is_whole = |issue: &&IssueEntry| asked.get(issue.id.as_str()).is_some_and(|asked| *asked == issue.lessons.len());
        self.library.issues.iter().filter(is_whole).collect()
    }

    /// Whether packets of an issue may be built: for the public, only with a license.
    fn may_be_built(&self, issue: &IssueEntry) -> bool {
        !self.public || offer::may_publish(&self.library.series, &issue.issue)
    }
}
