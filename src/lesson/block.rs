//! Blocks: whatever can stand on a page. How each is composed lies in `packet/blocks.rs`, how it looks in the template of its name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::prose::{Inline, Inlines, Placed, Prose, each_inline};
use super::values::{Id, Length};

/// Anything that can stand in a reading or an activity.
///
/// A plain text is Markdown: paragraphs, headings, lists, quotations, tables and footnotes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-shorthand" = "prose"))]
pub enum Block {
    /// Markdown. Written without its name, as a plain text.
    Prose(Prose),
    /// A picture with its alternative text.
    Figure(Figure),
    /// A question with space to write.
    Prompt(Prompt),
    /// A decision table: rows to sort into one of several choices.
    Decide(Decide),
}

impl Block {
    /// The prompt, if it is one.
    pub fn prompt(&self) -> Option<&Prompt> {
        if let Block::Prompt(prompt) = self { Some(prompt) } else { None }
    }

    /// Calls `see` for every piece of text in it.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        match self {
            Block::Prose(prose) => prose.each_inline(see),
            Block::Figure(figure) => {
                for inlines in figure.caption.iter().chain(&figure.credit) {
                    each_inline(&inlines.nodes, see);
                }
            }
            Block::Prompt(prompt) => prompt.each_inline(see),
            Block::Decide(decide) => {
                for inlines in decide.head.iter().chain(decide.items.iter().map(|row| &row.text)) {
                    each_inline(&inlines.nodes, see);
                }
            }
        }
    }
}

impl Prompt {
    /// Calls `see` for every piece of text in it.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        for inlines in std::iter::once(&self.ask).chain(&self.parts) {
            each_inline(&inlines.nodes, see);
        }
    }
}

/// A picture: a photograph (PNG, JPEG, WebP) or a drawing (SVG).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Figure {
    /// Its file, from the folder of the issue: `images/timeline.svg`.
    pub image: Placed<String>,
    /// What it tells someone who cannot see it. A screen reader reads it aloud.
    #[schemars(extend("x-missing" = "missing-alternative-text"))]
    pub alt: Placed<String>,
    /// The text below it.
    pub caption: Option<Inlines>,
    /// Who made it, and under which licence.
    pub credit: Option<Inlines>,
    /// How wide it prints; without it as wide as its content asks for, at most the page.
    pub width: Option<Placed<Length>>,
}

/// A question with space to write. In short: only the question.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "ask"))]
pub struct Prompt {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// The question.
    pub ask: Inlines,
    /// Smaller questions below it, lettered a, b, c.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub parts: Vec<Inlines>,
    /// Labels of the paragraphs to look at; the packet prints their numbers.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub see: Vec<Placed<Id>>,
    /// Room to write; without it, ruled lines that share what is left of the page.
    pub space: Option<Placed<Space>>,
}

/// Room to write, by what it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-bare" = {"fill": "box"}))]
pub enum Space {
    /// No room: the question is talked about.
    None,
    /// So many ruled lines.
    Lines(#[schemars(range(min = 1, max = 60))] u32),
    /// An empty box of this height.
    Box(Length),
    /// What is left of the page, shared fairly among all that ask for it: `fill`, or `{fill: lines}`.
    Fill(Surface),
}

/// What a space that fills the page is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// An empty box.
    Box,
    /// Ruled lines.
    Lines,
}

/// A decision table: each row is sorted into one of the choices.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Decide {
    /// Its name in the teacher file.
    pub id: Option<Placed<Id>>,
    /// The head of the first column; without it "Situation".
    pub head: Option<Inlines>,
    /// What can be chosen, two to five.
    #[schemars(length(min = 2, max = 5), extend("uniqueItems" = true))]
    pub choices: Vec<Placed<String>>,
    /// Whether there is a column to write a reason.
    #[serde(default)]
    pub reason: bool,
    /// The rows.
    #[schemars(length(min = 1))]
    pub items: Vec<Row>,
}

/// A row of a decision table. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Row {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What is to be sorted.
    pub text: Inlines,
}
