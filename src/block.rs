//! The model of blocks: whatever can stand on a page, one kind a file. How each is composed is left to `packet`, how it looks to the template of its name.

pub mod cloze;
pub mod columns;
pub mod content_note;
pub mod decide;
pub mod equation;
pub mod figure;
pub mod matching;
pub mod multiple_choice;
pub mod note;
pub mod ordering;
pub mod primary_source;
pub mod prompt;
pub mod question;
pub mod short_answers;
pub mod sidebar;
pub mod space;
pub mod stop_and_think;
pub mod table;
pub mod timeline;
pub mod true_false;
pub mod verse;

pub use cloze::Cloze;
pub use columns::Columns;
pub use content_note::ContentNote;
pub use decide::Decide;
pub use equation::Equation;
pub use figure::Figure;
pub use matching::Matching;
pub use multiple_choice::MultipleChoice;
pub use note::Note;
pub use ordering::Ordering;
pub use primary_source::PrimarySource;
pub use prompt::Prompt;
pub use question::{Item, Question};
pub use short_answers::ShortAnswers;
pub use sidebar::Sidebar;
pub use space::{Space, Surface};
pub use stop_and_think::StopAndThink;
pub use table::Table;
pub use timeline::Timeline;
pub use true_false::TrueFalse;
pub use verse::Verse;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lesson::prose::{Inline, Inlines, Placed, Prose, each_inline};
use crate::lesson::values::Id;

/// Anything that can stand in a reading or an activity.
///
/// A plain text is Markdown: paragraphs, headings, lists, quotations, tables and footnotes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-shorthand" = "prose"))]
pub enum Block {
    /// Markdown. Written without its name, as a plain text.
    Prose(Prose),
    /// A picture with its alternative text: a photograph or a drawing.
    Figure(Figure),
    /// A table with a title, row heads or more columns than the text is wide; small ones are Markdown.
    Table(Table),
    /// A document of its time, with where it comes from and what a reader must know of it.
    PrimarySource(PrimarySource),
    /// A short text beside the story: a person, a place, a case.
    Sidebar(Sidebar),
    /// Events with their dates, in their order.
    Timeline(Timeline),
    /// A question in the middle of a reading, where a reader should pause.
    StopAndThink(StopAndThink),
    /// A remark for the reader.
    Note(Note),
    /// A warning of what follows: violence, loss, strong language.
    ContentNote(ContentNote),
    /// A poem, a song or a speech in verse: its lines stay as they are.
    Verse(Verse),
    /// Text in two columns of the same height.
    Columns(Columns),
    /// An equation on a line of its own.
    Equation(Equation),
    /// What follows begins on a new page.
    PageBreak,
    /// A question with space to write.
    Prompt(Prompt),
    /// A question with answers to choose from.
    MultipleChoice(MultipleChoice),
    /// Statements that are true or false.
    TrueFalse(TrueFalse),
    /// A text with blanks, and perhaps the words that fill them.
    Cloze(Cloze),
    /// Two lists of which each entry of the first belongs to one of the second.
    Matching(Matching),
    /// Entries to bring into their right order.
    Ordering(Ordering),
    /// A table to fill with short answers.
    ShortAnswers(ShortAnswers),
    /// A decision table: rows to sort into one of several choices.
    Decide(Decide),
}

/// A piece of text that a block holds.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// A line.
    Line(&'a Inlines),
    /// Paragraphs, lists, quotations and tables.
    Prose(&'a Prose),
    /// Pieces of a line that has no place of its own.
    Pieces(&'a [Inline]),
}

impl<'a> Text<'a> {
    /// Calls `see` for every piece of it.
    pub fn each_inline(self, see: &mut dyn FnMut(&'a Inline)) {
        match self {
            Text::Line(line) => each_inline(&line.nodes, see),
            Text::Prose(prose) => prose.each_inline(see),
            Text::Pieces(nodes) => each_inline(nodes, see),
        }
    }
}

/// The pieces of text of several parts that may be missing, in the order in which they are given.
fn lines<'a>(parts: impl IntoIterator<Item = &'a Inlines>) -> Vec<Text<'a>> {
    parts.into_iter().map(Text::Line).collect()
}

impl Block {
    /// Its name in a lesson file: `primary_source`.
    pub fn name(&self) -> &'static str {
        match self {
            Block::Prose(_) => "prose",
            Block::Figure(_) => "figure",
            Block::Table(_) => "table",
            Block::PrimarySource(_) => "primary_source",
            Block::Sidebar(_) => "sidebar",
            Block::Timeline(_) => "timeline",
            Block::StopAndThink(_) => "stop_and_think",
            Block::Note(_) => "note",
            Block::ContentNote(_) => "content_note",
            Block::Verse(_) => "verse",
            Block::Columns(_) => "columns",
            Block::Equation(_) => "equation",
            Block::PageBreak => "page_break",
            Block::Prompt(_) => "prompt",
            Block::MultipleChoice(_) => "multiple_choice",
            Block::TrueFalse(_) => "true_false",
            Block::Cloze(_) => "cloze",
            Block::Matching(_) => "matching",
            Block::Ordering(_) => "ordering",
            Block::ShortAnswers(_) => "short_answers",
            Block::Decide(_) => "decide",
        }
    }

    /// What a student answers on it, if it is something to answer.
    pub fn item(&self) -> Option<Item<'_>> {
        match self {
            Block::StopAndThink(it) => Some(it.item()),
            Block::Prompt(it) => Some(it.item()),
            Block::MultipleChoice(it) => Some(it.item()),
            Block::TrueFalse(it) => Some(it.item()),
            Block::Cloze(it) => Some(it.item()),
            Block::Matching(it) => Some(it.item()),
            Block::Ordering(it) => Some(it.item()),
            Block::ShortAnswers(it) => Some(it.item()),
            Block::Decide(it) => Some(it.item()),
            Block::Prose(_)
            | Block::Figure(_)
            | Block::Table(_)
            | Block::PrimarySource(_)
            | Block::Sidebar(_)
            | Block::Timeline(_)
            | Block::Note(_)
            | Block::ContentNote(_)
            | Block::Verse(_)
            | Block::Columns(_)
            | Block::Equation(_)
            | Block::PageBreak => None,
        }
    }

    /// Whether it is a question that is numbered among others.
    pub fn is_question(&self) -> bool {
        question::NAMES.contains(&self.name())
    }

    /// The blocks that stand inside it.
    pub fn inside(&self) -> &[Placed<Block>] {
        match self {
            Block::Sidebar(sidebar) => &sidebar.body,
            Block::Columns(columns) => &columns.body,
            _ => &[],
        }
    }

    /// The lists of entries that it has, each with ids of its own.
    pub fn lists(&self) -> Vec<&[Entry]> {
        match self {
            Block::MultipleChoice(it) => vec![&it.choices],
            Block::TrueFalse(it) => vec![&it.statements],
            Block::Matching(it) => vec![&it.items, &it.matches],
            Block::Ordering(it) => vec![&it.items],
            Block::ShortAnswers(it) => vec![&it.rows, &it.columns],
            Block::Decide(it) => vec![&it.items],
            _ => Vec::new(),
        }
    }

    /// Its own pieces of text in their order, without those of the blocks inside it.
    pub fn texts(&self) -> Vec<Text<'_>> {
        match self {
            Block::Prose(prose) => vec![Text::Prose(prose)],
            Block::Figure(it) => it.texts(),
            Block::Table(it) => it.texts(),
            Block::PrimarySource(it) => it.texts(),
            Block::Sidebar(it) => vec![Text::Line(&it.title)],
            Block::Timeline(it) => it.texts(),
            Block::StopAndThink(it) => vec![Text::Line(&it.ask)],
            Block::Note(it) => it.texts(),
            Block::ContentNote(it) => vec![Text::Prose(&it.text)],
            Block::Verse(it) => it.texts(),
            Block::Columns(_) | Block::Equation(_) | Block::PageBreak => Vec::new(),
            Block::Prompt(it) => it.texts(),
            Block::MultipleChoice(it) => it.texts(),
            Block::TrueFalse(it) => it.texts(),
            Block::Cloze(it) => it.texts(),
            Block::Matching(it) => it.texts(),
            Block::Ordering(it) => it.texts(),
            Block::ShortAnswers(it) => it.texts(),
            Block::Decide(it) => it.texts(),
        }
    }

    /// Calls `see` for every piece of text in it and in the blocks inside it.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        for text in self.texts() {
            text.each_inline(see);
        }
        if let Some(hint) = self.item().and_then(|item| item.hint) {
            each_inline(&hint.nodes, see);
        }
        self.inside().iter().for_each(|block| block.value.each_inline(see));
    }
}

/// Every block of a list, those inside others right behind them.
pub fn with_those_inside(blocks: &[Block]) -> Vec<&Block> {
    let mut all = Vec::new();
    let mut waiting: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = waiting.pop() {
        all.push(block);
        waiting.extend(block.inside().iter().rev().map(|block| &block.value));
    }
    all
}

/// Whether the lines of a text are numbered in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// Not at all.
    #[default]
    None,
    /// Every fifth line.
    Lines,
}

/// An entry of a list in a question. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-shorthand" = "text"))]
pub struct Entry {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What it says.
    pub text: Inlines,
}
