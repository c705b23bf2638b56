//! Checks a lesson: reuses the cached result if its files are unchanged; otherwise reads and checks them.

use anyhow::Result;

use super::cache::{BuildCache, CachedLesson, Warning};
use super::inputs::{Contents, SharedInputs, files, original, pictures};
use crate::catalogue::Facts;
use crate::diagnostics::Diagnostics;
use crate::glyphs::Coverage;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::offer;
use crate::packet::PacketId;
use crate::session::Session;
use crate::source::Sources;

/// The result of checking a lesson.
#[derive(Default)]
pub(super) struct Surveyed {
    /// What to cache; `None` if the lesson has errors.
    pub known: Option<CachedLesson>,
    /// Its errors and warnings.
    pub diagnostics: Diagnostics,
    /// The files they are in.
    pub sources: Sources,
}

/// Checks a lesson.
///
/// # Errors
/// If reading or writing fails.
pub(super) fn survey(
    library: &Library,
    issue: &IssueEntry,
    entry: &LessonEntry,
    inputs: &SharedInputs,
    cache: &BuildCache,
    coverage: &Coverage,
    public: bool,
) -> Result<Surveyed> {
    let basis = inputs.basis(public);
    if let Some(known) = cache.lessons.get(&name(issue, entry)).filter(|known| known.basis == basis) {
        let now = files(issue, entry, pictures(&known.files));
        if now == known.files && known.original == original(issue, entry) {
            let mut surveyed = Surveyed { known: Some(known.clone()), ..Surveyed::default() };
            let Surveyed { diagnostics, sources, .. } = &mut surveyed;
            Warning::recall(known.warnings.iter(), &library.root, sources, diagnostics);
            return Ok(surveyed);
        }
    }
    // Digests first: if a file changes after this, the worker notices.
    let own = files(issue, entry, []);
    let original_before = original(issue, entry);
    let mut session = Session::new(coverage);
    let checked = library.check(issue, entry, &mut session)?;
    let known = checked.filter(|_| issue.sound).map(|checked| {
        let names = checked.lesson.figures().map(|figure| figure.image.value.as_str());
        let of_lesson = files(issue, entry, names).into_iter().chain(own).collect();
        CachedLesson {
            basis,
            files: of_lesson,
            contents: Contents::of(&checked.lesson, checked.teacher.as_ref()),
            original: original_before,
            facts: Facts::of(&checked.lesson, &PacketId::language_of(&checked.lesson, &library.series)),
            unavailable: offer::unavailable(&checked.lesson, checked.teacher.as_ref(), &entry.teacher_file()),
            warnings: Warning::keep(&session.diagnostics, &session.sources, &library.root),
            overflows: cache.lessons.get(&name(issue, entry)).map_or_else(Default::default, |known| known.overflows.clone()),
        }
    });
    Ok(Surveyed { known, diagnostics: session.diagnostics, sources: session.sources })
}

/// The name of a lesson in the cache.
pub(super) fn name(issue: &IssueEntry, entry: &LessonEntry) -> String {
    format!("{}/{}", issue.id, entry.name())
}
