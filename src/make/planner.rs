//! Plans a build: compares the requested packets with the files that exist.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use anyhow::{Result, ensure};

use super::cache::{BuildCache, CachedLesson, Warning};
use super::inputs::{self, SharedInputs};
use super::leftovers::{self, Leftovers};
use super::plan::{Archive, Make, Plan, Task};
use super::planned::Planned;
use super::reasons::why;
use super::{Order, archives};
use crate::diagnostics::{Diagnostics, in_words};
use crate::digest::Digest;
use crate::lesson::series::{Edition, Part};
use crate::library::{IssueEntry, LessonEntry};
use crate::manifest::{FileKind, Manifest};
use crate::offer::{Reasons, has_whole_issue, is_missed, speaks};
use crate::output::{self, Found, Stamp};
use crate::packet::PacketId;
use crate::page_images;
use crate::paths;
use crate::session::Session;
use crate::source::Sources;
use crate::words;

/// The inputs for planning, and where findings go.
pub(super) struct Planner<'p, 'a, 'w> {
    pub order: &'p Order<'a>,
    /// Whether what the manifest says is taken on trust, without a look at the files.
    pub trust: bool,
    pub inputs: &'p SharedInputs,
    pub cache: &'p BuildCache,
    pub manifest: &'p Manifest,
    /// Receives cached warnings of packets that are up to date.
    pub session: &'p mut Session<'w>,
    pub note: &'p mut dyn FnMut(String),
}

/// A plan, with everything else needed to carry it out.
#[derive(Default)]
pub(super) struct Outcome<'a> {
    pub plan: Plan,
    /// The lessons without errors, in library order.
    pub lessons: Vec<Planned<'a>>,
    /// The stamps of the files that are up to date.
    pub stamps: BTreeMap<String, Stamp>,
    /// The paths of all requested packets, whether or not they are up to date.
    pub requested: BTreeSet<String>,
}

/// An issue whose lessons are all requested and have no errors.
struct Whole<'a> {
    issue: &'a IssueEntry,
    /// The range of its lessons among those of the plan.
    lessons: Range<usize>,
    makes: Vec<Make>,
}

/// Whether a file is up to date.
enum Status {
    /// It must be built, for this reason.
    Due(String),
    /// It is up to date, with the stamps of the checked files.
    Unchanged(Vec<(String, Stamp)>),
}

impl<'a> Planner<'_, 'a, '_> {
    /// Compares the requested packets with the files that exist; `surveyed` has `None` for each lesson with errors.
    ///
    /// # Errors
    /// If reading or writing fails.
    pub(super) fn plan(mut self, surveyed: Vec<Option<CachedLesson>>, may_remove: bool) -> Result<Outcome<'a>> {
        let mut outcome = Outcome::default();
        let mut incomplete = Vec::new();
        let mut of_lessons = Vec::new();
        for ((issue, entry), known) in self.order.lessons.iter().zip(surveyed) {
            let Some(known) = known else {
                incomplete.push(&issue.id);
                continue;
            };
            if self.order.may_be_built(issue) {
                let lesson = Planned { issue, entry, known };
                of_lessons.push(self.lesson(&lesson, &mut outcome)?);
                outcome.lessons.push(lesson);
            }
        }
        if self.order.share.is_none() {
            self.languages(&outcome.lessons);
        }
        let mut wholes = Vec::new();
        for issue in self.order.whole_issues() {
            if !self.order.may_be_built(issue) {
                (self.note)(format!(
                    "{}: not on the download page; to publish, add `rights: {{holder: Your Name, license: CC BY 4.0}}` to `series.yaml`",
                    issue.id
                ));
            } else if incomplete.contains(&&issue.id) {
                (self.note)(format!("{}: skipped the whole-issue packets and archives because a lesson has errors", issue.id));
            } else {
                wholes.extend(self.whole_issue(issue, &mut outcome)?);
            }
        }
        outcome.plan.tasks = tasks(&outcome.lessons, of_lessons, &wholes);
        if may_remove {
            let whole_issues = wholes.iter().map(|whole| (whole.issue.id.as_str(), &outcome.lessons[whole.lessons.clone()]));
            let mut removals = Leftovers::new(self.order, &outcome.lessons, whole_issues.collect()).of(self.manifest);
            // A new file may replace an old one, such as a packet in the series' previous language.
            let made: HashSet<&str> = outcome.plan.makes().map(|make| make.path.as_str()).collect();
            removals.retain(|removal| match self.manifest.entries.get(&removal.path).map(|entry| &entry.kind) {
                Some(FileKind::PageImage { packet, .. }) => !made.contains(packet.as_str()),
                _ => !made.contains(removal.path.as_str()),
            });
            outcome.plan.removals = removals;
        }
        if self.order.share.is_none() {
            leftovers::notes(self.order, &outcome.lessons, self.manifest).into_iter().for_each(|note| (self.note)(note));
            for whole in &wholes {
                self.archives(whole.issue, &mut outcome)?;
            }
        }
        Ok(outcome)
    }

    /// Says which requested languages no lesson is in, and which have no fixed words.
    fn languages(&mut self, lessons: &[Planned<'_>]) {
        let spoken: BTreeSet<&str> = lessons.iter().map(|lesson| lesson.known.facts.language.as_str()).collect();
        let is_spoken = |wanted: &&String| spoken.iter().any(|language| speaks(std::slice::from_ref(*wanted), language));
        for wanted in self.order.request.languages.iter().filter(|wanted| !spoken.is_empty() && !is_spoken(wanted)) {
            let there: Vec<String> = spoken.iter().map(|language| format!("`{language}`")).collect();
            let noun = if there.len() == 1 { "language" } else { "languages" };
            (self.note)(format!("no lesson is in `{wanted}`; {noun} found: {}", in_words(&there, "and")));
        }
        for language in spoken.into_iter().filter(|language| speaks(&self.order.request.languages, language)) {
            if words::table(words::primary(language)).is_none() {
                (self.note)(format!(
                    "`{language}`: headings such as \u{201c}Reading\u{201d} are in English, because Packetpress doesn't have them in this language"
                ));
            }
        }
    }

    /// The packets of a lesson that are out of date.
    fn lesson(&mut self, lesson: &Planned<'a>, outcome: &mut Outcome<'a>) -> Result<Vec<Make>> {
        let mut makes = Vec::new();
        let Planned { issue, entry, known } = lesson;
        // A lesson may be here only for the packets of its issue.
        let is_elsewhere = self.order.share.as_ref().is_some_and(|share| !share.has_lesson(issue, entry));
        if is_elsewhere || !speaks(&self.order.request.languages, &known.facts.language) {
            return Ok(makes);
        }
        let mut reasons = Reasons::default();
        let issue_inputs = inputs::issue(&issue.issue);
        let before = self.cache.lessons.get(&lesson.name());
        for spec in &self.order.request.packets {
            if let Some(reason) = known.why_not(spec.edition, spec.part) {
                if is_missed(*spec, &self.order.request.packets) {
                    reasons.push(*spec, reason.to_owned());
                }
                continue;
            }
            let id = PacketId::new(*spec, &issue.id, Some(&entry.id), &known.facts.language);
            let path = paths::packet(&id, &self.order.library.series);
            let key = inputs::key(self.inputs, issue_inputs, &id, [("", &known.contents, &known.files)]);
            if !self.is_planned(&path, key)? {
                continue;
            }
            outcome.requested.insert(path.clone());
            let why = || why(self.inputs, issue_inputs, &issue.id, self.cache, &[(known, before)], spec.edition);
            match self.status_of_packet((issue, entry.translation.is_some()), &id, &path, key, why)? {
                Status::Due(reason) => makes.push(Make { id, path, key, reason }),
                Status::Unchanged(stamps) => {
                    outcome.plan.unchanged += 1;
                    outcome.stamps.extend(stamps);
                    self.recall(known.overflows.get(&path));
                }
            }
        }
        reasons.lines().for_each(|line| (self.note)(format!("{}: {line}", lesson.name())));
        Ok(makes)
    }

    /// Reports the cached warnings of a packet that is up to date.
    fn recall(&mut self, overflows: Option<&Vec<Warning>>) {
        let Some(overflows) = overflows.filter(|_| !self.trust) else { return };
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        Warning::recall(overflows.iter(), &self.order.library.root, &mut sources, &mut diagnostics);
        self.session.absorb(&diagnostics, &sources);
    }

    /// Whether a packet is to be made here. If a plan is carried out, only what is in it.
    ///
    /// # Errors
    /// If the inputs of the packet changed after it was planned.
    fn is_planned(&self, path: &str, key: Digest) -> Result<bool> {
        let Some(planned) = self.order.share.as_ref().and_then(|share| share.packets.as_ref()) else { return Ok(true) };
        let Some(planned) = planned.get(path) else { return Ok(false) };
        ensure!(*planned == key, "`{path}` was planned from other lessons than these; plan again");
        Ok(true)
    }

    /// The packets of a whole issue that are out of date; `None` if every lesson has errors.
    fn whole_issue(&self, issue: &'a IssueEntry, outcome: &mut Outcome<'a>) -> Result<Option<Whole<'a>>> {
        let is_of_issue = |lesson: &Planned<'_>| lesson.issue.id == issue.id;
        let Some(first) = outcome.lessons.iter().position(is_of_issue) else { return Ok(None) };
        let count = outcome.lessons[first..].iter().take_while(|lesson| is_of_issue(lesson)).count();
        let range = first..first + count;
        let lessons: Vec<_> = outcome.lessons[range.clone()].iter().filter(|lesson| lesson.entry.translation.is_none()).collect();
        let issue_inputs = inputs::issue(&issue.issue);
        let has_teacher = lessons.iter().any(|lesson| lesson.known.why_not(Edition::Teacher, Part::All).is_none());
        let known: Vec<_> = lessons.iter().map(|lesson| (&lesson.known, self.cache.lessons.get(&lesson.name()))).collect();
        let series = &self.order.library.series;
        let mut makes = Vec::new();
        let mut unchanged = Vec::new();
        let is_asked_for = speaks(&self.order.request.languages, &series.language.value.0);
        for spec in self.order.request.packets.iter().filter(|spec| is_asked_for && has_whole_issue(**spec, has_teacher)) {
            let id = PacketId::new(*spec, &issue.id, None, &series.language.value.0);
            let path = paths::packet(&id, series);
            let all = lessons.iter().map(|lesson| (lesson.entry.id.as_str(), &lesson.known.contents, &lesson.known.files));
            let key = inputs::key(self.inputs, issue_inputs, &id, all);
            if !self.is_planned(&path, key)? {
                continue;
            }
            outcome.requested.insert(path.clone());
            let why = || why(self.inputs, issue_inputs, &issue.id, self.cache, &known, spec.edition);
            match self.status_of_packet((issue, false), &id, &path, key, why)? {
                Status::Due(reason) => makes.push(Make { id, path, key, reason }),
                Status::Unchanged(stamps) => unchanged.push(stamps),
            }
        }
        outcome.plan.unchanged += unchanged.len();
        outcome.stamps.extend(unchanged.into_iter().flatten());
        Ok(Some(Whole { issue, lessons: range, makes }))
    }

    /// The archives of an issue that is built whole, except empty ones.
    fn archives(&self, issue: &IssueEntry, outcome: &mut Outcome<'a>) -> Result<()> {
        for students in [true, false] {
            if self.order.request.public && !students {
                continue;
            }
            let path = paths::archive(&issue.id, students);
            if !self.order.library.series.archives {
                if self.manifest.entries.contains_key(&path) {
                    let reason = "`series.yaml` says `archives: false`".to_owned();
                    outcome.plan.removals.push(super::Removal { path, reason });
                }
                continue;
            }
            let is_member = |make: &Make| make.id.issue == issue.id && (make.id.edition == Edition::Student) == students;
            let changes = outcome.plan.makes().any(is_member);
            let gone: Vec<&str> = outcome.plan.removals.iter().map(|removal| removal.path.as_str()).collect();
            let members = archives::members(self.manifest, &issue.id, students, &gone);
            if members.is_empty() && !changes {
                if self.manifest.entries.contains_key(&path) {
                    outcome.plan.removals.push(super::Removal { path, reason: "it would be empty".to_owned() });
                }
                continue;
            }
            let again = || "its packets changed".to_owned();
            let reason = match self.status(&path, archives::key(&members), again)? {
                Status::Due(reason) => Some(reason),
                Status::Unchanged(_) if changes => Some(again()),
                Status::Unchanged(stamps) => {
                    outcome.stamps.extend(stamps);
                    None
                }
            };
            outcome.plan.archives.push(Archive { issue: issue.id.clone(), students, path, reason });
        }
        Ok(())
    }

    /// Whether a packet and its page images are up to date; `why` says what changed if its inputs did.
    fn status_of_packet(
        &self,
        (issue, is_translation): (&IssueEntry, bool),
        id: &PacketId,
        path: &str,
        key: Digest,
        why: impl FnOnce() -> String,
    ) -> Result<Status> {
        let mut stamps = match self.status(path, key, why)? {
            Status::Unchanged(stamps) => stamps,
            due @ Status::Due(_) => return Ok(due),
        };
        let pages = self.manifest.entries.get(path).map_or(0, |entry| match &entry.kind {
            FileKind::Packet(packet) => packet.pages,
            FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => 0,
        });
        for image in page_images::of(self.order.library, issue, is_translation, id, pages) {
            match self.status(&image.path, key, String::new)? {
                Status::Unchanged(stamp) => stamps.extend(stamp),
                Status::Due(_) => {
                    return Ok(Status::Due(format!("the image of page {} is missing or was changed", image.page)));
                }
            }
        }
        Ok(Status::Unchanged(stamps))
    }

    /// Whether a file is up to date; `why` says what changed if its inputs did.
    fn status(&self, path: &str, key: Digest, why: impl FnOnce() -> String) -> Result<Status> {
        let due = |reason: &str| Ok(Status::Due(reason.to_owned()));
        match self.manifest.entries.get(path) {
            _ if self.order.force => due("`--force` rebuilds everything"),
            None => due("new file"),
            Some(entry) if entry.key != key => Ok(Status::Due(why())),
            Some(_) if self.trust => Ok(Status::Unchanged(Vec::new())),
            Some(entry) => match output::look(&self.order.folder, entry, &self.cache.stamps)? {
                (Found::Ours, stamp) => Ok(Status::Unchanged(stamp.map(|stamp| (path.to_owned(), stamp)).into_iter().collect())),
                (Found::Missing, _) => due("the file is missing"),
                (Found::Altered, _) => due("the file was changed after it was built"),
            },
        }
    }
}

/// The tasks of the plan; an issue comes after its lessons.
fn tasks(lessons: &[Planned<'_>], makes: Vec<Vec<Make>>, wholes: &[Whole<'_>]) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    let mut push = |issue: &IssueEntry, lesson: Option<&LessonEntry>, lessons: Vec<(String, inputs::Files)>, makes: Vec<Make>| {
        if !makes.is_empty() {
            let lesson = lesson.map(LessonEntry::name);
            let issue_inputs = inputs::issue(&issue.issue);
            tasks.push(Task { issue: issue.id.clone(), issue_inputs, lesson, lessons, makes });
        }
    };
    let files = |lesson: &Planned<'_>| (lesson.entry.name(), lesson.known.files.clone());
    let mut wholes = wholes.iter().peekable();
    for ((index, lesson), makes) in lessons.iter().enumerate().zip(makes) {
        push(lesson.issue, Some(lesson.entry), vec![files(lesson)], makes);
        while let Some(whole) = wholes.next_if(|whole| whole.lessons.end <= index + 1) {
            let own = lessons[whole.lessons.clone()].iter().filter(|lesson| lesson.entry.translation.is_none());
            push(whole.issue, None, own.map(files).collect(), whole.makes.clone());
        }
    }
    tasks
}
