//! Makes what the plan asks for: sends for the packets of a lesson or an issue and writes them, and makes archives.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};

use super::crew::{Crew, Files, Trouble};
use super::inputs::{self, Common};
use super::plan::{Make, Plan, Task};
use super::record::{Memory, Warning};
use super::worker::{Errand, PressedPacket};
use super::{Event, Order, Summary, zips};
use crate::diagnostics::Diagnostics;
use crate::digest::Digest;
use crate::manifest::{Entry, Kind, Manifest, PacketEntry};
use crate::output::{Found, Output, Stamp};
use crate::preview;
use crate::source::Sources;

/// What all tasks share.
pub struct Makes<'a> {
    pub order: &'a Order<'a>,
    pub common: &'a Common,
    pub output: &'a Output,
    pub crew: Crew<'a>,
    pub stop: &'a AtomicBool,
}

/// What became of a task.
#[derive(Default)]
pub struct Made {
    /// The name by which its lesson is remembered; nothing for an issue.
    pub lesson: Option<String>,
    /// The packets that were written, with what did not fit in them.
    pub written: Vec<(Entry, Stamp, Vec<Warning>)>,
    /// The previews of their pages.
    pub previews: Vec<(Entry, Stamp)>,
    /// Previews of pages that are not there any more, which were removed.
    pub gone: Vec<String>,
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
    /// Has the packets of a lesson or an issue made that are due.
    pub fn task(&self, task: &Task<'_, '_>) -> Made {
        let (name, lesson, makes) = match task {
            Task::Lesson(plan) => (plan.name(), Some(plan.name()), &plan.makes),
            Task::Issue(plan, _) => (plan.issue.id.clone(), None, &plan.makes),
        };
        let mut made = Made { lesson, ..Made::default() };
        let mut due = makes.iter();
        let outcome = self.crew.send(&self.errand(task), self.stop, |packet, files| {
            let make = due.next().context("more packets came than were asked for")?;
            self.take(task, make, packet, files, &mut made)
        });
        match outcome {
            Ok(()) => {}
            Err(Trouble::Failed(reason)) => made.failure = Some(format!("{name}: {reason}")),
            Err(Trouble::Refused(error)) => made.refusal = Some(error),
        }
        made
    }

    fn errand(&self, task: &Task<'_, '_>) -> Errand {
        let (issue, lessons, makes) = match task {
            Task::Lesson(plan) => (plan.issue, std::slice::from_ref(*plan), &plan.makes),
            Task::Issue(plan, lessons) => (plan.issue, *lessons, &plan.makes),
        };
        Errand {
            common: self.common.clone(),
            issue: issue.id.clone(),
            facts: inputs::issue(&issue.issue),
            lessons: lessons
                .iter()
                .filter(|lesson| matches!(task, Task::Lesson(_)) || lesson.entry.translation.is_none())
                .map(|lesson| (lesson.entry.name(), lesson.record.files.clone()))
                .collect(),
            packets: makes.iter().map(|make| make.identity.clone()).collect(),
            strict: self.order.strict,
        }
    }

    /// Writes a packet that came, behind its previews: where the packet lies, they lie.
    fn take(&self, task: &Task<'_, '_>, make: &Make, packet: PressedPacket, files: Option<Files>, made: &mut Made) -> Result<()> {
        Warning::recall(packet.misfits.iter(), &self.order.library.root, &mut made.sources, &mut made.diagnostics);
        let Some(Files { pdf, previews }) = files else {
            made.refused += 1;
            return Ok(());
        };
        self.previews(task, make, packet.pages, &previews, made)?;
        let entry = Entry {
            path: make.path.clone(),
            issue: Some(make.identity.issue.clone()),
            kind: Kind::Packet(PacketEntry::new(&make.identity, packet.title, packet.pages)),
            key: make.key,
            sha256: Digest::of(&pdf),
            bytes: pdf.len() as u64,
        };
        let stamp = self.output.write(&entry, &pdf)?;
        made.written.push((entry, stamp, packet.misfits));
        Ok(())
    }

    /// Writes the previews of a packet that has so many pages, and removes those that it had before and has no more.
    fn previews(&self, task: &Task<'_, '_>, make: &Make, pages: usize, pictures: &[Vec<u8>], made: &mut Made) -> Result<()> {
        let previews = preview::of(self.order.library, task.issue(), task.lesson(), &make.identity, pages);
        for (preview, bytes) in previews.iter().zip(pictures) {
            let entry = Entry {
                path: preview.path.clone(),
                issue: Some(make.identity.issue.clone()),
                kind: Kind::Preview { packet: make.path.clone(), page: preview.page, width: preview.width },
                key: make.key,
                sha256: Digest::of(bytes),
                bytes: bytes.len() as u64,
            };
            let stamp = self.output.write(&entry, bytes)?;
            made.previews.push((entry, stamp));
        }
        let is_gone = |entry: &&Entry| {
            let is_of_packet = matches!(&entry.kind, Kind::Preview { packet, .. } if *packet == make.path);
            is_of_packet && previews.iter().all(|preview| preview.path != entry.path)
        };
        for entry in self.output.manifest.of_issue(&make.identity.issue).filter(is_gone) {
            if self.output.look(entry, &BTreeMap::new())?.0 == Found::Ours {
                self.output.remove(entry)?;
            }
            made.gone.push(entry.path.clone());
        }
        Ok(())
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
                issue: Some(issue.id.clone()),
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
