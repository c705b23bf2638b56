//! A lesson for which packets are planned.

use super::cache::CachedLesson;
use super::survey;
use crate::library::{IssueEntry, LessonEntry};

/// A sound lesson that is asked for.
pub(super) struct Planned<'a> {
    /// Its issue.
    pub issue: &'a IssueEntry,
    /// Where it is.
    pub entry: &'a LessonEntry,
    /// What is known of it.
    pub known: CachedLesson,
}

impl Planned<'_> {
    /// The name by which the lesson is remembered.
    pub(super) fn name(&self) -> String {
        survey::name(self.issue, self.entry)
    }
}
