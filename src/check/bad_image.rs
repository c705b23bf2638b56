//! Image files: there, inside the lessons folder, and readable within bounds.

use camino::Utf8Path;

use super::Context;
use super::pictures::{Look, Reach, reach};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, closest};
use crate::lesson::prose::Placed;
use crate::typeset::Fonts;

/// Most pictures that a help line names.
const MAX_LISTED: usize = 8;

/// Where a picture is looked for, and what its text is set in.
pub struct Shelf<'a> {
    /// The folder from which its name counts.
    pub folder: &'a Utf8Path,
    /// The folder out of which it must not lead.
    pub root: &'a Utf8Path,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// What to do with a picture that lies elsewhere.
    pub put: &'a str,
}

/// What to do with a picture of a lesson that lies elsewhere.
const BESIDE_LESSON: &str = "put the picture into `images` beside the lesson and write `images/its-name.png`";

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let shelf = Shelf { folder: context.folder, root: context.root, fonts: context.fonts, put: BESIDE_LESSON };
    for figure in context.lesson.figures() {
        if let Some(look) = context.pictures.get(&figure.image.value) {
            report(&figure.image, look, &shelf, diagnostics);
        }
    }
}

/// Reports what is wrong with a picture of which this was found.
pub fn report(image: &Placed<String>, look: &Look, shelf: &Shelf<'_>, diagnostics: &mut Diagnostics) {
    if let Some(problem) = wrong(&image.value, look, shelf) {
        diagnostics.push(Diagnostic::new(problem.code, image.place, problem.message).help(problem.help));
    }
}

struct Problem {
    code: Code,
    message: String,
    help: String,
}

fn wrong(name: &str, look: &Look, shelf: &Shelf<'_>) -> Option<Problem> {
    let problem = |code, message: String, help: &str| Some(Problem { code, message, help: help.to_owned() });
    match look {
        Look::Unsafe => problem(Code::UnsafePath, format!("`{name}` leads out of the folder in which it must lie"), shelf.put),
        Look::Missing => problem(Code::MissingImage, format!("there is no picture `{name}`"), &instead(name, shelf)),
        Look::Outside => problem(
            Code::UnsafePath,
            format!("`{name}` is a link that leads out of the lessons folder"),
            "put the picture itself in its place",
        ),
        Look::Bad(found) => problem(Code::BadImage, format!("`{name}`: {found}"), &found.help()),
        Look::Sound(inspected) => {
            let missing = inspected.drawn_text.chars().find(|c| !shelf.fonts.has_glyph(*c))?;
            problem(
                Code::MissingGlyph,
                format!("`{name}` has the character `{missing}` (U+{:04X}), and no font has it", u32::from(missing)),
                "put a font that has it into a folder `fonts` beside the lessons, or draw the text as shapes",
            )
        }
    }
}

/// The help for a picture that is not there: one of the same name in other letters or in `images`, one with a name that is close, or what there is.
fn instead(name: &str, shelf: &Shelf<'_>) -> String {
    let path = shelf.folder.join(name);
    let mut present = pictures(path.parent().unwrap_or(shelf.folder), shelf);
    present.extend(pictures(&shelf.folder.join("images"), shelf));
    present.sort();
    present.dedup();
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    if let Some(same) = present.iter().find(|other| file(other) == file(name)) {
        return format!("did you mean `{same}`?");
    }
    let put = if name.contains('/') { path } else { shelf.folder.join("images").join(name) };
    match closest(name, present.iter().map(String::as_str)) {
        Some(other) => format!("did you mean `{other}`?"),
        None if present.is_empty() || present.len() > MAX_LISTED => format!("put it at {put}"),
        None => format!("put it at {put}, or name one that is there: `{}`", present.join("`, `")),
    }
}

/// The picture files of a folder inside the lessons folder, by their paths from the issue, sorted.
fn pictures(folder: &Utf8Path, shelf: &Shelf<'_>) -> Vec<String> {
    if !matches!(reach(folder, shelf.root), Reach::There) {
        return Vec::new();
    }
    let is_picture = |path: &Utf8Path| {
        let ending = path.extension().map(str::to_ascii_lowercase);
        matches!(ending.as_deref(), Some("png" | "jpg" | "jpeg" | "webp" | "svg"))
    };
    let paths = folder.read_dir_utf8().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.into_path()));
    let mut names: Vec<String> = paths
        .filter(|path| is_picture(path))
        .filter_map(|path| Some(path.strip_prefix(shelf.folder).ok()?.to_string()))
        .collect();
    names.sort();
    names
}
