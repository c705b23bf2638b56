//! Reasons, in a teacher's words: why a packet must be made again, and why a lesson does not have one.

use super::inputs::{self, Common};
use super::record::{Memory, Record};
use crate::digest::Digest;
use crate::lesson::series::{Edition, Part};
use crate::packet::Choice;

/// What has changed since the last build, in a teacher's words; `lessons` has what is known now and what was then.
pub fn why(
    common: &Common,
    issue: Digest,
    id: &str,
    memory: &Memory,
    lessons: &[(&Record, Option<&Record>)],
    edition: Edition,
) -> String {
    if let Some(before) = &memory.common {
        if before.program != common.program {
            return "the program is another".to_owned();
        }
        if before.fonts != common.fonts {
            return "the folder `fonts` has changed".to_owned();
        }
        if before.templates != common.templates {
            return "the templates have changed".to_owned();
        }
        if before.series != common.series {
            return "`series.yaml` has changed".to_owned();
        }
    }
    if memory.issues.get(id).is_some_and(|before| *before != issue) {
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

/// What of a lesson cannot be made, as one line for each reason.
#[derive(Debug, Default)]
pub struct Missing(Vec<(String, Vec<String>)>);

impl Missing {
    /// Takes in a packet that the lesson does not have.
    pub fn push(&mut self, choice: Choice, reason: String) {
        let name = match choice.part {
            Part::All => choice.edition.name().to_owned(),
            part => format!("{} {}", choice.edition.name(), part.name()),
        };
        match self.0.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => self.0.push((reason, vec![name])),
        }
    }

    /// "no teacher, key and substitute packets: there is no `purges.teacher.yaml` beside the lesson"
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(reason, names)| {
            let packets = if names.len() == 1 { "packet" } else { "packets" };
            format!("no {} {packets}: {reason}", crate::diagnostics::in_words(names, "or"))
        })
    }
}
