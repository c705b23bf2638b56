//! The build cache: lets the next build skip reading lessons that haven't changed.

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

/// The version of the cache format.
const VERSION: u32 = 4;

/// The cache. Deleting it only means that everything is read again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct BuildCache {
    version: u32,
    /// The inputs shared by all packets.
    pub inputs: Option<SharedInputs>,
    /// The issue settings that packets used, by issue id.
    pub issues: BTreeMap<String, Digest>,
    /// The lessons without errors, by issue and id: `fair-hearing-1/moscow-trials`.
    pub lessons: BTreeMap<String, CachedLesson>,
    /// The stamps of the files written.
    pub stamps: BTreeMap<String, Stamp>,
}

/// The cached state of a lesson without errors.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CachedLesson {
    /// The digest of what it was checked against.
    pub basis: Digest,
    /// Its files.
    pub files: Files,
    /// Their parsed contents.
    pub contents: Contents,
    /// The original lesson file, if it is a translation.
    pub original: Option<Digest>,
    /// Its details for the catalogue.
    pub facts: Facts,
    /// The packets it doesn't have, each with the reason.
    pub unavailable: Vec<Unavailable>,
    /// The warnings in its files.
    pub warnings: Vec<Warning>,
    /// The warnings from the layouts of its packets, by path.
    pub overflows: BTreeMap<String, Vec<Warning>>,
}

/// A warning; paths start at the lessons folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Warning {
    code: String,
    place: (String, u32, u32),
    message: String,
    second: Option<((String, u32, u32), String)>,
    help: Option<String>,
}

impl BuildCache {
    /// Reads the cache; empty if it can't be read or has another version.
    pub(super) fn load(path: &Utf8Path) -> Self {
        let text = std::fs::read(path).unwrap_or_default();
        serde_json::from_slice(&text)
            .ok()
            .filter(|cache: &Self| cache.version == VERSION)
            .unwrap_or(Self { version: VERSION, ..Self::default() })
    }

    /// The cache file's text.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("the cache is plain data")
    }
}

impl CachedLesson {
    /// Why the lesson doesn't have this packet; `None` if it does.
    pub(super) fn why_not(&self, edition: Edition, part: Part) -> Option<&str> {
        self.unavailable.iter().find(|known| (known.0, known.1) == (edition, part)).map(|known| known.2.as_str())
    }

    /// Removes everything about the teacher file.
    pub(super) fn forget_teacher(&mut self) {
        self.warnings.retain(|warning| !warning.place.0.ends_with(".teacher.yaml"));
        self.unavailable.retain(|(edition, part, _)| is_for_all(*edition, *part));
    }
}

impl Warning {
    /// Converts warnings for the cache.
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
            help: diagnostic.help.as_ref().map(|help| help.text.clone()),
        };
        diagnostics.sorted().into_iter().map(keep).collect()
    }

    /// Restores cached warnings, with the text of their files.
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
            // Unknown codes can only come from another version, whose cache isn't read.
            let Some(code) = Code::named(&warning.code) else { continue };
            let mut diagnostic = Diagnostic::new(code, place(&warning.place), warning.message.clone());
            diagnostic.second = warning.second.as_ref().map(|(second, label)| (place(second), label.clone()));
            diagnostic.help = warning.help.clone().map(Into::into);
            diagnostics.push(diagnostic);
        }
    }
}
