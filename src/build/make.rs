//! Makes what the plan asks for: the packets of a lesson or an issue, and archives.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

use super::inputs;
use super::plan::{IssuePlan, LessonPlan, Make, Plan, Task};
use super::record::{Memory, Warning};
use super::{Event, Order, Summary, zips};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::lesson::series::Edition;
use crate::library::Workspace;
use crate::manifest::{Entry, Kind, Manifest, PacketEntry};
use crate::output::{Found, Output, Stamp};
use crate::packet::Packet;
use crate::press::{IssuePress, Press, Pressed};
use crate::source::{FileId, Place, Sources};
use crate::typeset::{Fault, FitWarning, Typesetter};

/// What all workers share.
pub struct Makes<'a> {
    pub order: &'a Order<'a>,
    pub output: &'a Output,
    pub typesetter: &'a Typesetter<'a>,
    pub stop: &'a AtomicBool,
}

/// What became of a task.
#[derive(Default)]
pub struct Made {
    /// The name by which its lesson is remembered; nothing for an issue.
    pub lesson: Option<String>,
    /// The packets that were written, with what did not fit in them.
    pub written: Vec<(Entry, Stamp, Vec<Warning>)>,
    /// What did not fit.
    pub diagnostics: Diagnostics,
    /// The files in which that stands.
    pub sources: Sources,
    /// How many packets a warning kept from being written.
    pub refused: usize,
    /// Why it could not be built, for a reason that does not concern the others.
    pub failure: Option<String>,
    /// Why nothing more can be built.
    pub refusal: Option<anyhow::Error>,
}

impl Makes<'_> {
    /// Makes the packets of a lesson or an issue that are due.
    pub fn task(&self, task: &Task<'_, '_>) -> Made {
        let (name, lesson) = match task {
            Task::Lesson(plan) => (plan.name(), Some(plan.name())),
            Task::Issue(plan, _) => (plan.issue.id.clone(), None),
        };
        let mut made = Made { lesson, ..Made::default() };
        let mut workspace = Workspace::new(self.order.fonts);
        let result = match task {
            Task::Lesson(plan) => self.lesson(plan, &mut workspace, &mut made),
            Task::Issue(plan, lessons) => self.issue(plan, lessons, &mut workspace, &mut made),
        };
        if let Err(error) = result {
            made.failure = Some(format!("{name}: {error:#}"));
        }
        (made.diagnostics, made.sources) = (workspace.diagnostics, workspace.sources);
        made
    }

    fn lesson(&self, plan: &LessonPlan<'_>, workspace: &mut Workspace<'_>, made: &mut Made) -> Result<()> {
        let mut press = Press::new(self.order.library, plan.issue, plan.entry, self.typesetter, workspace)?;
        if plan.makes.iter().any(|make| make.identity.edition != Edition::Student) {
            press.open_desk(workspace)?;
        }
        unchanged(plan)?;
        for make in &plan.makes {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            let pressed = press.press(&make.identity, workspace)?;
            let mut found = Diagnostics::default();
            found.extend(misfits(&pressed.packet, &pressed.laid_out.warnings, press.loaded().file));
            let kept = Warning::keep(&found, &workspace.sources, &self.order.library.root);
            let fits = found.warnings() == 0;
            workspace.diagnostics.append(found);
            if self.order.strict && !fits {
                made.refused += 1;
                continue;
            }
            let flow = self.write(make, &pressed, kept, std::slice::from_ref(plan), made)?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What does not fit has been told of the lessons' own packets.
    fn issue(
        &self,
        plan: &IssuePlan<'_>,
        lessons: &[LessonPlan<'_>],
        workspace: &mut Workspace<'_>,
        made: &mut Made,
    ) -> Result<()> {
        let entries: Vec<_> = lessons.iter().map(|lesson| lesson.entry).collect();
        let mut press = IssuePress::new(self.order.library, plan.issue, &entries, self.typesetter, workspace)?;
        if plan.makes.iter().any(|make| make.identity.edition != Edition::Student) {
            press.open_desks(workspace)?;
        }
        lessons.iter().try_for_each(unchanged)?;
        for make in &plan.makes {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            let pressed = press.press(&make.identity, workspace)?;
            if self.order.strict && !pressed.laid_out.warnings.is_empty() {
                made.refused += 1;
                continue;
            }
            let flow = self.write(make, &pressed, Vec::new(), lessons, made)?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Writes a packet, if the lessons from which it was made are as they were when they were checked.
    fn write(
        &self,
        make: &Make,
        pressed: &Pressed<'_>,
        misfits: Vec<Warning>,
        lessons: &[LessonPlan<'_>],
        made: &mut Made,
    ) -> Result<ControlFlow<()>> {
        let pdf = pressed.laid_out.pdf().with_context(|| format!("cannot write {}", make.identity))?;
        lessons.iter().try_for_each(unchanged)?;
        let title = pressed.packet.document.title.clone();
        let entry = entry(make, title, pressed.laid_out.layout.pages, &pdf);
        Ok(match self.output.write(&entry, &pdf) {
            Ok(stamp) => {
                made.written.push((entry, stamp, misfits));
                ControlFlow::Continue(())
            }
            Err(error) => {
                made.refusal = Some(error);
                ControlFlow::Break(())
            }
        })
    }

    /// Makes the archives that are due; what they hold lies in the manifest and in the folder.
    pub fn archives(
        &self,
        plan: &Plan<'_>,
        manifest: &mut Manifest,
        memory: &mut Memory,
        summary: &mut Summary,
        tell: &mut dyn FnMut(Event),
    ) -> Result<()> {
        let gone: Vec<&str> = plan.removals.iter().map(|(path, _)| path.as_str()).collect();
        for (issue, (students, reason)) in
            plan.issues.iter().flat_map(|plan| plan.archives.iter().map(move |it| (plan.issue, it)))
        {
            let path = zips::path(&issue.id, *students);
            let members = zips::members(manifest, &issue.id, *students, &gone);
            let key = zips::key(&members);
            // Packets that were made again may be what they were.
            let old = manifest.entries.get(&path).filter(|entry| entry.key == key && (reason.is_none() || !self.order.force));
            if let Some(old) = old
                && let (Found::Ours, stamp) = self.output.look(old, &memory.stamps)?
            {
                summary.unchanged += 1;
                memory.stamps.extend(stamp.map(|stamp| (path.clone(), stamp)));
                continue;
            }
            if members.is_empty() {
                continue;
            }
            let bytes = match zips::zip(self.output.folder(), &members) {
                Ok(bytes) => bytes,
                Err(error) => {
                    summary.failed += 1;
                    tell(Event::Failed(format!("{path}: {error:#}")));
                    continue;
                }
            };
            let entry = Entry {
                path: path.clone(),
                issue: issue.id.clone(),
                kind: Kind::Zip { students: *students },
                key,
                sha256: Digest::of(&bytes),
                bytes: bytes.len() as u64,
            };
            let stamp = self.output.write(&entry, &bytes)?;
            memory.stamps.insert(path.clone(), stamp);
            manifest.entries.insert(path, entry.clone());
            summary.made += 1;
            tell(Event::Made(entry));
        }
        Ok(())
    }
}

/// Makes sure that a lesson's files are those that were checked: from no others is a packet noted down as made.
fn unchanged(plan: &LessonPlan<'_>) -> Result<()> {
    let now = inputs::files(plan.issue, plan.entry, plan.record.pictures());
    let before = plan.record.files.iter().find(|(name, digest)| now.get(*name) != Some(digest));
    if let Some((name, _)) = before {
        let what = if now.get(name).is_some_and(Option::is_some) { "was changed" } else { "was removed" };
        anyhow::bail!("`{name}` {what} while the packets were being built; build again");
    }
    Ok(())
}

fn entry(make: &Make, title: String, pages: usize, pdf: &[u8]) -> Entry {
    Entry {
        path: make.path.clone(),
        issue: make.identity.issue.clone(),
        kind: Kind::Packet(PacketEntry::new(&make.identity, title, pages)),
        key: make.key,
        sha256: Digest::of(pdf),
        bytes: pdf.len() as u64,
    }
}

/// What the finished layout has found, as warnings at the places of the lesson.
fn misfits(packet: &Packet, warnings: &[FitWarning], file: FileId) -> Vec<Diagnostic> {
    let paper = packet.paper.name();
    let misfit = |warning: &FitWarning| {
        let place = packet.marks.get(&warning.mark).copied().unwrap_or(Place::beginning(file));
        let (code, help) = match warning.fault {
            Fault::Space => (Code::SpaceDoesNotFit, "ask for less room, or for `fill`, which takes what is there"),
            Fault::Card => (Code::SpaceDoesNotFit, "shorten its text, or lower `per_page`"),
            Fault::Table => {
                (Code::TooWide, "write it as a `table` with `width: page` or `width: landscape`, or give it fewer columns")
            }
            Fault::Equation => (Code::TooWide, "cut it into two, or break its lines with `\\begin{aligned}`"),
            Fault::Plan => (Code::PlanTooLong, "shorten its texts, or the list of materials in the lesson: it has one page"),
        };
        Diagnostic::new(code, place, format!("{} (on {paper})", warning.message)).help(help)
    };
    warnings.iter().map(misfit).collect()
}
