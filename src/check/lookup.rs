//! Looks at every picture file of a lesson once, for all rules that ask about pictures: whether it lies inside the lessons folder, and what it holds.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::files;
use crate::lesson::Lesson;
use crate::picture::{self, Inspected, Problem};

/// The pictures of a lesson by their names.
pub struct Pictures<'a>(BTreeMap<&'a str, Lookup>);

/// What was found under the name of a picture.
pub enum Lookup {
    /// A name that would lead out of the folder, or to different files on different machines.
    Unsafe,
    /// Nothing.
    Missing,
    /// A link that leads out of the lessons folder.
    Outside,
    /// A file that cannot be printed.
    Bad(Problem),
    /// A picture.
    Sound(Inspected),
}

impl<'a> Pictures<'a> {
    /// Looks at every picture of the lesson; each is decoded once, however often it stands there.
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

    /// What was found under this name; `None` for an empty one.
    pub fn get(&self, name: &str) -> Option<&Lookup> {
        self.0.get(name)
    }
}

/// Looks at the picture with this name from a folder.
pub(super) fn look(name: &str, folder: &Utf8Path, root: &Utf8Path) -> Lookup {
    // A backslash or a drive letter would mean different files on different machines.
    if name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|part| part == "..") {
        return Lookup::Unsafe;
    }
    let path = folder.join(name);
    match resolve(&path, root) {
        Resolved::Missing => Lookup::Missing,
        Resolved::Outside => Lookup::Outside,
        Resolved::There => picture::inspect(&path).map_or_else(Lookup::Bad, Lookup::Sound),
    }
}

/// What stands at a path, told only about what lies inside the lessons folder.
pub(super) enum Resolved {
    /// Something.
    There,
    /// Nothing.
    Missing,
    /// Something outside, or a link that leads there.
    Outside,
}

/// Looks at the deepest part of the path that exists, before anything is said about the rest.
pub(super) fn resolve(path: &Utf8Path, root: &Utf8Path) -> Resolved {
    for part in path.ancestors() {
        if part.symlink_metadata().is_err() {
            continue;
        }
        // A link that leads nowhere is treated like one that leads out: which of the two it is says what lies outside.
        return match files::is_inside(part, root) {
            Ok(true) if part == path => Resolved::There,
            Ok(true) => Resolved::Missing,
            Ok(false) | Err(_) => Resolved::Outside,
        };
    }
    Resolved::Missing
}
