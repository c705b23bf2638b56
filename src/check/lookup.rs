//! Looks at every image file of a lesson once, for all rules about images: whether it is inside the lessons folder, and what it
//! contains.

use std::collections::BTreeMap;

use camino::Utf8Path;
use unicode_normalization::UnicodeNormalization as _;

use crate::files;
use crate::lesson::Lesson;
use crate::picture::{self, Inspected, Problem};

/// The images of a lesson by name.
pub struct Pictures<'a>(BTreeMap<&'a str, Lookup>);

/// What was found at an image's path.
pub enum Lookup {
    /// A path that leads out of the folder, or to different files on different machines.
    Unsafe,
    /// No file.
    Missing,
    /// A link that leads outside the lessons folder.
    Outside,
    /// A file that cannot be printed.
    Bad(Problem),
    /// An image that can be printed.
    Sound(Inspected),
}

impl<'a> Pictures<'a> {
    /// Looks at every image of the lesson. Each is decoded once, no matter how often it is used.
    pub fn of(lesson: &'a Lesson, folder: &Utf8Path, root: &Utf8Path) -> Self {
        let mut pictures = BTreeMap::new();
        for figure in lesson.figures() {
            let name = figure.image.value.as_str();
            if !name.is_empty() {
                pictures.entry(name).or_insert_with(|| look(name, folder, root));
            }
        }
        Self(pictures)
    }

    /// What was found at this path; `None` for an empty one.
    pub fn get(&self, name: &str) -> Option<&Lookup> {
        self.0.get(name)
    }
}

/// Looks at the image at this path from a folder.
pub(super) fn look(name: &str, folder: &Utf8Path, root: &Utf8Path) -> Lookup {
    if is_unsafe(name) {
        return Lookup::Unsafe;
    }
    let path = files::as_on_disk(&folder.join(name));
    match resolve(&path, root) {
        Resolved::Missing => Lookup::Missing,
        Resolved::Outside => Lookup::Outside,
        Resolved::There => picture::inspect(&path).map_or_else(Lookup::Bad, Lookup::Sound),
    }
}

/// Whether a path leads out of its folder, or to different files on different machines, as a backslash or a drive letter does.
pub(super) fn is_unsafe(name: &str) -> bool {
    name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|part| part == "..")
}

/// A name in small letters and with accents encoded in one way, as some computers compare names.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase().nfc().collect()
}

/// What exists at a path. Never reveals what is outside the lessons folder.
pub(super) enum Resolved {
    /// Something.
    There,
    /// Nothing.
    Missing,
    /// Something outside, or a link to it.
    Outside,
}

/// Looks at the deepest part of the path that exists before saying anything about the rest.
pub(super) fn resolve(path: &Utf8Path, root: &Utf8Path) -> Resolved {
    for part in path.ancestors() {
        if part.symlink_metadata().is_err() {
            continue;
        }
        // A broken link counts as one that leads outside: distinguishing them would reveal what exists outside.
        return match files::is_inside(part, root) {
            Ok(true) if part == path => Resolved::There,
            Ok(true) => Resolved::Missing,
            Ok(false) | Err(_) => Resolved::Outside,
        };
    }
    Resolved::Missing
}
