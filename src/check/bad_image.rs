//! Image files must exist, be inside the lessons folder, and be readable within limits.

use camino::Utf8Path;

use super::Context;
use super::lookup::{self, Lookup, Resolved, resolve};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Help, closest};
use crate::glyphs::Coverage;
use crate::lesson::prose::Placed;

/// How many images a help line lists at most.
const MAX_LISTED: usize = 8;

/// Where to look for an image, and which fonts set its text.
pub(super) struct Location<'a> {
    /// The folder its path starts from.
    pub folder: &'a Utf8Path,
    /// The folder it must stay inside.
    pub root: &'a Utf8Path,
    /// The characters the fonts have.
    pub coverage: &'a Coverage,
    /// The help for an image outside the folder.
    pub put: &'a str,
}

/// The help for a lesson's image outside the folder.
const BESIDE_LESSON: &str = "put the image in the `images` folder next to the lesson and write `images/its-name.png`";

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let location = Location { folder: context.folder, root: context.root, coverage: context.coverage, put: BESIDE_LESSON };
    for figure in context.lesson.figures() {
        if let Some(look) = context.pictures.get(&figure.image.value) {
            report(&figure.image, look, &location, diagnostics);
        }
    }
}

/// Reports what is wrong with an image.
pub(super) fn report(image: &Placed<String>, look: &Lookup, location: &Location<'_>, diagnostics: &mut Diagnostics) {
    if let Some(problem) = wrong(&image.value, look, location) {
        diagnostics.push(Diagnostic::new(problem.code, image.place, problem.message).help(problem.help));
    }
}

struct Problem {
    code: Code,
    message: String,
    help: Help,
}

fn wrong(name: &str, look: &Lookup, location: &Location<'_>) -> Option<Problem> {
    let problem = |code, message: String, help: Help| Some(Problem { code, message, help });
    match look {
        Lookup::Unsafe => {
            let slashed = name.replace('\\', "/");
            let there = meant(&slashed, &present(&slashed, location));
            if slashed != name && !lookup::is_unsafe(&slashed) {
                let help = Help::write(&there.unwrap_or(slashed));
                return problem(Code::UnsafePath, format!("expected `/` between folders, found `\\` in `{name}`"), help);
            }
            if slashed.contains("://") && !slashed.starts_with("file:") {
                let help = "download the image, put it in the `images` folder next to the lesson, and write its path";
                return problem(
                    Code::UnsafePath,
                    format!("expected the path of an image file, found a web address: `{name}`"),
                    help.into(),
                );
            }
            let help = there.map_or_else(|| location.put.into(), |there| Help::write(&there));
            problem(Code::UnsafePath, format!("expected a path inside this file's folder, found `{name}`"), help)
        }
        Lookup::Missing => problem(Code::MissingImage, format!("image `{name}` not found"), instead(name, location)),
        Lookup::Outside => problem(
            Code::UnsafePath,
            format!("`{name}` is a link that leads outside the lessons folder"),
            "replace the link with the image itself".into(),
        ),
        Lookup::Bad(found) => problem(Code::BadImage, format!("`{name}`: {found}"), found.help().into()),
        Lookup::Sound(inspected) => {
            let missing = inspected.text.words.chars().find(|c| !location.coverage.shows(*c))?;
            problem(
                Code::MissingGlyph,
                format!("`{name}` contains the character `{missing}` (U+{:04X}), which no font has", u32::from(missing)),
                "put a font that has it in a `fonts` folder next to the lessons folder, or convert the text to shapes".into(),
            )
        }
    }
}

/// The image files in the folder that a path names and in `images`, as sorted paths.
fn present(name: &str, location: &Location<'_>) -> Vec<String> {
    let path = location.folder.join(name);
    let mut present = pictures(path.parent().unwrap_or(location.folder), location);
    present.extend(pictures(location.folder, location));
    present.extend(pictures(&location.folder.join("images"), location));
    present.retain(|path| !lookup::is_unsafe(path));
    present.sort();
    present.dedup();
    present
}

/// The file that a path means: the one with the same name, in another folder or with other capital letters, accents, or `%20`.
fn meant(name: &str, present: &[String]) -> Option<String> {
    let file = |path: &str| lookup::folded(path.rsplit('/').next().unwrap_or(path).trim());
    let decoded = percent_encoding::percent_decode_str(name).decode_utf8().unwrap_or_default();
    let is_it = |other: &&String| [name, &*decoded].into_iter().any(|name| file(other) == file(name));
    let mut same = present.iter().filter(is_it);
    let first = same.next()?;
    // Of several, the one in the folder that the path names.
    let ends_alike = |other: &&String| lookup::folded(&decoded).ends_with(&lookup::folded(other));
    let of_several = same.next().is_some().then(|| present.iter().filter(is_it).find(ends_alike)).flatten();
    Some(of_several.unwrap_or(first).clone())
}

/// The help for a missing image: the file that is meant, one with a similar name, or the list of images.
fn instead(name: &str, location: &Location<'_>) -> Help {
    let present = present(name, location);
    if let Some(same) = meant(name, &present) {
        return Help::meant(&same);
    }
    let put = if name.contains('/') {
        format!("add the file `{}`", location.folder.join(name))
    } else {
        format!("add the file `{}` and write `images/{name}`", location.folder.join("images").join(name))
    };
    match closest(name, present.iter().map(String::as_str)) {
        Some(other) => Help::meant(other),
        None if present.is_empty() || present.len() > MAX_LISTED => put.into(),
        None => format!("{put}, or use an image you have: `{}`", present.join("`, `")).into(),
    }
}

/// The image files of a folder inside the lessons folder, as sorted paths from the issue.
fn pictures(folder: &Utf8Path, location: &Location<'_>) -> Vec<String> {
    if !matches!(resolve(folder, location.root), Resolved::There) {
        return Vec::new();
    }
    let is_picture = |path: &Utf8Path| {
        let ending = path.extension().map(str::to_ascii_lowercase);
        matches!(ending.as_deref(), Some("png" | "jpg" | "jpeg" | "webp" | "svg"))
    };
    let paths = folder.read_dir_utf8().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.into_path()));
    let mut names: Vec<String> = paths
        .filter(|path| is_picture(path))
        .filter_map(|path| Some(path.strip_prefix(location.folder).ok()?.to_string()))
        .collect();
    names.sort();
    names
}
