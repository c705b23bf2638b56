//! Limits for documents from strangers, and reading archives within them.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Refused;

/// The largest file, in bytes.
pub const MAX_FILE: u64 = 60 * 1024 * 1024;

/// The largest text in an archive, in bytes.
const MAX_TEXT: u64 = 30 * 1024 * 1024;

/// The largest image in an archive, in bytes.
const MAX_IMAGE: u64 = 30 * 1024 * 1024;

/// The most bytes that come out of one archive.
const MAX_TOTAL: u64 = 150 * 1024 * 1024;

/// The most files in an archive.
const MAX_ENTRIES: usize = 5_000;

/// The most images that are taken.
const MAX_IMAGES: usize = 300;

/// The deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 200;

/// The most blocks in a document.
pub(super) const MAX_BLOCKS: usize = 50_000;

/// A ZIP archive, read within limits.
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    left: u64,
    images: usize,
}

impl Archive {
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Refused> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Broken("it isn't a complete file".to_owned()))?;
        if zip.len() > MAX_ENTRIES {
            return Err(Refused::TooLarge(format!("it has {} parts; the maximum is {MAX_ENTRIES}", zip.len())));
        }
        Ok(Self { zip, left: MAX_TOTAL, images: 0 })
    }

    /// The names of its parts; those that aren't text are left out.
    pub(super) fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// The text of a part; `None` if there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(bytes) = self.bytes(name, MAX_TEXT)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| Refused::Broken(format!("its part `{name}` isn't text")))
    }

    /// An image; `None` if there is no such part, or there are too many.
    pub(super) fn image(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        self.images += 1;
        if self.images > MAX_IMAGES {
            return Ok(None);
        }
        self.bytes(name, MAX_IMAGE)
    }

    fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Refused> {
        let Ok(part) = self.zip.by_name(name) else { return Ok(None) };
        let most = most.min(self.left);
        let mut bytes = Vec::new();
        // What the archive says about its sizes may be a lie.
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| Refused::Broken(format!("its part `{name}` is damaged")))?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(Refused::TooLarge(format!("its part `{name}` is larger than {} MB", most / 1024 / 1024)));
        }
        self.left -= length;
        Ok(Some(bytes))
    }
}
