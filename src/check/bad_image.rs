//! Image files: there, inside the lessons folder, and readable within bounds.

use camino::Utf8Path;

use super::Context;
use super::pictures::{Look, Reach, reach};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, closest};

/// Most pictures that a help line names.
const MAX_LISTED: usize = 8;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for figure in context.lesson.figures() {
        let name = figure.image.value.as_str();
        if let Some(problem) = context.pictures.get(name).and_then(|look| wrong(name, look, context)) {
            diagnostics.push(Diagnostic::new(problem.code, figure.image.place, problem.message).help(problem.help));
        }
    }
}

struct Problem {
    code: Code,
    message: String,
    help: String,
}

fn wrong(name: &str, look: &Look, context: &Context<'_>) -> Option<Problem> {
    let problem = |code, message: String, help: &str| Some(Problem { code, message, help: help.to_owned() });
    match look {
        Look::Unsafe => problem(
            Code::UnsafePath,
            format!("`{name}` leads out of the folder of the issue"),
            "put the picture into `images` beside the lesson and write `images/its-name.png`",
        ),
        Look::Missing => problem(Code::MissingImage, format!("there is no picture `{name}`"), &instead(name, context)),
        Look::Outside => problem(
            Code::UnsafePath,
            format!("`{name}` is a link that leads out of the lessons folder"),
            "put the picture itself in its place",
        ),
        Look::Bad(found) => problem(Code::BadImage, format!("`{name}`: {found}"), &found.help()),
        Look::Sound(inspected) => {
            let missing = inspected.drawn_text.chars().find(|c| !context.fonts.has_glyph(*c))?;
            problem(
                Code::MissingGlyph,
                format!("`{name}` has the character `{missing}` (U+{:04X}), and no font has it", u32::from(missing)),
                "put a font that has it into a folder `fonts` beside the lessons, or draw the text as shapes",
            )
        }
    }
}

/// The help for a picture that is not there: one of the same name in other letters or in `images`, one with a name that is close, or what there is.
fn instead(name: &str, context: &Context<'_>) -> String {
    let path = context.folder.join(name);
    let mut present = pictures(path.parent().unwrap_or(context.folder), context);
    present.extend(pictures(&context.folder.join("images"), context));
    present.sort();
    present.dedup();
    let file = |path: &str| path.rsplit('/').next().unwrap_or(path).to_lowercase();
    if let Some(same) = present.iter().find(|other| file(other) == file(name)) {
        return format!("did you mean `{same}`?");
    }
    let put = if name.contains('/') { path } else { context.folder.join("images").join(name) };
    match closest(name, present.iter().map(String::as_str)) {
        Some(other) => format!("did you mean `{other}`?"),
        None if present.is_empty() || present.len() > MAX_LISTED => format!("put it at {put}"),
        None => format!("put it at {put}, or name one that is there: `{}`", present.join("`, `")),
    }
}

/// The picture files of a folder inside the lessons folder, by their paths from the issue, sorted.
fn pictures(folder: &Utf8Path, context: &Context<'_>) -> Vec<String> {
    if !matches!(reach(folder, context.root), Reach::There) {
        return Vec::new();
    }
    let is_picture = |path: &Utf8Path| {
        let ending = path.extension().map(str::to_ascii_lowercase);
        matches!(ending.as_deref(), Some("png" | "jpg" | "jpeg" | "webp" | "svg"))
    };
    let paths = folder.read_dir_utf8().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.into_path()));
    let mut names: Vec<String> = paths
        .filter(|path| is_picture(path))
        .filter_map(|path| Some(path.strip_prefix(context.folder).ok()?.to_string()))
        .collect();
    names.sort();
    names
}
