//! How a packet looks, where its series or its identity has a say; the templates decide about the rest.

use serde::Serialize;

use crate::lesson::series::{Blank, Families, Format, Holes};

/// How a packet looks, where its series or its identity has a say: what the design tokens of the templates are made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Look {
    /// The colour of headings and rules, as `#7a1f2b`.
    pub accent: String,
    /// How it is laid out.
    pub format: Format,
    /// How many times larger it is drawn than it is laid out.
    pub zoom: f64,
    /// The families of fonts that the series asks for.
    #[serde(skip)]
    pub families: Families,
    /// Whether it has no colour but black and greys.
    #[serde(skip)]
    pub mono: bool,
    /// Whether each part that is handed in begins on a right-hand page.
    pub duplex: bool,
    /// The sign of the publisher.
    pub logo: Option<Logo>,
    /// The side of the paper that is punched.
    pub holes: Holes,
    /// The blanks above what is handed in.
    pub name_line: Vec<Blank>,
}

/// The sign of a publisher.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logo {
    /// The virtual path of its picture.
    pub path: String,
    /// How many times wider than high it is.
    pub aspect: f64,
    /// What it tells someone who cannot see it; `None` for an ornament.
    pub alt: Option<String>,
}

/// The colour of headings and rules, if the series has none of its own: dark enough to read when a printer turns it grey (contrast
/// 10 to 1 on white).
pub const ACCENT: &str = "#7a1f2b";

/// How many times larger than it is laid out large print is drawn: running text of 11 points comes out at 18, the least that the
/// American Printing House for the Blind calls large print ("Guidelines for Print Document Design").
pub const LARGE_PRINT: f64 = 18.0 / 11.0;
