//! The model: what a series, an issue and a lesson are. One definition serves reading, messages, the JSON Schema and the format reference.
//!
//! The doc comments of the fields are the text of the format reference, so they speak to teachers.

pub mod activity;
pub mod answer;
pub mod bibliography;
pub mod block;
pub mod citation_style;
pub mod hints;
pub mod issue;
pub mod packet_spec;
pub mod prose;
pub mod series;
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

/// A lesson: the reading, the discussion, the activity and the bibliography.
///
/// Only `title` must be there; a part that a lesson does not have is left out of its packets.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Lesson {
    /// The title as it prints.
    pub title: Inlines,
    /// The central question, printed below the title.
    pub question: Option<Inlines>,
    /// The grades that it is for: `9-12`.
    pub grades: Option<String>,
    /// The school subject: `US history`.
    pub subject: Option<String>,
    /// What it is about, for searching: a list of words.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub topics: Vec<String>,
    /// Standards that it serves.
    #[serde(default)]
    pub standards: Vec<Standard>,
    /// How much class time it takes, in minutes.
    #[schemars(range(min = 1, max = 2000))]
    pub minutes: Option<Placed<u32>>,
    /// The day of its last change. Without it the packet carries the issue's date.
    pub revised: Option<Placed<Date>>,
    /// Its language; without it the series' language.
    pub language: Option<Placed<Language>>,
    /// Ids that it had before: old addresses lead here.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub former_ids: Vec<Placed<Id>>,
    /// What a teacher may want to know before handing it out: violence, loss, strong language.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub content_notes: Vec<Inlines>,
    /// Words that are explained before the reading; `[[word]]` in the reading points to them.
    #[serde(default)]
    pub vocabulary: Vec<Term>,
    /// What is numbered in the margin of the reading, so that questions can point to it; without it the paragraphs.
    #[serde(default)]
    pub numbers: ReadingNumbers,
    /// The reading: Markdown, or a list of Markdown texts and blocks.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub reading: Vec<Block>,
    /// The questions for discussion and writing; a plain text, or keys with `ask`, is a prompt.
    #[serde(default)]
    pub discussion: Vec<Question>,
    /// The activity and its worksheet.
    pub activity: Option<Activity>,
    /// Questions at the end, on a slip that is handed in.
    #[serde(default)]
    pub exit_ticket: Vec<Question>,
    /// The sources, in groups.
    pub bibliography: Option<Bibliography>,
}

/// What is numbered in the margin of a reading.
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

/// A standard that a lesson serves.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Standard {
    /// Who set it: `C3 Framework`.
    pub framework: String,
    /// Its code: `D2.Civ.4.9-12`.
    pub code: String,
    /// What it asks for.
    pub text: Option<Inlines>,
}

/// A word that is explained.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["term", "meaning"]))]
pub struct Term {
    /// The word that is explained.
    pub term: Placed<String>,
    /// What it means, in a few words.
    pub meaning: Inlines,
    /// How it is said, in plain letters: `GOO-lahg`.
    pub say: Option<String>,
}

impl Lesson {
    /// Gives it the language of its file's name.
    pub fn speak(&mut self, language: &str, file: FileId) {
        self.language = Some(Placed { value: Language(language.to_owned()), place: Place::beginning(file) });
    }

    /// Every block in the order in which it prints, those inside others too.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let activity = self.activity.iter().flat_map(|activity| with_those_inside(&activity.body));
        let reading = with_those_inside(&self.reading).into_iter();
        reading.chain(questions(&self.discussion)).chain(activity).chain(questions(&self.exit_ticket))
    }

    /// Whatever a student answers, in the order in which it prints.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.blocks().filter_map(Block::item)
    }

    /// The blocks that have an id, by it; of two with one id the first.
    pub fn blocks_by_id(&self) -> BTreeMap<&str, &Block> {
        let mut blocks = BTreeMap::new();
        for block in self.blocks() {
            if let Some(id) = block.item().and_then(|item| item.id) {
                blocks.entry(&*id.value.0).or_insert(block);
            }
        }
        blocks
    }

    /// Every figure in the order in which it prints.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks().filter_map(|block| block.content().figure())
    }

    /// The labels in their order, and whether what they name is numbered, so that a question can point to it.
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

    /// Calls `see` for every piece of text of the lesson.
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

/// Whether what a label names has a number on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// It has one.
    On,
    /// It would have one if `numbers: none` were not there.
    Switched,
    /// It would have one if `numbers: lines` were there.
    Off,
    /// Nothing of its kind ever has one.
    Never,
}

/// The labels of a block that is no text of the reading itself.
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

/// The labels of paragraphs; those inside quotations and lists are never numbered.
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
