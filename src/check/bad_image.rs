//! Image files: there, inside the lessons folder, and readable within bounds.

use std::collections::HashMap;

use camino::Utf8Path;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::lesson::block::Block;
use crate::picture;
use crate::read::file;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    // A picture that stands in a lesson often is decoded once.
    let mut known: HashMap<&str, Option<Problem>> = HashMap::new();
    for block in context.lesson.blocks() {
        let Block::Figure(figure) = block else { continue };
        let name = figure.image.value.as_str();
        if let Some(problem) = known.entry(name).or_insert_with(|| wrong(name, context)) {
            diagnostics
                .push(Diagnostic::new(problem.code, figure.image.place, problem.message.as_str()).help(problem.help.as_str()));
        }
    }
}

struct Problem {
    code: Code,
    message: String,
    help: String,
}

fn wrong(name: &str, context: &Context<'_>) -> Option<Problem> {
    if name.is_empty() {
        return None;
    }
    let problem = |code, message: String, help: &str| Some(Problem { code, message, help: help.to_owned() });
    // A backslash or a drive letter would mean different files on different machines.
    if name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|part| part == "..") {
        return problem(
            Code::UnsafePath,
            format!("`{name}` leads out of the folder of the issue"),
            "put the picture into `images` beside the lesson and write `images/its-name.png`",
        );
    }
    let path = context.folder.join(name);
    match reach(&path, context.root) {
        Reach::There => {}
        Reach::Missing => return problem(Code::MissingImage, format!("there is no picture `{name}`"), &instead(name, context)),
        Reach::Outside => {
            return problem(
                Code::UnsafePath,
                format!("`{name}` is a link that leads out of the lessons folder"),
                "put the picture itself in its place",
            );
        }
    }
    match picture::inspect(&path) {
        Err(found) => problem(Code::BadImage, format!("`{name}`: {found}"), &found.help().to_string()),
        Ok(drawn) => {
            let missing = drawn.chars().find(|c| !context.fonts.has_glyph(*c))?;
            problem(
                Code::MissingGlyph,
                format!("`{name}` has the character `{missing}` (U+{:04X}), and no font has it", u32::from(missing)),
                "put a font that has it into a folder `fonts` beside the lessons, or draw the text as shapes",
            )
        }
    }
}

/// What stands at a path, told only about what lies inside the lessons folder.
enum Reach {
    There,
    Missing,
    Outside,
}

/// Looks at the deepest part of the path that exists, before anything is said about the rest.
fn reach(path: &Utf8Path, root: &Utf8Path) -> Reach {
    for part in path.ancestors() {
        if part.symlink_metadata().is_err() {
            continue;
        }
        // A link that leads nowhere is treated like one that leads out: which of the two it is says what lies outside.
        return match file::is_inside(part, root) {
            Ok(true) if part == path => Reach::There,
            Ok(true) => Reach::Missing,
            Ok(false) | Err(_) => Reach::Outside,
        };
    }
    Reach::Missing
}

/// The help for a picture that is not there: one with a name that is close, or what there is.
fn instead(name: &str, context: &Context<'_>) -> String {
    let in_images = format!("images/{name}");
    let bare = !name.contains('/');
    if bare && matches!(reach(&context.folder.join(&in_images), context.root), Reach::There) {
        return format!("did you mean `{in_images}`?");
    }
    let path = context.folder.join(name);
    let mut present = pictures(path.parent().unwrap_or(context.folder), context);
    if bare {
        present.extend(pictures(&context.folder.join("images"), context));
    }
    let put = if bare { context.folder.join(in_images) } else { path };
    did_you_mean(name, present.iter().map(String::as_str)).unwrap_or_else(|| format!("put it at {put}"))
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
