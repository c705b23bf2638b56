//! The files of the lessons folder as the preview reads and writes them, and text that isn't saved yet.
//!
//! Unsaved text is kept in a hidden file next to the file that it belongs to, so it outlives the page, the program, and the computer.
#![expect(clippy::disallowed_methods, reason = "it writes what a person typed and saved")]

use std::collections::BTreeMap;
use std::io::ErrorKind;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;

use crate::digest::Digest;
use crate::files::{is_inside, saving};
use crate::source::normalized;

/// The end of the name of a file with unsaved text.
const UNSAVED: &str = ".unsaved";

/// The largest file that is read or written, in bytes.
pub(super) const MAX_BYTES: usize = 2 * 1024 * 1024;

/// A file as the page opens it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Opened {
    /// Its text on disk; empty if it isn't there yet.
    pub text: String,
    /// A digest of that text.
    pub digest: String,
    /// Text that was typed but never saved, if it differs.
    pub unsaved: Option<String>,
}

/// How saving ended.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub(super) enum Saved {
    /// It's on disk.
    Saved {
        /// A digest of the text.
        digest: String,
    },
    /// The file changed on disk since it was opened, so nothing was written.
    Changed {
        /// Its text on disk.
        text: String,
        /// A digest of that text.
        digest: String,
    },
}

/// The files of a lessons folder.
pub(super) struct Folder {
    /// The lessons folder, without links in its path.
    root: Utf8PathBuf,
}

impl Folder {
    /// The files of the folder at this path, which has no links.
    pub(super) fn at(root: Utf8PathBuf) -> Self {
        Self { root }
    }

    /// The full path of a file that the page names; `None` if it isn't a lesson's, an issue's, or the series' file.
    pub(super) fn path(&self, file: &str) -> Option<Utf8PathBuf> {
        let parts: Vec<&str> = file.split('/').collect();
        let is_name =
            |part: &&str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']) && part.len() <= 255;
        if parts.len() > 2 || !parts.iter().all(is_name) || !file.ends_with(".yaml") {
            return None;
        }
        let path = self.root.join(file);
        let folder = path.parent()?;
        // A linked folder or file may lead anywhere.
        let folder_fits = is_inside(folder, &self.root).unwrap_or(false);
        let file_fits = match path.symlink_metadata() {
            Ok(metadata) => metadata.is_file(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        };
        (folder_fits && file_fits).then_some(path)
    }

    /// Reads a file, with what was typed but never saved.
    ///
    /// # Errors
    /// If it can't be read.
    pub(super) fn open(&self, path: &Utf8Path) -> Result<Opened> {
        let text = read(path)?.unwrap_or_default();
        // What isn't readable there was never typed here.
        let unsaved = read(&unsaved_path(path)).ok().flatten().filter(|unsaved| *unsaved != text);
        Ok(Opened { digest: digest(&text), text, unsaved })
    }

    /// Keeps text that isn't saved yet.
    ///
    /// # Errors
    /// If it can't be written.
    pub(super) fn keep(&self, path: &Utf8Path, text: &str) -> Result<()> {
        // A file that isn't there yet is empty.
        if read(path)?.unwrap_or_default() == normalized(text.to_owned()) {
            return self.discard(path);
        }
        saving::replace(&unsaved_path(path), text)
    }

    /// Forgets text that isn't saved.
    ///
    /// # Errors
    /// If it can't be removed.
    pub(super) fn discard(&self, path: &Utf8Path) -> Result<()> {
        let unsaved = unsaved_path(path);
        match std::fs::remove_file(&unsaved) {
            Err(error) if error.kind() != ErrorKind::NotFound && !unsaved.is_dir() => {
                Err(error).with_context(|| format!("cannot remove {unsaved}"))
            }
            _ => Ok(()),
        }
    }

    /// Writes a file, unless it changed on disk since it was opened with this digest.
    ///
    /// # Errors
    /// If it can't be read or written.
    pub(super) fn save(&self, path: &Utf8Path, text: &str, opened: &str) -> Result<Saved> {
        let on_disk = read(path)?.unwrap_or_default();
        let text = normalized(text.to_owned());
        if digest(&on_disk) != opened && on_disk != text {
            return Ok(Saved::Changed { digest: digest(&on_disk), text: on_disk });
        }
        saving::replace(path, &text)?;
        self.discard(path)?;
        Ok(Saved::Saved { digest: digest(&text) })
    }

    /// All unsaved text next to a file.
    pub(super) fn unsaved(&self, folder: &Utf8Path) -> BTreeMap<Utf8PathBuf, String> {
        let names = folder.read_dir_utf8().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name().to_owned()));
        let own = |name: String| {
            let file = name.strip_prefix('.')?.strip_suffix(UNSAVED)?.to_owned();
            let path = folder.join(&file);
            Some((path, read(&folder.join(&name)).ok()??))
        };
        names.filter_map(own).collect()
    }
}

fn unsaved_path(path: &Utf8Path) -> Utf8PathBuf {
    path.with_file_name(format!(".{}{UNSAVED}", path.file_name().unwrap_or_default()))
}

fn digest(text: &str) -> String {
    Digest::of(text.as_bytes()).to_string()
}

/// The text of a file; `None` if it isn't there.
fn read(path: &Utf8Path) -> Result<Option<String>> {
    let context = || format!("cannot read {path}");
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => {
            let metadata = other.with_context(context)?;
            anyhow::ensure!(metadata.is_file(), "{path} isn't an ordinary file");
            anyhow::ensure!(metadata.len() <= MAX_BYTES as u64, "{path} is too large to edit");
        }
    }
    let text = std::fs::read_to_string(path).with_context(context)?;
    Ok(Some(normalized(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let temporary = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(temporary.path().canonicalize().unwrap()).unwrap();
        std::fs::create_dir(root.join("one")).unwrap();
        std::fs::write(root.join("one/war.yaml"), "title: War\n").unwrap();
        (temporary, Folder::at(root))
    }

    #[test]
    fn only_files_of_lessons_have_a_path() {
        let (_temporary, folder) = folder();
        for file in ["one/war.yaml", "one/new.teacher.yaml", "series.yaml"] {
            assert!(folder.path(file).is_some(), "{file}");
        }
        for file in [
            "../x.yaml",
            "one/../../x.yaml",
            "/etc/x.yaml",
            "one/.war.yaml",
            "one/war.txt",
            "a/b/c.yaml",
            "two/war.yaml",
            "one\\war.yaml",
            "C:x.yaml",
            "",
        ] {
            assert_eq!(folder.path(file), None, "{file}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_have_no_path() {
        let (temporary, folder) = folder();
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("x.yaml"), "").unwrap();
        std::os::unix::fs::symlink(outside.path(), temporary.path().join("two")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("x.yaml"), temporary.path().join("one/x.yaml")).unwrap();
        assert_eq!(folder.path("two/x.yaml"), None);
        assert_eq!(folder.path("one/x.yaml"), None);
    }

    #[test]
    fn typed_text_is_kept_until_it_is_saved() {
        let (_temporary, folder) = folder();
        let path = folder.path("one/war.yaml").unwrap();
        let opened = folder.open(&path).unwrap();
        folder.keep(&path, "title: Wa\n").unwrap();
        assert_eq!(folder.open(&path).unwrap().unsaved.as_deref(), Some("title: Wa\n"));
        assert_eq!(folder.unsaved(path.parent().unwrap()), BTreeMap::from([(path.clone(), "title: Wa\n".to_owned())]));
        assert!(matches!(folder.save(&path, "title: Wa\n", &opened.digest).unwrap(), Saved::Saved { .. }));
        assert_eq!(folder.open(&path).unwrap().text, "title: Wa\n");
        assert!(folder.unsaved(path.parent().unwrap()).is_empty());
    }

    #[test]
    fn emptied_text_of_a_file_that_is_not_there_is_forgotten() {
        let (_temporary, folder) = folder();
        let path = folder.path("one/war.teacher.yaml").unwrap();
        folder.keep(&path, "answers:\n").unwrap();
        folder.keep(&path, "").unwrap();
        assert!(folder.unsaved(path.parent().unwrap()).is_empty());
    }

    #[test]
    fn unsaved_text_that_is_not_readable_locks_nobody_out() {
        let (temporary, folder) = folder();
        let path = folder.path("one/war.yaml").unwrap();
        let hidden = temporary.path().join("one/.war.yaml.unsaved");
        std::fs::write(&hidden, [0xff, 0xfe, 0xfd]).unwrap();
        assert_eq!(folder.open(&path).unwrap().unsaved, None);
        std::fs::remove_file(&hidden).unwrap();
        std::fs::create_dir(&hidden).unwrap();
        let opened = folder.open(&path).unwrap();
        assert_eq!(opened.unsaved, None);
        assert!(matches!(folder.save(&path, "title: Mine\n", &opened.digest).unwrap(), Saved::Saved { .. }));
    }

    #[test]
    fn what_somebody_else_saved_is_not_overwritten() {
        let (_temporary, folder) = folder();
        let path = folder.path("one/war.yaml").unwrap();
        let opened = folder.open(&path).unwrap();
        std::fs::write(&path, "title: Peace\n").unwrap();
        let Saved::Changed { text, digest } = folder.save(&path, "title: Mine\n", &opened.digest).unwrap() else {
            panic!("it was overwritten");
        };
        assert_eq!(text, "title: Peace\n");
        assert!(matches!(folder.save(&path, "title: Mine\n", &digest).unwrap(), Saved::Saved { .. }));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "title: Mine\n");
    }
}
