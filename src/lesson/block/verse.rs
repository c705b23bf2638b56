//! Lines that stay as they are. Cutting the text into lines is left to [`crate::markdown`].

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Content, Numbers, Text};
use crate::lesson::prose::{Inline, Inlines, Placed};
use crate::value::goes_in_parsed;

goes_in_parsed!(Stanzas);

/// A poem, a song or a speech in verse.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Verse {
    /// A short name by which questions call it: `Document A`.
    pub label: Option<String>,
    /// Its title.
    pub title: Option<Inlines>,
    /// Its lines as they are: a blank line ends a stanza, blanks at the beginning indent a line, `{#label}` at its end names it for `see`.
    pub text: Stanzas,
    /// Who wrote it, in what; a citation `[@key]` may stand here.
    pub origin: Inlines,
    /// Its date as it prints: `1926`.
    pub date: Option<String>,
    /// Whether every fifth line is numbered; without it they are.
    #[serde(default = "numbered")]
    pub numbers: Numbers,
}

fn numbered() -> Numbers {
    Numbers::Lines
}

/// The stanzas of a poem in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stanzas(pub Vec<Vec<VerseLine>>);

/// A line of verse.
#[derive(Debug, Clone, PartialEq)]
pub struct VerseLine {
    /// Its text.
    pub nodes: Vec<Inline>,
    /// By how many characters it is indented.
    pub indent: u8,
    /// Its label, from `{#label}` at its end.
    pub label: Option<Placed<String>>,
}

impl JsonSchema for Stanzas {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Stanzas".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-markdown": "verse"})
    }
}

impl Verse {
    /// The lines of all stanzas.
    pub fn lines(&self) -> impl Iterator<Item = &VerseLine> {
        self.text.0.iter().flatten()
    }
}

impl Content for Verse {
    fn texts(&self) -> Vec<Text<'_>> {
        let lines = self.lines().map(|line| Text::Pieces(&line.nodes));
        self.title.iter().map(Text::Line).chain(lines).chain([Text::Line(&self.origin)]).collect()
    }
}
