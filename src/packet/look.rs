//! The parts of a packet's look that its series and its identity set. The templates decide the rest.

use serde::Serialize;

use super::setting::Setting;
use crate::lesson::series::{Blank, Families, Format, Holes};

/// The look that a series and a packet's identity set. The templates' design tokens build on these.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Look {
    /// The color of headings and rules, as `#7a1f2b`.
    pub accent: String,
    /// How it is laid out.
    pub format: Format,
    /// How much the finished layout is enlarged: 1.0 is actual size.
    pub zoom: f64,
    /// How tightly it is set.
    pub setting: Setting,
    /// The font families the series asks for.
    #[serde(skip)]
    pub families: Families,
    /// Whether it's in grayscale.
    #[serde(skip)]
    pub mono: bool,
    /// Whether each part that students turn in starts on a right-hand page.
    pub duplex: bool,
    /// The publisher's logo.
    pub logo: Option<Logo>,
    /// The side of the paper with punched holes.
    pub holes: Holes,
    /// The blanks (name, date, …) at the top of what students turn in.
    pub name_line: Vec<Blank>,
}

/// A publisher's logo.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Logo {
    /// The virtual path of its picture.
    pub path: String,
    /// Its width divided by its height.
    pub aspect: f64,
    /// Its alternative text. `None` if it's decorative.
    pub alt: Option<String>,
}

/// The default color of headings and rules. It stays readable when printed in gray (contrast 10:1 on white).
pub const ACCENT: &str = "#7a1f2b";

/// The zoom for large print: 11-point text becomes 18-point, the smallest size that the American Printing House for the Blind
/// calls large print ("Guidelines for Print Document Design").
pub const LARGE_PRINT: f64 = 18.0 / 11.0;
