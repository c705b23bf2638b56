//! The fonts: the bundled ones, then those in a `fonts` folder next to the lessons.
#![expect(clippy::disallowed_methods, reason = "the user's fonts are next to the lessons")]

use anyhow::{Context, Result};
use camino::Utf8Path;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::FontStore;

use crate::digest::Digest;
use crate::files::Placeholder;
use crate::glyphs::Coverage;

/// The largest font file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The bundled fonts, under the SIL Open Font License (see `fonts/`).
const BUNDLED: [&[u8]; 11] = [
    include_bytes!("../../fonts/SourceSerif4-Regular.ttf"),
    include_bytes!("../../fonts/SourceSerif4-Italic.ttf"),
    include_bytes!("../../fonts/SourceSerif4-SemiBold.ttf"),
    include_bytes!("../../fonts/SourceSerif4-SemiBoldItalic.ttf"),
    include_bytes!("../../fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../../fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../fonts/SourceSans3-SemiBoldItalic.ttf"),
    include_bytes!("../../fonts/STIXTwoMath-Regular.otf"),
    include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
];

/// All fonts of a run.
pub struct Fonts {
    store: FontStore,
    /// The digest of those that are not bundled.
    digest: Digest,
}

/// A font with the letters of most languages, for programs that read text without drawing it.
pub fn stand_in() -> &'static [u8] {
    BUNDLED[4]
}

impl Fonts {
    /// Only the bundled fonts.
    pub fn bundled() -> Self {
        let mut store = FontStore::new();
        for data in BUNDLED {
            let font = Font::new(Bytes::new(data), 0).expect("the bundled fonts are valid");
            let info = font.info().clone();
            store.push((font, info));
        }
        Self { store, digest: Digest::of(b"") }
    }

    /// The bundled fonts and those in a folder, sorted by name. A missing folder counts as empty.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read, or a file is not a font.
    pub fn with_folder(folder: &Utf8Path) -> Result<Self> {
        let mut fonts = Self::bundled();
        let mut paths = Vec::new();
        if folder.is_dir() {
            for entry in folder.read_dir_utf8().with_context(|| format!("cannot read the folder {folder}"))? {
                let path = entry.with_context(|| format!("cannot read the folder {folder}"))?.into_path();
                let extension = path.extension().map(str::to_ascii_lowercase);
                if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
                    paths.push(path);
                }
            }
        }
        paths.sort();
        let mut digests = Vec::new();
        for path in paths {
            let metadata = std::fs::metadata(&path).with_context(|| format!("cannot read the font {path}"))?;
            anyhow::ensure!(metadata.is_file(), "{path} isn't a font file; remove it from the folder");
            anyhow::ensure!(
                metadata.len() <= MAX_BYTES,
                "the font {path} is too large; the maximum is {} MB",
                MAX_BYTES / 1024 / 1024
            );
            let data = std::fs::read(&path).with_context(|| format!("cannot read the font {path}"))?;
            if BUNDLED.contains(&data.as_slice()) {
                continue;
            }
            digests.extend_from_slice(Digest::of(&data).as_bytes());
            let placeholder = std::str::from_utf8(&data).ok().and_then(Placeholder::of);
            let before = fonts.infos().count();
            for font in Font::iter(Bytes::new(data)) {
                let info = font.info().clone();
                fonts.store.push((font, info));
            }
            let added = fonts.infos().count() - before;
            anyhow::ensure!(added > 0, "{}", not_a_font(&path, placeholder));
        }
        fonts.digest = Digest::of(&digests);
        Ok(fonts)
    }

    /// The digest of the fonts that are not bundled, in their order.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The characters they have, for reading and checking.
    pub fn coverage(&self) -> Coverage {
        let code_points = self.infos().flat_map(|info| info.coverage.iter());
        Coverage::new(code_points, self.store.book().families().map(|(name, _)| name.to_owned()).collect())
    }

    /// Whether some font of a family has a glyph for `c`.
    pub(super) fn family_covers(&self, family: &str, c: char) -> bool {
        let of_family = |info: &FontInfo| info.family == family && info.coverage.contains(u32::from(c));
        self.infos().any(of_family)
    }

    /// The first family that is not bundled and has a glyph for `c`.
    pub(super) fn added_family_with(&self, c: char) -> Option<String> {
        let added = self.infos().skip(BUNDLED.len());
        added.into_iter().find(|info| info.coverage.contains(u32::from(c))).map(|info| info.family.to_string())
    }

    fn infos(&self) -> impl Iterator<Item = &FontInfo> {
        (0..).map_while(|index| self.store.book().info(index))
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }
}

/// What to say about a file that has no font in it.
fn not_a_font(path: &Utf8Path, placeholder: Option<Placeholder>) -> String {
    match placeholder {
        Some(placeholder) => format!("{path}: {}\nhelp: {}", placeholder.message(), placeholder.help("font")),
        None => format!("cannot read the font {path}; remove it from the folder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_fonts_cover_latin_greek_cyrillic_and_mathematics() {
        let coverage = Fonts::bundled().coverage();
        for c in "The quick façade Zażółć gęślą jaźń Łódź ŠČŘŽ ấộ ĳ ẞ — “quoted” ¶ § € № ½ × α Ω ἀ ῷ Б ё ґ ћ ѣ".chars()
        {
            assert!(coverage.shows(c), "{c}");
        }
        for c in "∑∫√∞≤≠≈→⇌∠△⟂∥∈∅ℝ𝑥𝛼".chars() {
            assert!(coverage.shows(c), "{c}");
        }
        assert!(!coverage.shows('中'));
        assert!(!coverage.shows('ع'));
    }
}
