//! Holds a folder of built files against its manifest, and against the lessons from which they were made.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use super::inputs::{self, Common, Files};
use super::record::{Memory, Record};
use super::survey::{Surveyed, name, survey};
use super::zips;
use crate::catalogue::{self, Facts, Page};
use crate::digest::Digest;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::manifest::{Entry, Kind, MANIFEST, Manifest, SUMS};
use crate::output::{self, Found, OWN_FOLDER};
use crate::parallel;
use crate::typeset::{Fonts, Templates};

/// What is not as it should be with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It is in the manifest and not in the folder.
    Missing,
    /// It is not what was built.
    Altered,
    /// It is in the folder and not in the manifest.
    Extra,
    /// It was made from other sources than those that there are now.
    Old,
    /// Its lesson or issue is gone.
    Orphan,
    /// Its lesson has mistakes, so nobody can tell whether it is old.
    Unknown,
}

/// What was found of a folder.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many files were looked at.
    pub files: usize,
    /// The faults, by the paths of the files.
    pub faults: Vec<(String, Fault)>,
    /// The lessons of which the folder has no packet: `bria-7-4/stalin-purges`.
    pub absent: Vec<String>,
}

/// Holds a folder against its manifest, and with a library against that.
///
/// # Errors
/// If the folder has no manifest that can be read, or the disk refuses.
pub fn verify(
    folder: &Utf8Path,
    library: Option<&Library>,
    fonts: &Fonts,
    templates: &Templates,
    jobs: usize,
) -> Result<Verdict> {
    let path = folder.join(MANIFEST);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}, which a build writes"))?;
    let manifest = Manifest::parse(&text).with_context(|| format!("{path} is no manifest that this program understands"))?;
    let mut faults = on_disk(folder, &manifest, jobs)?;
    if std::fs::read_to_string(folder.join(SUMS)).is_ok_and(|sums| sums != manifest.to_sums()) {
        faults.push((SUMS.to_owned(), Fault::Altered));
    }
    for path in extra(folder, &manifest)? {
        faults.push((path, Fault::Extra));
    }
    let mut absent = Vec::new();
    if let Some(library) = library {
        faults.extend(against_sources(&manifest, library, (fonts, templates), jobs)?);
        absent = without_packet(&manifest, library);
    }
    faults.sort();
    faults.dedup_by(|a, b| a.0 == b.0);
    Ok(Verdict { files: manifest.entries.len(), faults, absent })
}

fn on_disk(folder: &Utf8Path, manifest: &Manifest, jobs: usize) -> Result<Vec<(String, Fault)>> {
    let entries: Vec<&Entry> = manifest.entries.values().collect();
    let mut faults = Vec::new();
    let mut refusal = None;
    let look = |entry: &&Entry| output::look(folder, entry, &BTreeMap::new()).map(|(found, _)| (entry.path.clone(), found));
    parallel::in_order(jobs, &entries, look, |looked| {
        match looked {
            Ok((_, Found::Ours)) => {}
            Ok((path, Found::Missing)) => faults.push((path, Fault::Missing)),
            Ok((path, Found::Altered)) => faults.push((path, Fault::Altered)),
            Err(error) => {
                refusal = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    refusal.map_or(Ok(faults), Err)
}

/// Files of the folder that nothing tells of, but for what only builds need.
fn extra(folder: &Utf8Path, manifest: &Manifest) -> Result<Vec<String>> {
    let known: BTreeSet<&str> = manifest.entries.keys().map(String::as_str).chain([MANIFEST, SUMS]).collect();
    let mut extra = Vec::new();
    let mut folders = vec![Utf8PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let outer = folder.join(&inner);
        for entry in outer.read_dir_utf8().with_context(|| format!("cannot read the folder {outer}"))? {
            let entry = entry.with_context(|| format!("cannot read the folder {outer}"))?;
            let path = inner.join(entry.file_name());
            let is_folder = entry.file_type().with_context(|| format!("cannot look at {}", entry.path()))?.is_dir();
            if is_folder && path != OWN_FOLDER {
                folders.push(path);
            } else if !is_folder && !known.contains(path.as_str()) {
                extra.push(path.into_string());
            }
        }
    }
    Ok(extra)
}

/// The files that were made from other sources than there are.
fn against_sources(
    manifest: &Manifest,
    library: &Library,
    (fonts, templates): (&Fonts, &Templates),
    jobs: usize,
) -> Result<Vec<(String, Fault)>> {
    let common = Common::new(library, fonts, templates);
    let memory = Memory::default();
    let lessons: Vec<(&IssueEntry, &LessonEntry)> =
        library.issues.iter().flat_map(|issue| issue.with_translations().map(move |lesson| (issue, lesson))).collect();
    let mut files: HashMap<(&str, String), Option<Files>> = HashMap::new();
    let mut facts: HashMap<String, Facts> = HashMap::new();
    let mut refusal = None;
    let look = |(issue, entry): &(&IssueEntry, &LessonEntry)| survey(library, issue, entry, &common, &memory, fonts, false);
    let mut next = lessons.iter();
    parallel::in_order(jobs, &lessons, look, |surveyed: Result<Surveyed>| match (surveyed, next.next()) {
        (Ok(surveyed), Some((issue, entry))) => {
            let record = surveyed.record.map(|Record { files, facts, .. }| (files, facts));
            let (of_lesson, told) = record.unzip();
            files.insert((&issue.id, entry.name()), of_lesson);
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
    let judge = |entry: &Entry| {
        // What the pages must tell is compared as a whole.
        let of_issue = entry.issue.as_deref().filter(|_| entry.kind != Kind::Page)?;
        let Some(issue) = issues.get(of_issue) else { return Some(Fault::Orphan) };
        judge(entry, manifest, issue, &common, &files)
    };
    let mut faults: Vec<_> =
        manifest.entries.values().filter_map(|entry| judge(entry).map(|fault| (entry.path.clone(), fault))).collect();
    // A lesson with mistakes says nothing of what its page must tell.
    if files.values().all(Option::is_some) {
        let pages = catalogue::pages(library, manifest, &|issue, lesson| facts.get(&format!("{issue}/{lesson}")));
        faults.extend(against_pages(manifest, &pages));
    }
    Ok(faults)
}

/// The pages that tell something else than they must.
fn against_pages(manifest: &Manifest, pages: &[Page]) -> Vec<(String, Fault)> {
    let must: HashMap<&str, Digest> = pages.iter().map(|page| (page.path.as_str(), page.key)).collect();
    let there = manifest.entries.values().filter(|entry| entry.kind == Kind::Page);
    let judge = |entry: &Entry| match must.get(entry.path.as_str()) {
        None => Some(Fault::Orphan),
        Some(key) => (*key != entry.key).then_some(Fault::Old),
    };
    there.filter_map(|entry| judge(entry).map(|fault| (entry.path.clone(), fault))).collect()
}

/// The lessons of which there is no packet, but for issues that were left out since they have no licence to be published.
fn without_packet(manifest: &Manifest, library: &Library) -> Vec<String> {
    let lesson = |entry: &Entry| match &entry.kind {
        Kind::Packet(packet) => packet.lesson.clone(),
        Kind::Zip { .. } | Kind::Preview { .. } | Kind::Page => None,
    };
    let mut absent = Vec::new();
    for issue in &library.issues {
        if library.licence(issue).is_none() && manifest.of_issue(&issue.id).next().is_none() {
            continue;
        }
        let there: HashSet<String> = manifest.of_issue(&issue.id).filter_map(lesson).collect();
        let lessons = issue.lessons.iter().filter(|entry| !there.contains(&entry.id));
        absent.extend(lessons.map(|entry| name(issue, entry)));
    }
    absent
}

fn judge(
    entry: &Entry,
    manifest: &Manifest,
    issue: &IssueEntry,
    common: &Common,
    files: &HashMap<(&str, String), Option<Files>>,
) -> Option<Fault> {
    let packet = match &entry.kind {
        Kind::Packet(packet) => packet,
        Kind::Zip { students } => {
            let members = zips::members(manifest, &issue.id, *students, &[]);
            return (zips::key(&members) != entry.key).then_some(Fault::Old);
        }
        Kind::Preview { packet, .. } => {
            let key = manifest.entries.get(packet).map(|packet| packet.key);
            return if key.is_none() { Some(Fault::Orphan) } else { (key != Some(entry.key)).then_some(Fault::Old) };
        }
        Kind::Page => return None,
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
        match files.get(&(issue.id.as_str(), lesson.clone())) {
            None => return Some(Fault::Orphan),
            Some(None) => return Some(Fault::Unknown),
            Some(Some(files)) => of_lessons.push((if packet.lesson.is_some() { "" } else { lesson.as_str() }, files)),
        }
    }
    let key = inputs::key(common, inputs::issue(&issue.issue), &packet.identity(&issue.id), of_lessons);
    (key != entry.key).then_some(Fault::Old)
}
