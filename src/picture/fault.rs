//! Says why a drawing is refused, and what to do about it.

use std::fmt;

use super::svg_limits::{MAX_DEPTH, MAX_ELEMENTS, MAX_POINTS};

/// Why a drawing is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not in UTF-8.
    Encoding,
    /// Not well-formed XML, at a line and column within the drawing (counted from 1).
    Malformed {
        /// Line.
        line: u32,
        /// Column in characters.
        column: u32,
    },
    /// A document type that declares entities.
    DocumentType,
    /// The outermost element is not `<svg>` but this.
    Root(String),
    /// Neither a view box nor both width and height.
    NoSize,
    /// A side of nothing, or longer than a PDF page can be.
    BadSize,
    /// More elements than are drawn.
    TooManyElements,
    /// Elements within elements within elements.
    TooDeep,
    /// More attributes, prefixes, style rules or repeated path data than a drawing needs.
    TooElaborate,
    /// An element that runs, animates, embeds or filters.
    Element(String),
    /// A property that is drawn in no bounded way.
    Property(String),
    /// A reference to something outside the drawing.
    Outside(String),
    /// A reference that leads back to itself.
    Cycle(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => write!(f, "the drawing is not written in UTF-8"),
            Self::Malformed { line, column } => {
                write!(f, "the drawing is not well-formed XML (line {line}, column {column} within it)")
            }
            Self::DocumentType => {
                write!(f, "the drawing declares abbreviations of its own in its `<!DOCTYPE`")
            }
            Self::Root(name) => {
                write!(f, "the outermost element is `<{name}>`; a drawing has `<svg>`")
            }
            Self::NoSize => {
                write!(f, "the drawing has no size: neither a `viewBox` nor `width` and `height`")
            }
            Self::BadSize => {
                write!(f, "the size of the drawing cannot be printed; each side must be above 0 and at most {MAX_POINTS} units")
            }
            Self::TooManyElements => {
                write!(f, "the drawing has more than {MAX_ELEMENTS} elements, counting those repeated by reference")
            }
            Self::TooDeep => {
                write!(f, "the drawing is nested more than {MAX_DEPTH} elements deep")
            }
            Self::TooElaborate => write!(f, "the drawing has more attributes, style rules or repeated outlines than are read"),
            Self::Element(name) => write!(
                f,
                "the drawing contains `<{name}>`; scripts, animations, filters and embedded pictures or pages are not drawn"
            ),
            Self::Property(name) => write!(f, "the drawing uses `{name}`, which is not drawn"),
            Self::Outside(target) => {
                write!(f, "the drawing refers to `{target}`; it may only refer to its own parts, as in `#part`")
            }
            Self::Cycle(id) => write!(f, "`#{id}` in the drawing refers back to itself"),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Returns what to do about it, in one instruction.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Encoding => "save the drawing as SVG in UTF-8",
            Self::Malformed { .. } | Self::Cycle(_) => "open the drawing in a drawing program and save it as plain SVG",
            Self::DocumentType => "save it as plain SVG (in Illustrator without “preserve editing capabilities”)",
            Self::Root(_) => "name a file that is an SVG drawing",
            Self::NoSize => "add a `viewBox`, for instance `viewBox=\"0 0 400 300\"`",
            Self::BadSize => "scale the drawing to the size at which it prints",
            Self::TooManyElements | Self::TooDeep | Self::TooElaborate => {
                "simplify the drawing, or export it as a PNG that is 2550 pixels wide"
            }
            Self::Element(name) if name == "image" || name == "feImage" => {
                "use the picture itself as the figure, or export the drawing as a PNG"
            }
            Self::Element(_) | Self::Property(_) => "remove it, or export the drawing as a PNG that is 2550 pixels wide",
            Self::Outside(_) => "remove the link, or save the drawing as plain SVG",
        }
        .into()
    }
}
