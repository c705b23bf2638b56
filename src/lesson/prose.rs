//! Prose: Markdown in YAML, once [`crate::markdown`] has parsed it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::equation::{self, Math};
use crate::source::Place;
use crate::value::goes_in_parsed;

goes_in_parsed!(Inlines, Prose);

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place.
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

/// A line of inline Markdown, such as a title, question, or item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inlines {
    /// The pieces in order.
    pub nodes: Vec<Inline>,
    /// The text as typed, if it isn't plain.
    pub typed: Option<Box<str>>,
    /// The place of the text. Missing in the placeholder for broken text.
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

/// Markdown with paragraphs, lists, quotations, and tables.
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
    /// A paragraph, with an optional label that prompts can refer to.
    Paragraph(Paragraph),
    /// A heading. Level 2 is a section, level 3 a subsection.
    Heading {
        /// 2, 3, or 4.
        level: u8,
        /// Its text.
        nodes: Vec<Inline>,
        /// Its place.
        place: Place,
    },
    /// A quotation.
    Quotation {
        /// The quoted text.
        blocks: Vec<ProseBlock>,
        /// Who said it and where, from a last line that starts with a dash.
        attribution: Option<Vec<Inline>>,
    },
    /// A list.
    List {
        /// The numbers of a numbered list as they print, such as `1.` or `1)`. A bulleted list has none.
        numbers: Vec<String>,
        /// The content of each entry.
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
    /// Its label, from `{#label}` at the end.
    pub label: Option<Placed<String>>,
    /// Its last line.
    pub place: Place,
}

/// A table with one header row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The alignment of each column.
    pub columns: Vec<Alignment>,
    /// The column headings.
    pub head: Vec<Vec<Inline>>,
    /// The rows, each with one cell per column heading.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Its place.
    pub place: Place,
}

/// The alignment of text in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// At the start of the line.
    Start,
    /// Centered.
    Center,
    /// At the end of the line.
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
    /// A straight quotation mark or apostrophe, typeset according to the language.
    Mark {
        /// Whether it is `"` rather than `'`.
        double: bool,
    },
    /// Emphasized text, usually italic.
    Emphasis {
        /// The emphasized text.
        nodes: Vec<Inline>,
    },
    /// Strongly emphasized text, bold.
    Strong {
        /// The emphasized text.
        nodes: Vec<Inline>,
    },
    /// Subscript.
    Subscript {
        /// The subscript text.
        nodes: Vec<Inline>,
    },
    /// Superscript.
    Superscript {
        /// The superscript text.
        nodes: Vec<Inline>,
    },
    /// Text in another language.
    Foreign {
        /// The language, as a BCP 47 tag.
        language: String,
        /// The text.
        nodes: Vec<Inline>,
    },
    /// A link.
    Link {
        /// Its address.
        url: String,
        /// Its text.
        nodes: Vec<Inline>,
        /// Its place.
        place: Place,
    },
    /// A hard line break.
    Break,
    /// A citation of one or more sources, `[@key, p. 3; @other]`, or of one source as part of a sentence, `@key`.
    Citation {
        /// The sources in order.
        sources: Vec<Cite>,
    },
    /// A glossary reference, `[[term]]` or `[[term|text that prints]]`.
    Term {
        /// The term as in the vocabulary, ignoring case.
        term: Placed<String>,
        /// The printed text.
        nodes: Vec<Inline>,
    },
    /// A footnote, with its text in place of the mark.
    Footnote {
        /// The text of the note.
        nodes: Vec<Inline>,
        /// The place of its mark.
        place: Place,
    },
    /// A blank in a cloze passage, `{{name}}`.
    Blank {
        /// Its name, which isn't printed.
        name: Placed<String>,
    },
    /// An inline equation, written between $` and `$.
    Equation {
        /// The parsed equation.
        math: Math,
    },
}

/// One source in a citation.
#[derive(Debug, Clone, PartialEq)]
pub struct Cite {
    /// The key of the source in the bibliography. In the form `InText`, it may be something else with an at sign, such as the name of
    /// an account, which prints as typed.
    pub key: Placed<String>,
    /// Words before it, such as "see".
    pub before: Option<String>,
    /// Where in the source, such as "p. 45" or "ch. 3", and words after that.
    pub locator: Option<String>,
    /// How it's cited.
    pub form: CiteForm,
}

/// How a citation refers to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CiteForm {
    /// In full: `[@roe]` prints "(Roe 2003)".
    Full,
    /// Without the author, whom the sentence names: `[-@roe]` prints "(2003)".
    WithoutAuthor,
    /// As part of the sentence: `@roe` prints "Roe (2003)".
    InText,
}

impl Cite {
    /// What was typed for a citation that is part of a sentence.
    pub fn typed(&self) -> Option<String> {
        let locator = self.locator.as_ref().map(|locator| format!(" [{locator}]")).unwrap_or_default();
        (self.form == CiteForm::InText).then(|| format!("@{}{locator}", self.key.value))
    }
}

impl Inlines {
    /// Plain text with quotation marks as typed and without notes, for document titles and bookmarks.
    pub fn plain(&self) -> String {
        plain(&self.nodes)
    }

    /// Its pieces as they would be anywhere: equal for equal text, wherever it is written.
    pub fn without_places(&self) -> Vec<Inline> {
        let mut nodes = self.nodes.clone();
        forget_places(&mut nodes);
        nodes
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

fn forget_places(nodes: &mut [Inline]) {
    for node in nodes {
        match node {
            Inline::Emphasis { nodes }
            | Inline::Strong { nodes }
            | Inline::Subscript { nodes }
            | Inline::Superscript { nodes }
            | Inline::Foreign { nodes, .. } => forget_places(nodes),
            Inline::Link { nodes, place, .. } | Inline::Footnote { nodes, place } => {
                *place = Place::default();
                forget_places(nodes);
            }
            Inline::Term { term, nodes } => {
                term.place = Place::default();
                forget_places(nodes);
            }
            Inline::Citation { sources } => sources.iter_mut().for_each(|source| source.key.place = Place::default()),
            Inline::Blank { name } => name.place = Place::default(),
            Inline::Text { .. } | Inline::Mark { .. } | Inline::Break | Inline::Equation { .. } => {}
        }
    }
}

/// The plain text of some pieces, as in [`Inlines::plain`].
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
            | Inline::Foreign { nodes, .. }
            | Inline::Link { nodes, .. }
            | Inline::Term { nodes, .. } => push_plain(nodes, to),
            Inline::Equation { math } => to.push_str(&equation::linear(math)),
            Inline::Citation { sources } => to.extend(sources.iter().filter_map(Cite::typed)),
            Inline::Footnote { .. } | Inline::Blank { .. } => {}
        }
    }
}

/// Calls `see` on every piece of text, including nested pieces and notes.
pub fn each_inline<'a>(nodes: &'a [Inline], see: &mut dyn FnMut(&'a Inline)) {
    for node in nodes {
        see(node);
        match node {
            Inline::Emphasis { nodes }
            | Inline::Strong { nodes }
            | Inline::Subscript { nodes }
            | Inline::Superscript { nodes }
            | Inline::Foreign { nodes, .. }
            | Inline::Link { nodes, .. }
            | Inline::Term { nodes, .. }
            | Inline::Footnote { nodes, .. } => each_inline(nodes, see),
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
    /// Calls `see` on every block, including those in quotations and lists.
    pub fn each_block<'a>(&'a self, see: &mut dyn FnMut(&'a ProseBlock)) {
        each_block(&self.0, see);
    }

    /// Calls `see` on every piece of text.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        self.each_text(&mut |nodes| each_inline(nodes, see));
    }

    /// Calls `see` on every paragraph, heading, attribution, and cell.
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
