//! What the pages tell of a lesson, as plain text; it is remembered between builds, so a lesson that is as it was need not be read for them.

use serde::{Deserialize, Serialize};

use crate::lesson::Lesson;
use crate::lesson::block::Block;
use crate::lesson::prose::{ProseBlock, plain};
use crate::quotation::with_quotation_marks;

/// What the pages tell of a lesson.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The title.
    pub title: String,
    /// The central question.
    pub question: Option<String>,
    /// The grades that it is for.
    pub grades: Option<String>,
    /// The school subject.
    pub subject: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// The standards that it serves.
    pub standards: Vec<Standard>,
    /// How much class time it takes, in minutes.
    pub minutes: Option<u32>,
    /// The day of its last change, as `2026-11-23`.
    pub revised: Option<String>,
    /// Its language, a tag of BCP 47.
    pub language: String,
    /// Ids that it had before.
    pub former_ids: Vec<String>,
    /// What a teacher may want to know before handing it out.
    pub content_notes: Vec<String>,
    /// Words by which it is found, though no page shows them: those that it explains, and its headings.
    pub words: Vec<String>,
}

/// A standard that a lesson serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// Who set it.
    pub framework: String,
    /// Its code.
    pub code: String,
    /// What it asks for.
    pub text: Option<String>,
}

impl Facts {
    /// What the pages tell of a lesson in this language.
    pub fn of(lesson: &Lesson, language: &str) -> Self {
        let quoted = |text: String| with_quotation_marks(&text, language);
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
