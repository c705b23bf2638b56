//! Reads the file that a figure names and makes it safe to typeset: bounded, upright, no larger than it prints, free of what it should not carry; where the file may lie is for others to check.

use std::fs::File;
use std::io::{self, Read};

use camino::Utf8Path;

mod colour;
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
mod svg_limits;
mod weight;

pub use fault::Fault;
pub use problem::Problem;

use problem::{SVGZ, WEB_PAGE};

/// The most bytes of a photo or scan that are read.
const MAX_RASTER_BYTES: u64 = 64_000_000;
/// The most bytes of a drawing that are read.
const MAX_SVG_BYTES: u64 = 2_000_000;
/// Pixels per inch at which a picture prints: what offset printers ask for, and twice what a school's copier shows.
const PRINT_RESOLUTION: f64 = 300.0;
/// Pixels per inch below which single pixels show in print.
///
/// A laser printer or copier sets 65 to 85 rows of halftone dots an inch, and a picture wants two pixels a row: 130 to 170 (HP, "Resolution", support.hp.com, bpp03665).
/// Programs that check files for printing warn below 150 as well.
pub const LEAST_RESOLUTION: f64 = 150.0;

/// Widest that a picture can print, in points: US Letter between its margins.
pub const MAX_WIDTH: f64 = 482.0;
/// Tallest that a picture can print, in points: A4 between its margins, less the room for a caption.
pub const MAX_HEIGHT: f64 = 612.0;

/// A picture that the typesetter can take as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// How `bytes` are to be read.
    pub format: Format,
    /// The whole file: pixels without any metadata, or a drawing that loads nothing.
    pub bytes: Vec<u8>,
    /// Natural width in points: of a raster at 300 pixels an inch before scaling, of a drawing as Typst takes it (one user unit, one point).
    pub width: f64,
    /// Natural height in points, measured like the width.
    pub height: f64,
}

impl Picture {
    /// Returns the words that a drawing sets as text, one `<text>` a line; empty for a raster.
    #[must_use]
    pub fn drawn_text(&self) -> String {
        match self.format {
            Format::Svg => svg::drawn_text(&self.bytes),
            Format::Png | Format::Jpeg => String::new(),
        }
    }
}

/// The formats handed to the typesetter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 8 bits a channel: grey or RGB, with or without transparency.
    Png,
    /// Grey or RGB.
    Jpeg,
    /// A drawing in UTF-8 without a document type.
    Svg,
}

/// What can be told of a sound picture before its width in print is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// The words that a drawing sets as text, as [`Picture::drawn_text`] returns them; empty for a raster.
    pub drawn_text: String,
    /// Width and height of a raster in pixels, upright; `None` for a drawing, which is sharp at any size.
    pub pixels: Option<(u32, u32)>,
}

/// Finds everything that [`prepare`] could complain of; it decodes the picture, since a torn file shows only then.
///
/// # Errors
/// The [`Problem`] for which the picture cannot be printed.
pub fn inspect(path: &Utf8Path) -> Result<Inspected, Problem> {
    match read(path)? {
        (FileFormat::Raster(kind), bytes) => {
            let raster = raster::decode(kind, bytes)?;
            Ok(Inspected { drawn_text: String::new(), pixels: Some(raster.upright_size()) })
        }
        (FileFormat::Svg, bytes) => {
            let picture = svg::prepare(&bytes).map_err(Problem::Drawing)?;
            Ok(Inspected { drawn_text: picture.drawn_text(), pixels: None })
        }
        (FileFormat::Other(other), _) => Err(Problem::Unsupported(other)),
    }
}

/// Returns how many pixels of a raster fall on an inch when it prints `width` points wide.
#[must_use]
pub fn resolution(pixels: (u32, u32), width: f64) -> f64 {
    f64::from(pixels.0) * 72.0 / width
}

/// Reads a picture that will be printed `print_width` points wide.
///
/// A raster is scaled down (never up) to 300 pixels an inch, brought to sRGB by its colour profile, turned upright and encoded anew, so that nothing but pixels remains: a PNG stays PNG, a JPEG stays JPEG, a WebP becomes PNG where it is transparent and JPEG where not.
/// The same file and width give the same bytes.
///
/// # Errors
/// The [`Problem`] for which the picture cannot be printed.
pub fn prepare(path: &Utf8Path, print_width: f64) -> Result<Picture, Problem> {
    match read(path)? {
        (FileFormat::Raster(kind), bytes) => print::prepare(kind, bytes, print_width),
        (FileFormat::Svg, bytes) => svg::prepare(&bytes).map_err(Problem::Drawing),
        (FileFormat::Other(other), _) => Err(Problem::Unsupported(other)),
    }
}

/// What the first bytes of a file say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Raster(raster::RasterFormat),
    Svg,
    Other(&'static str),
}

/// Returns a file's kind and content; an unknown kind comes without its content.
fn read(path: &Utf8Path) -> Result<(FileFormat, Vec<u8>), Problem> {
    // Asked before opening: to open a pipe waits for its writer.
    regular_size(&std::fs::metadata(path).map_err(unreadable)?)?;
    let mut file = File::open(path).map_err(unreadable)?;
    // And again of the file that was in fact opened, in case it was exchanged in between.
    let size = regular_size(&file.metadata().map_err(unreadable)?)?;

    let mut bytes = Vec::new();
    file.by_ref().take(512).read_to_end(&mut bytes).map_err(unreadable)?;
    let kind = kind(&bytes);
    let limit = match kind {
        FileFormat::Raster(_) => MAX_RASTER_BYTES,
        FileFormat::Svg => MAX_SVG_BYTES,
        FileFormat::Other(_) if bytes.is_empty() => return Err(Problem::Empty),
        FileFormat::Other(_) => return Ok((kind, Vec::new())),
    };
    if size > limit {
        return Err(Problem::TooManyBytes { found: size, limit });
    }
    // One byte more than allowed shows that the file grew while it was read.
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

/// Judges by content, since endings lie: many a "photo.jpg" from a phone is a HEIC or a PNG.
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
            () if at(8, b"avif") || at(8, b"avis") => "an AVIF picture",
            () if heic.iter().any(|brand| at(8, *brand)) => "a HEIC photo",
            () => "a film",
        });
    }
    const OTHERS: [(&[u8], &str); 19] = [
        (b"GIF8", "a GIF"),
        (b"%PDF", "a PDF"),
        (b"%!PS", "a PostScript file"),
        (b"\xc5\xd0\xd3\xc6", "an EPS drawing"),
        (b"II*\0", "a TIFF picture"),
        (b"MM\0*", "a TIFF picture"),
        (b"II+\0", "a TIFF picture"),
        (b"MM\0+", "a TIFF picture"),
        (b"BM", "a BMP picture"),
        (b"\0\0\x01\0", "an icon"),
        (b"8BPS", "a Photoshop file"),
        (b"gimp xcf", "a GIMP file"),
        (b"\xff\x0a", "a JPEG XL picture"),
        (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
        (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
        (b"\x1f\x8b", SVGZ),
        (b"PK\x03\x04", "a Word, PowerPoint or ZIP file"),
        (b"\xd0\xcf\x11\xe0", "a Word or PowerPoint file"),
        (b"version https://git-lfs", "a Git LFS pointer, not the picture it stands for"),
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
        return FileFormat::Other("text in UTF-16 (a drawing is read in UTF-8)");
    }
    if start.iter().all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace()) {
        return FileFormat::Other("text");
    }
    FileFormat::Other("of an unknown kind")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the pictures that they read")]
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
        assert_eq!(complaint(b"GIF89a..."), "the file is a GIF; PNG, JPEG, WebP and SVG are read");
        assert!(complaint(b"\0\0\0\x18ftypheic....").contains("a HEIC photo"));
        assert!(complaint(b"%PDF-1.7").contains("a PDF"));
        assert!(complaint(b"<!DOCTYPE html><p>").contains("a web page"));
        assert!(complaint("Grüße".as_bytes()).contains("is text;"));
        assert!(complaint(b"\x01\x02\x03").contains("of an unknown kind"));
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
        assert_eq!(inspect(&path).unwrap(), Inspected { drawn_text: String::new(), pixels: Some((40, 60)) });
        let (_folder, path) = written(b"<svg width='10' height='20'><text>North</text></svg>");
        assert_eq!(inspect(&path).unwrap(), Inspected { drawn_text: "North".into(), pixels: None });
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
        assert_eq!(problem.to_string(), "the file has 80000 MB; at most 64 MB are read");
    }

    #[test]
    fn refuses_a_large_drawing() {
        let mut drawing = b"<svg>".to_vec();
        drawing.resize(2_000_001, b' ');
        assert_eq!(complaint(&drawing), "the file has 2.1 MB; at most 2 MB are read");
    }
}
