//! Checks a folder of built files against its manifest and against the lessons.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use super::archives;
use super::cache::{BuildCache, CachedLesson};
use super::inputs::{self, Contents, Files, SharedInputs};
use super::survey::{Surveyed, name, survey};
use crate::catalogue::{self, Facts, Page};
use crate::digest::Digest;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::manifest::{FileEntry, FileKind, Manifest};
use crate::offer;
use crate::output::{self, Found};
use crate::parallel;
use crate::paths::{self, MANIFEST, OWN_FOLDER, SUMS};
use crate::typeset::{Fonts, Templates};

/// A problem with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// In the manifest but not in the folder.
    Missing,
    /// Changed after it was built.
    Altered,
    /// In the folder but not in the manifest.
    Extra,
    /// Out of date: its inputs changed.
    Old,
    /// Its lesson or issue was removed.
    Orphan,
    /// Its lesson has errors, so it can't be compared.
    Unknown,
}

/// A file with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its path from the folder.
    pub path: String,
    /// What is wrong.
    pub finding: Finding,
    /// What it belongs to, if it's in the manifest: a lesson, such as `unit-1/tides`, an issue, or `None` for the download pages.
    pub subject: Option<String>,
}

/// The result of checking a folder.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many files are in the manifest.
    pub files: usize,
    /// The problems, sorted by path.
    pub findings: Vec<Problem>,
    /// The lessons without a packet in the folder: `fair-hearing-1/moscow-trials`.
    pub absent: Vec<String>,
}

/// Checks a folder against its manifest and, given a library, against the lessons.
///
/// # Errors
/// If the manifest or another file can't be read.
pub fn verify(
    folder: &Utf8Path,
    library: Option<&Library>,
    fonts: &Fonts,
    templates: &Templates,
    jobs: usize,
) -> Result<Verdict> {
    let manifest = output::manifest_at(&folder.join(MANIFEST))?;
    let mut findings = on_disk(folder, &manifest, jobs)?;
    if std::fs::read_to_string(folder.join(SUMS)).is_ok_and(|sums| !sums.lines().eq(manifest.to_sums().lines())) {
        findings.push((SUMS.to_owned(), Finding::Altered));
    }
    for path in extra(folder, &manifest)? {
        findings.push((path, Finding::Extra));
    }
    let mut absent = Vec::new();
    if let Some(library) = library {
        findings.extend(against_sources(&manifest, library, (fonts, templates), jobs)?);
        absent = without_packet(&manifest, library);
    }
    findings.sort();
    findings.dedup_by(|a, b| a.0 == b.0);
    let problem = |(path, finding): (String, Finding)| {
        let subject = manifest.entries.get(&path).and_then(|entry| subject(entry, finding, &manifest));
        Problem { path, finding, subject }
    };
    Ok(Verdict { files: manifest.entries.len(), findings: findings.into_iter().map(problem).collect(), absent })
}

/// The lesson or issue of a file. Pages have none, except those that a removed lesson left.
fn subject(entry: &FileEntry, finding: Finding, manifest: &Manifest) -> Option<String> {
    let issue = entry.issue.as_deref()?;
    let in_folder = || entry.path.strip_prefix(&paths::issue_folder(issue))?.split_once('/').map(|(lesson, _)| lesson);
    let lesson = match &entry.kind {
        FileKind::Packet(packet) => packet.lesson.as_deref(),
        FileKind::PageImage { packet, .. } => match manifest.entries.get(packet).map(|entry| &entry.kind) {
            Some(FileKind::Packet(packet)) => packet.lesson.as_deref(),
            _ => in_folder(),
        },
        FileKind::Zip { .. } => None,
        FileKind::Page => Some(in_folder().filter(|_| finding == Finding::Orphan)?),
    };
    Some(lesson.map_or_else(|| issue.to_owned(), |lesson| format!("{issue}/{lesson}")))
}

fn on_disk(folder: &Utf8Path, manifest: &Manifest, jobs: usize) -> Result<Vec<(String, Finding)>> {
    let entries: Vec<&FileEntry> = manifest.entries.values().collect();
    let mut findings = Vec::new();
    let mut refusal = None;
    let look = |entry: &&FileEntry| output::look(folder, entry, &BTreeMap::new()).map(|(found, _)| (entry.path.clone(), found));
    parallel::in_order(jobs, &entries, look, |looked| {
        match looked {
            Ok((_, Found::Ours)) => {}
            Ok((path, Found::Missing)) => findings.push((path, Finding::Missing)),
            Ok((path, Found::Altered)) => findings.push((path, Finding::Altered)),
            Err(error) => {
                refusal = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    refusal.map_or(Ok(findings), Err)
}

/// Files that aren't in the manifest, except those that only builds need.
fn extra(folder: &Utf8Path, manifest: &Manifest) -> Result<Vec<String>> {
    let known: BTreeSet<&str> = manifest.entries.keys().map(String::as_str).chain([MANIFEST, SUMS]).collect();
    let mut extra = Vec::new();
    let mut folders = vec![Utf8PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let outer = folder.join(&inner);
        for entry in outer.read_dir_utf8().with_context(|| format!("cannot read the folder {outer}"))? {
            let entry = entry.with_context(|| format!("cannot read the folder {outer}"))?;
            let path = inner.join(entry.file_name());
            let is_folder = entry.file_type().with_context(|| format!("cannot read {}", entry.path()))?.is_dir();
            if is_folder && path != OWN_FOLDER {
                folders.push(path);
            } else if !is_folder && !known.contains(path.as_str()) {
                extra.push(path.into_string());
            }
        }
    }
    Ok(extra)
}

/// The files that don't match the current lessons.
fn against_sources(
    manifest: &Manifest,
    library: &Library,
    (fonts, templates): (&Fonts, &Templates),
    jobs: usize,
) -> Result<Vec<(String, Finding)>> {
    let shared = SharedInputs::new(library, fonts, templates);
    let cache = BuildCache::default();
    let coverage = fonts.coverage();
    let lessons: Vec<(&IssueEntry, &LessonEntry)> =
        library.issues.iter().flat_map(|issue| issue.with_translations().map(move |lesson| (issue, lesson))).collect();
    let mut lesson_inputs: HashMap<(&str, String), Option<(Contents, Files)>> = HashMap::new();
    let mut facts: HashMap<String, Facts> = HashMap::new();
    let mut refusal = None;
    let look = |(issue, entry): &(&IssueEntry, &LessonEntry)| survey(library, issue, entry, &shared, &cache, &coverage, false);
    let mut next = lessons.iter();
    parallel::in_order(jobs, &lessons, look, |surveyed: Result<Surveyed>| match (surveyed, next.next()) {
        (Ok(surveyed), Some((issue, entry))) => {
            let known = surveyed.known.map(|CachedLesson { contents, files, facts, .. }| ((contents, files), facts));
            let (of_lesson, told) = known.unzip();
            lesson_inputs.insert((&issue.id, entry.name()), of_lesson);
            facts.extend(told.map(|told| (name(issue, entry), told)));
            ControlFlow::Continue(())
        }
        (Err(error), _) => {
            refusal = Some(error);
            ControlFlow::Break(())
        }
        (Ok(_), None) => ControlFlow::Break(()),
    });
    if let Some(error) = refusal {
        return Err(error);
    }
    let issues: HashMap<&str, &IssueEntry> = library.issues.iter().map(|issue| (issue.id.as_str(), issue)).collect();
    let judge = |entry: &FileEntry| {
        // Pages are compared all together, below.
        let of_issue = entry.issue.as_deref().filter(|_| entry.kind != FileKind::Page)?;
        let Some(issue) = issues.get(of_issue) else { return Some(Finding::Orphan) };
        judge(entry, manifest, issue, &shared, &lesson_inputs)
    };
    let mut findings: Vec<_> =
        manifest.entries.values().filter_map(|entry| judge(entry).map(|finding| (entry.path.clone(), finding))).collect();
    // If a lesson has errors, the right content of the pages is unknown.
    if lesson_inputs.values().all(Option::is_some) {
        let pages = catalogue::pages(library, manifest, &|issue, lesson| facts.get(&format!("{issue}/{lesson}")));
        findings.extend(against_pages(manifest, &pages));
    }
    Ok(findings)
}

/// The pages that are out of date or no longer belong.
fn against_pages(manifest: &Manifest, pages: &[Page]) -> Vec<(String, Finding)> {
    let must: HashMap<&str, Digest> = pages.iter().map(|page| (page.path.as_str(), page.key)).collect();
    let there = manifest.entries.values().filter(|entry| entry.kind == FileKind::Page);
    let judge = |entry: &FileEntry| match must.get(entry.path.as_str()) {
        None => Some(Finding::Orphan),
        Some(key) => (*key != entry.key).then_some(Finding::Old),
    };
    there.filter_map(|entry| judge(entry).map(|finding| (entry.path.clone(), finding))).collect()
}

/// The lessons without a packet, except in issues that were left out because they have no license.
fn without_packet(manifest: &Manifest, library: &Library) -> Vec<String> {
    let lesson = |entry: &FileEntry| match &entry.kind {
        FileKind::Packet(packet) => packet.lesson.clone(),
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => None,
    };
    let mut absent = Vec::new();
    for issue in &library.issues {
        if !offer::may_publish(&library.series, &issue.issue) && manifest.of_issue(&issue.id).next().is_none() {
            continue;
        }
        let there: HashSet<String> = manifest.of_issue(&issue.id).filter_map(lesson).collect();
        let lessons = issue.lessons.iter().filter(|entry| !there.contains(&entry.id));
        absent.extend(lessons.map(|entry| name(issue, entry)));
    }
    absent
}

fn judge(
    entry: &FileEntry,
    manifest: &Manifest,
    issue: &IssueEntry,
    shared: &SharedInputs,
    lesson_inputs: &HashMap<(&str, String), Option<(Contents, Files)>>,
) -> Option<Finding> {
    let packet = match &entry.kind {
        FileKind::Packet(packet) => packet,
        FileKind::Zip { students } => {
            let members = archives::members(manifest, &issue.id, *students, &[]);
            return (archives::key(&members) != entry.key).then_some(Finding::Old);
        }
        FileKind::PageImage { packet, .. } => {
            let key = manifest.entries.get(packet).map(|packet| packet.key);
            return if key.is_none() { Some(Finding::Orphan) } else { (key != Some(entry.key)).then_some(Finding::Old) };
        }
        FileKind::Page => return None,
    };
    let is_translation = |entry: &&LessonEntry| {
        packet.lesson.as_deref() == Some(&entry.id) && entry.translation.as_deref() == Some(packet.language.as_str())
    };
    let wanted: Vec<String> = match &packet.lesson {
        Some(lesson) => vec![issue.translations.iter().find(is_translation).map_or_else(|| lesson.clone(), LessonEntry::name)],
        None => issue.lessons.iter().map(|lesson| lesson.id.clone()).collect(),
    };
    let mut of_lessons = Vec::new();
    for lesson in &wanted {
        match lesson_inputs.get(&(issue.id.as_str(), lesson.clone())) {
            None => return Some(Finding::Orphan),
            Some(None) => return Some(Finding::Unknown),
            Some(Some((contents, files))) => {
                of_lessons.push((if packet.lesson.is_some() { "" } else { lesson.as_str() }, contents, files));
            }
        }
    }
    let key = inputs::key(shared, inputs::issue(&issue.issue), &packet.identity(&issue.id), of_lessons);
    (key != entry.key).then_some(Finding::Old)
}
