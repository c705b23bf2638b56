//! Looks at a lesson: if its files are as they were, what is remembered of it holds, and else it is read and checked.

use anyhow::Result;

use super::inputs::{self, Common};
use super::record::{Memory, Record, Warning};
use crate::catalogue::Facts;
use crate::diagnostics::Diagnostics;
use crate::lesson::series::Edition;
use crate::library::{IssueEntry, LessonEntry, Library, Workspace};
use crate::packet::Identity;
use crate::press::obstacle;
use crate::source::Sources;
use crate::typeset::Fonts;

/// What was found of a lesson.
#[derive(Default)]
pub struct Surveyed {
    /// What is to be remembered; `None` if it has mistakes.
    pub record: Option<Record>,
    /// Its mistakes and warnings.
    pub diagnostics: Diagnostics,
    /// Their files.
    pub sources: Sources,
}

/// Looks at a lesson.
///
/// # Errors
/// If the disk refuses.
pub fn survey(
    library: &Library,
    issue: &IssueEntry,
    entry: &LessonEntry,
    common: &Common,
    memory: &Memory,
    fonts: &Fonts,
    public: bool,
) -> Result<Surveyed> {
    let basis = common.basis(public);
    if let Some(record) = memory.lessons.get(&name(issue, entry)).filter(|record| record.basis == basis) {
        let files = inputs::files(issue, entry, inputs::pictures(&record.files));
        if files == record.files && record.original == inputs::original(issue, entry) {
            let mut surveyed = Surveyed { record: Some(record.clone()), ..Surveyed::default() };
            let Surveyed { diagnostics, sources, .. } = &mut surveyed;
            Warning::recall(record.warnings.iter(), &library.root, sources, diagnostics);
            return Ok(surveyed);
        }
    }
    // First the digests: a file that changes behind them is found changed when its packets are made.
    let own = inputs::files(issue, entry, []);
    let original = inputs::original(issue, entry);
    let mut workspace = Workspace::new(fonts);
    let checked = library.check(issue, entry, &mut workspace)?;
    let record = checked.filter(|_| issue.sound).map(|checked| {
        let pictures = checked.lesson.figures().map(|figure| figure.image.value.as_str());
        let files = inputs::files(issue, entry, pictures).into_iter().chain(own).collect();
        let each = Edition::ALL.into_iter().flat_map(|edition| edition.parts().iter().map(move |part| (edition, *part)));
        let lack = |(edition, part)| {
            obstacle(&checked.lesson, checked.teacher.as_ref(), entry, edition, part).map(|reason| (edition, part, reason))
        };
        Record {
            basis,
            files,
            original,
            facts: Facts::of(&checked.lesson, &Identity::language_of(&checked.lesson, &library.series)),
            lacks: each.filter_map(lack).collect(),
            warnings: Warning::keep(&workspace.diagnostics, &workspace.sources, &library.root),
            misfits: memory.lessons.get(&name(issue, entry)).map_or_else(Default::default, |record| record.misfits.clone()),
        }
    });
    Ok(Surveyed { record, diagnostics: workspace.diagnostics, sources: workspace.sources })
}

/// The name by which a lesson is remembered.
pub fn name(issue: &IssueEntry, entry: &LessonEntry) -> String {
    format!("{}/{}", issue.id, entry.name())
}
