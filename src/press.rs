//! Makes the packets of one lesson, back to back, since they share work: composes each, lays it out, and hands the layout of the student packet to those that print its page numbers.
//!
//! Opens the teacher file for the editions that print it, and for no other.

mod issue;

pub use issue::IssuePress;

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::block::Block;
use crate::lesson::Lesson;
use crate::lesson::series::{Edition, Part};
use crate::lesson::teacher::Teacher;
use crate::library::{IssueEntry, LessonEntry, Library, LoadedLesson, Workspace};
use crate::packet::{self, Choice, Citations, Identity, Layout, Packet, Pictures, Subject};
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
    desk: Option<Option<Desk>>,
    layouts: BTreeMap<Identity, Layout>,
}

/// What lies on the teacher's desk: the teacher file, and citations that know of it.
struct Desk {
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
        workspace: &mut Workspace<'_>,
    ) -> Result<Self> {
        let loaded = library.load(entry, workspace)?;
        let language = Identity::language_of(&loaded.lesson, &library.series);
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
            desk: None,
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

    /// The identity of a packet of this lesson.
    pub fn identity(&self, choice: Choice) -> Identity {
        choice.of(&self.issue.id, Some(&self.entry.id), &self.language)
    }

    /// Why the lesson has no such packet, in a teacher's words; `None` if it has one.
    ///
    /// # Errors
    /// If the disk refuses, or the teacher file has changed since it was checked.
    pub fn obstacle(&mut self, edition: Edition, part: Part, workspace: &mut Workspace<'_>) -> Result<Option<String>> {
        if edition == Edition::Student {
            return Ok(obstacle(&self.loaded.lesson, None, self.entry, edition, part));
        }
        self.desk(workspace)?;
        let teacher = self.desk.as_ref().and_then(Option::as_ref).map(|desk| &desk.teacher);
        Ok(obstacle(&self.loaded.lesson, teacher, self.entry, edition, part))
    }

    /// Opens the teacher file.
    ///
    /// # Errors
    /// If the disk refuses, or the file has changed since it was checked.
    pub fn open_desk(&mut self, workspace: &mut Workspace<'_>) -> Result<()> {
        self.desk(workspace).map(drop)
    }

    /// Composes a packet and lays it out.
    ///
    /// # Errors
    /// If a picture has changed since it was checked, or a template fails, which is a fault of the program.
    ///
    /// # Panics
    /// If the lesson has no such packet; see [`Press::obstacle`].
    pub fn press(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Pressed<'a>> {
        let packet = self.compose(identity, workspace)?;
        let laid_out = self.typesetter.lay_out(&packet).with_context(|| format!("cannot typeset {identity}"))?;
        let mut own = laid_out.layout.clone();
        // What it took from another layout, others can take from it.
        if let Some(layout) = self.student_layout(identity, workspace)? {
            own.lines.extend(layout.lines);
        }
        self.layouts.insert(identity.clone(), own);
        Ok(Pressed { packet, laid_out })
    }

    /// Composes a packet; the student packet whose layout it takes is laid out first.
    ///
    /// # Errors
    /// As [`Press::press`].
    ///
    /// # Panics
    /// As [`Press::press`].
    pub fn compose(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Packet> {
        let layout = self.student_layout(identity, workspace)?;
        if identity.edition != Edition::Student {
            self.desk(workspace)?;
        }
        let subject = |citations| Subject {
            series: &self.library.series,
            house: self.library.house(),
            issue: &self.issue.issue,
            folder: &self.issue.folder,
            lesson: &self.loaded.lesson,
            citations,
            pictures: &self.pictures,
        };
        let composed = match identity.edition {
            Edition::Student => packet::for_students(&subject(&self.citations), identity, layout.as_ref()),
            Edition::Teacher | Edition::Key | Edition::Substitute => {
                let desk = self
                    .desk
                    .as_ref()
                    .and_then(Option::as_ref)
                    .expect("an edition for teachers is asked for only with their file");
                let layout = layout.as_ref().expect("an edition for teachers comes after the student packet");
                packet::for_teachers(&subject(&desk.citations), identity, &desk.teacher, layout)
            }
        };
        composed.map_err(|problem| anyhow::anyhow!("a picture of {} cannot be read any more: {problem}", self.entry.path))
    }

    /// The layout of the student packet, for a packet that takes something from it.
    fn student_layout(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Option<Layout>> {
        let of_students = |part| Identity { edition: Edition::Student, part, ..identity.clone() };
        let whole = match (identity.edition, identity.part) {
            (Edition::Student, Part::Worksheet) if packet::points_to_lines(&self.loaded.lesson) => of_students(Part::All),
            (Edition::Student, _) => return Ok(None),
            (_, Part::Plan) => of_students(Part::All),
            (_, part) => of_students(part),
        };
        self.layout(&whole, workspace).map(Some)
    }

    /// The layout of a packet, which is made if it has not been yet.
    fn layout(&mut self, identity: &Identity, workspace: &mut Workspace<'_>) -> Result<Layout> {
        if let Some(layout) = self.layouts.get(identity) {
            return Ok(layout.clone());
        }
        self.press(identity, workspace)?;
        Ok(self.layouts[identity].clone())
    }

    /// Opens the teacher file, once.
    fn desk(&mut self, workspace: &mut Workspace<'_>) -> Result<Option<&Desk>> {
        if self.desk.is_none() {
            let teacher = self.library.load_teacher(self.issue, self.entry, workspace)?;
            self.desk =
                Some(teacher.map(|teacher| Desk {
                    citations: Citations::new(&self.loaded.lesson, Some(&teacher), &self.language),
                    teacher,
                }));
        }
        Ok(self.desk.as_ref().and_then(Option::as_ref))
    }
}

impl Drop for Press<'_> {
    /// The next lesson shares nothing with this one.
    fn drop(&mut self) {
        self.typesetter.forget();
    }
}

/// Why a lesson with this teacher file, or none, has no such packet, in a teacher's words; `None` if it has one.
pub fn obstacle(lesson: &Lesson, teacher: Option<&Teacher>, entry: &LessonEntry, edition: Edition, part: Part) -> Option<String> {
    if let Some(obstacle) = missing_part(lesson, part) {
        return Some(obstacle.to_owned());
    }
    if edition == Edition::Student {
        return None;
    }
    let name = entry.teacher_file();
    let Some(teacher) = teacher else { return Some(format!("there is no `{name}` beside the lesson")) };
    let lacks = match edition {
        Edition::Key if teacher.answers.is_empty() => Some("answers"),
        Edition::Substitute if teacher.substitute.is_none() => Some("substitute"),
        _ => None,
    };
    lacks.map(|key| format!("`{name}` has no `{key}`"))
}

/// Why a lesson does not have a part.
fn missing_part(lesson: &Lesson, part: Part) -> Option<&'static str> {
    match part {
        Part::All | Part::Plan => None,
        Part::Reading => {
            let nothing = lesson.reading.is_empty() && lesson.vocabulary.is_empty() && lesson.bibliography.is_none();
            nothing.then_some("the lesson has no `reading`")
        }
        Part::Worksheet => {
            let nothing = lesson.discussion.is_empty() && lesson.activity.is_none() && lesson.exit_ticket.is_empty();
            let nothing = nothing && !lesson.reading.iter().any(Block::is_written);
            nothing.then_some("the lesson has nothing to write on: no `discussion`, `activity` or `exit_ticket`")
        }
    }
}
