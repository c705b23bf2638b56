//! An equation on its own line. [`crate::equation`] parses the LaTeX.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Content, Text};
use crate::equation::Math;
use crate::lesson::prose::Placed;
use crate::value::goes_in_parsed;

goes_in_parsed!(Formula);

/// An equation on its own line. Short form: just the LaTeX.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "tex"))]
pub struct Equation {
    /// The equation in LaTeX, in single quotation marks, such as `'\frac{a}{b}'`.
    pub tex: Placed<Formula>,
    /// How to read the equation aloud (default: an automatic reading in English).
    pub say: Option<Placed<String>>,
}

/// An equation parsed from LaTeX. `None` in the placeholder for a broken one.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula(pub Option<Math>);

impl JsonSchema for Formula {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Formula".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-tex": true})
    }
}

impl Content for Equation {
    fn texts(&self) -> Vec<Text<'_>> {
        Vec::new()
    }
}
