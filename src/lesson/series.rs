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
    pub look: HouseLook,
    /// Where the download pages are published: with it they tell search engines and feed readers their full addresses.
    pub site: Option<Address>,
    /// Where readers report a mistake: an e-mail address, or a page on the web.
    pub report_mistakes_to: Option<Contact>,
}

fn thirty() -> u32 {
    30
}

/// The look of a series.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct HouseLook {
    /// The colour of headings and rules; without it a dark red. Nothing is told by it alone.
    pub accent: Option<Colour>,
}

/// A packet that is built by default.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct PacketChoice {
    /// The edition: for whom it is.
    pub edition: Edition,
    /// What of it: without it all. The student and the teacher edition have a `reading` and a `worksheet`, the substitute edition a `plan`.
    pub part: Option<Placed<Part>>,
    /// The paper on which it prints; without it the series' paper.
    pub paper: Option<Paper>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// US Letter, 8.5 × 11 in.
    Letter,
    /// A4, 210 × 297 mm (ISO 216).
    A4,
}

/// For whom a packet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
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
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema, clap::ValueEnum,
)]
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
