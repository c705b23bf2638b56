//! Says why a picture cannot be printed, and what to do about it; what is wrong with a drawing is for `fault` to say.

use std::{fmt, io};

use super::raster::{MAX_PIXELS, MAX_SIDE};
use super::{Fault, MAX_SVG_BYTES};

/// Kinds of file that get help of their own.
pub(super) const WEB_PAGE: &str = "a web page";
pub(super) const SVGZ: &str = "compressed (perhaps an SVGZ drawing)";

/// Why a picture cannot be printed.
#[derive(Debug)]
pub enum Problem {
    /// There is no file of this name.
    Missing,
    /// A folder, a device or a pipe.
    NotAFile,
    /// The disk does not give it.
    Unreadable(io::Error),
    /// The file has no content.
    Empty,
    /// Larger on disk than is read.
    TooManyBytes {
        /// Size of the file in bytes.
        found: u64,
        /// The most that is read of its kind, in bytes.
        limit: u64,
    },
    /// More pixels than are decoded.
    TooManyPixels {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// A format that is not read, by the name that teachers know.
    Unsupported(&'static str),
    /// Several pictures in one file.
    Animated,
    /// The file ends too early.
    Torn,
    /// The decoder cannot make sense of it.
    Damaged,
    /// A drawing that could not be drawn, or not safely.
    Drawing(Fault),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "there is no such file"),
            Self::NotAFile => write!(f, "this is not a file but a folder or a device"),
            Self::Unreadable(error) => write!(f, "the file cannot be read: {}", error.kind()),
            Self::Empty => write!(f, "the file is empty"),
            Self::TooManyBytes { found, limit } => {
                write!(f, "the file has {} MB; at most {} MB are read", found.div_ceil(100_000) as f64 / 10.0, limit / 1_000_000)
            }
            Self::TooManyPixels { width, height } => write!(
                f,
                "the picture is {width} × {height} pixels; at most {} on a side and {} million in all are read",
                MAX_SIDE,
                MAX_PIXELS / 1_000_000
            ),
            Self::Unsupported(name) => {
                write!(f, "the file is {name}; PNG, JPEG, WebP and SVG are read")
            }
            Self::Animated => write!(f, "the picture is an animation; paper shows a still one"),
            Self::Torn => write!(f, "the picture breaks off before its end"),
            Self::Damaged => write!(f, "the picture is damaged and cannot be decoded"),
            Self::Drawing(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// Returns what to do about it, in one instruction.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Missing => "check the name, its ending and its capital letters".into(),
            Self::NotAFile => "name the picture itself".into(),
            Self::Unreadable(_) => "check that you may open the file".into(),
            Self::Empty | Self::Torn | Self::Damaged => {
                "copy or download the file again, or open it in an image editor and save it anew".into()
            }
            Self::TooManyBytes { limit, .. } if *limit == MAX_SVG_BYTES => {
                "simplify the drawing, or export it as a PNG that is 2550 pixels wide".into()
            }
            Self::TooManyBytes { .. } | Self::TooManyPixels { .. } => {
                "save it smaller: 2550 pixels across fill a whole page at print quality".into()
            }
            Self::Unsupported(WEB_PAGE) => "open the page, then save the picture itself instead of the page".into(),
            Self::Unsupported(SVGZ) => "save it as plain SVG, not compressed".into(),
            Self::Unsupported(_) => "save it as JPEG if it is a photo, else as PNG".into(),
            Self::Animated => "save one of its frames as PNG".into(),
            Self::Drawing(fault) => fault.help(),
        }
    }
}
