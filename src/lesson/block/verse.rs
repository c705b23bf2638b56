//! Verse, with its line breaks kept. [`crate::markdown`] splits the text into lines.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Content, Numbers, Text};
use crate::lesson::prose::{Inline, Inlines, Placed};
use crate::value::goes_in_parsed;

goes_in_parsed!(Stanzas);

/// A poem, song, or speech in verse, with its line breaks kept.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Verse {
    /// A short name for questions to use, such as `Document A`.
    pub label: Option<String>,
    /// The title.
    pub title: Option<Inlines>,
    /// The lines as printed. Blank lines end stanzas, leading spaces indent, `{#label}` at the end of a line labels it for `see`.
    pub text: Stanzas,
    /// Where the text comes from: the author and the publication. Can include a citation, `[@key]`.
    pub origin: Inlines,
    /// The date as printed, such as `1926`.
    pub date: Option<String>,
    /// Line numbers in the margin (default: `lines`, every fifth line).
    #[serde(default = "numbered")]
    pub numbers: Numbers,
}

fn numbered() -> Numbers {
    Numbers::Lines
}

/// The stanzas of a poem, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stanzas(pub Vec<Vec<VerseLine>>);

/// A line of verse.
#[derive(Debug, Clone, PartialEq)]
pub struct VerseLine {
    /// Its text.
    pub nodes: Vec<Inline>,
    /// The indent, in characters.
    pub indent: u8,
    /// Its label, from `{#label}` at the end.
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
