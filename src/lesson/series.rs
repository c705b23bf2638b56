//! The series: the publication, and defaults for all its issues.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::prose::Placed;
use super::values::{Address, Color, Contact, Language};

/// The series: the publication and its defaults, in `series.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Series {
    /// The name of the series, printed on every page.
    pub name: String,
    /// The name of the publisher.
    pub publisher: Option<String>,
    /// The language of the lessons.
    pub language: Placed<Language>,
    /// The default paper size.
    pub paper: Paper,
    /// How many minutes a class period lasts. The steps of a sub plan must add up to it.
    #[schemars(range(min = 1, max = 600))]
    pub class_minutes: Option<Placed<u32>>,
    /// How many students a class has, for the number of copies (default: 30).
    #[serde(default = "thirty")]
    #[schemars(range(min = 1, max = 500))]
    pub class_size: u32,
    /// How many classes the teacher has in this course (default: 1). With it, teachers learn how much paper a class set saves.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 50))]
    pub classes: u32,
    /// The packets to build by default (default: every edition, complete, and the sheets to cut, on the series' paper).
    #[serde(default)]
    pub packets: Vec<PacketChoice>,
    /// Whether each issue has ZIP files with all its packets (default: `true`). Without them, the output folder takes half the space.
    #[serde(default = "with_archives")]
    pub archives: bool,
    /// The rights holder and license. An issue can have its own.
    pub rights: Option<Rights>,
    /// The look of the packets: colors, fonts, logo, and more (default: the standard look).
    #[serde(default)]
    pub look: Branding,
    /// The web address of the download pages. With it, the pages give search engines and feed readers full links.
    pub site: Option<Address>,
    /// Where readers report mistakes: an email address or a web page.
    pub report_mistakes_to: Option<Contact>,
}

fn thirty() -> u32 {
    30
}

fn with_archives() -> bool {
    true
}

fn one() -> u32 {
    1
}

/// The look of a series' packets.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct Branding {
    /// The color of headings and lines (default: dark red). Packets never use color as the only way to show something.
    pub accent: Option<Color>,
    /// The font families. Put your own font files in the `fonts` folder next to the lessons folder.
    #[serde(default)]
    pub fonts: Families,
    /// The publisher's logo, printed above the title of each packet.
    pub logo: Option<Logo>,
    /// The edge to hole-punch; its margin leaves room for the holes (default: `start`).
    #[serde(default)]
    pub holes: Holes,
    /// The text at the bottom of every page (default: the rights holder and license).
    #[schemars(extend("x-alias" = "license_line"))]
    pub licence_line: Option<String>,
    /// The blanks at the top of work that students turn in, in order (default: `name`, `date`, `class`).
    #[schemars(length(max = 6))]
    pub name_line: Option<Vec<Blank>>,
    /// The type size of running text, in points (default: 11, or 16 and 13 for lessons whose grades end at 2 and 5). A lesson can
    /// have its own. Large print and clear print have their own sizes.
    #[schemars(range(min = 10, max = 18))]
    pub type_size: Option<u32>,
    /// The look of the format `clear-print`.
    #[serde(default)]
    pub clear_print: ClearPrint,
}

/// The look of clear print. Its font is the one for large print.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct ClearPrint {
    /// The type size of running text, in points (default: 14).
    #[schemars(range(min = 12, max = 16))]
    pub size: Option<u32>,
    /// The color of headings and lines (default: the series' `accent`).
    pub accent: Option<Color>,
}

/// A publisher's logo.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Logo {
    /// The image file (PNG, JPEG, WebP, or SVG), as a path from the folder of the series file.
    pub image: Placed<String>,
    /// What the logo shows, for readers who can't see it. Without it, screen readers skip the logo as decoration.
    pub alt: Option<String>,
}

/// The edge of the paper with binder holes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-instead" = {"left": "write `start` for the left side", "right": "write `end` for the right side"}))]
pub enum Holes {
    /// The side where lines start: left, or right for right-to-left languages.
    #[default]
    Start,
    /// The side where lines end.
    End,
    /// The top edge.
    Top,
    /// No holes.
    None,
}

/// A blank to fill in on work that students turn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Blank {
    /// The student's name, or the group's name on group work.
    Name,
    /// The date.
    Date,
    /// The class.
    Class,
    /// The class period.
    Period,
    /// The teacher's name.
    Teacher,
    /// The student's number on the class list.
    Number,
    /// The points or grade, for the teacher to fill in.
    Score,
}

/// Font families by use. The standard fonts fill in for anything missing.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct Families {
    /// The font for reading text (default: `Source Serif 4`).
    pub text: Option<Placed<String>>,
    /// The font for headings, tables, small type, and worksheets (default: `Source Sans 3`).
    pub headings: Option<Placed<String>>,
    /// The font for large print and clear print (default: `Atkinson Hyperlegible Next`).
    pub large_print: Option<Placed<String>>,
}

/// A packet to build by default.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct PacketChoice {
    /// The edition: who the packet is for.
    pub edition: Edition,
    /// The part of the edition (default: `all`). `student` and `teacher` have `reading` and `worksheet`, `student` also
    /// has `cards`, and `substitute` has `plan`.
    pub part: Option<Placed<Part>>,
    /// The layout (default: `standard`).
    pub format: Option<Placed<Format>>,
    /// The paper size (default: the series' `paper`).
    pub paper: Option<Paper>,
    /// Print in grayscale, including images (default: `false`). For printers that have only black or charge for color.
    #[serde(default)]
    pub mono: bool,
    /// Start each part that students turn in on a new sheet, for double-sided printing (default: `false`). Some backs stay blank.
    #[serde(default)]
    pub duplex: bool,
    /// How many sheets of paper a copy may take, printed double-sided. The student packet is set larger or smaller to end there
    /// (default: as many as it takes in the usual type). The other editions with the same number refer to its pages.
    #[schemars(range(min = 1, max = 99))]
    pub sheets: Option<Placed<u32>>,
}

/// The rights holder and the license.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Rights {
    /// The person or organization that holds the rights.
    pub holder: String,
    /// The license, such as `CC BY 4.0` (default: all rights reserved).
    #[schemars(extend("x-alias" = "license"))]
    pub licence: Option<String>,
    /// A link to the text of the license.
    pub url: Option<Address>,
}

/// A paper size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// US Letter, 8.5 × 11 in.
    Letter,
    /// A4, 210 × 297 mm (ISO 216).
    A4,
}

/// Who a packet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// Everything that students read and write on.
    Student,
    /// The student packet with answers and notes in place, plus a teacher guide.
    Teacher,
    /// The answer key only.
    Key,
    /// A sub plan for someone new to the lesson, plus the answer key.
    Substitute,
}

/// The part of an edition that a packet contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The complete edition.
    #[default]
    All,
    /// The reading: a class set that the next class can reuse.
    Reading,
    /// The pages that each student writes on.
    Worksheet,
    /// The sub plan without the answer key.
    Plan,
    /// Only the sheets to cut: the exit tickets, as many on a sheet as fit, and the cards.
    Cards,
}

/// The layout of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One page per side, in regular-size type.
    #[default]
    Standard,
    /// On less paper, in the same type: parts share pages, sources are in two columns, and lines to write on are closer.
    Compact,
    /// For readers with dyslexia: 14-point sans-serif type with wide lines, no hyphens, italics, or all caps.
    ClearPrint,
    /// For readers with low vision: 18-point type in a font designed for them, one column, no italics or all caps as the only cue.
    LargePrint,
    /// To fill in on a screen: the standard pages, with a field for each blank.
    Fillable,
    /// The same in large print.
    FillableLargePrint,
    /// Half-size pages, two per side, arranged to be folded and stapled in the middle.
    Booklet,
    /// Half-size pages, two per side, in reading order.
    #[serde(rename = "2-up")]
    TwoUp,
}

impl Format {
    /// All formats in order.
    pub const ALL: [Format; 8] = [
        Format::Standard,
        Format::Compact,
        Format::ClearPrint,
        Format::LargePrint,
        Format::Fillable,
        Format::FillableLargePrint,
        Format::Booklet,
        Format::TwoUp,
    ];

    /// The name in YAML, on the command line, and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Format::Standard => "standard",
            Format::Compact => "compact",
            Format::ClearPrint => "clear-print",
            Format::LargePrint => "large-print",
            Format::Fillable => "fillable",
            Format::FillableLargePrint => "fillable-large-print",
            Format::Booklet => "booklet",
            Format::TwoUp => "2-up",
        }
    }

    /// Whether its type is that of large print.
    pub fn is_large(self) -> bool {
        matches!(self, Format::LargePrint | Format::FillableLargePrint)
    }

    /// Whether it's a form to fill in on a screen.
    pub fn has_fields(self) -> bool {
        matches!(self, Format::Fillable | Format::FillableLargePrint)
    }

    /// Whether each side of a sheet has two pages.
    pub fn is_imposed(self) -> bool {
        matches!(self, Format::Booklet | Format::TwoUp)
    }
}

impl Paper {
    /// The name in YAML, on the command line, and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Paper::Letter => "letter",
            Paper::A4 => "a4",
        }
    }
}

impl Edition {
    /// The name in YAML, on the command line, and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Edition::Student => "student",
            Edition::Teacher => "teacher",
            Edition::Key => "key",
            Edition::Substitute => "substitute",
        }
    }

    /// All editions in order.
    pub const ALL: [Edition; 4] = [Edition::Student, Edition::Teacher, Edition::Key, Edition::Substitute];

    /// The parts it has, starting with `all`.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Edition::Student => &[Part::All, Part::Reading, Part::Worksheet, Part::Cards],
            Edition::Teacher => &[Part::All, Part::Reading, Part::Worksheet],
            Edition::Key => &[Part::All],
            Edition::Substitute => &[Part::All, Part::Plan],
        }
    }
}

impl Part {
    /// The name in YAML, on the command line, and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Part::All => "all",
            Part::Reading => "reading",
            Part::Worksheet => "worksheet",
            Part::Plan => "plan",
            Part::Cards => "cards",
        }
    }
}
