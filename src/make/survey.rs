//! Looks at a lesson: if its files are as they were, what is remembered of it holds, and else it is read and checked.

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

/// What was found of a lesson.
#[derive(Default)]
pub(super) struct Surveyed {
    /// What is to be remembered; `None` if it has mistakes.
    pub known: Option<CachedLesson>,
    /// Its mistakes and warnings.
    pub diagnostics: Diagnostics,
    /// Their files.
    pub sources: Sources,
}

/// Looks at a lesson.
///
/// # Errors
/// If the disk refuses.
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
    // First the digests: a file that changes behind them is found changed when its packets are made.
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

/// The name by which a lesson is remembered.
pub(super) fn name(issue: &IssueEntry, entry: &LessonEntry) -> String {
    format!("{}/{}", issue.id, entry.name())
}
