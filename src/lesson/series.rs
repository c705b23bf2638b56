//! The series: the publication, and the defaults for all of its issues.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::prose::Placed;
use super::values::{Address, Colour, Contact, Language};

/// The publication, in `series.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Series {
    /// Its name, printed on every page.
    pub name: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The language of its lessons.
    pub language: Language,
    /// The paper on which it prints when nothing else is asked for.
    pub paper: Paper,
    /// How long a class period is, in minutes; the steps of a substitute's plan must add up to it.
    #[schemars(range(min = 1, max = 600))]
    pub class_minutes: Option<Placed<u32>>,
    /// How many students a class has, for the number of copies; without it 30.
    #[serde(default = "thirty")]
    #[schemars(range(min = 1, max = 500))]
    pub class_size: u32,
    /// Which packets are built when nothing else is asked for; without it those of every edition, whole and on the series' paper.
    #[serde(default)]
    pub packets: Vec<PacketChoice>,
    /// Who holds the rights, and what others may do; an issue can say otherwise.
    pub rights: Option<Rights>,
    /// The look of its packets, where it is not to be the usual one.
    #[serde(default)]
    pub look: Branding,
    /// Where the download pages are published: with it they tell search engines and feed readers their full addresses.
    pub site: Option<Address>,
    /// Where readers report a mistake: an e-mail address, or a page on the web.
    pub report_mistakes_to: Option<Contact>,
}

fn thirty() -> u32 {
    30
}

/// The look of a series.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct Branding {
    /// The colour of headings and rules; without it a dark red. Nothing is told by it alone.
    pub accent: Option<Colour>,
    /// The families of fonts, which may lie in the folder `fonts` beside the lessons.
    #[serde(default)]
    pub fonts: Families,
    /// The sign of the publisher, above the title of each packet.
    pub logo: Option<Logo>,
    /// The side of the paper that is punched, whose margin leaves room for the holes; without it `start`.
    #[serde(default)]
    pub holes: Holes,
    /// What stands at the foot of every page; without it who holds the rights, and the licence.
    pub licence_line: Option<String>,
    /// The blanks above what is handed in, in their order; without it `name`, `date` and `class`.
    #[schemars(length(max = 6))]
    pub name_line: Option<Vec<Blank>>,
}

/// The sign of a publisher.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Logo {
    /// Its file, a picture (PNG, JPEG, WebP) or a drawing (SVG), from the folder in which the file of the series lies.
    pub image: Placed<String>,
    /// What it tells someone who cannot see it; without it it is an ornament, and a screen reader passes over it.
    pub alt: Option<String>,
}

/// A side of the paper with holes for a binder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Holes {
    /// Where lines begin: on the left, and on the right for languages that are written from right to left.
    #[default]
    Start,
    /// Where lines end.
    End,
    /// At the top.
    Top,
    /// Nowhere.
    None,
}

/// A blank that students fill in on what they hand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Blank {
    /// The student's name; on what a group hands in, that of the group.
    Name,
    /// The day.
    Date,
    /// The class.
    Class,
    /// The period of the day.
    Period,
    /// Who teaches.
    Teacher,
    /// The number of the student in the class list.
    Number,
    /// What the teacher writes: points or a grade.
    Score,
}

/// Families of fonts by their use; what one lacks comes from the usual fonts.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
pub struct Families {
    /// For what is read: `Source Serif 4`, if nothing else is asked for.
    pub text: Option<Placed<String>>,
    /// For headings, tables, small type and what is written on: `Source Sans 3`.
    pub headings: Option<Placed<String>>,
    /// For large print: `Atkinson Hyperlegible Next`.
    pub large_print: Option<Placed<String>>,
}

/// A packet that is built by default.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct PacketChoice {
    /// The edition: for whom it is.
    pub edition: Edition,
    /// What of it: without it all. The student and the teacher edition have a `reading` and a `worksheet`, the substitute edition a `plan`.
    pub part: Option<Placed<Part>>,
    /// How it is laid out; without it `standard`.
    pub format: Option<Placed<Format>>,
    /// The paper on which it prints; without it the series' paper.
    pub paper: Option<Paper>,
    /// Whether it has no colour but black and greys, pictures too, for printers that have only black or charge for colour.
    #[serde(default)]
    pub mono: bool,
    /// Whether each part that is handed in is a sheet of its own when it prints on both sides, with empty backs where they must be.
    #[serde(default)]
    pub duplex: bool,
}

/// Who holds the rights, and what others may do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Rights {
    /// The person or institution that holds them.
    pub holder: String,
    /// The licence: `CC BY 4.0`. Without one, all rights are reserved.
    pub licence: Option<String>,
    /// Where the licence can be read.
    pub url: Option<Address>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// US Letter, 8.5 × 11 in.
    Letter,
    /// A4, 210 × 297 mm (ISO 216).
    A4,
}

/// For whom a packet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// What students read and write on.
    Student,
    /// The same with answers and notes in their places, and what a teacher prepares with.
    Teacher,
    /// The answers alone.
    Key,
    /// A plan for somebody who knows nothing of the lesson, and the answers.
    Substitute,
}

/// What of an edition a packet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// All of it.
    #[default]
    All,
    /// What is read: a class set that the next class can use again.
    Reading,
    /// What each student writes on.
    Worksheet,
    /// The plan of a substitute without the answers.
    Plan,
}

/// How a packet is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One page on a side, in the usual size of type.
    #[default]
    Standard,
    /// For readers with low vision: type of 18 points made for them, one column, nothing in italics or capitals alone.
    LargePrint,
    /// Pages of half the paper, two on a side, in the order in which sheets that are folded and stapled in the middle need them.
    Booklet,
    /// Pages of half the paper, two on a side, one after the other.
    #[serde(rename = "2-up")]
    TwoUp,
}

impl Format {
    /// The name in YAML, on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Format::Standard => "standard",
            Format::LargePrint => "large-print",
            Format::Booklet => "booklet",
            Format::TwoUp => "2-up",
        }
    }

    /// Whether two pages stand on each side of a sheet.
    pub fn is_imposed(self) -> bool {
        matches!(self, Format::Booklet | Format::TwoUp)
    }
}

impl Paper {
    /// The name in YAML, on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Paper::Letter => "letter",
            Paper::A4 => "a4",
        }
    }
}

impl Edition {
    /// The name in YAML, on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Edition::Student => "student",
            Edition::Teacher => "teacher",
            Edition::Key => "key",
            Edition::Substitute => "substitute",
        }
    }

    /// All of them in their order.
    pub const ALL: [Edition; 4] = [Edition::Student, Edition::Teacher, Edition::Key, Edition::Substitute];

    /// What of it can be had; first all of it.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Edition::Student | Edition::Teacher => &[Part::All, Part::Reading, Part::Worksheet],
            Edition::Key => &[Part::All],
            Edition::Substitute => &[Part::All, Part::Plan],
        }
    }
}

impl Part {
    /// The name in YAML, on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Part::All => "all",
            Part::Reading => "reading",
            Part::Worksheet => "worksheet",
            Part::Plan => "plan",
        }
    }
}
