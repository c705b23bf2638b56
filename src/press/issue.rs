//! Makes the packets of a whole issue: has the press of each lesson at hand for its texts, pictures and citations, and sets them as one.
//!
//! Opens teacher files for the teacher edition, and for no other.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};

use super::{Press, Pressed};
use crate::lesson::series::Edition;
use crate::library::{IssueEntry, LessonEntry, Library, Workspace};
use crate::packet::issue::{self, IssueLesson};
use crate::packet::{Choice, Citations, Identity, Layout, Packet, Subject};
use crate::typeset::Typesetter;

/// Everything from which the packets of one issue are made.
pub struct IssuePress<'a> {
    library: &'a Library,
    issue: &'a IssueEntry,
    typesetter: &'a Typesetter<'a>,
    lessons: Vec<Press<'a>>,
    layouts: BTreeMap<Identity, Layout>,
}

impl<'a> IssuePress<'a> {
    /// Reads sound lessons of an issue: all, or those that its packets shall hold, in their order.
    ///
    /// # Errors
    /// If the disk refuses, or a lesson has changed since it was checked.
    pub fn new(
        library: &'a Library,
        issue: &'a IssueEntry,
        lessons: &[&'a LessonEntry],
        typesetter: &'a Typesetter<'a>,
        workspace: &mut Workspace<'_>,
    ) -> Result<Self> {
        let lessons = lessons.iter().map(|entry| Press::new(library, issue, entry, typesetter, workspace));
        let lessons = lessons.collect::<Result<_>>()?;
        Ok(Self { library, issue, typesetter, lessons, layouts: BTreeMap::new() })
    }

    /// The identity of a packet of this issue.
    pub fn identity(&self, choice: Choice) -> Identity {
        choice.of(&self.issue.id, None, &self.library.series.language.0)
    }

    /// Why the issue has no such packet, in a teacher's words; `None` if it has one.
    ///
    /// A lesson without a teacher file is no obstacle as long as another has one: it stands as students have it.
    ///
    /// # Errors
    /// If the disk refuses, or a teacher file has changed since it was checked.
    pub fn obstacle(&mut self, edition: Edition, workspace: &mut Workspace<'_>) -> Result<Option<String>> {
        if self.lessons.is_empty() {
            return Ok(Some("none of its lessons can be printed".to_owned()));
        }
        match edition {
            Edition::Student => Ok(None),
            Edition::Teacher => {
                let mut any = false;
                for lesson in &mut self.lessons {
                    any |= lesson.desk(workspace)?.is_some();
                }
                Ok((!any).then(|| "none of its lessons has a teacher file".to_owned()))
            }
            Edition::Key | Edition::Substitute => Ok(Some(format!(
                "a whole issue has a student and a teacher packet: ask for the {} packets of its lessons",
                edition.name()
            ))),
        }
    }

    /// Opens the teacher files.
    ///
    /// # Errors
    /// If the disk refuses, or a file has changed since it was checked.
    pub fn open_desks(&mut self, workspace: &mut Workspace<'_>) -> Result<()> {
        self.lessons.iter_mut().try_for_each(|press| press.open_desk(workspace))
    }

    /// Composes a packet and lays it out.
    ///
    /// # Errors
    /// If a picture has changed since it was checked, or a template fails, which is a fault of the program.
    ///
    /// # Panics
    /// If the issue has no such packet; see [`IssuePress::obstacle`].
    pub fn press(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Pressed<'a>> {
        let packet = self.compose(identity, workspace)?;
        let laid_out = self.typesetter.lay_out(&packet).with_context(|| format!("cannot typeset {identity}"))?;
        self.layouts.insert(identity.clone(), laid_out.layout.clone());
        Ok(Pressed { packet, laid_out })
    }

    /// Composes a packet; that for students is laid out before that for teachers.
    ///
    /// # Errors
    /// As [`IssuePress::press`].
    ///
    /// # Panics
    /// As [`IssuePress::press`].
    pub fn compose(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Packet> {
        let composed = match identity.edition {
            Edition::Student => {
                let lessons: Vec<_> = self.lessons.iter().map(|press| self.lesson(press, &press.citations)).collect();
                issue::for_students(&lessons, identity)
            }
            Edition::Teacher => {
                let layout = self.student_layout(identity, workspace)?;
                for press in &mut self.lessons {
                    press.desk(workspace)?;
                }
                let desks = self.lessons.iter().map(|press| press.desk.as_ref().and_then(Option::as_ref));
                let lessons: Vec<_> = self
                    .lessons
                    .iter()
                    .zip(desks)
                    .map(|(press, desk)| {
                        let citations = desk.map_or(&press.citations, |desk| &desk.citations);
                        (self.lesson(press, citations), desk.map(|desk| &desk.teacher))
                    })
                    .collect();
                issue::for_teachers(&lessons, identity, &layout)
            }
            Edition::Key | Edition::Substitute => unreachable!("a whole issue has no {} packet", identity.edition.name()),
        };
        composed.map_err(|broken| anyhow!("{}: {broken}", self.issue.folder))
    }

    /// A lesson as it goes into the issue.
    fn lesson<'s>(&'s self, press: &'s Press<'a>, citations: &'s Citations) -> IssueLesson<'s> {
        IssueLesson {
            id: &press.entry.id,
            language: &press.language,
            subject: Subject {
                series: &self.library.series,
                house: self.library.house(),
                issue: &self.issue.issue,
                folder: &self.issue.folder,
                lesson: &press.loaded.lesson,
                citations,
                pictures: &press.pictures,
            },
        }
    }

    /// The layout of the packet for students, which is made if it has not been yet.
    fn student_layout(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Layout> {
        let student = Identity { edition: Edition::Student, ..identity.clone() };
        if !self.layouts.contains_key(&student) {
            self.press(&student, workspace)?;
        }
        Ok(self.layouts[&student].clone())
    }
}
