//! Why a packet is out of date, in a teacher's words.

use super::cache::{BuildCache, CachedLesson};
use super::inputs::{self, SharedInputs};
use crate::digest::Digest;
use crate::lesson::series::Edition;

/// What changed after the last build, in a teacher's words; `lessons` pairs the current state with the previous one.
pub(super) fn why(
    shared: &SharedInputs,
    issue: Digest,
    id: &str,
    cache: &BuildCache,
    lessons: &[(&CachedLesson, Option<&CachedLesson>)],
    edition: Edition,
) -> String {
    if let Some(before) = &cache.inputs {
        if before.typesetting != shared.typesetting {
            return "Packetpress was updated".to_owned();
        }
        if before.fonts != shared.fonts {
            return "the `fonts` folder changed".to_owned();
        }
        if before.templates != shared.templates {
            return "the templates changed".to_owned();
        }
        if before.series != shared.series {
            return "`series.yaml` changed".to_owned();
        }
    }
    if cache.issues.get(id).is_some_and(|before| *before != issue) {
        return "`issue.yaml` changed".to_owned();
    }
    for (now, before) in lessons {
        let Some(before) = before else { continue };
        for (name, digest) in inputs::of_edition(&now.files, edition) {
            match before.files.get(name) {
                Some(known) if known == digest => {}
                Some(Some(_)) if digest.is_none() => return format!("`{name}` was removed"),
                Some(Some(_)) => return format!("`{name}` changed"),
                Some(None) | None => return format!("`{name}` is new"),
            }
        }
        if let Some((name, _)) = inputs::of_edition(&before.files, edition).find(|(name, _)| !now.files.contains_key(*name)) {
            return format!("`{name}` is no longer used");
        }
    }
    "one of its inputs changed".to_owned()
}
