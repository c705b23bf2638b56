//! What a packet is composed from. None of it changes during composing.

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

/// The lesson and its context.
pub struct Subject<'a> {
    /// The series.
    pub series: &'a Series,
    /// The folder with the series file and its logo.
    pub series_folder: &'a Utf8Path,
    /// The issue.
    pub issue: &'a Issue,
    /// The folder of the issue, with its images.
    pub folder: &'a Utf8Path,
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Its citations and sources, formatted once for all packets of an edition.
    pub citations: &'a Citations,
    /// Its pictures, prepared once for all its packets.
    pub pictures: &'a Pictures,
}

/// The pictures of a lesson that are ready for print, by path and width.
#[derive(Debug, Default)]
pub struct Pictures(RefCell<BTreeMap<(String, u64), Picture>>);

/// Everything a packet is composed from.
pub(super) struct Given<'a> {
    pub subject: &'a Subject<'a>,
    /// The teacher file, in editions that print it.
    pub teacher: Option<&'a Teacher>,
    /// The layout of the finished student packet.
    pub layout: Option<&'a Layout>,
    /// The ids of the issue and of the lesson, which names of blanks begin with.
    pub ids: (&'a str, &'a str),
    /// The prefix of marks and labels in the layout. It keeps the lessons in an issue packet apart.
    pub scope: String,
    /// The language, as a BCP 47 tag.
    pub language: &'a str,
    pub paper: Paper,
    /// The labels of the lesson. If a note's name is both a label and an id, the note goes with the label.
    pub(super) labels: BTreeSet<&'a str>,
    /// What each label names, for questions that point to it.
    pub(super) targets: BTreeMap<String, Target>,
}

impl<'a> Given<'a> {
    /// What a student packet of the lesson is composed from. `ids` are those of the issue and of the lesson, and `language` is a BCP 47 tag.
    pub(super) fn new(subject: &'a Subject<'a>, ids: (&'a str, &'a str), language: &'a str, paper: Paper) -> Self {
        Self {
            subject,
            ids,
            teacher: None,
            layout: None,
            scope: String::new(),
            language,
            paper,
            labels: subject.lesson.labels().into_iter().map(|(label, _)| label.value.as_str()).collect(),
            targets: targets(subject.lesson),
        }
    }

    /// The mark or label in the layout for a name in the lesson.
    pub(super) fn scoped(&self, name: &str) -> String {
        format!("{}{name}", self.scope)
    }

    /// What teacher editions use in addition to the lesson. `None` in student editions.
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

    /// How the lesson's text becomes runs.
    pub(super) fn text(&self) -> Text<'a> {
        Text::new(self.subject.citations, self.language)
    }
}

impl Pictures {
    /// A picture to print at this width, in points.
    ///
    /// # Errors
    /// If the picture changed after it was checked.
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
