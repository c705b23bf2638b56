//! What people and programs name files: copies of a lesson, teacher files with another ending, lessons saved as something else.

use crate::files::{Listing, almost_yaml};

/// What a teacher file has in its name where a translation has its language.
pub(super) const TEACHER: &str = "teacher";

/// Where the name of a copy continues after that of its original, in lowercase.
///
/// From Windows, macOS, and Linux file managers in five languages; Dropbox, Google Drive, OneDrive, Nextcloud, ownCloud, Seafile,
/// Resilio, and Syncthing; Git, Mercurial, patch, and editors.
const MARKS: [&str; 33] = [
    "(",
    "[",
    " copy",
    "-copy",
    "_copy",
    " - copy",
    " \u{2013} copy",
    " kopie",
    " - kopie",
    " copie",
    " - copie",
    " copia",
    " - copia",
    " c\u{f3}pia",
    " - c\u{f3}pia",
    ".sync-conflict",
    "conflicted copy",
    "-conflict",
    "_conflict",
    ".conflict",
    ".backup",
    "-backup",
    "_backup",
    ".base.",
    "_base_",
    ".local",
    "_local_",
    ".remote",
    "_remote_",
    ".orig",
    ".bak",
    ".old",
    "_old",
];

/// Where the name of a copy begins before that of its original, in lowercase.
const BEGINNINGS: [&str; 5] = ["copy of ", "kopie von ", "copie de ", "copia de ", "c\u{f3}pia de "];

/// Endings of word processors, whose files aren't text.
const NOT_TEXT: [&str; 6] = [".rtf", ".doc", ".docx", ".odt", ".pages", ".pdf"];

/// Endings of files that only point to another file, or that a program is still writing.
const NOT_THE_FILE: [&str; 8] = [".lnk", ".url", ".webloc", ".gdoc", ".crdownload", ".part", ".tmp", ".swp"];

/// The original of a file with the name of a copy, both without `.yaml`; `is_known` tells which names there are.
pub(super) fn original(stem: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
    let lower = stem.to_lowercase();
    if let Some(beginning) = BEGINNINGS.into_iter().find(|beginning| lower.starts_with(beginning)) {
        return stem.get(beginning.len()..).filter(|name| is_known(name)).map(str::to_owned);
    }
    let marks = MARKS.into_iter().filter_map(|mark| lower.find(mark));
    // `war 2` and `war_2`, and on OneDrive `war-LAPTOP-7`: ids have neither spaces, nor underscores, nor capital letters.
    let last = stem.rfind([' ', '_']).filter(|at| stem[at + 1..].parse::<u32>().is_ok());
    let computer = stem.find(|c: char| c.is_uppercase()).and_then(|at| stem[..at].rfind('-'));
    let mut cuts: Vec<usize> = marks.chain(last).chain(computer).collect();
    // The longest name first.
    cuts.sort_unstable_by(|a, b| b.cmp(a));
    cuts.into_iter().find_map(|at| {
        let name = stem.get(..at)?.trim_end_matches([' ', '-', '_', '.', '(']);
        // `war (1).teacher` is a copy of `war.teacher`.
        let rest = stem.get(at..)?;
        let kind = rest.rsplit_once('.').map(|(_, kind)| format!("{name}.{kind}"));
        let kind = kind.filter(|kind| kind != stem && is_known(kind));
        kind.or_else(|| is_known(name).then(|| name.to_owned()))
    })
}

/// The lesson whose teacher file this seems to be, though its name ends in another way: `war_teacher`, `war.Teacher`.
pub(super) fn misnamed_teacher_file(stem: &str) -> Option<&str> {
    let at = stem.len().checked_sub(TEACHER.len() + 1)?;
    let (lesson, ending) = stem.split_at_checked(at)?;
    let is_it = ending.starts_with(['.', '_', '-', ' ']) && ending[1..].eq_ignore_ascii_case(TEACHER);
    (is_it && ending != ".teacher").then_some(lesson)
}

/// How to make the missing `<stem>.yaml` of a file in the folder, as an instruction.
pub(super) fn from_another(stem: &str, listing: &Listing) -> Option<String> {
    let is_almost = |name: &&str| almost_yaml(name).is_some_and(|almost| almost.eq_ignore_ascii_case(stem));
    let is_copy = |name: &&str| {
        let inner = name.strip_suffix(".yaml").unwrap_or(name);
        original(inner, &|known| known == stem).is_some()
    };
    let is_file = |name: &&str| {
        let lower = name.to_ascii_lowercase();
        NOT_THE_FILE.iter().all(|ending| !lower.ends_with(ending))
    };
    let names = || listing.names().filter(is_file);
    // `war`, `war.txt`, `war.yaml~`, and `war.yaml (1)`.
    let is_other = |name: &&str| {
        let rest = name.get(..stem.len()).filter(|start| start.eq_ignore_ascii_case(stem)).map(|_| &name[stem.len()..]);
        let is_ending = |rest: &str| {
            let lower = rest.to_ascii_lowercase();
            let endings = ["", ".txt", ".text", ".md", ".json", ".yam", ".yalm", ".ymal", ".yaml~", ".bak", ".old"];
            endings.contains(&lower.as_str()) || NOT_TEXT.contains(&lower.as_str()) || lower.starts_with(".yaml")
        };
        rest.is_some_and(is_ending) && !name.ends_with(".yaml")
    };
    let name = names().find(is_almost).or_else(|| names().find(is_other)).or_else(|| names().find(is_copy))?;
    let lower = name.to_ascii_lowercase();
    Some(if NOT_TEXT.iter().any(|ending| lower.ends_with(ending)) {
        format!("save `{name}` as plain text with the name `{stem}.yaml`")
    } else {
        format!("rename `{name}` to `{stem}.yaml`")
    })
}

#[cfg(test)]
mod tests {
    use camino::Utf8PathBuf;

    use super::*;

    #[test]
    fn copies_lead_to_their_originals() {
        let known = ["war", "war.teacher", "war.es", "cold-war"];
        // The copy itself is in the folder too.
        let original = |stem: &str| original(stem, &|name| name == stem || known.contains(&name));
        for stem in [
            "war (1)",
            "war(1)",
            "war - Copy",
            "war - Copy (2)",
            "war copy",
            "war copy 2",
            "Copy of war",
            "war 2",
            "war_2",
            "war - Kopie",
            "war - Copie",
            "war - C\u{f3}pia",
            "war (Ann's conflicted copy 2026-11-30)",
            "war (SFConflict ann@example.org 2026-11-30)",
            "war.sync-conflict-20261130-101010-ABCDEFG",
            "war_conflict-20261130-101010",
            "war [conflicted]",
            "war.Conflict",
            "war-DESKTOP-4F2",
            "war-Anns-MacBook-Pro",
            "war.orig",
            "war_BASE_123",
            "war.BACKUP.123",
            "war.LOCAL.123",
        ] {
            assert_eq!(original(stem).as_deref(), Some("war"), "{stem}");
        }
        for (stem, expected) in [
            ("war.teacher (1)", "war.teacher"),
            ("war (1).teacher", "war.teacher"),
            ("war.es.sync-conflict-20261130-101010-ABCDEFG", "war.es"),
            ("cold-war (1)", "cold-war"),
        ] {
            assert_eq!(original(stem).as_deref(), Some(expected), "{stem}");
        }
        for stem in ["war", "peace (1)", "war-2", "war and peace", "warm 2", "war.french", "war.fr_CA", "war part two"] {
            assert_eq!(original(stem), None, "{stem}");
        }
    }

    #[test]
    fn a_missing_lesson_is_found_under_other_names() {
        let help = |name: &str| {
            let path = vec![Utf8PathBuf::from(name)];
            let listing = if almost_yaml(name).is_some() {
                Listing { almost: path, ..Listing::default() }
            } else if name.ends_with(".yaml") {
                Listing { files: path, ..Listing::default() }
            } else {
                Listing { others: path, ..Listing::default() }
            };
            from_another("war", &listing)
        };
        for name in [
            "war.yml",
            "War.YAML",
            "war.yaml.txt",
            "war.yaml.yaml",
            "war.txt",
            "war",
            "war.yaml~",
            "war.yaml.orig",
            "war (1).yaml",
        ] {
            assert_eq!(help(name), Some(format!("rename `{name}` to `war.yaml`")), "{name}");
        }
        assert_eq!(help("war.docx").as_deref(), Some("save `war.docx` as plain text with the name `war.yaml`"));
        for name in ["war.yaml.lnk", "war.yaml.part", "warm.txt", "war.png", "war.es.yaml", "war.teacher.yml", "peace.yml"] {
            assert_eq!(help(name), None, "{name}");
        }
    }
}
