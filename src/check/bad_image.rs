//! Image files: there, inside the lessons folder, and readable within bounds.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::lesson::block::Block;
use crate::lesson::prose::Placed;
use crate::picture;
use crate::read::file;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in context.lesson.blocks() {
        if let Block::Figure(figure) = block {
            diagnostics.extend(wrong(&figure.image, context));
        }
    }
}

fn wrong(image: &Placed<String>, context: &Context<'_>) -> Option<Diagnostic> {
    let name = image.value.as_str();
    if name.is_empty() {
        return None;
    }
    let report = |code, message: String| Diagnostic::new(code, image.place, message);
    // A backslash or a drive letter would mean different files on different machines.
    if name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|part| part == "..") {
        return Some(
            report(Code::UnsafePath, format!("`{name}` leads out of the folder of the issue"))
                .help("put the picture into `images` beside the lesson and write `images/its-name.png`"),
        );
    }
    let path = context.folder.join(name);
    if !path.exists() {
        let folder = path.parent().unwrap_or(context.folder);
        let present: Vec<String> = folder
            .read_dir_utf8()
            .map(|entries| {
                entries.filter_map(|entry| Some(entry.ok()?.path().strip_prefix(context.folder).ok()?.to_string())).collect()
            })
            .unwrap_or_default();
        return Some(
            report(Code::MissingImage, format!("there is no picture `{name}`"))
                .maybe_help(did_you_mean(name, present.iter().map(String::as_str)))
                .or_help(format!("put it at {path}")),
        );
    }
    if !file::is_inside(&path, context.root).unwrap_or(false) {
        return Some(
            report(Code::UnsafePath, format!("`{name}` is a link that leads out of the lessons folder"))
                .help("put the picture itself in its place"),
        );
    }
    match picture::inspect(&path) {
        Err(problem) => Some(report(Code::BadImage, format!("`{name}`: {problem}")).help(problem.help())),
        Ok(drawn) => {
            let missing = drawn.chars().find(|c| !context.fonts.has_glyph(*c))?;
            Some(
                report(
                    Code::MissingGlyph,
                    format!("`{name}` has the character `{missing}` (U+{:04X}), and no font has it", u32::from(missing)),
                )
                .help("put a font that has it into a folder `fonts` beside the lessons, or draw the text as shapes"),
            )
        }
    }
}
