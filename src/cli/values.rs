//! The words of options that stand for values of the model, with what `--help` says of each.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::lesson::series::{Edition, Format, Paper, Part};

impl ValueEnum for Edition {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Edition::Student => "What students read and write on",
            Edition::Teacher => "The same with answers and notes in their places, and what a teacher prepares with",
            Edition::Key => "The answers alone",
            Edition::Substitute => "A plan for somebody who knows nothing of the lesson, and the answers",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for Part {
    fn value_variants<'a>() -> &'a [Self] {
        &[Part::All, Part::Reading, Part::Worksheet, Part::Plan]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Part::All => "All of it",
            Part::Reading => "What is read: a class set that the next class can use again",
            Part::Worksheet => "What each student writes on",
            Part::Plan => "The plan of a substitute without the answers",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for Paper {
    fn value_variants<'a>() -> &'a [Self] {
        &[Paper::Letter, Paper::A4]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Paper::Letter => "US Letter, 8.5 × 11 in",
            Paper::A4 => "A4, 210 × 297 mm (ISO 216)",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Format::Standard, Format::LargePrint, Format::Booklet, Format::TwoUp]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Format::Standard => "One page on a side, in the usual size of type",
            Format::LargePrint => {
                "For readers with low vision: type of 18 points made for them, one column, nothing in italics or capitals alone"
            }
            Format::Booklet => {
                "Pages of half the paper, two on a side, in the order in which sheets that are folded and stapled in the middle need them"
            }
            Format::TwoUp => "Pages of half the paper, two on a side, one after the other",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}
