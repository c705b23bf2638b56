//! Makes what is asked for: finds out which packets are due and why, has them made by several processes, and keeps the manifest.
//!
//! How one lesson becomes packets is left to [`crate::press`], and how files come to lie in their folder to [`crate::output`].
#![expect(clippy::disallowed_methods, reason = "it reads back what it has written, and its own cache")]

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
pub use verify::{Finding, Verdict, verify};
pub use worker::work;

/// What is asked for.
pub struct Order<'a> {
    /// The library.
    pub library: &'a Library,
    /// Its lessons that are to be built, in the order of the library.
    pub lessons: Vec<(&'a IssueEntry, &'a LessonEntry)>,
    /// Whether these are all: then what belongs to no lesson any more is removed.
    pub whole: bool,
    /// The kinds of packets of each.
    pub specs: Vec<PacketSpec>,
    /// The languages of the packets, as tags of BCP 47; all if there are none.
    pub languages: Vec<String>,
    /// The folder for them.
    pub folder: Utf8PathBuf,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// The templates.
    pub templates: &'a Templates,
    /// How many lessons are worked on at a time.
    pub jobs: usize,
    /// Whether everything is made again.
    pub force: bool,
    /// Whether a lesson with a mistake keeps only itself from being built.
    pub keep_going: bool,
    /// Whether a warning keeps a packet from being written.
    pub strict: bool,
    /// Whether only what everybody may have is built.
    pub public: bool,
    /// How a process is called that makes packets by [`work`].
    pub spawn: Spawn<'a>,
    /// How long a worker may take for one packet before it is ended.
    pub patience: Duration,
}

/// What a build tells while it runs, in the order of the library.
#[derive(Debug)]
pub enum Progress {
    /// So many lessons are going to be looked at.
    Looking(usize),
    /// One of them was.
    Looked,
    /// Another build writes to the folder, and this one waits for its end.
    Waiting,
    /// So many packets are going to be made.
    Planned(usize),
    /// A packet or an archive was made.
    Made(FileEntry),
    /// A file of ours was removed, for this reason.
    Removed(String, String),
    /// Something that the reader should know.
    Note(String),
    /// Something could not be built for a reason that is no mistake in a lesson.
    Failed(String),
}

/// How a build ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many packets there are of what was asked for, sound lessons only.
    pub packets: usize,
    /// How many files were made.
    pub made: usize,
    /// How many were as they should be.
    pub unchanged: usize,
    /// How many lessons have mistakes.
    pub broken: usize,
    /// How many could not be built for another reason.
    pub failed: usize,
    /// How many packets were kept back because of a warning.
    pub refused: usize,
    /// Whether nothing was begun, because of mistakes.
    pub stopped_by_mistakes: bool,
    /// Whether somebody asked to stop.
    pub interrupted: bool,
}

/// Who hears of a build, and who can end it.
pub struct Listeners<'a> {
    /// Gets what happens.
    pub tell: &'a mut (dyn FnMut(Progress) + 'a),
    /// Can be set at any time to end the build early.
    pub stop: &'a AtomicBool,
}

impl<'a> Order<'a> {
    /// Builds; `session` gets the mistakes and warnings.
    ///
    /// # Errors
    /// If the disk refuses; what was made until then is whole and noted down.
    pub fn build(&self, session: &mut Session<'_>, listeners: Listeners<'_>) -> Result<Summary> {
        Run::new(self, session, listeners).build()
    }

    /// What a build would do, without doing it. Lessons with mistakes are left out, and their mistakes are in `session`.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn plan(&self, session: &mut Session<'_>, listeners: Listeners<'_>) -> Result<Plan> {
        Run::new(self, session, listeners).plan()
    }

    /// The issues of which every lesson is asked for.
    fn whole_issues(&self) -> Vec<&'a IssueEntry> {
        let mut asked: HashMap<&str, usize> = HashMap::new();
        let lessons = self.lessons.iter().filter(|(_, entry)| entry.translation.is_none());
        lessons.for_each(|(issue, _)| *asked.entry(&issue.id).or_default() += 1);
        let is_whole = |issue: &&IssueEntry| asked.get(issue.id.as_str()).is_some_and(|asked| *asked == issue.lessons.len());
        self.library.issues.iter().filter(is_whole).collect()
    }

    /// Whether packets of an issue may be written: in public only with a licence.
    fn may_be_built(&self, issue: &IssueEntry) -> bool {
        !self.public || offer::may_publish(&self.library.series, &issue.issue)
    }
}
