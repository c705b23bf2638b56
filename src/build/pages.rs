//! Brings the catalogue up to date with what lies in the folder; what it tells is left to [`crate::catalogue`].

use std::collections::HashSet;

use anyhow::Result;

use super::Event;
use super::record::Memory;
use crate::catalogue::{self, Printer};
use crate::digest::Digest;
use crate::library::Library;
use crate::manifest::{Entry, Kind, Manifest};
use crate::output::{Found, Output};

/// Most issues that a note names.
const NAMED: usize = 5;

/// Writes the pages that have something new to tell, and removes those of lessons that have no packet any more.
///
/// # Errors
/// If the disk refuses.
pub fn update(
    library: &Library,
    output: &Output,
    manifest: &mut Manifest,
    memory: &mut Memory,
    tell: &mut dyn FnMut(Event),
) -> Result<()> {
    let hidden: Vec<&str> = library
        .issues
        .iter()
        .filter(|issue| !catalogue::may_show(library, issue) && manifest.of_issue(&issue.id).next().is_some())
        .map(|issue| issue.id.as_str())
        .collect();
    if !hidden.is_empty() {
        let rest = hidden.len().saturating_sub(NAMED);
        let rest = if rest == 0 { String::new() } else { format!(" and {rest} more") };
        let named = hidden.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        tell(Event::Note(format!(
            "{named}{rest}: not on the download pages; to publish, name a `licence` under `rights` in `issue.yaml` or `series.yaml`"
        )));
    }
    let hidden: HashSet<&str> = hidden.into_iter().collect();
    let of_lesson = |entry: &Entry| match &entry.kind {
        Kind::Packet(packet) => {
            let issue = entry.issue.as_ref().filter(|issue| !hidden.contains(issue.as_str()))?;
            Some(format!("{issue}/{}", packet.lesson.as_ref()?))
        }
        Kind::Zip { .. } | Kind::Preview { .. } | Kind::Page => None,
    };
    let unknown = manifest.entries.values().filter_map(of_lesson).find(|lesson| !memory.lessons.contains_key(lesson));
    if let Some(lesson) = unknown {
        tell(Event::Note(format!(
            "the pages stay as they were, since nothing is remembered of {lesson}: build everything, with `packetpress build`"
        )));
        return Ok(());
    }
    let facts = |issue: &str, lesson: &str| memory.lessons.get(&format!("{issue}/{lesson}")).map(|record| &record.facts);
    let pages = catalogue::pages(library, manifest, &facts);
    let printer = Printer::new();
    for page in &pages {
        let old = manifest.entries.get(&page.path).filter(|entry| entry.key == page.key);
        if let Some(old) = old
            && let (Found::Ours, stamp) = output.look(old, &memory.stamps)?
        {
            memory.stamps.extend(stamp.map(|stamp| (page.path.clone(), stamp)));
            continue;
        }
        let bytes = printer.print(page);
        let entry = Entry {
            path: page.path.clone(),
            issue: page.issue.clone(),
            kind: Kind::Page,
            key: page.key,
            sha256: Digest::of(&bytes),
            bytes: bytes.len() as u64,
        };
        let stamp = output.write(&entry, &bytes)?;
        memory.stamps.insert(page.path.clone(), stamp);
        manifest.entries.insert(page.path.clone(), entry);
    }
    let wanted: HashSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let gone = manifest.entries.values().filter(|entry| entry.kind == Kind::Page && !wanted.contains(entry.path.as_str()));
    for entry in gone.cloned().collect::<Vec<_>>() {
        manifest.entries.remove(&entry.path);
        if output.look(&entry, &memory.stamps)?.0 == Found::Ours {
            output.remove(&entry)?;
        }
        memory.stamps.remove(&entry.path);
    }
    Ok(())
}
