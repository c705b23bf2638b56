//! Makes the packets of a whole issue as single documents, using each lesson's press for its text, images, and citations.
//!
//! Opens teacher files only for the teacher edition.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};

use super::{Press, Pressed};
use crate::compose::issue::{self, IssueLesson};
use crate::compose::{Citations, Subject};
use crate::copies;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::Edition;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::packet::printing::Printing;
use crate::packet::{Layout, Packet, PacketId};
use crate::session::Session;
use crate::typeset::Typesetter;

/// Everything needed to make the packets of one issue.
pub struct IssuePress<'a> {
    library: &'a Library,
    issue: &'a IssueEntry,
    typesetter: &'a Typesetter<'a>,
    lessons: Vec<Press<'a>>,
    layouts: BTreeMap<PacketId, Layout>,
}

impl<'a> IssuePress<'a> {
    /// Reads the given lessons of an issue, which must have no errors, in order.
    ///
    /// # Errors
    /// If reading fails, or a lesson changed after it was checked.
    pub fn new(
        library: &'a Library,
        issue: &'a IssueEntry,
        lessons: &[&'a LessonEntry],
        typesetter: &'a Typesetter<'a>,
        session: &mut Session<'_>,
    ) -> Result<Self> {
        let lessons = lessons.iter().map(|entry| Press::new(library, issue, entry, typesetter, session));
        let lessons = lessons.collect::<Result<_>>()?;
        Ok(Self { library, issue, typesetter, lessons, layouts: BTreeMap::new() })
    }

    /// The id of a packet of this issue.
    pub fn id(&self, spec: PacketSpec) -> PacketId {
        PacketId::new(spec, &self.issue.id, None, &self.library.series.language.value.0)
    }

    /// Whether any lesson has a teacher file.
    ///
    /// # Errors
    /// If reading fails, or a teacher file changed after it was checked.
    pub fn has_teacher(&mut self, session: &mut Session<'_>) -> Result<bool> {
        let mut any = false;
        for lesson in &mut self.lessons {
            any |= lesson.teacher_material(session)?.is_some();
        }
        Ok(any)
    }

    /// Opens the teacher files.
    ///
    /// # Errors
    /// If reading fails, or a file changed after it was checked.
    pub fn load_teacher_materials(&mut self, session: &mut Session<'_>) -> Result<()> {
        self.lessons.iter_mut().try_for_each(|press| press.load_teacher_material(session))
    }

    /// Composes a packet and lays it out.
    ///
    /// # Errors
    /// If an image changed after it was checked, or a template fails, which is a bug in Packetpress.
    ///
    /// # Panics
    /// If the issue doesn't have this packet; see [`crate::offer::has_whole_issue`].
    pub fn press(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Pressed<'a>> {
        let packet = self.compose(id, session)?;
        let laid_out = self.typesetter.lay_out(&packet).with_context(|| format!("cannot typeset {id}"))?;
        let mut own = laid_out.layout.clone();
        own.printing.parts = copies::parts(&packet, &own);
        self.layouts.insert(id.clone(), own);
        Ok(Pressed { packet, laid_out, printing: Printing::default() })
    }

    /// Composes a packet; the teacher edition first lays out the student edition.
    ///
    /// # Errors
    /// See [`IssuePress::press`].
    ///
    /// # Panics
    /// See [`IssuePress::press`].
    pub fn compose(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Packet> {
        let composed = match id.edition {
            Edition::Student => {
                let lessons: Vec<_> = self.lessons.iter().map(|press| self.lesson(press, &press.citations)).collect();
                issue::for_students(&lessons, id)
            }
            Edition::Teacher => {
                let layout = self.student_layout(id, session)?;
                for press in &mut self.lessons {
                    press.teacher_material(session)?;
                }
                let materials = self.lessons.iter().map(|press| press.teacher_material.as_ref().and_then(Option::as_ref));
                let lessons: Vec<_> = self
                    .lessons
                    .iter()
                    .zip(materials)
                    .map(|(press, teacher_material)| {
                        let citations = teacher_material.map_or(&press.citations, |teacher_material| &teacher_material.citations);
                        (self.lesson(press, citations), teacher_material.map(|teacher_material| &teacher_material.teacher))
                    })
                    .collect();
                issue::for_teachers(&lessons, id, &layout)
            }
            Edition::Key | Edition::Substitute => unreachable!("a whole issue has no {} packet", id.edition.name()),
        };
        composed.map_err(|broken| anyhow!("{}: {broken}", self.issue.folder))
    }

    /// A lesson as part of the issue.
    fn lesson<'s>(&'s self, press: &'s Press<'a>, citations: &'s Citations) -> IssueLesson<'s> {
        IssueLesson {
            id: &press.entry.id,
            language: &press.language,
            subject: Subject {
                series: &self.library.series,
                series_folder: self.library.series_folder(),
                issue: &self.issue.issue,
                folder: &self.issue.folder,
                lesson: &press.loaded.lesson,
                citations,
                pictures: &press.pictures,
            },
        }
    }

    /// The layout of the student edition, made on first use.
    fn student_layout(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Layout> {
        let student = PacketId { edition: Edition::Student, ..id.clone() };
        if !self.layouts.contains_key(&student) {
            self.press(&student, session)?;
        }
        Ok(self.layouts[&student].clone())
    }
}
