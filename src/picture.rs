//! Reads the image file of a figure and makes it safe to typeset: limited in size, upright, no larger than it prints, without
//! metadata.
//! Where the file may be is checked elsewhere.

use std::fs::File;
use std::io::{self, Read};

use camino::Utf8Path;

use crate::files::{Placeholder, as_on_disk};

mod color;
mod fault;
mod measure;
mod orientation;
mod print;
mod problem;
mod raster;
#[cfg(test)]
mod samples;
mod scan;
mod svg;
mod svg_lettering;
mod svg_limits;
mod svg_text;
mod weight;

pub use fault::Fault;
pub use problem::Problem;
pub use svg_text::{DrawnText, LostText, Reason, bundled, substitute};

use problem::{DOCUMENT, OLD_DOCUMENT, PLAIN_TEXT, SVGZ, UTF_16, VIDEO, WEB_PAGE};

/// The most bytes of a photo or scan that are read.
const MAX_RASTER_BYTES: u64 = 64_000_000;
/// The most bytes of a drawing that are read.
const MAX_SVG_BYTES: u64 = 2_000_000;
/// Pixels per inch of a printed raster image: what offset printers ask for, and twice what a school copier can show.
const PRINT_RESOLUTION: f64 = 300.0;
/// Pixels per inch below which single pixels show in print.
///
/// Laser printers and copiers print 65 to 85 rows of halftone dots per inch, and an image needs two pixels a row: 130 to 170 (HP,
/// "Resolution", support.hp.com, bpp03665).
/// Preflight programs warn below 150 too.
pub const LEAST_RESOLUTION: f64 = 150.0;

/// The greatest width of a printed image, in points: US Letter between its margins.
pub const MAX_WIDTH: f64 = 482.0;
/// The greatest height of a printed image, in points: A4 between its margins, minus room for a caption.
pub const MAX_HEIGHT: f64 = 612.0;

/// An image ready for the typesetter.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The format of `bytes`.
    pub format: Format,
    /// The whole file: pixels without metadata, or an SVG that loads nothing.
    pub bytes: Vec<u8>,
    /// Natural width in points: for a raster, at 300 pixels per inch before scaling; for an SVG, as Typst measures it (one user
    /// unit, one point).
    pub width: f64,
    /// Natural height in points, measured like the width.
    pub height: f64,
    /// The type size of the smallest text in an SVG, in points at its natural width; 0 if it isn't certain. `None` for an SVG without
    /// text, and for a raster.
    pub lettering: Option<f64>,
}

/// The formats passed to the typesetter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 8 bits per channel: gray or RGB, with or without transparency.
    Png,
    /// Gray or RGB.
    Jpeg,
    /// UTF-8, without a document type.
    Svg,
}

/// What is known about a valid image before its printed width is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// The text in an SVG; empty for a raster.
    pub text: DrawnText,
    /// Width and height of a raster in pixels, upright; `None` for an SVG, which is sharp at any size.
    pub pixels: Option<(u32, u32)>,
}

/// Finds every problem that [`prepare`] could. It decodes the image, because nothing else reveals a truncated file.
///
/// # Errors
/// The [`Problem`] that keeps the image from printing.
pub fn inspect(path: &Utf8Path) -> Result<Inspected, Problem> {
    match read(path)? {
        (FileFormat::Raster(kind), bytes) => {
            let raster = raster::decode(kind, bytes)?;
            Ok(Inspected { text: DrawnText::default(), pixels: Some(raster.upright_size()) })
        }
        (FileFormat::Svg, bytes) => {
            let (text, ..) = svg::check(&bytes).map_err(Problem::Drawing)?;
            Ok(Inspected { text: svg::text(text.as_bytes()), pixels: None })
        }
        (FileFormat::Other(other), _) => Err(Problem::Unsupported(other)),
    }
}

/// Returns the pixels per inch of a raster printed `width` points wide.
#[must_use]
pub fn resolution(pixels: (u32, u32), width: f64) -> f64 {
    f64::from(pixels.0) * 72.0 / width
}

/// Reads an image that will be printed `print_width` points wide.
///
/// A raster is scaled down (never up) to 300 pixels per inch, converted to sRGB, turned upright, and encoded again, so only
/// pixels remain. PNG stays PNG and JPEG stays JPEG; WebP becomes PNG if it is transparent and JPEG if not.
/// The same file and width give the same bytes.
///
/// # Errors
/// The [`Problem`] that keeps the image from printing.
pub fn prepare(path: &Utf8Path, print_width: f64) -> Result<Picture, Problem> {
    match read(path)? {
        (FileFormat::Raster(kind), bytes) => print::prepare(kind, bytes, print_width),
        (FileFormat::Svg, bytes) => svg::prepare(&bytes).map_err(Problem::Drawing),
        (FileFormat::Other(other), _) => Err(Problem::Unsupported(other)),
    }
}

/// The format of a file, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Raster(raster::RasterFormat),
    Svg,
    Other(&'static str),
}

/// Returns a file's format and contents; an unknown format comes without contents.
fn read(path: &Utf8Path) -> Result<(FileFormat, Vec<u8>), Problem> {
    let path = as_on_disk(path);
    // Before opening: opening a pipe would wait for its writer.
    regular_size(&std::fs::metadata(&path).map_err(unreadable)?)?;
    let mut file = File::open(&path).map_err(unreadable)?;
    // Again for the opened file, in case it was replaced in between.
    let size = regular_size(&file.metadata().map_err(unreadable)?)?;

    let mut bytes = Vec::new();
    file.by_ref().take(512).read_to_end(&mut bytes).map_err(unreadable)?;
    let kind = kind(&bytes);
    let limit = match kind {
        FileFormat::Raster(_) => MAX_RASTER_BYTES,
        FileFormat::Svg => MAX_SVG_BYTES,
        FileFormat::Other(_) if bytes.is_empty() => return Err(Problem::Empty),
        FileFormat::Other(PLAIN_TEXT) => {
            let placeholder = std::str::from_utf8(&bytes).ok().and_then(Placeholder::of);
            return placeholder.map_or(Ok((kind, Vec::new())), |placeholder| Err(Problem::Placeholder(placeholder)));
        }
        FileFormat::Other(_) => return Ok((kind, Vec::new())),
    };
    if size > limit {
        return Err(Problem::TooManyBytes { found: size, limit });
    }
    // One byte over the limit shows that the file grew while it was read.
    let rest = (limit + 1).saturating_sub(bytes.len() as u64);
    bytes.reserve_exact(usize::try_from(size).unwrap_or(0).saturating_sub(bytes.len()));
    file.take(rest).read_to_end(&mut bytes).map_err(unreadable)?;
    let found = bytes.len() as u64;
    if found > limit {
        return Err(Problem::TooManyBytes { found, limit });
    }
    Ok((kind, bytes))
}

fn regular_size(metadata: &std::fs::Metadata) -> Result<u64, Problem> {
    if metadata.is_file() { Ok(metadata.len()) } else { Err(Problem::NotAFile) }
}

fn unreadable(error: io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Problem::Missing,
        _ => Problem::Unreadable(error),
    }
}

/// Uses the content, because extensions can be wrong: a phone's `photo.jpg` is often a HEIC or PNG file.
fn kind(start: &[u8]) -> FileFormat {
    let at = |offset: usize, magic: &[u8]| start.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if at(0, b"\x89PNG\r\n\x1a\n") {
        return FileFormat::Raster(raster::RasterFormat::Png);
    }
    if at(0, b"\xff\xd8\xff") {
        return FileFormat::Raster(raster::RasterFormat::Jpeg);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return FileFormat::Raster(raster::RasterFormat::WebP);
    }
    if at(4, b"ftyp") {
        let heic = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
        return FileFormat::Other(match () {
            () if at(8, b"avif") || at(8, b"avis") => "an AVIF image",
            () if heic.iter().any(|brand| at(8, *brand)) => "a HEIC photo",
            () => VIDEO,
        });
    }
    const OTHERS: [(&[u8], &str); 18] = [
        (b"GIF8", "a GIF"),
        (b"%PDF", "a PDF"),
        (b"%!PS", "a PostScript file"),
        (b"\xc5\xd0\xd3\xc6", "an EPS file"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"II+\0", "a TIFF image"),
        (b"MM\0+", "a TIFF image"),
        (b"BM", "a BMP image"),
        (b"\0\0\x01\0", "an icon"),
        (b"8BPS", "a Photoshop file"),
        (b"gimp xcf", "a GIMP file"),
        (b"\xff\x0a", "a JPEG XL image"),
        (b"\0\0\0\x0cJXL ", "a JPEG XL image"),
        (b"\0\0\0\x0cjP  ", "a JPEG 2000 image"),
        (b"\x1f\x8b", SVGZ),
        (b"PK\x03\x04", DOCUMENT),
        (b"\xd0\xcf\x11\xe0", OLD_DOCUMENT),
    ];
    if let Some((_, name)) = OTHERS.iter().find(|(magic, _)| at(0, magic)) {
        return FileFormat::Other(name);
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if text.first() == Some(&b'<') {
        let opens = |tag: &[u8]| text.get(..tag.len()).is_some_and(|t| t.eq_ignore_ascii_case(tag));
        return if opens(b"<!doctype html") || opens(b"<html") { FileFormat::Other(WEB_PAGE) } else { FileFormat::Svg };
    }
    if at(0, b"\xff\xfe") || at(0, b"\xfe\xff") {
        return FileFormat::Other(UTF_16);
    }
    if start.iter().all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace()) {
        return FileFormat::Other(PLAIN_TEXT);
    }
    FileFormat::Other("an unknown file type")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the images they read")]
mod tests {
    use super::*;
    use camino::Utf8PathBuf;

    fn written(bytes: &[u8]) -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("picture.jpg")).unwrap();
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn complaint(bytes: &[u8]) -> String {
        let (_folder, path) = written(bytes);
        let problem = inspect(&path).unwrap_err();
        assert_eq!(prepare(&path, 100.0).unwrap_err().to_string(), problem.to_string());
        assert!(!problem.help().is_empty());
        problem.to_string()
    }

    #[test]
    fn names_what_a_foreign_file_is() {
        assert_eq!(complaint(b"GIF89a..."), "expected a PNG, JPEG, WebP, or SVG image, found a GIF");
        assert!(complaint(b"\0\0\0\x18ftypheic....").contains("a HEIC photo"));
        assert!(complaint(b"%PDF-1.7").contains("a PDF"));
        assert!(complaint(b"<!DOCTYPE html><p>").contains("a web page"));
        assert!(complaint("Grüße".as_bytes()).ends_with("found plain text"));
        assert!(complaint(b"\x01\x02\x03").contains("an unknown file type"));
        assert_eq!(complaint(b""), "the file is empty");
    }

    #[test]
    fn reads_by_content_whatever_the_ending() {
        let (_folder, path) = written(b"<svg width='10' height='20'/>");
        let picture = prepare(&path, 100.0).unwrap();
        assert_eq!((picture.format, picture.width, picture.height), (Format::Svg, 10.0, 20.0));
    }

    #[test]
    fn tells_the_pixels_of_a_photo_and_the_words_of_a_drawing() {
        let photo = samples::with_exif(&samples::jpeg(samples::picture(60, 40)), 6);
        let (_folder, path) = written(&photo);
        assert_eq!(inspect(&path).unwrap(), Inspected { text: DrawnText::default(), pixels: Some((40, 60)) });
        let (_folder, path) = written(b"<svg width='10' height='20'><text>North</text></svg>");
        assert_eq!(
            inspect(&path).unwrap(),
            Inspected { text: DrawnText { words: "North".into(), ..DrawnText::default() }, pixels: None }
        );
    }

    #[test]
    fn tells_how_dense_pixels_print() {
        assert_eq!(resolution((600, 10), 144.0), 300.0);
        let (_folder, path) = written(&samples::png(samples::picture(60, 40)));
        let natural = prepare(&path, 100.0).unwrap().width;
        assert_eq!(resolution((60, 40), natural), PRINT_RESOLUTION);
    }

    #[test]
    fn refuses_what_is_no_file() {
        let (folder, path) = written(b"");
        let folder_path = Utf8Path::from_path(folder.path()).unwrap();
        assert!(matches!(inspect(folder_path), Err(Problem::NotAFile)));
        assert!(matches!(inspect(Utf8Path::new("/dev/null")), Err(Problem::NotAFile)));
        assert!(matches!(inspect(&path.with_extension("png")), Err(Problem::Missing)));
    }

    #[test]
    fn refuses_a_large_file_by_its_size_alone() {
        let (_folder, path) = written(b"\x89PNG\r\n\x1a\n");
        File::options().write(true).open(&path).unwrap().set_len(80_000_000_000).unwrap();
        let problem = inspect(&path).unwrap_err();
        assert_eq!(problem.to_string(), "expected at most 64 MB, found 80000 MB");
    }

    #[test]
    fn refuses_a_large_drawing() {
        let mut drawing = b"<svg>".to_vec();
        drawing.resize(2_000_001, b' ');
        assert_eq!(complaint(&drawing), "expected at most 2 MB, found 2.1 MB");
    }
}
