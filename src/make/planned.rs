//! A lesson with planned packets.

use super::cache::CachedLesson;
use super::survey;
use crate::library::{IssueEntry, LessonEntry};

/// A requested lesson without errors.
pub(super) struct Planned<'a> {
    /// Its issue.
    pub issue: &'a IssueEntry,
    /// The lesson's entry in the library.
    pub entry: &'a LessonEntry,
    /// The result of checking it.
    pub known: CachedLesson,
}

impl Planned<'_> {
    /// The lesson's name in the cache.
    pub(super) fn name(&self) -> String {
        survey::name(self.issue, self.entry)
    }
}
