//! The rules for an issue: its id, and the names in its list of lessons.

use std::collections::{HashMap, HashSet};

use super::empty_part::wordless;
use super::name_clash;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::formats::{self, TextFormat};
use crate::lesson::issue::{CATALOGUE, Issue, WHOLE_ISSUE};
use crate::lesson::series::Edition;
use crate::source::{FileId, Place};
use crate::windows::{FOLDER, MAX_PATH};

/// The longest end of a packet's file name after the ids, without a language.
pub(crate) const LONGEST_END: usize = "-worksheet-teacher-fillable-large-print-mono-duplex-99-sheets-letter.pdf".len();

/// Checks an issue. `stems` are the file names in its folder, without `.yaml`; `file` is its `issue.yaml`.
pub fn check(id: &str, issue: &Issue, stems: &[&str], file: FileId, diagnostics: &mut Diagnostics) {
    if let Some(wrong) = formats::wrong(TextFormat::Id, id) {
        let message = format!("the folder name {}", wrong.message);
        diagnostics.push(
            Diagnostic::new(wrong.code, Place::beginning(file), message).help(format!("rename the folder: {}", wrong.help)),
        );
    }
    name_clash::reserved(id, Place::beginning(file), "rename the issue's folder", diagnostics);
    name_clash::former(&issue.former_ids, diagnostics);
    if id == CATALOGUE {
        let message = format!("the folder name `{id}` is reserved for the download pages");
        let help = "rename the issue's folder";
        diagnostics.push(Diagnostic::new(Code::NameClash, Place::beginning(file), message).help(help));
    }
    issue.theme.iter().chain(&issue.inspired_by).for_each(|text| wordless(text, diagnostics));
    let listed: HashSet<&str> = issue.lessons.iter().map(|lesson| &*lesson.value.0).collect();
    let mut seen = HashMap::new();
    for lesson in &issue.lessons {
        let name = &*lesson.value.0;
        let first = *seen.entry(name).or_insert(lesson.place);
        if first != lesson.place {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateLesson, lesson.place, format!("duplicate lesson `{name}`"))
                    .second(first, "first listed here")
                    .help("remove one of the two"),
            );
        }
        let help = "rename the lesson here, and its files to match";
        if !name_clash::reserved(name, lesson.place, help, diagnostics) && first == lesson.place {
            long_name(id, name, stems, lesson.place, diagnostics);
        }
        if name == WHOLE_ISSUE {
            diagnostics.push(
                Diagnostic::new(Code::NameClash, lesson.place, "`issue` can't be a lesson: it names the issue itself")
                    .help("remove it, or rename the lesson and list its new name"),
            );
        }
        // The language code `key` (Kupia) is also an edition: `war.key` would use the file name of the answer key of `war-student`.
        let of_edition = Edition::ALL.into_iter().find_map(|edition| name.strip_suffix(edition.name())?.strip_suffix('-'));
        if let Some(other) = of_edition.filter(|other| stems.contains(&format!("{other}.key").as_str())) {
            let message = format!("the packets of `{name}` and of the translation `{other}.key` would have the same file names");
            let help = "rename one lesson here, and its files to match";
            diagnostics.push(Diagnostic::new(Code::NameClash, lesson.place, message).help(help));
        }
        // `war-reading` would use the file name of the part `reading` of the lesson `war`.
        let part = ["-reading", "-worksheet", "-plan"].into_iter().find_map(|part| Some((name.strip_suffix(part)?, part)));
        if let Some((other, part)) = part
            && listed.contains(other)
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::NameClash,
                    lesson.place,
                    format!("the packets of `{name}` and the `{}` of `{other}` would have the same file names", &part[1..]),
                )
                .help("rename one lesson here, and its files to match"),
            );
        }
    }
    issue
        .translations
        .iter()
        .flat_map(|heading| heading.theme.iter().chain(&heading.inspired_by))
        .for_each(|theme| wordless(theme, diagnostics));
    let mut by_small_letters: HashMap<String, &str> = HashMap::new();
    for stem in stems {
        let other = *by_small_letters.entry(stem.to_lowercase()).or_insert(stem);
        if other != *stem {
            diagnostics.push(
                Diagnostic::new(
                    Code::NameClash,
                    Place::beginning(file),
                    format!("`{other}.yaml` and `{stem}.yaml` are the same file on some computers"),
                )
                .help("rename one of the two"),
            );
        }
    }
}

/// Reports a lesson whose packets have names too long to be unpacked from the archive of the issue on Windows.
fn long_name(issue: &str, lesson: &str, stems: &[&str], place: Place, diagnostics: &mut Diagnostics) {
    let language = |stem: &&str| stem.strip_prefix(lesson)?.strip_prefix('.').filter(|rest| *rest != "teacher").map(str::len);
    let language = stems.iter().filter_map(language).max().map_or(0, |length| length + 1);
    // File Explorer unpacks an archive into a folder with its name.
    let archive = issue.len() + "-teacher".len();
    let around = FOLDER + archive + 1 + issue.len() + 1 + language + LONGEST_END;
    let longest = around + lesson.len();
    if longest <= MAX_PATH {
        return;
    }
    let message = format!(
        "Windows can't unpack packets with names this long: in an archive in a folder of {FOLDER} characters, their paths have up to {longest} characters; the maximum is {MAX_PATH}"
    );
    let help = match MAX_PATH.checked_sub(around) {
        Some(room) if room > 0 => {
            format!("choose a name of at most {room} characters for this lesson, or a shorter one for the folder `{issue}`")
        }
        _ => format!("choose a shorter name for the folder `{issue}`"),
    };
    // The name of the folder may be the cause for all lessons.
    diagnostics.push(Diagnostic::new(Code::LongName, place, message).help(help).cause(Some("long-name")));
}
