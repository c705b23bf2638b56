//! Makes the packets of one lesson back to back, because they share work: composes each one, lays it out, and passes the layout of
//! the student packet to the packets that print its page numbers.
//!
//! Opens the teacher file only for editions that print it.

mod issue;
mod overflow;

pub use issue::IssuePress;
pub use overflow::{overflows, overflows_of_issue, too_few_sheets};

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::compose::{self, Citations, Pictures, Subject};
use crate::lesson::block::Block;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Part};
use crate::lesson::teacher::Teacher;
use crate::library::{IssueEntry, LessonEntry, Library, LoadedLesson};
use crate::packet::blank::Blank;
use crate::packet::printing::{PrintPart, Printing};
use crate::packet::{Layout, Packet, PacketId};
use crate::session::Session;
use crate::typeset::{Draft, LaidOut, Typesetter};
use crate::{copies, offer};

/// Everything needed to make the packets of one lesson.
pub struct Press<'a> {
    library: &'a Library,
    issue: &'a IssueEntry,
    entry: &'a LessonEntry,
    typesetter: &'a Typesetter<'a>,
    loaded: LoadedLesson,
    language: String,
    citations: Citations,
    pictures: Pictures,
    /// What only teacher editions use; not loaded until the first of them is requested.
    teacher_material: Option<Option<TeacherMaterial>>,
    layouts: BTreeMap<PacketId, Layout>,
}

/// The last drafts of the packets of a lesson that is being written.
pub type Drafts = BTreeMap<PacketId, Draft>;

/// What only teacher editions use: the teacher file, and citations that include it.
struct TeacherMaterial {
    teacher: Teacher,
    citations: Citations,
}

/// A packet that has been laid out.
pub struct Pressed<'a> {
    /// Its content.
    pub packet: Packet,
    /// Its pages.
    pub laid_out: LaidOut<'a>,
    /// How a complete student packet can be printed by part; empty for other packets.
    pub printing: Printing,
}

impl<'a> Press<'a> {
    /// Reads a lesson without errors.
    ///
    /// # Errors
    /// If reading fails, or the lesson changed after it was checked.
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

    /// The language of its packets, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The lesson and its file.
    pub fn loaded(&self) -> &LoadedLesson {
        &self.loaded
    }

    /// The id of a packet of this lesson.
    pub fn id(&self, spec: PacketSpec) -> PacketId {
        PacketId::new(spec, &self.issue.id, Some(&self.entry.id), &self.language)
    }

    /// Why the lesson doesn't have this packet, in a teacher's words; `None` if it does.
    ///
    /// # Errors
    /// If reading fails, or the teacher file changed after it was checked.
    pub fn why_not(&mut self, edition: Edition, part: Part, session: &mut Session<'_>) -> Result<Option<String>> {
        if edition != Edition::Student {
            self.teacher_material(session)?;
        }
        let teacher = self.teacher_material.as_ref().and_then(Option::as_ref).map(|material| &material.teacher);
        Ok(offer::why_not(&self.loaded.lesson, teacher, &self.entry.teacher_file(), edition, part))
    }

    /// Exchanges the pictures that are ready for print with others, so that the press of the next draft has them.
    pub fn swap_pictures(&mut self, pictures: &mut Pictures) {
        std::mem::swap(&mut self.pictures, pictures);
    }

    /// Opens the teacher file.
    ///
    /// # Errors
    /// If reading fails, or the file changed after it was checked.
    pub fn load_teacher_material(&mut self, session: &mut Session<'_>) -> Result<()> {
        self.teacher_material(session).map(drop)
    }

    /// Composes a packet and lays it out.
    ///
    /// # Errors
    /// If an image changed after it was checked, or a template fails, which is a bug in Packetpress.
    ///
    /// # Panics
    /// If the lesson doesn't have this packet; see [`Press::why_not`].
    pub fn press(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Pressed<'a>> {
        let packet = self.compose(id, session)?;
        let laid_out = self.typesetter.lay_out(&packet).with_context(|| format!("cannot typeset {id}"))?;
        let mut own = laid_out.layout.clone();
        // Include what it took from another layout, for packets that use this one.
        if let Some(layout) = self.student_layout(id, session)? {
            own.lines.extend(layout.lines);
        }
        if id.edition == Edition::Student {
            own.printing.parts = copies::parts(&packet, &own);
        }
        // A worksheet may need this layout while its own pages are counted.
        self.layouts.insert(id.clone(), own.clone());
        if id.edition == Edition::Student && id.part == Part::All && !own.printing.parts.is_empty() {
            own.printing.class_set = self.class_set(id, &own.printing.parts, session)?;
            self.layouts.insert(id.clone(), own.clone());
        }
        Ok(Pressed { packet, laid_out, printing: own.printing })
    }

    /// Composes a packet that is being written and lays it out quickly, beginning with the draft before it, which it replaces.
    ///
    /// # Errors
    /// See [`Press::press`].
    ///
    /// # Panics
    /// See [`Press::press`].
    pub fn draft(&mut self, id: &PacketId, drafts: &mut Drafts, session: &mut Session<'_>) -> Result<()> {
        if let Some(student) = self.student_packet(id)
            && !self.layouts.contains_key(&student)
        {
            self.draft(&student, drafts, session)?;
        }
        let packet = self.compose(id, session)?;
        let draft = self.typesetter.draft(&packet, drafts.get(id)).with_context(|| format!("cannot typeset {id}"))?;
        self.layouts.insert(id.clone(), draft.layout.clone());
        drafts.insert(id.clone(), draft);
        Ok(())
    }

    /// The parts of a class set and its worksheets: those of the student packet, unless students write on its reading.
    fn class_set(&mut self, id: &PacketId, whole: &[PrintPart], session: &mut Session<'_>) -> Result<Vec<PrintPart>> {
        let reading = &self.loaded.lesson.reading;
        if reading.is_empty() {
            return Ok(Vec::new());
        }
        if !reading.iter().any(Block::is_written) {
            return Ok(whole.to_vec());
        }
        let mut parts = Vec::new();
        for part in [Part::Reading, Part::Worksheet] {
            parts.extend(self.layout(&PacketId { part, ..id.clone() }, session)?.printing.parts);
        }
        Ok(parts)
    }

    /// Composes a packet; first lays out the student packet if this one uses its layout.
    ///
    /// # Errors
    /// See [`Press::press`].
    ///
    /// # Panics
    /// See [`Press::press`].
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
                    .expect("a teacher edition is requested only with a teacher file");
                let layout = layout.as_ref().expect("a teacher edition comes after the student packet");
                compose::for_teachers(&subject(&teacher_material.citations), id, &teacher_material.teacher, layout)
            }
        };
        composed.map_err(|problem| anyhow::anyhow!("an image of {} can no longer be read: {problem}", self.entry.path))
    }

    /// The blanks of the lesson with their answers. Empty without a teacher file.
    ///
    /// # Errors
    /// If the teacher file changed after it was checked, or an image did.
    pub fn key(&mut self, session: &mut Session<'_>) -> Result<Vec<Blank>> {
        self.teacher_material(session)?;
        let Some(material) = self.teacher_material.as_ref().and_then(Option::as_ref) else { return Ok(Vec::new()) };
        let subject = Subject {
            series: &self.library.series,
            series_folder: self.library.series_folder(),
            issue: &self.issue.issue,
            folder: &self.issue.folder,
            lesson: &self.loaded.lesson,
            citations: &material.citations,
            pictures: &self.pictures,
        };
        let id = self.id(PacketSpec::usual(Edition::Teacher, Part::All, self.library.series.paper));
        let packet = compose::for_teachers(&subject, &id, &material.teacher, &Layout::default())
            .map_err(|problem| anyhow::anyhow!("an image of {} can no longer be read: {problem}", self.entry.path))?;
        Ok(packet.blanks().cloned().collect())
    }

    /// The layout of the student packet, for packets that use it.
    fn student_layout(&mut self, id: &PacketId, session: &mut Session<'_>) -> Result<Option<Layout>> {
        self.student_packet(id).map(|student| self.layout(&student, session)).transpose()
    }

    /// The student packet whose layout a packet uses.
    fn student_packet(&self, id: &PacketId) -> Option<PacketId> {
        let of_students = |part| PacketId { edition: Edition::Student, part, ..id.clone() };
        match (id.edition, id.part) {
            (Edition::Student, Part::Worksheet | Part::Cards) if compose::points_to_lines(&self.loaded.lesson) => {
                Some(of_students(Part::All))
            }
            (Edition::Student, _) => None,
            (_, Part::Plan) => Some(of_students(Part::All)),
            (_, part) => Some(of_students(part)),
        }
    }

    /// The layout of a packet, made on first use.
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
    /// Frees work that the next lesson is unlikely to share.
    fn drop(&mut self) {
        self.typesetter.forget();
    }
}
