//! Makes the packets of one lesson, back to back, since they share work: composes each, lays it out, and hands the layout of the student packet to those that print its page numbers.
//!
//! Opens the teacher file for the editions that print it, and for no other.

mod issue;
mod overflow;

pub use issue::IssuePress;
pub use overflow::overflows;

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::compose::{self, Citations, Pictures, Subject};
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Part};
use crate::lesson::teacher::Teacher;
use crate::library::{IssueEntry, LessonEntry, Library, LoadedLesson};
use crate::offer;
use crate::packet::{Layout, Packet, PacketId};
use crate::session::Session;
use crate::typeset::{LaidOut, Typesetter};

/// Everything from which the packets of one lesson are made.
pub struct Press<'a> {
    library: &'a Library,
    issue: &'a IssueEntry,
    entry: &'a LessonEntry,
    typesetter: &'a Typesetter<'a>,
    loaded: LoadedLesson,
    language: String,
    citations: Citations,
    pictures: Pictures,
    /// What only editions for teachers are made from; closed until the first of them is asked for.
    teacher_material: Option<Option<TeacherMaterial>>,
    layouts: BTreeMap<PacketId, Layout>,
}

/// What only editions for teachers are made from: the teacher file, and citations that know of it.
struct TeacherMaterial {
    teacher: Teacher,
    citations: Citations,
}

/// A packet that has been laid out.
pub struct Pressed<'a> {
    /// What it is made of.
    pub packet: Packet,
    /// Its pages.
    pub laid_out: LaidOut<'a>,
}

impl<'a> Press<'a> {
    /// Reads a sound lesson.
    ///
    /// # Errors
    /// If the disk refuses, or the lesson has changed since it was checked.
    pub fn new(
        library: &'a Library,
        issue: &'a IssueEntry,
        entry: &'a LessonEntry,
        typesetter: &'a Typesetter<'a>,
        session: &mut Session<'_>,
    ) -> Result<Self> {
        let loaded = library.load(entry, session)?;
        let language = PacketId::language_of(&loaded.lesson, &library.series);
        let citations = Citations::new(&loaded.lesson, None, &language);
        Ok(Self {
            library,
            issue,
            entry,
            typesetter,
            loaded,
            language,
            citations,
            pictures: Pictures::default(),
            teacher_material: None,
            layouts: BTreeMap::new(),
        })
    }

    /// The language of its packets, a tag of BCP 47.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The lesson with its file.
    pub fn loaded(&self) -> &LoadedLesson {
        &self.loaded
    }

    /// The id of a packet of this lesson.
    pub fn id(&self, spec: PacketSpec) -> PacketId {
        PacketId::new(spec, &self.issue.id, Some(&self.entry.id), &self.language)
    }

    /// Why the lesson has no such packet, in a teacher's words; `None` if it has one.
    ///
    /// # Errors
    /// If the disk refuses, or the teacher file has changed since it was checked.
    pub fn why_not(&mut self, edition: Edition, part: Part, session: &mut Session<'_>) -> Result<Option<String>> {
        if edition != Edition::Student {
            self.teacher_material(session)?;
        }
        let teacher = self.teacher_material.as_ref().and_then(Option::as_ref).map(|material| &material.teacher);
        Ok(offer::why_not(&self.loaded.lesson, teacher, &self.entry.teacher_file(), edition, part))
    }

    /// Opens the teacher file.
    ///
    /// # Errors
    /// If the disk refuses, or the file has changed since it was checked.
    pub fn load_teacher_material(&mut self, session: &mut Session<'_>) -> Result<()> {
        self.teacher_material(session).map(drop)
    }

    /// Composes a packet and lays it out.
    ///
    /// # Errors
    /// If a picture has changed since it was checked, or a template fails, which is a fault of the program.
    ///
    /// # Panics
    /// If the lesson has no such packet; see [`Press::why_not`].
    pub fn press(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Pressed<'a>> {
        let packet = self.compose(id, session)?;
        let laid_out = self.typesetter.lay_out(&packet).with_context(|| format!("cannot typeset {id}"))?;
        let mut own = laid_out.layout.clone();
        // What it took from another layout, others can take from it.
        if let Some(layout) = self.student_layout(id, session)? {
            own.lines.extend(layout.lines);
        }
        self.layouts.insert(id.clone(), own);
        Ok(Pressed { packet, laid_out })
    }

    /// Composes a packet; the student packet whose layout it takes is laid out first.
    ///
    /// # Errors
    /// As [`Press::press`].
    ///
    /// # Panics
    /// As [`Press::press`].
    pub fn compose(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Packet> {
        let layout = self.student_layout(id, session)?;
        if id.edition != Edition::Student {
            self.teacher_material(session)?;
        }
        let subject = |citations| Subject {
            series: &self.library.series,
            series_folder: self.library.series_folder(),
            issue: &self.issue.issue,
            folder: &self.issue.folder,
            lesson: &self.loaded.lesson,
            citations,
            pictures: &self.pictures,
        };
        let composed = match id.edition {
            Edition::Student => compose::for_students(&subject(&self.citations), id, layout.as_ref()),
            Edition::Teacher | Edition::Key | Edition::Substitute => {
                let teacher_material = self
                    .teacher_material
                    .as_ref()
                    .and_then(Option::as_ref)
                    .expect("an edition for teachers is asked for only with their file");
                let layout = layout.as_ref().expect("an edition for teachers comes after the student packet");
                compose::for_teachers(&subject(&teacher_material.citations), id, &teacher_material.teacher, layout)
            }
        };
        composed.map_err(|problem| anyhow::anyhow!("a picture of {} cannot be read any more: {problem}", self.entry.path))
    }

    /// The layout of the student packet, for a packet that takes something from it.
    fn student_layout(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Option<Layout>> {
        let of_students = |part| PacketId { edition: Edition::Student, part, ..id.clone() };
        let whole = match (id.edition, id.part) {
            (Edition::Student, Part::Worksheet) if compose::points_to_lines(&self.loaded.lesson) => of_students(Part::All),
            (Edition::Student, _) => return Ok(None),
            (_, Part::Plan) => of_students(Part::All),
            (_, part) => of_students(part),
        };
        self.layout(&whole, session).map(Some)
    }

    /// The layout of a packet, which is made if it has not been yet.
    fn layout(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Layout> {
        if let Some(layout) = self.layouts.get(id) {
            return Ok(layout.clone());
        }
        self.press(id, session)?;
        Ok(self.layouts[id].clone())
    }

    /// Opens the teacher file, once.
    fn teacher_material(&mut self, session: &mut Session<'_>) -> Result<Option<&TeacherMaterial>> {
        if self.teacher_material.is_none() {
            let teacher = self.library.load_teacher(self.issue, self.entry, session)?;
            self.teacher_material = Some(teacher.map(|teacher| TeacherMaterial {
                citations: Citations::new(&self.loaded.lesson, Some(&teacher), &self.language),
                teacher,
            }));
        }
        Ok(self.teacher_material.as_ref().and_then(Option::as_ref))
    }
}

impl Drop for Press<'_> {
    /// The next lesson shares nothing with this one.
    fn drop(&mut self) {
        self.typesetter.forget();
    }
}
