//! Why an SVG is refused, and what to do about it.

use std::fmt;

use super::svg_limits::{MAX_DEPTH, MAX_ELEMENTS, MAX_POINTS};

/// Why an SVG is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not in UTF-8.
    Encoding,
    /// Not well-formed XML, at a line and column of the SVG (counted from 1).
    Malformed {
        /// Line.
        line: u32,
        /// Column in characters.
        column: u32,
    },
    /// A document type that declares entities.
    DocumentType,
    /// The outermost element is this, not `<svg>`.
    Root(String),
    /// No view box, and no width or no height.
    NoSize,
    /// A side of length 0, or longer than a PDF page can be.
    BadSize,
    /// More elements than the limit.
    TooManyElements,
    /// Elements nested too deep.
    TooDeep,
    /// More attributes, prefixes, style rules, or repeated path data than the limit.
    TooElaborate,
    /// An element that runs, animates, embeds, or filters.
    Element(String),
    /// A property without a bound on the work of drawing it.
    Property(String),
    /// A reference to something outside the SVG.
    Outside(String),
    /// A reference that leads back to itself.
    Cycle(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding => write!(f, "expected an SVG in UTF-8, found another encoding"),
            Self::Malformed { line, column } => {
                write!(f, "the SVG isn't well-formed XML (at its line {line}, column {column})")
            }
            Self::DocumentType => {
                write!(f, "the SVG declares entities in its `<!DOCTYPE`")
            }
            Self::Root(name) => {
                write!(f, "expected `<svg>` as the outermost element, found `<{name}>`")
            }
            Self::NoSize => {
                write!(f, "the SVG has no size: expected a `viewBox`, or `width` and `height`")
            }
            Self::BadSize => {
                write!(f, "the SVG's size can't be printed: expected sides above 0 and at most {MAX_POINTS} units")
            }
            Self::TooManyElements => {
                write!(f, "the SVG has more than {MAX_ELEMENTS} elements, including those repeated by reference")
            }
            Self::TooDeep => {
                write!(f, "the SVG is nested more than {MAX_DEPTH} elements deep")
            }
            Self::TooElaborate => write!(f, "the SVG has too many attributes, style rules, or repeated outlines"),
            Self::Element(name) => write!(
                f,
                "the SVG contains `<{name}>`; scripts, animations, filters, and embedded images or pages aren't allowed"
            ),
            Self::Property(name) => write!(f, "the SVG uses `{name}`, which isn't supported"),
            Self::Outside(target) => {
                write!(f, "expected references to parts of the SVG, such as `#part`, found `{target}`")
            }
            Self::Cycle(id) => write!(f, "`#{id}` in the SVG refers back to itself"),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Returns what to do about it, as an instruction.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Encoding => "save the drawing as SVG in UTF-8",
            Self::Malformed { .. } | Self::Cycle(_) => "open it in a drawing program and save it as plain SVG",
            Self::DocumentType => "save it as plain SVG (in Illustrator, without “preserve editing capabilities”)",
            Self::Root(_) => "write the path of an image file, such as `images/map.svg`",
            Self::NoSize => "add a `viewBox` to its `<svg>`, such as `viewBox=\"0 0 400 300\"`",
            Self::BadSize => "scale it to its printed size",
            Self::TooManyElements | Self::TooDeep | Self::TooElaborate => {
                "simplify it, or export it as a PNG 2550 pixels wide and write its name here"
            }
            Self::Element(name) if name == "image" || name == "feImage" => {
                "use the embedded image itself, or export the SVG as a PNG 2550 pixels wide, and write its name here"
            }
            Self::Element(_) | Self::Property(_) => {
                "remove it from the SVG, or export the SVG as a PNG 2550 pixels wide and write its name here"
            }
            Self::Outside(_) => "remove the reference from the SVG, or save it as plain SVG",
        }
        .into()
    }
}
