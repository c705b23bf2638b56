//! The option values that map to the model, with their `--help` text.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::lesson::series::{Edition, Format, Paper, Part};
use crate::starters::Starter;

impl ValueEnum for Edition {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Edition::Student => "Reading, questions, and worksheets for students",
            Edition::Teacher => "Teacher guide, then the student pages with answers and notes in place",
            Edition::Key => "Answer key",
            Edition::Substitute => "Sub plan for someone new to the lesson, with the answer key",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for Part {
    fn value_variants<'a>() -> &'a [Self] {
        &[Part::All, Part::Reading, Part::Worksheet, Part::Plan, Part::Cards]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Part::All => "Everything",
            Part::Reading => "The reading, as a reusable class set",
            Part::Worksheet => "The pages students write on",
            Part::Plan => "The sub plan without the answer key",
            Part::Cards => "Only the sheets to cut: exit tickets and cards",
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
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Format::Standard => "One page per side, regular type size",
            Format::Compact => "On less paper in the same type: parts share pages, sources in two columns, closer lines",
            Format::ClearPrint => {
                "For readers with dyslexia: 14-point sans-serif type, wide lines, no hyphens, italics, or all caps"
            }
            Format::LargePrint => "For readers with low vision: 18-point type in one column, no italics or all caps",
            Format::Fillable => "To fill in on a screen: the standard pages, with a field for each blank",
            Format::FillableLargePrint => "To fill in on a screen, in large print",
            Format::Booklet => "Two half-size pages per side, in order for folding and stapling",
            Format::TwoUp => "Two half-size pages per side, in reading order",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for Starter {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.purpose()))
    }
}
