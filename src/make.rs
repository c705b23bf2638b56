//! Builds packets: finds which are out of date and why, has several processes make them, and keeps the manifest.
//!
//! [`crate::press`] makes the packets of one lesson, and [`crate::output`] writes the files.
#![expect(clippy::disallowed_methods, reason = "it reads its own output and cache")]

mod archives;
mod cache;
mod costs;
mod division;
mod hosts;
mod inputs;
mod leftovers;
pub mod listing;
mod merge;
mod pages;
mod partition;
mod plan;
mod planned;
mod planner;
mod pool;
mod portion;
mod protocol;
mod reasons;
mod request;
mod run;
mod store;
mod survey;
mod verify;
mod worker;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::Result;
use camino::Utf8PathBuf;

use crate::library::{IssueEntry, LessonEntry, Library};
use crate::manifest::{FileEntry, Manifest};
use crate::offer;
use crate::session::Session;
use crate::typeset::{Fonts, Templates};
use inputs::SharedInputs;
use run::Run;

pub use costs::Costs;
pub use division::{Division, PlannedPacket, PlannedPartition, PlannedSubject};
pub use merge::Partitions;
pub use partition::{MOST as MOST_PARTITIONS, Partition, Share, Subject, divide};
pub use plan::{Archive, Make, Plan, Removal, Task};
pub use pool::{PATIENCE, Spawn};
pub use request::Request;
pub use store::{Store, StoreOptions};
pub use verify::{Finding, Problem, Verdict, verify};
pub use worker::work;

/// A request to build.
pub struct Order<'a> {
    /// The library.
    pub library: &'a Library,
    /// The lessons to build, in library order.
    pub lessons: Vec<(&'a IssueEntry, &'a LessonEntry)>,
    /// What was asked for.
    pub request: Request,
    /// What to make of it, if other machines make the rest.
    pub share: Option<Share>,
    /// A manifest to compare with, instead of the files in the output folder.
    pub since: Option<Manifest>,
    /// Where to look for finished packets, and to keep new ones.
    pub store: Option<Store>,
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

    /// Like [`Order::plan`], and divides it among at most this many machines.
    ///
    /// # Errors
    /// If reading fails.
    pub fn divide(&self, most: usize, costs: &Costs, session: &mut Session<'_>, listeners: Listeners<'_>) -> Result<Division> {
        let run = Run::new(self, session, listeners);
        let inputs = run.inputs().clone();
        let plan = run.plan()?;
        Ok(Division::of(plan, (inputs, self.request.clone()), self.library, costs, most))
    }

    /// Makes the output folder of what partitions built. Errors and warnings go to `session`.
    ///
    /// # Errors
    /// If the partitions don't belong to these lessons or lack something; nothing is written then. If reading or writing fails.
    pub fn merge(&self, partitions: &Partitions, session: &mut Session<'_>, listeners: Listeners<'_>) -> Result<Summary> {
        Run::new(self, session, listeners).merge(partitions)
    }

    /// The share of a partition, if this build is divided by cost.
    pub fn share(&self, partition: Partition, costs: &Costs) -> Share {
        let subjects = partition::subjects(&self.lessons, &self.whole_issues());
        Share::of(partition, &subjects, &costs.of(&subjects, &self.library.issues))
    }

    /// The share of a partition in a plan.
    ///
    /// # Errors
    /// If the plan has no such partition, or was made for another program, fonts, templates, or series.
    pub fn planned_share(&self, division: &Division, partition: Partition) -> Result<Share> {
        let inputs = SharedInputs::new(self.library, self.fonts, self.templates);
        division.inputs.are("the plan", &inputs)?;
        division.share(partition)
    }

    /// Keeps only the lessons that a share needs: its own, and those of its whole issues.
    pub fn take(&mut self, share: Share) {
        let is_needed = |issue: &IssueEntry, entry: &LessonEntry| {
            share.has_lesson(issue, entry) || (entry.translation.is_none() && share.has_issue(&issue.id))
        };
        self.lessons.retain(|(issue, entry)| is_needed(issue, entry));
        self.share = Some(share);
    }

    /// Whether this is a build of all lessons; if so, files without a lesson are removed.
    fn is_whole(&self) -> bool {
        self.request.wanted.is_empty() && self.share.is_none()
    }

    /// The issues whose lessons are all requested, and whose packets aren't made elsewhere.
    fn whole_issues(&self) -> Vec<&'a IssueEntry> {
        let mut asked: HashMap<&str, usize> = HashMap::new();
        let lessons = self.lessons.iter().filter(|(_, entry)| entry.translation.is_none());
        lessons.for_each(|(issue, _)| *asked.entry(&issue.id).or_default() += 1);
        let is_whole = |issue: &&IssueEntry| asked.get(issue.id.as_str()).is_some_and(|asked| *asked == issue.lessons.len());
        let is_own = |issue: &&IssueEntry| self.share.as_ref().is_none_or(|share| share.has_issue(&issue.id));
        self.library.issues.iter().filter(is_whole).filter(is_own).collect()
    }

    /// Whether packets of an issue may be built: for the public, only with a license.
    fn may_be_built(&self, issue: &IssueEntry) -> bool {
        !self.request.public || offer::may_publish(&self.library.series, &issue.issue)
    }
}
