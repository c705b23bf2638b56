//! What a build remembers of lessons, so that the next one need not read those that are as they were.

use std::collections::BTreeMap;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use super::inputs::{Contents, Files, SharedInputs};
use crate::catalogue::Facts;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::lesson::series::{Edition, Part};
use crate::offer::{Unavailable, is_for_all};
use crate::output::Stamp;
use crate::source::{Place, Sources};

/// The form of the cache that this program writes.
const VERSION: u32 = 4;

/// All that is remembered; without it everything is read again, and nothing else is lost.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct BuildCache {
    version: u32,
    /// What the packets had in common.
    pub inputs: Option<SharedInputs>,
    /// What packets took from their issues, by the ids of these.
    pub issues: BTreeMap<String, Digest>,
    /// The lessons that were sound, by issue and id: `bria-7-4/stalin-purges`.
    pub lessons: BTreeMap<String, CachedLesson>,
    /// The stamps of the files that were written.
    pub stamps: BTreeMap<String, Stamp>,
}

/// What is remembered of a sound lesson.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CachedLesson {
    /// What it was checked against.
    pub basis: Digest,
    /// Its files.
    pub files: Files,
    /// What was read from them.
    pub contents: Contents,
    /// The file of the lesson of which it is a translation.
    pub original: Option<Digest>,
    /// What the catalogue tells of it.
    pub facts: Facts,
    /// The packets that it cannot have, each with the reason.
    pub unavailable: Vec<Unavailable>,
    /// What was found in its files.
    pub warnings: Vec<Warning>,
    /// What was found in the layouts of its packets, by their paths.
    pub overflows: BTreeMap<String, Vec<Warning>>,
}

/// A warning, with its places as paths from the lessons folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Warning {
    code: String,
    place: (String, u32, u32),
    message: String,
    second: Option<((String, u32, u32), String)>,
    help: Option<String>,
}

impl BuildCache {
    /// Reads what is remembered; nothing if it cannot be read, or comes from another version.
    pub(super) fn load(path: &Utf8Path) -> Self {
        let text = std::fs::read(path).unwrap_or_default();
        serde_json::from_slice(&text)
            .ok()
            .filter(|cache: &Self| cache.version == VERSION)
            .unwrap_or(Self { version: VERSION, ..Self::default() })
    }

    /// The text of its file.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("what is remembered is plain data")
    }
}

impl CachedLesson {
    /// Why the lesson has no such packet; `None` if it has one.
    pub(super) fn why_not(&self, edition: Edition, part: Part) -> Option<&str> {
        self.unavailable.iter().find(|known| (known.0, known.1) == (edition, part)).map(|known| known.2.as_str())
    }

    /// Drops what was found in the teacher file.
    pub(super) fn forget_teacher(&mut self) {
        self.warnings.retain(|warning| !warning.place.0.ends_with(".teacher.yaml"));
        self.unavailable.retain(|(edition, part, _)| is_for_all(*edition, *part));
    }
}

impl Warning {
    /// The warnings among these, to be kept.
    pub(super) fn keep(diagnostics: &Diagnostics, sources: &Sources, root: &Utf8Path) -> Vec<Self> {
        let place = |place: Place| {
            let path = sources.file(place.file).path();
            (path.strip_prefix(root).unwrap_or(path).to_string(), place.start, place.end)
        };
        let keep = |diagnostic: &Diagnostic| Self {
            code: diagnostic.code.name().to_owned(),
            place: place(diagnostic.place),
            message: diagnostic.message.clone(),
            second: diagnostic.second.as_ref().map(|(second, label)| (place(*second), label.clone())),
            help: diagnostic.help.clone(),
        };
        diagnostics.sorted().into_iter().map(keep).collect()
    }

    /// Gives kept warnings back, with the texts of their files.
    pub(super) fn recall<'a>(
        warnings: impl Iterator<Item = &'a Self>,
        root: &Utf8Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) {
        let mut files = BTreeMap::new();
        for warning in warnings {
            let mut place = |(path, start, end): &(String, u32, u32)| {
                let file = *files.entry(path.clone()).or_insert_with(|| {
                    let path = root.join(path);
                    let text = crate::files::Files::default().text_again(&path);
                    sources.add(path, text)
                });
                Place { file, start: *start, end: *end }
            };
            // A code that is gone belongs to another program, whose cache is not read.
            let Some(code) = Code::named(&warning.code) else { continue };
            let mut diagnostic = Diagnostic::new(code, place(&warning.place), warning.message.clone());
            diagnostic.second = warning.second.as_ref().map(|(second, label)| (place(second), label.clone()));
            diagnostic.help.clone_from(&warning.help);
            diagnostics.push(diagnostic);
        }
    }
}
