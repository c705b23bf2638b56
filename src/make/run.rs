//! One run of a build, from start to finish.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::cache::{BuildCache, CachedLesson, Warning};
use super::costs::Costs;
use super::inputs::{self, SharedInputs};
use super::merge::{self, Partitions};
use super::partition::{Share, Subject};
use super::plan::{Make, Plan, Task};
use super::planner::{Outcome, Planner};
use super::pool::{JobError, PacketFiles, Pool};
use super::portion::{Portion, Work};
use super::protocol::{self, Job, PressedPacket};
use super::store::Store;
use super::survey::{self, Surveyed};
use super::{Listeners, Order, Progress, Summary, archives, hosts, pages};
use crate::diagnostics::Diagnostics;
use crate::lesson::packet_spec::PacketSpec;
use crate::library::{IssueEntry, LessonEntry};
use crate::manifest::{FileEntry, FileKind, Manifest, PacketEntry};
use crate::offer::{has_whole_issue, speaks};
use crate::output::{self, Found, Output, Stamp};
use crate::session::Session;
use crate::source::Sources;
use crate::{page_images, parallel, paths};

/// A running build.
pub(super) struct Run<'r, 'a, 's, 'l> {
    order: &'r Order<'a>,
    session: &'r mut Session<'s>,
    tell: &'l mut (dyn FnMut(Progress) + 'l),
    stop: &'l AtomicBool,
    inputs: SharedInputs,
    cache: BuildCache,
    /// The files in the output folder.
    manifest: Manifest,
    /// How long packets took.
    costs: Costs,
    summary: Summary,
}

/// A packet that was written.
struct Written {
    entry: FileEntry,
    stamp: Stamp,
    /// Warnings about content that doesn't fit.
    overflows: Vec<Warning>,
    /// How it was set to fit on its sheets, for people.
    set: Option<String>,
    /// How long it took to make, in milliseconds; `None` if it came from the store.
    milliseconds: Option<u64>,
}

/// The result of a task.
struct Made {
    /// The lesson or issue.
    subject: Subject,
    /// The name of its lesson in the cache; `None` for an issue.
    lesson: Option<String>,
    /// The packets written.
    written: Vec<Written>,
    /// The images of their pages.
    page_images: Vec<(FileEntry, Stamp)>,
    /// Page images that were removed because their pages no longer exist.
    gone: Vec<String>,
    /// Warnings about content that doesn't fit.
    diagnostics: Diagnostics,
    /// The files with those warnings.
    sources: Sources,
    /// How many packets were held back because something doesn't fit.
    refused: usize,
    /// Why it failed, for a reason that doesn't affect other tasks.
    failure: Option<String>,
    /// Why the whole build must stop.
    refusal: Option<anyhow::Error>,
}

impl<'r, 'a, 's, 'l> Run<'r, 'a, 's, 'l> {
    /// A new run, not started yet.
    pub(super) fn new(order: &'r Order<'a>, session: &'r mut Session<'s>, listeners: Listeners<'l>) -> Self {
        let Listeners { tell, stop } = listeners;
        Self {
            order,
            session,
            tell,
            stop,
            inputs: SharedInputs::new(order.library, order.fonts, order.templates),
            cache: BuildCache::load(&order.folder.join(paths::CACHE)),
            costs: Costs::read(&order.folder.join(paths::COSTS)).unwrap_or_default(),
            manifest: Manifest::default(),
            summary: Summary::default(),
        }
    }

    /// The inputs shared by all packets.
    pub(super) fn inputs(&self) -> &SharedInputs {
        &self.inputs
    }

    /// Plans the build without running it.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub(super) fn plan(mut self) -> Result<Plan> {
        let surveyed = self.survey()?;
        let since = self.order.since.clone();
        let trust = since.is_some();
        self.manifest = since.map_or_else(|| output::peek(&self.order.folder), Ok)?;
        let may_remove = self.session.diagnostics.errors() == 0;
        Ok(self.make_plan(surveyed, may_remove, trust)?.plan)
    }

    /// Runs the build.
    ///
    /// # Errors
    /// If reading or writing fails; files built until then are complete and recorded.
    pub(super) fn build(mut self) -> Result<Summary> {
        let Some(surveyed) = self.start()? else { return Ok(self.summary) };
        if self.order.share.is_none() && !self.asks_for_something(&surveyed) {
            // Only to say why. Nothing is written, not even a folder.
            self.manifest = output::peek(&self.order.folder)?;
            self.make_plan(surveyed, false, false)?;
            return Ok(self.summary);
        }
        let mut output = Output::open(&self.order.folder, || (self.tell)(Progress::Waiting))?;
        // A partition has its record only while it is finished.
        output.remove_own(paths::PARTITION)?;
        self.manifest = output.manifest.clone();
        let may_remove = self.session.diagnostics.errors() == 0;
        let outcome = self.make_plan(surveyed, may_remove, false)?;
        let due = outcome.plan.makes().count();
        self.summary.packets = due + outcome.plan.unchanged;
        self.summary.unchanged = outcome.plan.unchanged;
        (self.tell)(Progress::Planned(due));
        self.remember(&outcome);
        let done = self.carry_out(&outcome.plan, &output);
        let closed = self.close(&mut output);
        done.and(closed)?;
        if let Some(share) = self.order.share.as_ref().filter(|_| self.is_complete()) {
            output.write_own(paths::PARTITION, &self.portion(share, &outcome).to_json())?;
        }
        Ok(self.summary)
    }

    /// Makes the output folder of what partitions built.
    ///
    /// # Errors
    /// If the partitions don't belong to these lessons or lack something; nothing is written then. If reading or writing fails.
    pub(super) fn merge(mut self, partitions: &Partitions) -> Result<Summary> {
        partitions.are_from(&self.inputs)?;
        for portion in partitions.portions() {
            self.cache.lessons.extend(portion.lessons.clone());
            self.cache.issues.extend(portion.issues.clone());
        }
        self.cache.inputs = Some(self.inputs.clone());
        let Some(surveyed) = self.start()? else { return Ok(self.summary) };
        let files = partitions.files(self.order.library)?;
        self.manifest = output::peek(&self.order.folder)?;
        let new = files.iter().map(|(_, entry)| (entry.path.clone(), (*entry).clone()));
        self.manifest.entries.extend(new);
        all_there(&self.make_plan(surveyed.clone(), false, true)?.plan)?;
        let mut output = Output::open(&self.order.folder, || (self.tell)(Progress::Waiting))?;
        output.remove_own(paths::PARTITION)?;
        self.manifest = output.manifest.clone();
        (self.tell)(Progress::Planned(files.iter().filter(|(_, entry)| matches!(entry.kind, FileKind::Packet(_))).count()));
        // Page images first: if a packet exists, so do they.
        let (packets, images): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(_, entry)| matches!(entry.kind, FileKind::Packet(_)));
        for (folder, entry) in images.into_iter().chain(packets) {
            if self.is_stopped() {
                self.summary.interrupted = true;
                return self.close(&mut output).map(|()| self.summary);
            }
            if self.manifest.entries.get(&entry.path) == Some(entry)
                && let (Found::Ours, Some(stamp)) = output.look(entry, &self.cache.stamps)?
            {
                self.cache.stamps.insert(entry.path.clone(), stamp);
                continue;
            }
            let stamp = output.write(entry, &merge::bytes_of(folder, entry)?)?;
            self.note_down(entry.clone(), stamp);
            if matches!(entry.kind, FileKind::Packet(_)) {
                self.summary.made += 1;
                (self.tell)(Progress::Made(Box::new(entry.clone()), None));
            }
        }
        self.costs.milliseconds.extend(partitions.milliseconds());
        let may_remove = self.session.diagnostics.errors() == 0;
        let outcome = self.make_plan(surveyed, may_remove, false)?;
        let done = all_there(&outcome.plan).and_then(|()| {
            self.summary.packets = outcome.plan.unchanged;
            self.summary.unchanged = outcome.plan.unchanged.saturating_sub(self.summary.made);
            self.remember(&outcome);
            self.carry_out(&outcome.plan, &output)
        });
        let closed = self.close(&mut output);
        done.and(closed).map(|()| self.summary)
    }

    /// Checks the requested lessons; `None` if the build ends here because of errors, or because the user stopped it.
    fn start(&mut self) -> Result<Option<Vec<Option<CachedLesson>>>> {
        let surveyed = self.survey()?;
        let request = &self.order.request;
        let diagnostics = &self.session.diagnostics;
        self.summary.broken = surveyed.iter().filter(|surveyed| surveyed.is_none()).count();
        self.summary.interrupted = self.is_stopped();
        self.summary.stopped_by_mistakes =
            (diagnostics.errors() > 0 && !request.keep_going) || (request.strict && diagnostics.warnings() > 0);
        Ok((!self.summary.stopped_by_mistakes && !self.summary.interrupted).then_some(surveyed))
    }

    /// Whether everything that was planned was made.
    fn is_complete(&self) -> bool {
        let Summary { failed, refused, interrupted, .. } = self.summary;
        failed == 0 && refused == 0 && !interrupted
    }

    /// The record of a finished partition.
    fn portion(&self, share: &Share, outcome: &Outcome<'_>) -> Portion {
        let mut portion = Portion::new(Work {
            partition: share.partition,
            division: share.division,
            inputs: self.inputs.clone(),
            request: self.order.request.clone(),
            subjects: share.subjects.iter().cloned().collect(),
        });
        // Lessons that are here only for the packets of their issue are recorded where their own packets are made, with their warnings.
        for lesson in outcome.lessons.iter().filter(|lesson| share.has_lesson(lesson.issue, lesson.entry)) {
            let known = self.cache.lessons.get(&lesson.name()).unwrap_or(&lesson.known);
            portion.lessons.insert(lesson.name(), known.clone());
            portion.issues.insert(lesson.issue.id.clone(), inputs::issue(&lesson.issue.issue));
        }
        let is_requested = |entry: &&FileEntry| match &entry.kind {
            FileKind::PageImage { packet, .. } => outcome.requested.contains(packet),
            _ => outcome.requested.contains(&entry.path),
        };
        portion.files = self.manifest.entries.values().filter(is_requested).cloned().collect();
        let names: HashSet<String> = share.subjects.iter().map(Subject::to_string).collect();
        let own = self.costs.milliseconds.iter().filter(|(name, _)| names.contains(*name));
        portion.milliseconds = own.map(|(name, of_packets)| (name.clone(), of_packets.clone())).collect();
        portion
    }

    /// Whether the lessons have any packet in the requested languages, editions, and parts.
    fn asks_for_something(&self, surveyed: &[Option<CachedLesson>]) -> bool {
        let order = self.order;
        let is_in = |known: &CachedLesson| {
            let has = |spec: &PacketSpec| known.why_not(spec.edition, spec.part).is_none();
            speaks(&order.request.languages, &known.facts.language) && order.request.packets.iter().any(has)
        };
        let whole = || {
            let series = &order.library.series.language.value;
            speaks(&order.request.languages, series) && order.request.packets.iter().any(|spec| has_whole_issue(*spec, false))
        };
        // Without lessons, a build may still remove files; a lesson with errors may have any packet.
        surveyed.is_empty()
            || surveyed.iter().any(|known| known.as_ref().is_none_or(is_in))
            || (!order.whole_issues().is_empty() && whole())
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Checks every requested lesson; `None` for each with errors.
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
            survey::survey(order.library, issue, entry, inputs, cache, coverage, order.request.public)
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

    fn make_plan(&mut self, surveyed: Vec<Option<CachedLesson>>, may_remove: bool, trust: bool) -> Result<Outcome<'a>> {
        let Self { order, session, tell, inputs, cache, manifest, .. } = self;
        // A plan that only shows what is missing is followed by the real one.
        let note = &mut |line| {
            if !trust || order.since.is_some() {
                tell(Progress::Note(line));
            }
        };
        Planner { order, trust, inputs, cache, manifest, session, note }.plan(surveyed, may_remove)
    }

    /// Caches the state of the lessons before anything is built.
    fn remember(&mut self, outcome: &Outcome<'_>) {
        self.cache.inputs = Some(self.inputs.clone());
        self.cache.stamps = outcome.stamps.clone();
        for lesson in &outcome.lessons {
            self.cache.lessons.insert(lesson.name(), lesson.known.clone());
            self.cache.issues.insert(lesson.issue.id.clone(), inputs::issue(&lesson.issue.issue));
        }
    }

    /// Carries out the plan, unless the user stops it.
    fn carry_out(&mut self, plan: &Plan, output: &Output) -> Result<()> {
        self.packets(plan, output)?;
        self.summary.interrupted = self.is_stopped();
        if self.summary.interrupted {
            return Ok(());
        }
        if self.order.share.is_some() {
            return self.remove(plan, output);
        }
        self.archives(plan, output)?;
        self.remove(plan, output)?;
        pages::update(self.order.library, output, &mut self.manifest, &mut self.cache, self.tell)?;
        if self.order.library.series.site.is_some() {
            hosts::notes(&self.manifest).into_iter().for_each(|note| (self.tell)(Progress::Note(note)));
        }
        Ok(())
    }

    /// Has workers make the packets, and takes them in plan order.
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
        if let Some(store) = &order.store {
            if store.fetched() > 0 {
                (self.tell)(Progress::Note(format!(
                    "{} of {} packets came from the store",
                    store.fetched(),
                    plan.makes().count()
                )));
            }
            store.trouble().into_iter().for_each(|trouble| (self.tell)(Progress::Note(trouble)));
        }
        refusal.map_or(Ok(()), Err)
    }

    /// Records the result of a task.
    fn take(&mut self, made: Made) -> Result<()> {
        self.session.absorb(&made.diagnostics, &made.sources);
        self.summary.refused += made.refused;
        for Written { entry, stamp, overflows, set, milliseconds } in made.written {
            self.summary.made += 1;
            if let Some(milliseconds) = milliseconds {
                self.costs.record(&made.subject, &entry.path, milliseconds);
            }
            if let Some(known) = made.lesson.as_ref().and_then(|lesson| self.cache.lessons.get_mut(lesson)) {
                known.overflows.insert(entry.path.clone(), overflows);
                known.overflows.retain(|_, overflows| !overflows.is_empty());
            }
            self.note_down(entry.clone(), stamp);
            (self.tell)(Progress::Made(Box::new(entry), set));
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

    /// Builds the archives whose packets changed, from the packets in the manifest and the folder.
    fn archives(&mut self, plan: &Plan, output: &Output) -> Result<()> {
        let gone: Vec<&str> = plan.removals.iter().map(|removal| removal.path.as_str()).collect();
        for archive in &plan.archives {
            let members = archives::members(&self.manifest, &archive.issue, archive.students, &gone);
            let key = archives::key(&members);
            // Rebuilt packets may be the same as before.
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
            (self.tell)(Progress::Made(Box::new(entry), None));
        }
        Ok(())
    }

    /// Removes files that are no longer needed, unless they were changed after they were built.
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
                        "{path} was kept: {}, but the file was changed after it was built; delete it if you don't need it",
                        removal.reason
                    )));
                }
            }
            self.cache.stamps.remove(&removal.path);
        }
        Ok(())
    }

    /// Writes the manifest and the cache.
    fn close(&mut self, output: &mut Output) -> Result<()> {
        let library = self.order.library;
        let lessons = library.issues.iter().flat_map(|issue| issue.with_translations().map(|entry| survey::name(issue, entry)));
        let lessons: HashSet<String> = lessons.collect();
        let (cache, manifest) = (&mut self.cache, &self.manifest);
        cache.lessons.retain(|name, _| lessons.contains(name));
        cache.stamps.retain(|path, _| manifest.entries.contains_key(path));
        if self.order.request.public {
            // A published folder must contain nothing about the teacher files.
            let basis = self.inputs.basis(true);
            cache.lessons.retain(|_, known| known.basis == basis);
            cache.lessons.values_mut().for_each(CachedLesson::forget_teacher);
        }
        self.costs.retain(|path| manifest.entries.contains_key(path));
        output.write_own(paths::COSTS, &self.costs.to_json())?;
        output.write_own(paths::SUMS, &manifest.to_sums())?;
        output.write_own(paths::MANIFEST, &manifest.to_json(&library.series))?;
        output.write_own(paths::CACHE, &cache.to_json())?;
        output.finish()
    }
}

impl Made {
    /// Nothing of a task so far.
    fn of(task: &Task) -> Self {
        Self {
            subject: task.subject(),
            lesson: task.lesson.as_ref().map(|_| task.name()),
            written: Vec::new(),
            page_images: Vec::new(),
            gone: Vec::new(),
            diagnostics: Diagnostics::default(),
            sources: Sources::default(),
            refused: 0,
            failure: None,
            refusal: None,
        }
    }
}

/// Fails if a merge would have to make packets.
fn all_there(plan: &Plan) -> Result<()> {
    let due: Vec<String> = plan.makes().map(|make| format!("`{}` ({})", make.path, make.reason)).collect();
    let is_one = due.len() == 1;
    ensure!(due.is_empty(), "{} {} not in the partitions", merge::listed(&due), if is_one { "is" } else { "are" });
    Ok(())
}

/// Writes a packet from the store, if it has it.
fn from_store(store: &Store, (task, make): (&Task, &Make), order: &Order<'_>, output: &Output, made: &mut Made) -> bool {
    let Some((packet, files)) = store.fetch(make.key).filter(|(packet, files)| {
        let issue = order.library.issues.iter().find(|issue| issue.id == task.issue);
        let images = |issue| page_images::of(order.library, issue, task.is_translation(), &make.id, packet.pages).len();
        issue.map(images) == Some(files.page_images.len()) && (packet.overflows.is_empty() || !order.request.strict)
    }) else {
        return false;
    };
    match write((task, make), packet, (Some(files), None), order, output, made) {
        Ok(()) => true,
        Err(error) => {
            made.refusal = Some(error);
            false
        }
    }
}

/// Has a worker make the packets of a task, and writes them.
fn make(task: &Task, order: &Order<'_>, inputs: &SharedInputs, pool: &Pool<'_>, output: &Output, stop: &AtomicBool) -> Made {
    let mut made = Made::of(task);
    let mut task = task.clone();
    if let Some(store) = order.store.as_ref().filter(|_| !order.force) {
        let makes = std::mem::take(&mut task.makes);
        task.makes = makes.into_iter().filter(|make| !from_store(store, (&task, make), order, output, &mut made)).collect();
    }
    if task.makes.is_empty() || made.refusal.is_some() {
        return made;
    }
    let mut due = task.makes.iter();
    let job = Job { version: protocol::VERSION, inputs: inputs.clone(), task: task.clone(), strict: order.request.strict };
    let mut since = Instant::now();
    let outcome = pool.run(&job, stop, |packet, files| {
        let make = due.next().context("received more packets than requested")?;
        let milliseconds = since.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
        if let (Some(store), Some(files)) = (&order.store, &files) {
            store.put(make.key, &packet, files);
        }
        write((&task, make), packet, (files, Some(milliseconds)), order, output, &mut made)?;
        since = Instant::now();
        Ok(())
    });
    match outcome {
        Ok(()) => {}
        Err(JobError::Failed(reason)) => made.failure = Some(format!("{}: {reason}", task.name())),
        Err(JobError::Refused(error)) => made.refusal = Some(error),
    }
    made
}

/// Writes a finished packet, after its page images: if the packet exists, so do they.
fn write(
    (task, make): (&Task, &Make),
    packet: PressedPacket,
    (files, milliseconds): (Option<PacketFiles>, Option<u64>),
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
    let kind = FileKind::Packet(PacketEntry::new(&make.id, packet.title, packet.pages, packet.printing));
    let entry = FileEntry::new(&make.path, Some(&make.id.issue), kind, make.key, &pdf);
    let stamp = output.write(&entry, &pdf)?;
    made.written.push(Written { entry, stamp, overflows: packet.overflows, set: packet.set, milliseconds });
    Ok(())
}

/// Writes the page images of a packet, and removes earlier ones that it no longer has.
fn write_page_images(
    (task, make): (&Task, &Make),
    pages: usize,
    pictures: &[Vec<u8>],
    order: &Order<'_>,
    output: &Output,
    made: &mut Made,
) -> Result<()> {
    let library = order.library;
    let issue = library.issues.iter().find(|issue| issue.id == task.issue).context("received a packet of an unknown issue")?;
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
