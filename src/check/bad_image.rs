//! Image files: there, inside the lessons folder, and readable within bounds.

use camino::Utf8Path;

use super::Context;
use super::lookup::{Lookup, Resolved, resolve};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, closest};
use crate::glyphs::Coverage;
use crate::lesson::prose::Placed;

/// Most pictures that a help line names.
const MAX_LISTED: usize = 8;

/// Where a picture is looked for, and what its text is set in.
pub(super) struct Location<'a> {
    /// The folder from which its name counts.
    pub folder: &'a Utf8Path,
    /// The folder out of which it must not lead.
    pub root: &'a Utf8Path,
    /// What the fonts can show.
    pub coverage: &'a Coverage,
    /// What to do with a picture that lies elsewhere.
    pub put: &'a str,
}

/// What to do with a picture of a lesson that lies elsewhere.
const BESIDE_LESSON: &str = "put the picture into `images` beside the lesson and write `images/its-name.png`";

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let location = Location { folder: context.folder, root: context.root, coverage: context.coverage, put: BESIDE_LESSON };
    for figure in context.lesson.figures() {
        if let Some(look) = context.pictures.get(&figure.image.value) {
            report(&figure.image, look, &location, diagnostics);
        }
    }
}

/// Reports what is wrong with a picture of which this was found.
pub(super) fn report(image: &Placed<String>, look: &Lookup, location: &Location<'_>, diagnostics: &mut Diagnostics) {
    if let Some(problem) = wrong(&image.value, look, location) {
        diagnostics.push(Diagnostic::new(problem.code, image.place, problem.message).help(problem.help));
    }
}

struct Problem {
    code: Code,
    message: String,
    help: String,
}

fn wrong(name: &str, look: &Lookup, location: &Location<'_>) -> Option<Problem> {
    let problem = |code, message: String, help: &str| Some(Problem { code, message, help: help.to_owned() });
    match look {
        Lookup::Unsafe => {
            problem(Code::UnsafePath, format!("`{name}` leads out of the folder in which it must lie"), location.put)
        }
        Lookup::Missing => problem(Code::MissingImage, format!("there is no picture `{name}`"), &instead(name, location)),
        Lookup::Outside => problem(
            Code::UnsafePath,
            format!("`{name}` is a link that leads out of the lessons folder"),
            "put the picture itself in its place",
        ),
        Lookup::Bad(found) => problem(Code::BadImage, format!("`{name}`: {found}"), &found.help()),
        Lookup::Sound(inspected) => {
            let missing = inspected.drawn_text.chars().find(|c| !location.coverage.shows(*c))?;
            problem(
                Code::MissingGlyph,
                format!("`{name}` has the character `{missing}` (U+{:04X}), and no font has it", u32::from(missing)),
                "put a font that has it into a folder `fonts` beside the lessons, or draw the text as shapes",
            )
        }
    }
}

/// The help for a picture that is not there: one of the same name in other letters or in `images`, one with a name that is close, or what there is.
fn instead(name: &str, location: &Location<'_>) -> String {
    let path = location.folder.join(name);
    let mut present = pictures(path.parent().unwrap_or(location.folder), location);
    present.extend(pictures(&location.folder.join("images"), location));
    present.sort();
    present.dedup();
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    if let Some(same) = present.iter().find(|other| file(other) == file(name)) {
        return format!("did you mean `{same}`?");
    }
    let put = if name.contains('/') { path } else { location.folder.join("images").join(name) };
    match closest(name, present.iter().map(String::as_str)) {
        Some(other) => format!("did you mean `{other}`?"),
        None if present.is_empty() || present.len() > MAX_LISTED => format!("put it at {put}"),
        None => format!("put it at {put}, or name one that is there: `{}`", present.join("`, `")),
    }
}

/// The picture files of a folder inside the lessons folder, by their paths from the issue, sorted.
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
