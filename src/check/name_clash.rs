//! Names of files that some computers can't have, or can't tell apart.

use camino::Utf8Path;

use super::Context;
use super::lookup::{self, Lookup};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::files::as_on_disk;
use crate::lesson::prose::Placed;
use crate::lesson::values::Id;
use crate::source::Place;
use crate::windows;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    former(&context.lesson.former_ids, diagnostics);
    for figure in context.lesson.figures() {
        if context.pictures.get(&figure.image.value).is_some_and(is_found) {
            image(&figure.image, context.folder, diagnostics);
        }
    }
}

/// Whether the image's file was found and looked at.
pub(super) fn is_found(look: &Lookup) -> bool {
    matches!(look, Lookup::Sound(_) | Lookup::Bad(_))
}

/// Reports an id that no file or folder can have on Windows; ids become names of both.
pub(super) fn reserved(id: &str, place: Place, help: &str, diagnostics: &mut Diagnostics) -> bool {
    let is_refused = windows::refusal(id).is_some();
    if is_refused {
        let message = format!("on Windows, no file or folder can be named `{id}`");
        diagnostics.push(Diagnostic::new(Code::NameClash, place, message).help(help));
    }
    is_refused
}

/// Reports former ids that pages on Windows can't have.
pub(super) fn former(ids: &[Placed<Id>], diagnostics: &mut Diagnostics) {
    for id in ids {
        reserved(&id.value, id.place, "remove it", diagnostics);
    }
}

/// Reports an image, at a path from this folder, whose file can't exist on some computers.
pub(super) fn image(image: &Placed<String>, folder: &Utf8Path, diagnostics: &mut Diagnostics) {
    let name = &image.value;
    if let Some(why) = name.split('/').find_map(windows::refusal) {
        let message = format!("`{name}` can't be a file on Windows: {why}");
        let help = "rename the file, and write its new name here";
        diagnostics.push(Diagnostic::new(Code::NameClash, image.place, message).help(help));
    } else if let Some(twin) = twin(&as_on_disk(&folder.join(name))) {
        let message = format!("`{name}` and `{twin}` are the same file on some computers");
        diagnostics.push(Diagnostic::new(Code::NameClash, image.place, message).help("rename one of the two"));
    }
}

/// The name of another file in the same folder that differs only in capital letters or in how accents are encoded.
fn twin(path: &Utf8Path) -> Option<String> {
    let (folder, name) = (path.parent()?, path.file_name()?);
    let names = folder.read_dir_utf8().ok()?.filter_map(|entry| Some(entry.ok()?.file_name().to_owned()));
    names.filter(|other| other != name && lookup::folded(other) == lookup::folded(name)).min()
}
