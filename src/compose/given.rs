//! What a packet is composed from. Nothing of it changes while it is composed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::Citations;
use super::targets::{Target, targets};
use super::text::Text;
use crate::lesson::Lesson;
use crate::lesson::issue::Issue;
use crate::lesson::series::{Paper, Series};
use crate::lesson::teacher::Teacher;
use crate::packet::Layout;
use crate::picture::{self, Picture};

/// The lesson, and what surrounds it.
pub struct Subject<'a> {
    /// The series.
    pub series: &'a Series,
    /// The folder of its file, in which its logo lies.
    pub series_folder: &'a Utf8Path,
    /// The issue.
    pub issue: &'a Issue,
    /// The folder of the issue, in which images lie.
    pub folder: &'a Utf8Path,
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Its citations and sources, formatted once for the packets of an edition.
    pub citations: &'a Citations,
    /// Its pictures, made ready once for all of its packets.
    pub pictures: &'a Pictures,
}

/// The pictures of a lesson that have been made ready for print, by their names and widths.
#[derive(Debug, Default)]
pub struct Pictures(RefCell<BTreeMap<(String, u64), Picture>>);

/// All that a packet is composed from.
pub(super) struct Given<'a> {
    pub subject: &'a Subject<'a>,
    /// The teacher file, in editions that print it.
    pub teacher: Option<&'a Teacher>,
    /// What is known of the finished student packet.
    pub layout: Option<&'a Layout>,
    /// Begins the marks and labels in the layout, which a lesson of an issue packet does not share with others.
    pub scope: String,
    /// The language, a tag of BCP 47.
    pub language: &'a str,
    pub paper: Paper,
    /// The labels of the lesson; a note at a name that is a label and an id is one at the label.
    pub(super) labels: BTreeSet<&'a str>,
    /// What labels name, for questions that point to it.
    pub(super) targets: BTreeMap<String, Target>,
}

impl<'a> Given<'a> {
    /// What a lesson is composed from for students, in this language (a tag of BCP 47).
    pub(super) fn new(subject: &'a Subject<'a>, language: &'a str, paper: Paper) -> Self {
        Self {
            subject,
            teacher: None,
            layout: None,
            scope: String::new(),
            language,
            paper,
            labels: subject.lesson.labels().into_iter().map(|(label, _)| label.value.as_str()).collect(),
            targets: targets(subject.lesson),
        }
    }

    /// The mark or label in the layout for what has this name in its lesson.
    pub(super) fn scoped(&self, name: &str) -> String {
        format!("{}{name}", self.scope)
    }

    /// What editions for teachers print besides the lesson; `None` in those for students.
    pub(super) fn for_teachers(&self) -> Option<(&'a Teacher, &'a Layout)> {
        self.teacher.zip(self.layout)
    }

    /// Whether a paragraph or line has this label.
    pub(super) fn has_label(&self, name: &str) -> bool {
        self.labels.contains(name)
    }

    /// What a label names, if it has a number.
    pub(super) fn target(&self, label: &str) -> Option<&Target> {
        self.targets.get(label)
    }

    /// How the texts of the lesson become runs.
    pub(super) fn text(&self) -> Text<'a> {
        Text::new(self.subject.citations, self.language)
    }
}

impl Pictures {
    /// A picture that prints so many points wide.
    ///
    /// # Errors
    /// If it has changed since it was checked.
    pub fn prepare(&self, path: &Utf8Path, width: f64) -> Result<Picture, picture::Problem> {
        let key = (path.to_string(), width.to_bits());
        if let Some(picture) = self.0.borrow().get(&key) {
            return Ok(picture.clone());
        }
        let picture = picture::prepare(path, width)?;
        self.0.borrow_mut().insert(key, picture.clone());
        Ok(picture)
    }
}
