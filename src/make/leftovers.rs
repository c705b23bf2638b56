//! What is in the output folder and belongs to nothing any more: packets of lessons that are gone, or that cannot have them any more.

use std::collections::HashMap;

use super::Order;
use super::plan::Removal;
use super::planned::Planned;
use crate::library::{IssueEntry, LessonEntry};
use crate::manifest::{FileEntry, FileKind, Manifest};

/// What there is, by its ids.
pub(super) struct Leftovers<'p, 'a> {
    order: &'p Order<'a>,
    issues: HashMap<&'p str, &'p IssueEntry>,
    /// The lessons of the issues that are asked for whole and can be made.
    whole_issues: HashMap<&'p str, &'p [Planned<'a>]>,
    /// By the names of their files, so that translations are among them.
    lessons: HashMap<(&'p str, String), &'p Planned<'a>>,
}

impl<'p, 'a> Leftovers<'p, 'a> {
    /// Looks for what is left over where these lessons and issues are there.
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

    /// The files that belong to nothing any more, each with the reason.
    pub(super) fn of(&self, manifest: &Manifest) -> Vec<Removal> {
        let leftover = |entry: &FileEntry| {
            // The picture of a page goes with its packet.
            let judged = match &entry.kind {
                FileKind::PageImage { packet, .. } => manifest.entries.get(packet),
                FileKind::Packet(_) | FileKind::Zip { .. } | FileKind::Page => Some(entry),
            };
            let reason = judged.map_or(Some("its packet is gone".to_owned()), |judged| self.why_superfluous(judged));
            Some(Removal { path: entry.path.clone(), reason: reason? })
        };
        manifest.entries.values().filter_map(leftover).collect()
    }

    fn why_superfluous(&self, entry: &FileEntry) -> Option<String> {
        if self.order.public && !entry.is_for_all() {
            return Some("it is for teachers".to_owned());
        }
        // Which pages there are follows from what else there is.
        let of_issue = entry.issue.as_deref().filter(|_| entry.kind != FileKind::Page)?;
        let Some(issue) = self.issues.get(of_issue) else {
            return self.order.whole.then(|| "its issue is gone".to_owned());
        };
        if !self.order.may_be_built(issue) {
            return Some("it has no licence to be published".to_owned());
        }
        let FileKind::Packet(packet) = &entry.kind else { return None };
        let Some(lesson) = &packet.lesson else {
            let cannot = |lesson: &Planned<'_>| lesson.known.why_not(packet.edition, packet.part).is_some();
            let reason = || format!("none of its lessons has a {} packet any more", packet.edition.name());
            return self.whole_issues.get(of_issue)?.iter().all(cannot).then(reason);
        };
        if issue.lessons.iter().all(|known| known.id != *lesson) {
            return self.order.whole.then(|| "its lesson is gone".to_owned());
        }
        // Of a translation the language is in the name of its file; every other packet is the lesson's own.
        let translation = issue
            .translations
            .iter()
            .find(|entry| entry.id == *lesson && entry.translation.as_deref() == Some(packet.language.as_str()));
        let name = translation.map_or_else(|| lesson.clone(), LessonEntry::name);
        let known = &self.lessons.get(&(of_issue, name))?.known;
        if known.facts.language != packet.language {
            return Some("there is no such translation any more".to_owned());
        }
        known.why_not(packet.edition, packet.part).map(str::to_owned)
    }
}
