//! A run of a build from its beginning to its end: what it works with, and what it has found so far.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use super::cache::{BuildCache, CachedLesson, Warning};
use super::inputs::{self, SharedInputs};
use super::plan::{Make, Plan, Task};
use super::planner::{Outcome, Planner};
use super::pool::{JobError, PacketFiles, Pool};
use super::protocol::{self, Job, PressedPacket};
use super::survey::{self, Surveyed};
use super::{Listeners, Order, Progress, Summary, archives, pages};
use crate::diagnostics::Diagnostics;
use crate::library::{IssueEntry, LessonEntry};
use crate::manifest::{FileEntry, FileKind, Manifest, PacketEntry};
use crate::output::{self, Found, Output, Stamp};
use crate::session::Session;
use crate::source::Sources;
use crate::{page_images, parallel, paths};

/// A build that runs.
pub(super) struct Run<'r, 'a, 's, 'l> {
    order: &'r Order<'a>,
    session: &'r mut Session<'s>,
    tell: &'l mut (dyn FnMut(Progress) + 'l),
    stop: &'l AtomicBool,
    inputs: SharedInputs,
    cache: BuildCache,
    /// What is in the folder.
    manifest: Manifest,
    summary: Summary,
}

/// What became of a task.
#[derive(Default)]
struct Made {
    /// The name by which its lesson is remembered; nothing for an issue.
    lesson: Option<String>,
    /// The packets that were written, with what did not fit in them.
    written: Vec<(FileEntry, Stamp, Vec<Warning>)>,
    /// The pictures of their pages.
    page_images: Vec<(FileEntry, Stamp)>,
    /// Pictures of pages that are not there any more, which were removed.
    gone: Vec<String>,
    /// What did not fit.
    diagnostics: Diagnostics,
    /// The files in which that is.
    sources: Sources,
    /// How many packets a warning kept from being written.
    refused: usize,
    /// Why it could not be built, for a reason that does not concern the others.
    failure: Option<String>,
    /// Why nothing more can be built.
    refusal: Option<anyhow::Error>,
}

impl<'r, 'a, 's, 'l> Run<'r, 'a, 's, 'l> {
    /// A run that has not begun.
    pub(super) fn new(order: &'r Order<'a>, session: &'r mut Session<'s>, listeners: Listeners<'l>) -> Self {
        let Listeners { tell, stop } = listeners;
        Self {
            order,
            session,
            tell,
            stop,
            inputs: SharedInputs::new(order.library, order.fonts, order.templates),
            cache: BuildCache::load(&order.folder.join(paths::CACHE)),
            manifest: Manifest::default(),
            summary: Summary::default(),
        }
    }

    /// What would be done.
    ///
    /// # Errors
    /// If the disk refuses.
    pub(super) fn plan(mut self) -> Result<Plan> {
        let surveyed = self.survey()?;
        self.manifest = output::peek(&self.order.folder)?;
        let may_remove = self.session.diagnostics.errors() == 0;
        Ok(self.make_plan(surveyed, may_remove)?.plan)
    }

    /// Does it.
    ///
    /// # Errors
    /// If the disk refuses; what was made until then is whole and noted down.
    pub(super) fn build(mut self) -> Result<Summary> {
        let surveyed = self.survey()?;
        self.summary.broken = surveyed.iter().filter(|surveyed| surveyed.is_none()).count();
        self.summary.interrupted = self.is_stopped();
        let index_is_broken = self.session.diagnostics.errors() > 0;
        if (index_is_broken && !self.order.keep_going) || (self.order.strict && self.session.diagnostics.warnings() > 0) {
            self.summary.stopped_by_mistakes = true;
        }
        if self.summary.stopped_by_mistakes || self.summary.interrupted {
            return Ok(self.summary);
        }
        let mut output = Output::open(&self.order.folder, || (self.tell)(Progress::Waiting))?;
        self.manifest = output.manifest.clone();
        let outcome = self.make_plan(surveyed, !index_is_broken)?;
        let due = outcome.plan.makes().count();
        self.summary.packets = due + outcome.plan.unchanged;
        self.summary.unchanged = outcome.plan.unchanged;
        (self.tell)(Progress::Planned(due));
        self.remember(&outcome);
        let done = self.carry_out(&outcome.plan, &output);
        let closed = self.close(&mut output);
        done.and(closed).map(|()| self.summary)
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Looks at every lesson that was asked for: `None` for each that has mistakes.
    fn survey(&mut self) -> Result<Vec<Option<CachedLesson>>> {
        let Self { order, session, tell, stop, inputs, cache, .. } = self;
        tell(Progress::Looking(order.lessons.len()));
        let coverage = session.coverage;
        let mut known = Vec::new();
        let mut refusal = None;
        let look = |(issue, entry): &(&IssueEntry, &LessonEntry)| {
            if stop.load(Ordering::Relaxed) {
                return Ok(Surveyed::default());
            }
            survey::survey(order.library, issue, entry, inputs, cache, coverage, order.public)
        };
        parallel::in_order(order.jobs, &order.lessons, look, |surveyed: Result<Surveyed>| match surveyed {
            Ok(surveyed) => {
                session.absorb(&surveyed.diagnostics, &surveyed.sources);
                known.push(surveyed.known);
                tell(Progress::Looked);
                ControlFlow::Continue(())
            }
            Err(error) => {
                refusal = Some(error);
                ControlFlow::Break(())
            }
        });
        refusal.map_or(Ok(known), Err)
    }

    fn make_plan(&mut self, surveyed: Vec<Option<CachedLesson>>, may_remove: bool) -> Result<Outcome<'a>> {
        let Self { order, session, tell, inputs, cache, manifest, .. } = self;
        let note = &mut |line| tell(Progress::Note(line));
        Planner { order, inputs, cache, manifest, session, note }.plan(surveyed, may_remove)
    }

    /// Remembers what was found of the lessons before anything is made of them.
    fn remember(&mut self, outcome: &Outcome<'_>) {
        self.cache.inputs = Some(self.inputs.clone());
        self.cache.stamps = outcome.stamps.clone();
        for lesson in &outcome.lessons {
            self.cache.lessons.insert(lesson.name(), lesson.known.clone());
            self.cache.issues.insert(lesson.issue.id.clone(), inputs::issue(&lesson.issue.issue));
        }
    }

    /// Makes what the plan asks for, as far as nobody stops it.
    fn carry_out(&mut self, plan: &Plan, output: &Output) -> Result<()> {
        self.packets(plan, output)?;
        self.summary.interrupted = self.is_stopped();
        if self.summary.interrupted {
            return Ok(());
        }
        self.archives(plan, output)?;
        self.remove(plan, output)?;
        pages::update(self.order.library, output, &mut self.manifest, &mut self.cache, self.tell)
    }

    /// Has the packets made by workers, and takes them in the order of the plan.
    fn packets(&mut self, plan: &Plan, output: &Output) -> Result<()> {
        let (order, stop, inputs) = (self.order, self.stop, self.inputs.clone());
        let pool = Pool::new(order.spawn, order.patience);
        let mut refusal = None;
        let work = |task: &Task| make(task, order, &inputs, &pool, output, stop);
        parallel::in_order(order.jobs, &plan.tasks, work, |made| match self.take(made) {
            Err(error) => {
                refusal = Some(error);
                ControlFlow::Break(())
            }
            Ok(()) if self.is_stopped() => ControlFlow::Break(()),
            Ok(()) => ControlFlow::Continue(()),
        });
        refusal.map_or(Ok(()), Err)
    }

    /// Takes in what became of a task.
    fn take(&mut self, made: Made) -> Result<()> {
        self.session.absorb(&made.diagnostics, &made.sources);
        self.summary.refused += made.refused;
        for (entry, stamp, overflows) in made.written {
            self.summary.made += 1;
            if let Some(known) = made.lesson.as_ref().and_then(|lesson| self.cache.lessons.get_mut(lesson)) {
                known.overflows.insert(entry.path.clone(), overflows);
                known.overflows.retain(|_, overflows| !overflows.is_empty());
            }
            self.note_down(entry.clone(), stamp);
            (self.tell)(Progress::Made(entry));
        }
        for (entry, stamp) in made.page_images {
            self.note_down(entry, stamp);
        }
        for path in &made.gone {
            self.manifest.entries.remove(path);
        }
        if let Some(failure) = made.failure {
            self.summary.failed += 1;
            (self.tell)(Progress::Failed(failure));
        }
        made.refusal.map_or(Ok(()), Err)
    }

    fn note_down(&mut self, entry: FileEntry, stamp: Stamp) {
        self.cache.stamps.insert(entry.path.clone(), stamp);
        self.manifest.entries.insert(entry.path.clone(), entry);
    }

    /// Makes the archives whose packets are not what they were; what they hold is in the manifest and in the folder.
    fn archives(&mut self, plan: &Plan, output: &Output) -> Result<()> {
        let gone: Vec<&str> = plan.removals.iter().map(|removal| removal.path.as_str()).collect();
        for archive in &plan.archives {
            let members = archives::members(&self.manifest, &archive.issue, archive.students, &gone);
            let key = archives::key(&members);
            // Packets that were made again may be what they were.
            let may_stay = |entry: &&FileEntry| entry.key == key && (archive.reason.is_none() || !self.order.force);
            if let Some(old) = self.manifest.entries.get(&archive.path).filter(may_stay)
                && let (Found::Ours, stamp) = output.look(old, &self.cache.stamps)?
            {
                self.summary.unchanged += 1;
                self.cache.stamps.extend(stamp.map(|stamp| (archive.path.clone(), stamp)));
                continue;
            }
            if members.is_empty() {
                continue;
            }
            let bytes = match archives::archive(output.folder(), &members) {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.summary.failed += 1;
                    (self.tell)(Progress::Failed(format!("{}: {error:#}", archive.path)));
                    continue;
                }
            };
            let kind = FileKind::Zip { students: archive.students };
            let entry = FileEntry::new(&archive.path, Some(&archive.issue), kind, key, &bytes);
            let stamp = output.write(&entry, &bytes)?;
            self.note_down(entry.clone(), stamp);
            self.summary.made += 1;
            (self.tell)(Progress::Made(entry));
        }
        Ok(())
    }

    /// Removes what belongs to nothing any more, if it is as we wrote it.
    fn remove(&mut self, plan: &Plan, output: &Output) -> Result<()> {
        for removal in &plan.removals {
            let Some(entry) = self.manifest.entries.remove(&removal.path) else { continue };
            match output.look(&entry, &self.cache.stamps)?.0 {
                Found::Ours => {
                    output.remove(&entry)?;
                    if !matches!(entry.kind, FileKind::PageImage { .. }) {
                        (self.tell)(Progress::Removed(removal.path.clone(), removal.reason.clone()));
                    }
                }
                Found::Missing => {}
                Found::Altered => {
                    let path = output.folder().join(&removal.path);
                    (self.tell)(Progress::Note(format!(
                        "{path} stays, though {}: it was changed since it was built; delete it if nobody needs it",
                        removal.reason
                    )));
                }
            }
            self.cache.stamps.remove(&removal.path);
        }
        Ok(())
    }

    /// Writes the manifest and what is remembered.
    fn close(&mut self, output: &mut Output) -> Result<()> {
        let library = self.order.library;
        let lessons = library.issues.iter().flat_map(|issue| issue.with_translations().map(|entry| survey::name(issue, entry)));
        let lessons: HashSet<String> = lessons.collect();
        let (cache, manifest) = (&mut self.cache, &self.manifest);
        cache.lessons.retain(|name, _| lessons.contains(name));
        cache.stamps.retain(|path, _| manifest.entries.contains_key(path));
        if self.order.public {
            // What is published says nothing of the teacher files.
            let basis = self.inputs.basis(true);
            cache.lessons.retain(|_, known| known.basis == basis);
            cache.lessons.values_mut().for_each(CachedLesson::forget_teacher);
        }
        output.write_own(paths::SUMS, &manifest.to_sums())?;
        output.write_own(paths::MANIFEST, &manifest.to_json(&library.series))?;
        output.write_own(paths::CACHE, &cache.to_json())?;
        output.finish()
    }
}

/// Has the packets of a task made, and writes them.
fn make(task: &Task, order: &Order<'_>, inputs: &SharedInputs, pool: &Pool<'_>, output: &Output, stop: &AtomicBool) -> Made {
    let mut made = Made { lesson: task.lesson.as_ref().map(|_| task.name()), ..Made::default() };
    let mut due = task.makes.iter();
    let job = Job { version: protocol::VERSION, inputs: inputs.clone(), task: task.clone(), strict: order.strict };
    let outcome = pool.run(&job, stop, |packet, files| {
        let make = due.next().context("more packets came than were asked for")?;
        write((task, make), packet, files, order, output, &mut made)
    });
    match outcome {
        Ok(()) => {}
        Err(JobError::Failed(reason)) => made.failure = Some(format!("{}: {reason}", task.name())),
        Err(JobError::Refused(error)) => made.refusal = Some(error),
    }
    made
}

/// Writes a packet that came, behind the pictures of its pages: where the packet is, they are.
fn write(
    (task, make): (&Task, &Make),
    packet: PressedPacket,
    files: Option<PacketFiles>,
    order: &Order<'_>,
    output: &Output,
    made: &mut Made,
) -> Result<()> {
    Warning::recall(packet.overflows.iter(), &order.library.root, &mut made.sources, &mut made.diagnostics);
    let Some(PacketFiles { pdf, page_images }) = files else {
        made.refused += 1;
        return Ok(());
    };
    write_page_images((task, make), packet.pages, &page_images, order, output, made)?;
    let kind = FileKind::Packet(PacketEntry::new(&make.id, packet.title, packet.pages));
    let entry = FileEntry::new(&make.path, Some(&make.id.issue), kind, make.key, &pdf);
    let stamp = output.write(&entry, &pdf)?;
    made.written.push((entry, stamp, packet.overflows));
    Ok(())
}

/// Writes the pictures of the pages of a packet that has so many, and removes those that it had before and has no more.
fn write_page_images(
    (task, make): (&Task, &Make),
    pages: usize,
    pictures: &[Vec<u8>],
    order: &Order<'_>,
    output: &Output,
    made: &mut Made,
) -> Result<()> {
    let library = order.library;
    let issue = library.issues.iter().find(|issue| issue.id == task.issue).context("a packet came of an issue that is gone")?;
    let images = page_images::of(library, issue, task.is_translation(), &make.id, pages);
    for (image, bytes) in images.iter().zip(pictures) {
        let kind = FileKind::PageImage { packet: make.path.clone(), page: image.page, width: image.width };
        let entry = FileEntry::new(&image.path, Some(&make.id.issue), kind, make.key, bytes);
        let stamp = output.write(&entry, bytes)?;
        made.page_images.push((entry, stamp));
    }
    let is_gone = |entry: &&FileEntry| {
        let is_of_packet = matches!(&entry.kind, FileKind::PageImage { packet, .. } if *packet == make.path);
        is_of_packet && images.iter().all(|image| image.path != entry.path)
    };
    for entry in output.manifest.of_issue(&make.id.issue).filter(is_gone) {
        if output.look(entry, &BTreeMap::new())?.0 == Found::Ours {
            output.remove(entry)?;
        }
        made.gone.push(entry.path.clone());
    }
    Ok(())
}
