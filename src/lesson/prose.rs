//! Prose: what Markdown inside YAML becomes; parsing it is left to [`crate::markdown`].

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::equation::{self, Math};
use crate::source::Place;
use crate::value::goes_in_parsed;

goes_in_parsed!(Inlines, Prose);

/// A value that remembers where it stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Placed{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<T>();
        schema.insert("x-placed".into(), true.into());
        schema
    }
}

/// A line of text: a title, a question, an item; inline Markdown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inlines {
    /// The pieces in their order.
    pub nodes: Vec<Inline>,
    /// Where the text stands; missing in the placeholder of a broken one.
    pub place: Option<Place>,
}

impl JsonSchema for Inlines {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Inlines".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-markdown": "inline"})
    }
}

/// A text of paragraphs, lists, quotations and tables: Markdown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prose(pub Vec<ProseBlock>);

impl JsonSchema for Prose {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Prose".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "x-markdown": "blocks"})
    }
}

/// A block of prose.
#[derive(Debug, Clone, PartialEq)]
pub enum ProseBlock {
    /// A paragraph, perhaps with a label that prompts can point to.
    Paragraph(Paragraph),
    /// A heading; level 2 is a section, level 3 a section within it.
    Heading {
        /// 2, 3 or 4.
        level: u8,
        /// Its text.
        nodes: Vec<Inline>,
        /// Where it stands.
        place: Place,
    },
    /// A quotation.
    Quotation {
        /// What is quoted.
        blocks: Vec<ProseBlock>,
        /// Who said it where, from a last line that begins with a dash.
        attribution: Option<Vec<Inline>>,
    },
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Option<u32>,
        /// What each entry holds.
        items: Vec<Vec<ProseBlock>>,
    },
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Its text.
    pub nodes: Vec<Inline>,
    /// Its label, from `{#label}` at its end.
    pub label: Option<Placed<String>>,
}

/// A table with one row of heads.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The alignment of each column.
    pub columns: Vec<Alignment>,
    /// The heads of the columns.
    pub head: Vec<Vec<Inline>>,
    /// The rows below, each with as many cells as there are heads.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Where it stands.
    pub place: Place,
}

/// How the text of a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// At the side where a line begins.
    Start,
    /// In the middle.
    Center,
    /// At the side where a line ends.
    End,
}

/// A piece of a line of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// A straight quotation mark or apostrophe, set by the rules of the language.
    Mark {
        /// Whether it is `"` rather than `'`.
        double: bool,
    },
    /// Emphasised text, mostly italic.
    Emphasis {
        /// What is emphasised.
        nodes: Vec<Inline>,
    },
    /// Strongly emphasised text, bold.
    Strong {
        /// What is emphasised.
        nodes: Vec<Inline>,
    },
    /// Lowered text.
    Subscript {
        /// What is lowered.
        nodes: Vec<Inline>,
    },
    /// Raised text.
    Superscript {
        /// What is raised.
        nodes: Vec<Inline>,
    },
    /// A link.
    Link {
        /// Its address.
        url: String,
        /// Its text.
        nodes: Vec<Inline>,
        /// Where it stands.
        place: Place,
    },
    /// A line break that the author asked for.
    Break,
    /// A citation of one or more sources, `[@key, p. 3; @other]`.
    Citation {
        /// The sources in their order.
        sources: Vec<Cite>,
    },
    /// A glossary reference, `[[term]]` or `[[term|text that prints]]`.
    Term {
        /// The term as the vocabulary has it, but for capitals.
        term: Placed<String>,
        /// What prints.
        nodes: Vec<Inline>,
    },
    /// A footnote, with its text in place of its mark.
    Footnote {
        /// The note.
        nodes: Vec<Inline>,
    },
    /// A blank of a cloze text, `{{name}}`.
    Blank {
        /// Its name, which never prints.
        name: Placed<String>,
    },
    /// An equation in the middle of a line, written between $` and `$.
    Equation {
        /// What it says.
        math: Math,
    },
}

/// One source within a citation.
#[derive(Debug, Clone, PartialEq)]
pub struct Cite {
    /// The key of the source in the bibliography.
    pub key: Placed<String>,
    /// Where in the source: "p. 45", "ch. 3".
    pub locator: Option<String>,
}

impl Inlines {
    /// The text alone, quotation marks as they were typed and notes left out: for document titles and bookmarks.
    pub fn plain(&self) -> String {
        plain(&self.nodes)
    }

    /// Whether nothing would print.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// The text of some pieces alone, as [`Inlines::plain`] gives it.
pub fn plain(nodes: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(nodes, &mut text);
    text
}

fn push_plain(nodes: &[Inline], to: &mut String) {
    for node in nodes {
        match node {
            Inline::Text { text } => to.push_str(text),
            Inline::Mark { double } => to.push(if *double { '"' } else { '\'' }),
            Inline::Break => to.push(' '),
            Inline::Emphasis { nodes }
            | Inline::Strong { nodes }
            | Inline::Subscript { nodes }
            | Inline::Superscript { nodes }
            | Inline::Link { nodes, .. }
            | Inline::Term { nodes, .. } => push_plain(nodes, to),
            Inline::Equation { math } => to.push_str(&equation::speech(math)),
            Inline::Citation { .. } | Inline::Footnote { .. } | Inline::Blank { .. } => {}
        }
    }
}

/// Calls `see` for every piece of text, those inside others and inside notes too.
pub fn each_inline<'a>(nodes: &'a [Inline], see: &mut dyn FnMut(&'a Inline)) {
    for node in nodes {
        see(node);
        match node {
            Inline::Emphasis { nodes }
            | Inline::Strong { nodes }
            | Inline::Subscript { nodes }
            | Inline::Superscript { nodes }
            | Inline::Link { nodes, .. }
            | Inline::Term { nodes, .. }
            | Inline::Footnote { nodes } => each_inline(nodes, see),
            Inline::Text { .. }
            | Inline::Mark { .. }
            | Inline::Break
            | Inline::Citation { .. }
            | Inline::Blank { .. }
            | Inline::Equation { .. } => {}
        }
    }
}

impl Prose {
    /// Calls `see` for every block, those inside quotations and lists too.
    pub fn each_block<'a>(&'a self, see: &mut dyn FnMut(&'a ProseBlock)) {
        each_block(&self.0, see);
    }

    /// Calls `see` for every piece of text.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        self.each_text(&mut |nodes| each_inline(nodes, see));
    }

    /// Calls `see` for every paragraph, heading, attribution and cell.
    pub fn each_text<'a>(&'a self, see: &mut dyn FnMut(&'a [Inline])) {
        self.each_block(&mut |block| match block {
            ProseBlock::Paragraph(paragraph) => see(&paragraph.nodes),
            ProseBlock::Heading { nodes, .. } => see(nodes),
            ProseBlock::Quotation { attribution: Some(nodes), .. } => see(nodes),
            ProseBlock::Quotation { .. } | ProseBlock::List { .. } => {}
            ProseBlock::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    see(cell);
                }
            }
        });
    }
}

fn each_block<'a>(blocks: &'a [ProseBlock], see: &mut dyn FnMut(&'a ProseBlock)) {
    for block in blocks {
        see(block);
        match block {
            ProseBlock::Quotation { blocks, .. } => each_block(blocks, see),
            ProseBlock::List { items, .. } => items.iter().for_each(|item| each_block(item, see)),
            ProseBlock::Paragraph(_) | ProseBlock::Heading { .. } | ProseBlock::Table(_) => {}
        }
    }
}
