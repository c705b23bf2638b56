//! Looks at every picture file of a lesson once, for all rules that ask about pictures: whether it lies inside the lessons folder, and what it holds.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::lesson::Lesson;
use crate::picture::{self, Inspected, Problem};
use crate::read::file;

/// The pictures of a lesson by their names.
pub struct Pictures<'a>(BTreeMap<&'a str, Look>);

/// What was found under the name of a picture.
pub enum Look {
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
    pub fn get(&self, name: &str) -> Option<&Look> {
        self.0.get(name)
    }
}

/// Looks at the picture with this name from a folder.
pub fn look(name: &str, folder: &Utf8Path, root: &Utf8Path) -> Look {
    // A backslash or a drive letter would mean different files on different machines.
    if name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|part| part == "..") {
        return Look::Unsafe;
    }
    let path = folder.join(name);
    match reach(&path, root) {
        Reach::Missing => Look::Missing,
        Reach::Outside => Look::Outside,
        Reach::There => picture::inspect(&path).map_or_else(Look::Bad, Look::Sound),
    }
}

/// What stands at a path, told only about what lies inside the lessons folder.
pub enum Reach {
    /// Something.
    There,
    /// Nothing.
    Missing,
    /// Something outside, or a link that leads there.
    Outside,
}

/// Looks at the deepest part of the path that exists, before anything is said about the rest.
pub fn reach(path: &Utf8Path, root: &Utf8Path) -> Reach {
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
