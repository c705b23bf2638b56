//! The plan of a build: which files must be made and why, and which belong to nothing any more.

use std::collections::BTreeMap;

use anyhow::Result;

use super::inputs::{self, Common};
use super::reasons::{Missing, why};
use super::record::{Memory, Record, Warning};
use super::{Order, Would, speaks, survey, zips};
use crate::diagnostics::Diagnostics;
use crate::digest::Digest;
use crate::lesson::series::{Edition, Part};
use crate::library::{IssueEntry, LessonEntry, Workspace};
use crate::manifest::{Kind, Manifest};
use crate::output::{self, Found, Stamp};
use crate::packet::Identity;
use crate::preview;
use crate::source::Sources;

/// What must be done.
#[derive(Default)]
pub struct Plan<'a> {
    /// The sound lessons, in the order of the library.
    pub lessons: Vec<LessonPlan<'a>>,
    /// The issues that are asked for whole and can be made.
    pub issues: Vec<IssuePlan<'a>>,
    /// The files to remove, each with the reason.
    pub removals: Vec<(String, String)>,
    /// How many packets are as they should be.
    pub unchanged: usize,
    /// The stamps of the files that were found to be ours.
    pub stamps: BTreeMap<String, Stamp>,
}

/// A sound lesson.
pub struct LessonPlan<'a> {
    /// Its issue.
    pub issue: &'a IssueEntry,
    /// Where it is.
    pub entry: &'a LessonEntry,
    /// What is known of it.
    pub record: Record,
    /// The packets that must be made.
    pub makes: Vec<Make>,
}

/// An issue whose lessons are all sound and asked for.
pub struct IssuePlan<'a> {
    /// The issue.
    pub issue: &'a IssueEntry,
    /// Where its lessons stand in the plan.
    pub lessons: std::ops::Range<usize>,
    /// The packets of the whole issue that must be made.
    pub makes: Vec<Make>,
    /// Its archives, for students and for teachers, with the reason if they must be made.
    pub archives: Vec<(bool, Option<String>)>,
}

/// A packet that must be made.
#[derive(Debug, Clone)]
pub struct Make {
    /// What it is.
    pub identity: Identity,
    /// Its path from the output folder.
    pub path: String,
    /// What it is made from.
    pub key: Digest,
    /// Why it must be made.
    pub reason: String,
}

/// Something that must be made from one or more lessons, at one go.
#[derive(Clone, Copy)]
pub enum Task<'p, 'a> {
    /// The packets of a lesson.
    Lesson(&'p LessonPlan<'a>),
    /// The packets of a whole issue, with its lessons.
    Issue(&'p IssuePlan<'a>, &'p [LessonPlan<'a>]),
}

impl<'a> Task<'_, 'a> {
    /// The issue.
    pub fn issue(&self) -> &'a IssueEntry {
        match self {
            Task::Lesson(plan) => plan.issue,
            Task::Issue(plan, _) => plan.issue,
        }
    }

    /// The lesson; `None` for a whole issue.
    pub fn lesson(&self) -> Option<&'a LessonEntry> {
        match self {
            Task::Lesson(plan) => Some(plan.entry),
            Task::Issue(..) => None,
        }
    }
}

impl LessonPlan<'_> {
    /// The name by which the lesson is remembered.
    pub fn name(&self) -> String {
        survey::name(self.issue, self.entry)
    }
}

impl<'a> Plan<'a> {
    /// What there is to make, each issue behind its lessons.
    pub fn tasks(&self) -> Vec<Task<'_, 'a>> {
        let mut tasks = Vec::new();
        let mut issues = self.issues.iter().peekable();
        for (index, lesson) in self.lessons.iter().enumerate() {
            if !lesson.makes.is_empty() {
                tasks.push(Task::Lesson(lesson));
            }
            while let Some(issue) = issues.next_if(|issue| issue.lessons.end <= index + 1) {
                if !issue.makes.is_empty() {
                    tasks.push(Task::Issue(issue, &self.lessons[issue.lessons.clone()]));
                }
            }
        }
        tasks
    }

    /// The packets that must be made, in the order of the tasks.
    pub fn makes(&self) -> impl Iterator<Item = &Make> {
        self.tasks().into_iter().flat_map(|task| match task {
            Task::Lesson(lesson) => &lesson.makes,
            Task::Issue(issue, _) => &issue.makes,
        })
    }

    /// What a dry run tells.
    pub fn would(&self) -> Vec<Would> {
        let makes = self.makes().map(|make| Would::Make(make.path.clone(), make.reason.clone()));
        let archive = |issue: &IssuePlan<'_>, students: bool, reason: Option<&String>| {
            reason.map(|reason| Would::Make(zips::path(&issue.issue.id, students), reason.clone()))
        };
        let archives = self
            .issues
            .iter()
            .flat_map(|issue| issue.archives.iter().filter_map(|(students, reason)| archive(issue, *students, reason.as_ref())));
        let removals = self.removals.iter().map(|(path, reason)| Would::Remove(path.clone(), reason.clone()));
        makes.chain(archives).chain(removals).collect()
    }
}

/// What a plan is made from.
pub struct Planner<'p, 'a, 'w> {
    pub order: &'p Order<'a>,
    pub common: &'p Common,
    pub memory: &'p Memory,
    pub manifest: &'p Manifest,
    /// Gets what was found when the packets that need not be made were laid out.
    pub workspace: &'p mut Workspace<'w>,
    pub note: &'p mut dyn FnMut(String),
    plan: Plan<'a>,
}

impl<'p, 'a, 'w> Planner<'p, 'a, 'w> {
    /// Begins a plan.
    pub fn new(
        order: &'p Order<'a>,
        common: &'p Common,
        memory: &'p Memory,
        manifest: &'p Manifest,
        workspace: &'p mut Workspace<'w>,
        note: &'p mut dyn FnMut(String),
    ) -> Self {
        Self { order, common, memory, manifest, workspace, note, plan: Plan::default() }
    }

    /// Holds what is asked for against what is there; `surveyed` has `None` for each lesson with mistakes.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn plan(mut self, surveyed: Vec<Option<Record>>, may_remove: bool) -> Result<Plan<'a>> {
        let mut incomplete = Vec::new();
        for ((issue, entry), record) in self.order.lessons.iter().zip(surveyed) {
            let Some(record) = record else {
                incomplete.push(&issue.id);
                continue;
            };
            if self.order.may_be_built(issue) {
                self.lesson(LessonPlan { issue, entry, record, makes: Vec::new() })?;
            }
        }
        let mut whole = Vec::new();
        for issue in self.order.issues_asked_for() {
            if !self.order.may_be_built(issue) {
                (self.note)(format!(
                    "{}: not published, since neither `issue.yaml` nor `series.yaml` names a `licence` under `rights`",
                    issue.id
                ));
            } else if incomplete.contains(&&issue.id) {
                (self.note)(format!("{}: no packet of the whole issue and no archive, since a lesson has mistakes", issue.id));
            } else {
                whole.push(issue);
            }
        }
        for issue in whole {
            self.issue(issue)?;
        }
        if may_remove {
            self.plan.removals = self.order.leftovers(self.manifest, &self.plan);
        }
        self.archives()?;
        Ok(self.plan)
    }

    fn lesson(&mut self, mut lesson: LessonPlan<'a>) -> Result<()> {
        if !speaks(&self.order.languages, &lesson.record.facts.language) {
            self.plan.lessons.push(lesson);
            return Ok(());
        }
        let mut missing = Missing::default();
        let (common, memory) = (self.common, self.memory);
        let issue = inputs::issue(&lesson.issue.issue);
        let known = memory.lessons.get(&lesson.name());
        for choice in &self.order.choices {
            if let Some(reason) = lesson.record.lack(choice.edition, choice.part) {
                missing.push(*choice, reason.to_owned());
                continue;
            }
            let identity = choice.of(&lesson.issue.id, Some(&lesson.entry.id), &lesson.record.facts.language);
            let path = identity.path(&self.order.library.series).to_string();
            let key = inputs::key(common, issue, &identity, [("", &lesson.record.files)]);
            let why = || why(common, issue, &lesson.issue.id, memory, &[(&lesson.record, known)], choice.edition);
            match self.standing_of_packet((lesson.issue, Some(lesson.entry)), &identity, &path, key, why)? {
                Standing::Due(reason) => lesson.makes.push(Make { identity, path, key, reason }),
                Standing::Unchanged(stamps) => {
                    self.plan.unchanged += 1;
                    self.plan.stamps.extend(stamps);
                    self.recall(lesson.record.misfits.get(&path));
                }
            }
        }
        missing.lines().for_each(|line| (self.note)(format!("{}: {line}", lesson.name())));
        self.plan.lessons.push(lesson);
        Ok(())
    }

    /// Tells again what was found in a packet that need not be made.
    fn recall(&mut self, misfits: Option<&Vec<Warning>>) {
        let Some(misfits) = misfits else { return };
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        Warning::recall(misfits.iter(), &self.order.library.root, &mut sources, &mut diagnostics);
        self.workspace.absorb(&diagnostics, &sources);
    }

    /// The packets of a whole issue: the editions that are asked for whole and that are read through, for students and teachers.
    fn issue(&mut self, issue: &'a IssueEntry) -> Result<()> {
        let is_of_issue = |lesson: &LessonPlan<'_>| lesson.issue.id == issue.id;
        let Some(first) = self.plan.lessons.iter().position(is_of_issue) else { return Ok(()) };
        let count = self.plan.lessons[first..].iter().take_while(|lesson| is_of_issue(lesson)).count();
        let lessons: Vec<_> =
            self.plan.lessons[first..first + count].iter().filter(|lesson| lesson.entry.translation.is_none()).collect();
        let facts = inputs::issue(&issue.issue);
        let has_teacher = lessons.iter().any(|lesson| lesson.record.lack(Edition::Teacher, Part::All).is_none());
        let known: Vec<_> = lessons.iter().map(|lesson| (&lesson.record, self.memory.lessons.get(&lesson.name()))).collect();
        let mut makes = Vec::new();
        let mut unchanged = Vec::new();
        let is_asked_for = speaks(&self.order.languages, &self.order.library.series.language.0);
        for choice in self.order.choices.iter().filter(|choice| is_asked_for && choice.part == Part::All) {
            let exists = match choice.edition {
                Edition::Student => true,
                Edition::Teacher => has_teacher,
                Edition::Key | Edition::Substitute => false,
            };
            if !exists {
                continue;
            }
            let identity = choice.of(&issue.id, None, &self.order.library.series.language.0);
            let path = identity.path(&self.order.library.series).to_string();
            let files = lessons.iter().map(|lesson| (lesson.entry.id.as_str(), &lesson.record.files));
            let key = inputs::key(self.common, facts, &identity, files);
            let why = || why(self.common, facts, &issue.id, self.memory, &known, choice.edition);
            match self.standing_of_packet((issue, None), &identity, &path, key, why)? {
                Standing::Due(reason) => makes.push(Make { identity, path, key, reason }),
                Standing::Unchanged(stamps) => unchanged.push(stamps),
            }
        }
        self.plan.unchanged += unchanged.len();
        self.plan.stamps.extend(unchanged.into_iter().flatten());
        self.plan.issues.push(IssuePlan { issue, lessons: first..first + count, makes, archives: Vec::new() });
        Ok(())
    }

    /// The archives of the issues that are asked for whole; one that would be empty is none.
    fn archives(&mut self) -> Result<()> {
        let mut issues = std::mem::take(&mut self.plan.issues);
        for plan in &mut issues {
            for students in [true, false] {
                if self.order.public && !students {
                    continue;
                }
                let path = zips::path(&plan.issue.id, students);
                let made = self.plan.lessons[plan.lessons.clone()].iter().flat_map(|lesson| &lesson.makes).chain(&plan.makes);
                let made = made.filter(|make| (make.identity.edition == Edition::Student) == students).count() > 0;
                let gone: Vec<&str> = self.plan.removals.iter().map(|(path, _)| path.as_str()).collect();
                let members = zips::members(self.manifest, &plan.issue.id, students, &gone);
                if members.is_empty() && !made {
                    if self.manifest.entries.contains_key(&path) {
                        self.plan.removals.push((path, "it would be empty".to_owned()));
                    }
                    continue;
                }
                let again = || "its packets have changed".to_owned();
                let reason = match self.standing(&path, zips::key(&members), again)? {
                    Standing::Due(reason) => Some(reason),
                    Standing::Unchanged(_) if made => Some(again()),
                    Standing::Unchanged(stamps) => {
                        self.plan.stamps.extend(stamps);
                        None
                    }
                };
                plan.archives.push((students, reason));
            }
        }
        self.plan.issues = issues;
        Ok(())
    }

    /// Whether a packet and its previews are as they should be; `why` tells what has changed if it is made from something else now.
    fn standing_of_packet(
        &self,
        (issue, lesson): (&IssueEntry, Option<&LessonEntry>),
        identity: &Identity,
        path: &str,
        key: Digest,
        why: impl FnOnce() -> String,
    ) -> Result<Standing> {
        let mut stamps = match self.standing(path, key, why)? {
            Standing::Unchanged(stamps) => stamps,
            due @ Standing::Due(_) => return Ok(due),
        };
        let pages = self.manifest.entries.get(path).map_or(0, |entry| match &entry.kind {
            Kind::Packet(packet) => packet.pages,
            Kind::Zip { .. } | Kind::Preview { .. } | Kind::Page => 0,
        });
        for preview in preview::of(self.order.library, issue, lesson, identity, pages) {
            match self.standing(&preview.path, key, String::new)? {
                Standing::Unchanged(stamp) => stamps.extend(stamp),
                Standing::Due(_) => {
                    return Ok(Standing::Due(format!("the picture of its page {} is gone or was changed", preview.page)));
                }
            }
        }
        Ok(Standing::Unchanged(stamps))
    }

    /// Whether a file is as it should be; `why` tells what has changed if it is made from something else now.
    fn standing(&self, path: &str, key: Digest, why: impl FnOnce() -> String) -> Result<Standing> {
        let due = |reason: &str| Ok(Standing::Due(reason.to_owned()));
        match self.manifest.entries.get(path) {
            _ if self.order.force => due("all is to be made again"),
            None => due("it is new"),
            Some(entry) if entry.key != key => Ok(Standing::Due(why())),
            Some(entry) => match output::look(&self.order.folder, entry, &self.memory.stamps)? {
                (Found::Ours, stamp) => {
                    Ok(Standing::Unchanged(stamp.map(|stamp| (path.to_owned(), stamp)).into_iter().collect()))
                }
                (Found::Missing, _) => due("its file is gone"),
                (Found::Altered, _) => due("its file was changed since it was built"),
            },
        }
    }
}

/// How it stands with a file.
enum Standing {
    /// It must be made, for this reason.
    Due(String),
    /// It is as it should be; with the stamps of what was looked at.
    Unchanged(Vec<(String, Stamp)>),
}
