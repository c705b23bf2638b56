//! What lies in the output folder and belongs to nothing any more: packets of lessons that are gone, or that cannot have them any more.

use std::collections::HashMap;

use super::Order;
use super::plan::{IssuePlan, LessonPlan, Plan};
use crate::library::{IssueEntry, LessonEntry};
use crate::manifest::{Entry, Kind, Manifest};

impl<'a> Order<'a> {
    /// The issues of which every lesson is asked for.
    pub(super) fn issues_asked_for(&self) -> Vec<&'a IssueEntry> {
        let mut asked: HashMap<&str, usize> = HashMap::new();
        let lessons = self.lessons.iter().filter(|(_, entry)| entry.translation.is_none());
        lessons.for_each(|(issue, _)| *asked.entry(&issue.id).or_default() += 1);
        let is_whole = |issue: &&IssueEntry| asked.get(issue.id.as_str()).is_some_and(|asked| *asked == issue.lessons.len());
        self.library.issues.iter().filter(is_whole).collect()
    }

    /// Whether packets of an issue may be written: in public only with a licence.
    pub(super) fn may_be_built(&self, issue: &IssueEntry) -> bool {
        !self.public || self.library.licence(issue).is_some()
    }

    /// The files that belong to nothing any more, each with the reason.
    pub(super) fn leftovers(&self, manifest: &Manifest, plan: &Plan<'_>) -> Vec<(String, String)> {
        let index = Index {
            issues: self.library.issues.iter().map(|issue| (issue.id.as_str(), issue)).collect(),
            whole: plan.issues.iter().map(|whole| (whole.issue.id.as_str(), whole)).collect(),
            lessons: plan.lessons.iter().map(|lesson| ((lesson.issue.id.as_str(), lesson.entry.name()), lesson)).collect(),
        };
        let leftover = |entry: &Entry| {
            // A preview goes with its packet.
            let judged = match &entry.kind {
                Kind::Preview { packet, .. } => manifest.entries.get(packet),
                Kind::Packet(_) | Kind::Zip { .. } | Kind::Page => Some(entry),
            };
            let reason = judged.map_or(Some("its packet is gone".to_owned()), |judged| self.superfluous(judged, plan, &index));
            Some((entry.path.clone(), reason?))
        };
        manifest.entries.values().filter_map(leftover).collect()
    }

    fn superfluous(&self, entry: &Entry, plan: &Plan<'_>, index: &Index<'_, '_>) -> Option<String> {
        if self.public && !entry.is_for_all() {
            return Some("it is for teachers".to_owned());
        }
        // Which pages there are follows from what else there is.
        let of_issue = entry.issue.as_deref().filter(|_| entry.kind != Kind::Page)?;
        let Some(issue) = index.issues.get(of_issue) else {
            return self.whole.then(|| "its issue is gone".to_owned());
        };
        if !self.may_be_built(issue) {
            return Some("it has no licence to be published".to_owned());
        }
        let Kind::Packet(packet) = &entry.kind else { return None };
        let Some(lesson) = &packet.lesson else {
            let lessons = index.whole.get(of_issue)?.lessons.clone();
            let lacks = |lesson: &LessonPlan<'_>| lesson.record.lack(packet.edition, packet.part).is_some();
            let reason = || format!("none of its lessons has a {} packet any more", packet.edition.name());
            return plan.lessons[lessons].iter().all(lacks).then(reason);
        };
        if issue.lessons.iter().all(|known| known.id != *lesson) {
            return self.whole.then(|| "its lesson is gone".to_owned());
        }
        // Of a translation the language is in the name of its file; every other packet is the lesson's own.
        let translation = issue
            .translations
            .iter()
            .find(|entry| entry.id == *lesson && entry.translation.as_deref() == Some(packet.language.as_str()));
        let name = translation.map_or_else(|| lesson.clone(), LessonEntry::name);
        let known = index.lessons.get(&(of_issue, name))?;
        if known.record.facts.language != packet.language {
            return Some("there is no such translation any more".to_owned());
        }
        known.record.lack(packet.edition, packet.part).map(str::to_owned)
    }
}

/// What there is, by its ids.
struct Index<'p, 'a> {
    issues: HashMap<&'p str, &'p IssueEntry>,
    whole: HashMap<&'p str, &'p IssuePlan<'a>>,
    /// By the names of their files, so that translations are among them.
    lessons: HashMap<(&'p str, String), &'p LessonPlan<'a>>,
}
