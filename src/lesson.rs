//! The model of series, issues, and lessons. One definition drives reading, messages, the JSON Schema, and the format reference.
//!
//! The doc comments on fields become the format reference, so they address teachers.

pub mod activity;
pub mod answer;
pub mod bibliography;
pub mod block;
pub mod citation_style;
pub mod grades;
pub mod hints;
pub mod issue;
pub mod name;
pub mod packet_spec;
pub mod prose;
pub mod series;
pub mod source_date;
pub mod teacher;
pub mod values;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use activity::Activity;
use bibliography::Bibliography;
use prose::{Inline, Inlines, Placed, ProseBlock, each_inline};
use values::{Date, Id, Language};

use crate::lesson::block::{Block, Figure, Item, Numbers, Question, Text, with_those_inside};
use crate::source::{FileId, Place};

/// A lesson: reading, discussion, activity, and bibliography.
///
/// Only `title` is required. Packets leave out any part that the lesson doesn't have.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-empty" = "add a `title`, and a `reading`, `discussion`, or `activity`"))]
pub struct Lesson {
    /// The title, as printed.
    pub title: Inlines,
    /// The central question, printed under the title.
    pub question: Option<Inlines>,
    /// The grade levels, such as `9-12`.
    #[schemars(extend("x-range" = true))]
    pub grades: Option<String>,
    /// The type size of running text, in points (default: the series' `type_size`, or by `grades`).
    #[schemars(range(min = 10, max = 18))]
    pub type_size: Option<u32>,
    /// The school subject, such as `US history`.
    pub subject: Option<String>,
    /// Search keywords, as a list.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub topics: Vec<String>,
    /// The standards that the lesson addresses.
    #[serde(default)]
    pub standards: Vec<Standard>,
    /// How many minutes of class time the lesson takes.
    #[schemars(range(min = 1, max = 2000))]
    pub minutes: Option<Placed<u32>>,
    /// The date of the last change (default: the issue's date).
    pub revised: Option<Placed<Date>>,
    /// The language of the lesson (default: the series' language).
    pub language: Option<Placed<Language>>,
    /// Earlier ids of this lesson. Old links lead here.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub former_ids: Vec<Placed<Id>>,
    /// What teachers may want to know before handing out the lesson: violence, loss, strong language.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub content_notes: Vec<Inlines>,
    /// Words to know, explained before the reading. `[[word]]` in the reading refers to them.
    #[serde(default)]
    pub vocabulary: Vec<Term>,
    /// What to number in the margin of the reading, so questions can refer to it (default: `paragraphs`).
    #[serde(default)]
    pub numbers: ReadingNumbers,
    /// The reading: Markdown, or a list of Markdown text and blocks.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub reading: Vec<Block>,
    /// Questions for discussion and writing. Plain text, or keys with `ask`, makes a prompt.
    #[serde(default)]
    pub discussion: Vec<Question>,
    /// The activity and its worksheet.
    pub activity: Option<Activity>,
    /// Questions for the end of class, on a strip that students cut off and turn in.
    #[serde(default)]
    pub exit_ticket: Vec<Question>,
    /// The sources, in groups.
    pub bibliography: Option<Bibliography>,
}

/// What to number in the margin of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadingNumbers {
    /// Every paragraph.
    #[default]
    Paragraphs,
    /// Every fifth line.
    Lines,
    /// Nothing.
    None,
}

/// A standard that a lesson addresses.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Standard {
    /// The name of the framework, such as `C3 Framework`.
    pub framework: String,
    /// The code of the standard, such as `D2.Civ.4.9-12`.
    pub code: String,
    /// What the standard asks for.
    pub text: Option<Inlines>,
}

/// A vocabulary word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["term", "meaning"]))]
pub struct Term {
    /// The word to explain.
    pub term: Placed<String>,
    /// A short definition.
    pub meaning: Inlines,
    /// The pronunciation in plain letters, such as `GOO-lahg`.
    pub say: Option<String>,
}

impl Lesson {
    /// Sets the language that its file name gives.
    pub fn speak(&mut self, language: &str, file: FileId) {
        self.language = Some(Placed { value: Language(language.to_owned()), place: Place::beginning(file) });
    }

    /// All blocks in print order, including nested ones.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let activity = self.activity.iter().flat_map(|activity| with_those_inside(&activity.body));
        let reading = with_those_inside(&self.reading).into_iter();
        reading.chain(questions(&self.discussion)).chain(activity).chain(questions(&self.exit_ticket))
    }

    /// Everything that students answer, in print order.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.blocks().filter_map(Block::item)
    }

    /// The blocks that have an id, by id. The first wins if two share one.
    pub fn blocks_by_id(&self) -> BTreeMap<&str, &Block> {
        let mut blocks = BTreeMap::new();
        for block in self.blocks() {
            if let Some(id) = block.item().and_then(|item| item.id) {
                blocks.entry(&*id.value.0).or_insert(block);
            }
        }
        blocks
    }

    /// All figures in print order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks().filter_map(|block| block.content().figure())
    }

    /// The labels in order, each with whether its paragraph or line is numbered, so a question can refer to it.
    pub fn labels(&self) -> Vec<(&Placed<String>, Numbering)> {
        let mut labels = Vec::new();
        let numbering = if self.numbers == ReadingNumbers::None { Numbering::Switched } else { Numbering::On };
        for block in &self.reading {
            match block {
                Block::Prose(prose) => prose_labels(&prose.0, numbering, &mut labels),
                _ => {
                    with_those_inside(std::slice::from_ref(block)).into_iter().for_each(|block| block_labels(block, &mut labels))
                }
            }
        }
        let activity = self.activity.iter().flat_map(|activity| with_those_inside(&activity.body));
        let others = questions(&self.discussion).chain(activity).chain(questions(&self.exit_ticket));
        others.for_each(|block| block_labels(block, &mut labels));
        labels
    }

    /// Calls `see` on every piece of text in the lesson.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        let single = [Some(&self.title), self.question.as_ref()].into_iter().flatten();
        let standards = self.standards.iter().filter_map(|standard| standard.text.as_ref());
        let meanings = self.vocabulary.iter().map(|term| &term.meaning);
        for inlines in single.chain(&self.content_notes).chain(standards).chain(meanings) {
            each_inline(&inlines.nodes, see);
        }
        self.reading.iter().for_each(|block| block.each_inline(see));
        self.discussion.iter().chain(&self.exit_ticket).for_each(|question| question.0.each_inline(see));
        if let Some(activity) = &self.activity {
            each_inline(&activity.title.nodes, see);
            for role in activity.groups.iter().flat_map(|groups| &groups.roles) {
                each_inline(&role.nodes, see);
            }
            activity.body.iter().for_each(|block| block.each_inline(see));
        }
        for group in self.bibliography.iter().flat_map(|bibliography| &bibliography.groups) {
            each_inline(&group.title.nodes, see);
            for note in group.entries.iter().filter_map(|entry| entry.value.common().note.as_ref()) {
                each_inline(&note.nodes, see);
            }
        }
    }
}

fn questions(list: &[Question]) -> impl Iterator<Item = &Block> {
    list.iter().map(|question| &question.0)
}

/// Whether a labeled paragraph or line has a number on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// It's numbered.
    On,
    /// It would be numbered without `numbers: none`.
    Switched,
    /// It would be numbered with `numbers: lines`.
    Off,
    /// It can't be numbered.
    Never,
}

/// The labels in a block other than the reading's own prose.
fn block_labels<'a>(block: &'a Block, labels: &mut Vec<(&'a Placed<String>, Numbering)>) {
    match block {
        Block::PrimarySource(source) => {
            let headnote = source.headnote.iter();
            headnote.for_each(|prose| prose_labels(&prose.0, Numbering::Never, labels));
            let numbering = if source.numbers == Numbers::Lines { Numbering::On } else { Numbering::Off };
            prose_labels(&source.text.0, numbering, labels);
        }
        Block::Verse(verse) => {
            let numbering = if verse.numbers == Numbers::Lines { Numbering::On } else { Numbering::Switched };
            labels.extend(verse.lines().filter_map(|line| Some((line.label.as_ref()?, numbering))));
        }
        block => {
            for text in block.texts() {
                if let Text::Prose(prose) = text {
                    prose_labels(&prose.0, Numbering::Never, labels);
                }
            }
        }
    }
}

/// The labels of paragraphs. Paragraphs in quotations and lists are never numbered.
fn prose_labels<'a>(blocks: &'a [ProseBlock], numbering: Numbering, labels: &mut Vec<(&'a Placed<String>, Numbering)>) {
    for block in blocks {
        match block {
            ProseBlock::Paragraph(paragraph) => labels.extend(paragraph.label.as_ref().map(|label| (label, numbering))),
            ProseBlock::Quotation { blocks, .. } => prose_labels(blocks, Numbering::Never, labels),
            ProseBlock::List { items, .. } => items.iter().for_each(|item| prose_labels(item, Numbering::Never, labels)),
            ProseBlock::Heading { .. } | ProseBlock::Table(_) => {}
        }
    }
}
