//! Why a packet must be made again, in a teacher's words.

use super::cache::{BuildCache, CachedLesson};
use super::inputs::{self, SharedInputs};
use crate::digest::Digest;
use crate::lesson::series::Edition;

/// What has changed since the last build, in a teacher's words; `lessons` has what is known now and what was then.
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
            return "the program is another".to_owned();
        }
        if before.fonts != shared.fonts {
            return "the folder `fonts` has changed".to_owned();
        }
        if before.templates != shared.templates {
            return "the templates have changed".to_owned();
        }
        if before.series != shared.series {
            return "`series.yaml` has changed".to_owned();
        }
    }
    if cache.issues.get(id).is_some_and(|before| *before != issue) {
        return "`issue.yaml` has changed".to_owned();
    }
    for (now, before) in lessons {
        let Some(before) = before else { continue };
        for (name, digest) in inputs::of_edition(&now.files, edition) {
            match before.files.get(name) {
                Some(known) if known == digest => {}
                Some(Some(_)) if digest.is_none() => return format!("`{name}` is gone"),
                Some(Some(_)) => return format!("`{name}` has changed"),
                Some(None) | None => return format!("`{name}` is new"),
            }
        }
        if let Some((name, _)) = inputs::of_edition(&before.files, edition).find(|(name, _)| !now.files.contains_key(*name)) {
            return format!("`{name}` is not needed any more");
        }
    }
    "what it is made from has changed since".to_owned()
}
