//! Writing space. The templates decide how tall it is.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::lesson::values::Length;

/// Writing space.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-bare" = {"fill": "box"}))]
pub enum Space {
    /// No writing space: the question is for discussion only.
    None,
    /// This many ruled lines.
    #[schemars(extend("x-example" = "6"))]
    Lines(#[schemars(range(min = 1, max = 60))] u32),
    /// This many lines with a dotted midline, for younger grades.
    #[schemars(extend("x-example" = "3"))]
    Handwriting(Handwriting),
    /// An empty box of this height.
    #[schemars(extend("x-example" = "4 cm"))]
    Box(Length),
    /// Graph paper of this height.
    #[schemars(extend("x-example" = "6 cm"))]
    Grid(Squares),
    /// Dot paper of this height.
    #[schemars(extend("x-example" = "6 cm"))]
    Dots(Squares),
    /// The rest of the page, shared evenly by everything that uses `fill`: write `fill`, or `{fill: lines}`.
    Fill(Surface),
}

/// Writing space that can't be `none`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Canvas(pub Space);

impl JsonSchema for Canvas {
    fn schema_name() -> Cow<'static, str> {
        "Canvas".into()
    }

    /// The forms of [`Space`] that take a value.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let space = Space::json_schema(generator);
        let forms = space.get("oneOf").and_then(Json::as_array).expect("a space has several forms");
        let with_value: Vec<&Json> = forms.iter().filter(|form| form.get("properties").is_some()).collect();
        json_schema!({
            "description": "Writing space that can't be `none`.",
            "oneOf": with_value,
            "x-bare": space.get("x-bare"),
            "x-instead": {"none": "remove `space`; a chart or drawing always has space"},
        })
    }
}

/// The height of a chart or diagram: a length, or the rest of the page.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-instead" = {"none": "remove `space`; a chart or diagram always has space"}))]
pub enum Area {
    /// This height.
    #[schemars(extend("x-example" = "7 cm"))]
    Box(Length),
    /// The rest of the page, shared evenly by everything that uses `fill`.
    Fill,
}

/// Lines with a dotted midline, for younger grades. Short form: just the number of lines.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "lines"))]
pub struct Handwriting {
    /// How many lines to print.
    #[schemars(range(min = 1, max = 30), extend("x-example" = "3"))]
    pub lines: u32,
    /// The grade that sets the letter size (default: the lowest of the lesson's `grades`).
    pub grade: Option<WritingGrade>,
}

/// A grade, for the letter size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-otherwise" = "write `K`, `1`, `2`, `3`, or `4` (for grades 4 and up)"))]
pub enum WritingGrade {
    /// Kindergarten: tall letters are 3/4 in high.
    #[serde(rename = "K")]
    Kindergarten,
    /// Grade 1: 5/8 in.
    #[serde(rename = "1")]
    First,
    /// Grade 2: 1/2 in.
    #[serde(rename = "2")]
    Second,
    /// Grade 3: 1/2 in.
    #[serde(rename = "3")]
    Third,
    /// Grade 4 and up: 3/8 in.
    #[serde(rename = "4")]
    Fourth,
}

/// Graph or dot paper. Short form: just the height.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "height"))]
pub struct Squares {
    /// The height, rounded to whole squares.
    #[schemars(extend(
        "x-example" = "6 cm",
        "x-least" = {"length": "2 cm", "help": "to set the size of the squares, write `{height: 6 cm, squares: 5 mm}`"},
    ))]
    pub height: Length,
    /// The size of the squares (default: 1/4 in on US Letter, 5 mm on A4).
    pub squares: Option<Side>,
}

/// The size of a square.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Side {
    /// A quarter inch.
    #[serde(rename = "1/4 in")]
    QuarterInch,
    /// Five millimeters.
    #[serde(rename = "5 mm")]
    FiveMillimetres,
}

/// What fills the rest of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// An empty box.
    Box,
    /// Ruled lines.
    Lines,
    /// Lines with a dotted midline, for younger grades.
    Handwriting,
    /// Graph paper.
    Grid,
    /// Dot paper.
    Dots,
}

impl From<&Area> for Space {
    fn from(area: &Area) -> Self {
        match area {
            Area::Box(height) => Space::Box(height.clone()),
            Area::Fill => Space::Fill(Surface::Box),
        }
    }
}

impl WritingGrade {
    /// The lowest grade in text such as `K-2`, `5`, or `grades 9–12`. `None` if it names no grade.
    pub fn lowest(grades: &str) -> Option<Self> {
        let is_separator = |c: char| !c.is_alphanumeric();
        let numbered = |word: &str| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().ok();
        let of = |word: &str| match numbered(word) {
            Some(0) => Some(Self::Kindergarten),
            Some(1) => Some(Self::First),
            Some(2) => Some(Self::Second),
            Some(3) => Some(Self::Third),
            Some(_) => Some(Self::Fourth),
            None => matches!(word.to_lowercase().as_str(), "k" | "pk" | "kindergarten").then_some(Self::Kindergarten),
        };
        grades.split(is_separator).find_map(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_grade_is_read_from_what_teachers_write() {
        for (grades, expected) in [
            ("K-2", Some(WritingGrade::Kindergarten)),
            ("Kindergarten", Some(WritingGrade::Kindergarten)),
            ("1st grade", Some(WritingGrade::First)),
            ("Grades 2–3", Some(WritingGrade::Second)),
            ("3", Some(WritingGrade::Third)),
            ("5", Some(WritingGrade::Fourth)),
            ("9-12", Some(WritingGrade::Fourth)),
            ("college", None),
            ("", None),
        ] {
            assert_eq!(WritingGrade::lowest(grades), expected, "{grades}");
        }
    }
}
