//! Builds what a library holds: finds out which packets must be made and why, has them made by several processes, and keeps the manifest.
//!
//! How one lesson becomes packets is left to [`crate::press`], and how files come to lie in their folder to [`crate::output`].

mod crew;
mod inputs;
mod leftovers;
mod make;
mod pages;
mod plan;
mod reasons;
mod record;
mod survey;
mod verify;
mod worker;
mod zips;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use camino::Utf8PathBuf;

use crate::library::{IssueEntry, LessonEntry, Library, Workspace};
use crate::manifest::{Entry, Kind, MANIFEST, Manifest, SUMS};
use crate::output::{self, Found, OWN_FOLDER, Output};
use crate::packet::Choice;
use crate::parallel;
use crate::typeset::{Fonts, Templates};
use crew::Crew;
use inputs::Common;
use make::{Made, Makes};
use plan::{Plan, Planner};
use record::{Memory, Record};
use survey::Surveyed;

pub use crew::Hire;
pub use reasons::Missing;
pub use verify::{Fault, Verdict, verify};
pub use worker::work;

/// The file of what is remembered, inside [`OWN_FOLDER`].
const MEMORY: &str = "memory.json";

/// What is asked for.
pub struct Order<'a> {
    /// The library.
    pub library: &'a Library,
    /// Its lessons that are to be built, in the order of the library.
    pub lessons: Vec<(&'a IssueEntry, &'a LessonEntry)>,
    /// Whether these are all: then what belongs to no lesson any more is removed.
    pub whole: bool,
    /// The packets of each.
    pub choices: Vec<Choice>,
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
    pub hire: Hire<'a>,
}

/// Whether a language is among those that are asked for, which are all if there are none: `es` stands for Spanish of every country.
pub fn speaks(languages: &[String], language: &str) -> bool {
    let is_of =
        |wanted: &String| language.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    languages.is_empty() || languages.iter().any(is_of)
}

/// What a build tells while it runs, in the order of the library.
#[derive(Debug)]
pub enum Event {
    /// So many lessons are going to be looked at.
    Looking(usize),
    /// One of them was.
    Looked,
    /// Another build writes to the folder, and this one waits for its end.
    Waiting,
    /// So many packets are going to be made.
    Planned(usize),
    /// A packet or an archive was made.
    Made(Entry),
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

/// What a dry run tells: what would be done to which file, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Would {
    /// Make a file.
    Make(String, String),
    /// Remove a file.
    Remove(String, String),
}

impl Order<'_> {
    /// Builds; `workspace` gets the mistakes and warnings, `tell` what happens, and `stop` can be set at any time to end it early.
    ///
    /// # Errors
    /// If the disk refuses; what was made until then is whole and noted down.
    pub fn build(&self, workspace: &mut Workspace<'_>, stop: &AtomicBool, tell: &mut dyn FnMut(Event)) -> Result<Summary> {
        let mut summary = Summary::default();
        let common = Common::new(self.library, self.fonts, self.templates);
        let mut memory = Memory::load(&self.folder.join(OWN_FOLDER).join(MEMORY));
        let surveyed = self.survey(&common, &memory, workspace, stop, tell)?;
        summary.broken = surveyed.iter().filter(|surveyed| surveyed.is_none()).count();
        summary.interrupted = stop.load(Ordering::Relaxed);
        let index_is_broken = workspace.diagnostics.errors() > 0;
        if (index_is_broken && !self.keep_going) || (self.strict && workspace.diagnostics.warnings() > 0) {
            summary.stopped_by_mistakes = true;
        }
        if summary.stopped_by_mistakes || summary.interrupted {
            return Ok(summary);
        }
        let mut output = Output::open(&self.folder, || tell(Event::Waiting))?;
        let may_remove = !index_is_broken;
        let plan = Planner::new(self, &common, &memory, &output.manifest, workspace, &mut |line| tell(Event::Note(line)))
            .plan(surveyed, may_remove)?;
        let due = plan.makes().count();
        summary.packets = due + plan.unchanged;
        summary.unchanged = plan.unchanged;
        tell(Event::Planned(due));

        let makes = Makes { order: self, common: &common, output: &output, crew: Crew::new(self.hire), stop };
        let mut manifest = output.manifest.clone();
        memory.common = Some(common.clone());
        memory.stamps = plan.stamps.clone();
        let mut refusal = None;
        for lesson in &plan.lessons {
            let record = lesson.record.clone();
            memory.lessons.insert(lesson.name(), record);
            memory.issues.insert(lesson.issue.id.clone(), inputs::issue(&lesson.issue.issue));
        }
        parallel::in_order(
            self.jobs,
            &plan.tasks(),
            |task| makes.task(task),
            |made: Made| {
                let flow = self.take(made, &mut manifest, &mut memory, workspace, &mut summary, tell);
                match flow {
                    Err(error) => {
                        refusal = Some(error);
                        ControlFlow::Break(())
                    }
                    Ok(()) if stop.load(Ordering::Relaxed) => ControlFlow::Break(()),
                    Ok(()) => ControlFlow::Continue(()),
                }
            },
        );
        summary.interrupted = stop.load(Ordering::Relaxed);
        let goes_on = refusal.is_none() && !summary.interrupted;
        if goes_on {
            refusal = makes.archives(&plan, &mut manifest, &mut memory, &mut summary, tell).err();
        }
        if goes_on && refusal.is_none() {
            refusal = remove(&output, &plan, &mut manifest, &mut memory, tell).err();
        }
        if goes_on && refusal.is_none() {
            refusal = pages::update(self.library, &output, &mut manifest, &mut memory, tell).err();
        }
        let closed = self.close(&mut output, manifest, &mut memory);
        match refusal {
            Some(error) => Err(error),
            None => closed.map(|()| summary),
        }
    }

    /// What a build would do, without doing it. Lessons with mistakes are left out, and their mistakes are in `workspace`.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn dry_run(&self, workspace: &mut Workspace<'_>, stop: &AtomicBool, tell: &mut dyn FnMut(Event)) -> Result<Vec<Would>> {
        let common = Common::new(self.library, self.fonts, self.templates);
        let memory = Memory::load(&self.folder.join(OWN_FOLDER).join(MEMORY));
        let surveyed = self.survey(&common, &memory, workspace, stop, tell)?;
        let manifest = output::peek(&self.folder)?;
        let may_remove = workspace.diagnostics.errors() == 0;
        let plan = Planner::new(self, &common, &memory, &manifest, workspace, &mut |line| tell(Event::Note(line)))
            .plan(surveyed, may_remove)?;
        Ok(plan.would())
    }

    /// Looks at every lesson that was asked for: `None` for each that has mistakes.
    fn survey(
        &self,
        common: &Common,
        memory: &Memory,
        workspace: &mut Workspace<'_>,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Vec<Option<Record>>> {
        tell(Event::Looking(self.lessons.len()));
        let mut records = Vec::new();
        let mut refusal = None;
        let look = |(issue, entry): &(&IssueEntry, &LessonEntry)| {
            if stop.load(Ordering::Relaxed) {
                return Ok(Surveyed::default());
            }
            survey::survey(self.library, issue, entry, common, memory, self.fonts, self.public)
        };
        parallel::in_order(self.jobs, &self.lessons, look, |surveyed: Result<Surveyed>| match surveyed {
            Ok(surveyed) => {
                workspace.absorb(&surveyed.diagnostics, &surveyed.sources);
                records.push(surveyed.record);
                tell(Event::Looked);
                ControlFlow::Continue(())
            }
            Err(error) => {
                refusal = Some(error);
                ControlFlow::Break(())
            }
        });
        refusal.map_or(Ok(records), Err)
    }

    /// Takes in what became of a task.
    fn take(
        &self,
        made: Made,
        manifest: &mut Manifest,
        memory: &mut Memory,
        workspace: &mut Workspace<'_>,
        summary: &mut Summary,
        tell: &mut dyn FnMut(Event),
    ) -> Result<()> {
        workspace.absorb(&made.diagnostics, &made.sources);
        summary.refused += made.refused;
        for (entry, stamp, misfits) in made.written {
            summary.made += 1;
            memory.stamps.insert(entry.path.clone(), stamp);
            if let Some(record) = made.lesson.as_ref().and_then(|lesson| memory.lessons.get_mut(lesson)) {
                record.misfits.insert(entry.path.clone(), misfits);
                record.misfits.retain(|_, misfits| !misfits.is_empty());
            }
            manifest.entries.insert(entry.path.clone(), entry.clone());
            tell(Event::Made(entry));
        }
        for (entry, stamp) in made.previews {
            memory.stamps.insert(entry.path.clone(), stamp);
            manifest.entries.insert(entry.path.clone(), entry);
        }
        for path in &made.gone {
            manifest.entries.remove(path);
        }
        if let Some(failure) = made.failure {
            summary.failed += 1;
            tell(Event::Failed(failure));
        }
        made.refusal.map_or(Ok(()), Err)
    }

    /// Writes the manifest and what is remembered.
    fn close(&self, output: &mut Output, manifest: Manifest, memory: &mut Memory) -> Result<()> {
        let lessons =
            self.library.issues.iter().flat_map(|issue| issue.with_translations().map(|entry| survey::name(issue, entry)));
        let lessons: HashSet<String> = lessons.collect();
        memory.lessons.retain(|name, _| lessons.contains(name));
        memory.stamps.retain(|path, _| manifest.entries.contains_key(path));
        if self.public {
            // What is published says nothing of the teacher files.
            let basis = Common::new(self.library, self.fonts, self.templates).basis(true);
            memory.lessons.retain(|_, record| record.basis == basis);
            memory.lessons.values_mut().for_each(Record::forget_teacher);
        }
        output.write_own(SUMS, &manifest.to_sums())?;
        output.write_own(MANIFEST, &manifest.to_json(&self.library.series))?;
        output.write_own(&format!("{OWN_FOLDER}/{MEMORY}"), &memory.to_json())?;
        output.manifest = manifest;
        output.finish()
    }
}

/// Removes what belongs to nothing any more, if it is as we wrote it.
fn remove(
    output: &Output,
    plan: &Plan<'_>,
    manifest: &mut Manifest,
    memory: &mut Memory,
    tell: &mut dyn FnMut(Event),
) -> Result<()> {
    for (path, reason) in &plan.removals {
        let Some(entry) = manifest.entries.remove(path) else { continue };
        match output.look(&entry, &memory.stamps)?.0 {
            Found::Ours => {
                output.remove(&entry)?;
                if !matches!(entry.kind, Kind::Preview { .. }) {
                    tell(Event::Removed(path.clone(), reason.clone()));
                }
            }
            Found::Missing => {}
            Found::Altered => {
                let path = output.folder().join(path);
                tell(Event::Note(format!(
                    "{path} stays, though {reason}: it was changed since it was built; delete it if nobody needs it"
                )));
            }
        }
        memory.stamps.remove(path);
    }
    Ok(())
}
