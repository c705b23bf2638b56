//! The rules for an issue as a whole: its id, and the names in its list.

use std::collections::{HashMap, HashSet};

use super::empty_part::wordless;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::formats::{self, TextFormat};
use crate::lesson::issue::{CATALOGUE, Issue, WHOLE_ISSUE};
use crate::lesson::series::Edition;
use crate::source::{FileId, Place};

/// Checks an issue; `stems` are the names of the files in its folder, `file` is its `issue.yaml`.
pub fn check(id: &str, issue: &Issue, stems: &[&str], file: FileId, diagnostics: &mut Diagnostics) {
    if let Some(wrong) = formats::wrong(TextFormat::Id, id) {
        let message = format!("the folder's name {}", wrong.message);
        diagnostics.push(Diagnostic::new(wrong.code, Place::beginning(file), message).help(format!("rename it: {}", wrong.help)));
    }
    if id == CATALOGUE {
        let message = format!("`{id}` is the folder of what the download pages need");
        let help = "rename the folder of the issue";
        diagnostics.push(Diagnostic::new(Code::NameClash, Place::beginning(file), message).help(help));
    }
    wordless(&issue.theme, diagnostics);
    let listed: HashSet<&str> = issue.lessons.iter().map(|lesson| &*lesson.value.0).collect();
    let mut seen = HashMap::new();
    for lesson in &issue.lessons {
        let name = &*lesson.value.0;
        let first = *seen.entry(name).or_insert(lesson.place);
        if first != lesson.place {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateLesson, lesson.place, format!("`{name}` is listed a second time"))
                    .help("keep one of the two"),
            );
        }
        if name == WHOLE_ISSUE {
            diagnostics.push(
                Diagnostic::new(Code::NameClash, lesson.place, "`issue` is the name of the issue itself")
                    .help("give the lesson's file another name"),
            );
        }
        // The language `key`, Kupia, is called as an edition is: `war.key` would take the file name of the key of `war-student`.
        let of_edition = Edition::ALL.into_iter().find_map(|edition| name.strip_suffix(edition.name())?.strip_suffix('-'));
        if let Some(other) = of_edition.filter(|other| stems.contains(&format!("{other}.key").as_str())) {
            let message = format!("`{name}` would share file names with the translation `{other}.key`");
            let help = "give one of the two lessons another name";
            diagnostics.push(Diagnostic::new(Code::NameClash, lesson.place, message).help(help));
        }
        // `war-reading` would take the file name of the part `reading` of the lesson `war`.
        let part = ["-reading", "-worksheet", "-plan"].into_iter().find_map(|part| Some((name.strip_suffix(part)?, part)));
        if let Some((other, part)) = part
            && listed.contains(other)
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::NameClash,
                    lesson.place,
                    format!("`{name}` would share file names with the `{}` of `{other}`", &part[1..]),
                )
                .help("give one of the two lessons another name"),
            );
        }
    }
    issue.translations.iter().flat_map(|heading| &heading.theme).for_each(|theme| wordless(theme, diagnostics));
    let mut by_small_letters: HashMap<String, &str> = HashMap::new();
    for stem in stems {
        let other = *by_small_letters.entry(stem.to_lowercase()).or_insert(stem);
        if other != *stem {
            diagnostics.push(
                Diagnostic::new(
                    Code::NameClash,
                    Place::beginning(file),
                    format!("`{other}.yaml` and `{stem}.yaml` are one file on some computers"),
                )
                .help("rename one of the two"),
            );
        }
    }
}
