//! An equation on a line of its own. Its LaTeX is parsed by [`crate::equation`].

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Content, Text};
use crate::equation::Math;
use crate::lesson::prose::Placed;
use crate::value::goes_in_parsed;

goes_in_parsed!(Formula);

/// An equation on a line of its own. In short: only its LaTeX.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "tex"))]
pub struct Equation {
    /// What it says, in LaTeX: `'\frac{a}{b}'`, between single quotation marks.
    pub tex: Placed<Formula>,
    /// How it is read aloud; without it the program reads it in English.
    pub say: Option<Placed<String>>,
}

/// An equation that was written in LaTeX; none in the placeholder of a broken one.
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
