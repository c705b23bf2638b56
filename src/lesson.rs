//! The model: what a series, an issue and a lesson are. One definition serves reading, messages, the JSON Schema and the format reference.
//!
//! The doc comments of the fields are the text of the format reference, so they speak to teachers.

pub mod activity;
pub mod bibliography;
pub mod block;
pub mod issue;
pub mod prose;
pub mod series;
pub mod teacher;
pub mod values;

use schemars::JsonSchema;
use serde::Deserialize;

use activity::Activity;
use bibliography::Bibliography;
use block::{Block, Decide, Prompt};
use prose::{Inline, Inlines, Placed, ProseBlock, each_inline};
use values::{Date, Id, Language};

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
    pub minutes: Option<u32>,
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
    /// The reading: Markdown, or a list of Markdown texts and blocks.
    #[serde(default)]
    #[schemars(extend("x-single" = true))]
    pub reading: Vec<Block>,
    /// The prompts for discussion and writing, each a question or the long form with `ask`.
    #[serde(default)]
    pub discussion: Vec<Prompt>,
    /// The activity and its worksheet.
    pub activity: Option<Activity>,
    /// The sources, in groups.
    pub bibliography: Option<Bibliography>,
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
pub struct Term {
    /// The word.
    pub term: Placed<String>,
    /// What it means, in a few words.
    pub meaning: Inlines,
    /// How it is said, in plain letters: `GOO-lahg`.
    pub say: Option<String>,
}

impl Lesson {
    /// Every block with its prompts: those of the reading, then those of the activity.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.reading.iter().chain(self.activity.iter().flat_map(|activity| &activity.body))
    }

    /// Every prompt in the order in which it prints.
    pub fn prompts(&self) -> impl Iterator<Item = &Prompt> {
        let activity = self.activity.iter().flat_map(|activity| &activity.body);
        let reading = self.reading.iter().filter_map(Block::prompt);
        reading.chain(&self.discussion).chain(activity.filter_map(Block::prompt))
    }

    /// Every decision table in the order in which it prints.
    pub fn decisions(&self) -> impl Iterator<Item = &Decide> {
        self.blocks().filter_map(|block| if let Block::Decide(decide) = block { Some(decide) } else { None })
    }

    /// The decision table with this id.
    pub fn decision(&self, id: &str) -> Option<&Decide> {
        self.decisions().find(|decide| decide.id.as_ref().is_some_and(|known| *known.value == *id))
    }

    /// The labels of the reading's paragraphs, in their order.
    pub fn labels(&self) -> Vec<&Placed<String>> {
        let mut labels = Vec::new();
        for block in &self.reading {
            let Block::Prose(prose) = block else { continue };
            prose.each_block(&mut |block| {
                if let ProseBlock::Paragraph(paragraph) = block {
                    labels.extend(&paragraph.label);
                }
            });
        }
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
        self.discussion.iter().for_each(|prompt| prompt.each_inline(see));
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
