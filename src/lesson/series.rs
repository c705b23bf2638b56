//! The series: the publication, and the defaults for all of its issues.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{Address, Language};

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
    /// Which packets are built when nothing else is asked for; without it the student packet on the series' paper.
    #[serde(default)]
    pub packets: Vec<PacketChoice>,
    /// Who holds the rights, and what others may do; an issue can say otherwise.
    pub rights: Option<Rights>,
}

/// A packet that is built by default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct PacketChoice {
    /// The edition: for whom it is.
    pub edition: Edition,
    /// The paper on which it prints; without it the series' paper.
    pub paper: Option<Paper>,
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
        }
    }
}
