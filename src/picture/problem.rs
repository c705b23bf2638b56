//! Why an image cannot be printed, and what to do about it. Problems of SVG files are in `fault`.

use std::{fmt, io};

use super::raster::{MAX_PIXELS, MAX_SIDE};
use super::{Fault, MAX_SVG_BYTES};
use crate::files::Placeholder;

// File types with their own help.
pub(super) const WEB_PAGE: &str = "a web page";
pub(super) const SVGZ: &str = "a compressed file (maybe SVGZ)";
pub(super) const VIDEO: &str = "a video";
pub(super) const DOCUMENT: &str = "a Word, PowerPoint, or ZIP file";
pub(super) const OLD_DOCUMENT: &str = "a Word or PowerPoint file";
pub(super) const PLAIN_TEXT: &str = "plain text";
pub(super) const UTF_16: &str = "text in UTF-16";

/// Why an image cannot be printed.
#[derive(Debug)]
pub enum Problem {
    /// No such file.
    Missing,
    /// A folder, a device or a pipe.
    NotAFile,
    /// The file cannot be read.
    Unreadable(io::Error),
    /// The file is empty.
    Empty,
    /// Larger than the limit.
    TooManyBytes {
        /// Size of the file in bytes.
        found: u64,
        /// The limit for its format, in bytes.
        limit: u64,
    },
    /// More pixels than the limit.
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// An unsupported format, by the name teachers know.
    Unsupported(&'static str),
    /// What Git leaves in place of the file.
    Placeholder(Placeholder),
    /// Several images in one file.
    Animated,
    /// The file ends too early.
    Torn,
    /// It cannot be decoded.
    Damaged,
    /// An SVG that cannot be drawn, or not safely.
    Drawing(Fault),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "file not found"),
            Self::NotAFile => write!(f, "expected an image file, found a folder"),
            Self::Unreadable(error) => write!(f, "can't read the file: {}", error.kind()),
            Self::Empty => write!(f, "the file is empty"),
            Self::TooManyBytes { found, limit } => {
                write!(f, "expected at most {} MB, found {} MB", limit / 1_000_000, found.div_ceil(100_000) as f64 / 10.0)
            }
            Self::TooManyPixels { width, height } => write!(
                f,
                "expected at most {MAX_SIDE} pixels on a side and {} million in all, found {width} × {height}",
                MAX_PIXELS / 1_000_000
            ),
            Self::Unsupported(name) => {
                write!(f, "expected a PNG, JPEG, WebP, or SVG image, found {name}")
            }
            Self::Placeholder(placeholder) => f.write_str(&placeholder.message()),
            Self::Animated => write!(f, "expected a still image, found an animation"),
            Self::Torn => write!(f, "the file is cut off before its end"),
            Self::Damaged => write!(f, "the file is damaged and can't be decoded"),
            Self::Drawing(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// Returns what to do about it, as an instruction.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Missing => "check the name, including its extension and capital letters".into(),
            Self::NotAFile => "write the path of an image file, such as `images/map.png`".into(),
            Self::Unreadable(_) => "give your account permission to read the file".into(),
            Self::Empty | Self::Torn | Self::Damaged => "replace it with an undamaged copy".into(),
            Self::TooManyBytes { limit, .. } if *limit == MAX_SVG_BYTES => {
                "simplify the drawing, or export it as a PNG 2550 pixels wide and write its name here".into()
            }
            Self::TooManyBytes { .. } | Self::TooManyPixels { .. } => "save it 2550 pixels wide, enough for a full page".into(),
            Self::Unsupported(WEB_PAGE) => "open the page in a browser, save the image itself, and write its name here".into(),
            Self::Unsupported(SVGZ) => "save it as plain SVG, not compressed, and write its name here".into(),
            Self::Unsupported(VIDEO) => "save one of its frames as PNG and write its name here".into(),
            Self::Unsupported(DOCUMENT | OLD_DOCUMENT) => {
                "save the image inside it as PNG or JPEG and write its name here".into()
            }
            Self::Placeholder(placeholder) => placeholder.help("image"),
            Self::Unsupported(PLAIN_TEXT) => "write the path of an image file, such as `images/map.png`".into(),
            Self::Unsupported(UTF_16) => "save the drawing as SVG in UTF-8".into(),
            Self::Unsupported(_) => "save it as PNG (or JPEG for a photo) and write the new name here".into(),
            Self::Animated => "save one of its frames as PNG and write its name here".into(),
            Self::Drawing(fault) => fault.help(),
        }
    }
}
