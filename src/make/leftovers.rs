//! Finds built files that are no longer needed: their lesson was removed, or no longer has such a packet. Says what to know about
//! them.

use std::collections::{BTreeSet, HashMap};

use super::Order;
use super::plan::Removal;
use super::planned::Planned;
use crate::diagnostics::in_words;
use crate::library::{IssueEntry, LessonEntry};
use crate::manifest::{FileEntry, FileKind, Manifest};
use crate::paths;

/// The current lessons and issues, by id.
pub(super) struct Leftovers<'p, 'a> {
    order: &'p Order<'a>,
    issues: HashMap<&'p str, &'p IssueEntry>,
    /// The lessons of the issues that are built whole.
    whole_issues: HashMap<&'p str, &'p [Planned<'a>]>,
    /// By issue and file name, so translations have separate entries.
    lessons: HashMap<(&'p str, String), &'p Planned<'a>>,
}

impl<'p, 'a> Leftovers<'p, 'a> {
    /// Prepares to find leftovers, given the current lessons and issues.
    pub(super) fn new(
        order: &'p Order<'a>,
        lessons: &'p [Planned<'a>],
        whole_issues: HashMap<&'p str, &'p [Planned<'a>]>,
    ) -> Self {
        Self {
            order,
            issues: order.library.issues.iter().map(|issue| (issue.id.as_str(), issue)).collect(),
            whole_issues,
            lessons: lessons.iter().map(|lesson| ((lesson.issue.id.as_str(), lesson.entry.name()), lesson)).collect(),
        }
    }

    /// The files that are no longer needed, each with the reason.
    pub(super) fn of(&self, manifest: &Manifest) -> Vec<Removal> {
        let leftover = |entry: &FileEntry| {
            // A page image goes with its packet.
            let checked = match &entry.kind {
                FileKind::PageImage { packet, .. } => manifest.entries.get(packet),
                FileKind::Packet(_) | FileKind::Zip { .. } | FileKind::Page => Some(entry),
            };
            let reason = checked.map_or(Some("its packet was removed".to_owned()), |checked| self.why_superfluous(checked));
            Some(Removal { path: entry.path.clone(), reason: reason? })
        };
        manifest.entries.values().filter_map(leftover).collect()
    }

    fn why_superfluous(&self, entry: &FileEntry) -> Option<String> {
        if self.order.request.public && !entry.is_for_all() {
            return Some("it is for teachers".to_owned());
        }
        // Pages are handled when the catalogue is updated.
        let of_issue = entry.issue.as_deref().filter(|_| entry.kind != FileKind::Page)?;
        let Some(issue) = self.issues.get(of_issue) else {
            return self.order.is_whole().then(|| "its issue was removed".to_owned());
        };
        if !self.order.may_be_built(issue) {
            return Some("its issue has no `licence` under `rights`".to_owned());
        }
        let FileKind::Packet(packet) = &entry.kind else { return None };
        let Some(lesson) = &packet.lesson else {
            let cannot = |lesson: &Planned<'_>| lesson.known.why_not(packet.edition, packet.part).is_some();
            let reason = || format!("none of its lessons has a {} packet anymore", packet.edition.name());
            return self.whole_issues.get(of_issue)?.iter().all(cannot).then(reason);
        };
        if issue.lessons.iter().all(|known| known.id != *lesson) {
            return self.order.is_whole().then(|| "its lesson was removed".to_owned());
        }
        // A translation has its language in its file name; any other packet belongs to the lesson itself.
        let translation = issue
            .translations
            .iter()
            .find(|entry| entry.id == *lesson && entry.translation.as_deref() == Some(packet.language.as_str()));
        let name = translation.map_or_else(|| lesson.clone(), LessonEntry::name);
        let known = &self.lessons.get(&(of_issue, name))?.known;
        if known.facts.language != packet.language {
            return Some("its translation was removed".to_owned());
        }
        known.why_not(packet.edition, packet.part).map(str::to_owned)
    }
}

/// What to know about lessons and issues that were removed or renamed but have files in the output folder.
pub(super) fn notes(order: &Order<'_>, lessons: &[Planned<'_>], manifest: &Manifest) -> Vec<String> {
    let issues = &order.library.issues;
    let issue_of = |id: &str| issues.iter().find(|issue| issue.id == id);
    // The issue of each packet that isn't among the lessons anymore, and the lesson if only that is gone.
    let mut gone: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    for entry in manifest.entries.values() {
        let (Some(id), FileKind::Packet(packet)) = (entry.issue.as_deref(), &entry.kind) else { continue };
        let lesson = packet.lesson.as_deref();
        match (issue_of(id), lesson) {
            (None, _) => {
                gone.insert((id, None));
            }
            (Some(issue), Some(lesson)) if issue.lessons.iter().all(|entry| entry.id != lesson) => {
                gone.insert((id, Some(lesson)));
            }
            _ => {}
        }
    }
    let name = |(issue, lesson): (&str, Option<&str>)| {
        lesson.map_or_else(|| format!("`{issue}`"), |lesson| format!("`{issue}/{lesson}`"))
    };
    if !order.is_whole() {
        let names: Vec<String> = gone.into_iter().map(name).collect();
        let is = if names.len() == 1 { "is" } else { "are" };
        return if names.is_empty() {
            Vec::new()
        } else {
            vec![format!(
                "{} {is} no longer in the lessons folder; to remove the files from {}, run `packetpress build` without naming lessons",
                in_words(&names, "and"),
                order.folder
            )]
        };
    }
    let mut notes = Vec::new();
    for (id, lesson) in gone {
        // Only pages have links that others may have kept.
        let page = lesson.map_or_else(|| paths::issue_page(id), |lesson| paths::lesson_page(id, lesson));
        if !manifest.entries.contains_key(&page) {
            continue;
        }
        let former = lesson.unwrap_or(id);
        // `former_ids` of a lesson are names in its own issue.
        let elsewhere =
            issues.iter().find(|issue| issue.id != id && issue.lessons.iter().any(|entry| Some(entry.id.as_str()) == lesson));
        if let Some(other) = elsewhere {
            notes.push(format!(
                "{} was removed, and `{}/{former}` has the same name; old links to it no longer work, because `former_ids` can't name another issue",
                name((id, lesson)),
                other.id
            ));
            continue;
        }
        let is_known = match lesson {
            None => issues.iter().any(|issue| issue.issue.former_ids.iter().any(|id| id.value.0 == former)),
            Some(_) => {
                let of_issue = lessons.iter().filter(|lesson| lesson.issue.id == id);
                of_issue.into_iter().any(|lesson| lesson.known.facts.former_ids.iter().any(|id| id == former))
            }
        };
        if !is_known {
            let file = if lesson.is_some() { "its file" } else { "its `issue.yaml`" };
            notes.push(format!(
                "{} was removed; if you renamed it, add `former_ids: [{former}]` to {file}, so that old links lead to the new page",
                name((id, lesson))
            ));
        }
    }
    notes
}
