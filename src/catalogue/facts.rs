//! The facts about a lesson for its pages, as plain text. They are cached between builds, so an unchanged lesson isn't read again.

use serde::{Deserialize, Serialize};

use crate::lesson::Lesson;
use crate::lesson::block::Block;
use crate::lesson::prose::{ProseBlock, plain};
use crate::quotation;

/// The facts about a lesson for its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The title.
    pub title: String,
    /// The central question.
    pub question: Option<String>,
    /// The grades.
    pub grades: Option<String>,
    /// The school subject.
    pub subject: Option<String>,
    /// The topics.
    pub topics: Vec<String>,
    /// The standards.
    pub standards: Vec<Standard>,
    /// The class time, in minutes.
    pub minutes: Option<u32>,
    /// The day of the last change, such as `2026-11-23`.
    pub revised: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// Former ids.
    pub former_ids: Vec<String>,
    /// What teachers should know before they hand it out.
    pub content_notes: Vec<String>,
    /// More words to search: its vocabulary and its headings. No page shows them.
    pub words: Vec<String>,
}

/// A standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// The framework, such as `Common Core`.
    pub framework: String,
    /// The code.
    pub code: String,
    /// The wording.
    pub text: Option<String>,
}

impl Facts {
    /// The facts about a lesson in this language.
    pub fn of(lesson: &Lesson, language: &str) -> Self {
        let quoted = |text: String| quotation::typeset(&text, language);
        let standard = |standard: &crate::lesson::Standard| Standard {
            framework: standard.framework.clone(),
            code: standard.code.clone(),
            text: standard.text.as_ref().map(|text| quoted(text.plain())),
        };
        let terms = lesson.vocabulary.iter().map(|term| term.term.value.clone());
        let headings = lesson.reading.iter().filter_map(|block| match block {
            Block::Prose(prose) => Some(prose),
            _ => None,
        });
        let headings = headings.flat_map(|prose| &prose.0).filter_map(|block| match block {
            ProseBlock::Heading { nodes, .. } => Some(plain(nodes)),
            _ => None,
        });
        Self {
            words: terms.chain(headings).collect(),
            title: quoted(lesson.title.plain()),
            question: lesson.question.as_ref().map(|question| quoted(question.plain())),
            grades: lesson.grades.as_ref().map(|grades| grades.replace('-', "–")),
            subject: lesson.subject.clone(),
            topics: lesson.topics.clone(),
            standards: lesson.standards.iter().map(standard).collect(),
            minutes: lesson.minutes.as_ref().map(|minutes| minutes.value),
            revised: lesson.revised.as_ref().map(|date| date.value.to_string()),
            language: language.to_owned(),
            former_ids: lesson.former_ids.iter().map(|id| id.value.0.clone()).collect(),
            content_notes: lesson.content_notes.iter().map(|note| quoted(note.plain())).collect(),
        }
    }
}
