//! The limits of web hosts, told before they are reached.

use crate::manifest::Manifest;

/// From what share of a limit on it is mentioned, in percent.
const NEAR: u64 = 90;

const MB: u64 = 1_000_000;

/// A limit of a host, in its words.
struct Limit {
    host: &'static str,
    /// What is counted in a folder.
    of: fn(&Manifest) -> u64,
    most: u64,
    /// What is counted, for people.
    what: fn(u64) -> String,
}

/// The limits in November 2026. GitHub: "GitHub Pages limits" and "About large files on GitHub"; Cloudflare: "Pages: Limits".
/// GitLab and Netlify have limits that depend on the plan.
const LIMITS: [Limit; 4] = [
    Limit { host: "GitHub Pages", of: total, most: 1000 * MB, what: megabytes },
    Limit { host: "a GitHub repository", of: largest, most: 100 * MB, what: one_file },
    Limit { host: "Cloudflare Pages", of: files, most: 20_000, what: count },
    Limit { host: "Cloudflare Pages", of: largest, most: 25 * 1024 * 1024, what: one_file },
];

fn total(manifest: &Manifest) -> u64 {
    manifest.entries.values().map(|entry| entry.bytes).sum()
}

fn largest(manifest: &Manifest) -> u64 {
    manifest.entries.values().map(|entry| entry.bytes).max().unwrap_or(0)
}

fn files(manifest: &Manifest) -> u64 {
    manifest.entries.len() as u64
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(MB))
}

fn one_file(bytes: u64) -> String {
    format!("{} in one file", megabytes(bytes))
}

fn count(files: u64) -> String {
    format!("{files} files")
}

/// A line for each limit that a folder reaches or comes close to.
pub(super) fn notes(manifest: &Manifest) -> Vec<String> {
    let is_near = |limit: &&Limit| (limit.of)(manifest) * 100 > limit.most * NEAR;
    let note = |limit: &Limit| {
        let has = (limit.of)(manifest);
        let state = if has > limit.most { "too much" } else { "almost too much" };
        format!(
            "the output folder has {}, {state} for {}, which takes {}",
            (limit.what)(has),
            limit.host,
            (limit.what)(limit.most)
        )
    };
    let mut notes: Vec<String> = LIMITS.iter().filter(is_near).map(note).collect();
    if !notes.is_empty() && manifest.entries.keys().any(|path| path.ends_with(".zip")) {
        notes.push("To save half the space, leave out ZIP files: add `archives: false` to `series.yaml`".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::manifest::{FileEntry, FileKind};

    fn folder(files: u64, bytes: u64, name: &str) -> Manifest {
        let entry = |index| {
            let path = format!("one/{index}{name}");
            let entry = FileEntry { bytes, ..FileEntry::new(&path, Some("one"), FileKind::Page, Digest::of(b""), b"") };
            (path, entry)
        };
        Manifest { entries: (0..files).map(entry).collect() }
    }

    #[test]
    fn limits_are_told_before_they_are_reached() {
        assert!(notes(&folder(100, MB, ".pdf")).is_empty());
        assert_eq!(
            notes(&folder(950, MB, ".pdf")),
            ["the output folder has 950 MB, almost too much for GitHub Pages, which takes 1000 MB"]
        );
        let zip = "To save half the space, leave out ZIP files: add `archives: false` to `series.yaml`";
        assert_eq!(
            notes(&folder(11, 101 * MB, ".zip")),
            [
                "the output folder has 1111 MB, too much for GitHub Pages, which takes 1000 MB",
                "the output folder has 101 MB in one file, too much for a GitHub repository, which takes 100 MB in one file",
                "the output folder has 101 MB in one file, too much for Cloudflare Pages, which takes 27 MB in one file",
                zip
            ]
        );
        assert_eq!(
            notes(&folder(19_000, 1, ".pdf")),
            ["the output folder has 19000 files, almost too much for Cloudflare Pages, which takes 20000 files"]
        );
    }
}
