//! Updates the catalogue to match the output folder; [`crate::catalogue`] makes its content.

use std::collections::HashSet;

use anyhow::Result;

use super::cache::BuildCache;
use super::{Progress, survey};
use crate::catalogue::{self, Printer};
use crate::library::Library;
use crate::manifest::{FileEntry, FileKind, Manifest};
use crate::offer;
use crate::output::{Found, Output};

/// The most issues that a note names.
const NAMED: usize = 5;

/// Writes the pages that changed, and removes those of lessons without packets.
///
/// # Errors
/// If reading or writing fails.
pub(super) fn update(
    library: &Library,
    output: &Output,
    manifest: &mut Manifest,
    cache: &mut BuildCache,
    tell: &mut dyn FnMut(Progress),
) -> Result<()> {
    let hidden: Vec<&str> = library
        .issues
        .iter()
        .filter(|issue| !offer::may_publish(&library.series, &issue.issue) && manifest.of_issue(&issue.id).next().is_some())
        .map(|issue| issue.id.as_str())
        .collect();
    if !hidden.is_empty() {
        let rest = hidden.len().saturating_sub(NAMED);
        let rest = if rest == 0 { String::new() } else { format!(" and {rest} more") };
        let named = hidden.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        tell(Progress::Note(format!(
            "{named}{rest}: not on the download page; to publish, add `rights: {{holder: Your Name, license: CC BY 4.0}}` to `series.yaml`"
        )));
    }
    let hidden: HashSet<&str> = hidden.into_iter().collect();
    let of_lesson = |entry: &FileEntry| match &entry.kind {
        FileKind::Packet(packet) => {
            let issue = entry.issue.as_ref().filter(|issue| !hidden.contains(issue.as_str()))?;
            Some(format!("{issue}/{}", packet.lesson.as_ref()?))
        }
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => None,
    };
    // A page needs the details of every lesson, which only a build of that lesson caches. Removed lessons have no page.
    let current = library.issues.iter().flat_map(|issue| issue.lessons.iter().map(|lesson| survey::name(issue, lesson)));
    let current: HashSet<String> = current.collect();
    let unknown = |lesson: &String| current.contains(lesson) && !cache.lessons.contains_key(lesson);
    if let Some(lesson) = manifest.entries.values().filter_map(of_lesson).find(unknown) {
        tell(Progress::Note(format!(
            "The download page wasn't updated, because `{lesson}` wasn't checked in this build; run `packetpress build` without naming lessons."
        )));
        return Ok(());
    }
    let facts = |issue: &str, lesson: &str| cache.lessons.get(&format!("{issue}/{lesson}")).map(|known| &known.facts);
    let pages = catalogue::pages(library, manifest, &facts);
    let printer = Printer::new();
    for page in &pages {
        let old = manifest.entries.get(&page.path).filter(|entry| entry.key == page.key);
        if let Some(old) = old
            && let (Found::Ours, stamp) = output.look(old, &cache.stamps)?
        {
            cache.stamps.extend(stamp.map(|stamp| (page.path.clone(), stamp)));
            continue;
        }
        let bytes = printer.print(page);
        let entry = FileEntry::new(&page.path, page.issue.as_deref(), FileKind::Page, page.key, &bytes);
        let stamp = output.write(&entry, &bytes)?;
        cache.stamps.insert(page.path.clone(), stamp);
        manifest.entries.insert(page.path.clone(), entry);
    }
    let wanted: HashSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let gone = manifest.entries.values().filter(|entry| entry.kind == FileKind::Page && !wanted.contains(entry.path.as_str()));
    for entry in gone.cloned().collect::<Vec<_>>() {
        manifest.entries.remove(&entry.path);
        if output.look(&entry, &cache.stamps)?.0 == Found::Ours {
            output.remove(&entry)?;
        }
        cache.stamps.remove(&entry.path);
    }
    Ok(())
}
