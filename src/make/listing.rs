//! Lists lessons and their packets with page counts, without writing anything.

use anyhow::Result;

use crate::copies::{self, Classes};
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Format, Part};
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::offer::{Reasons, has_whole_issue, is_missed, speaks};
use crate::packet::PacketId;
use crate::packet::print::Paper;
use crate::paths;
use crate::press::{IssuePress, Press};
use crate::session::Session;
use crate::typeset::Typesetter;

/// A request to list lessons and packets.
pub struct Listing<'a> {
    /// The library.
    pub library: &'a Library,
    /// The requested lessons, in library order.
    pub lessons: Vec<(&'a IssueEntry, &'a LessonEntry)>,
    /// The kinds of packets to list for each.
    pub specs: Vec<PacketSpec>,
    /// The languages to list, as BCP 47 tags; empty means all.
    pub languages: Vec<String>,
}

/// A line of the list, in library order.
#[derive(Debug)]
pub enum Line<'a> {
    /// An issue; its lessons follow.
    Issue(&'a IssueEntry),
    /// A lesson with errors; no packets follow.
    Broken(&'a IssueEntry, &'a LessonEntry),
    /// A lesson's file name and title; its packets follow.
    Lesson(String, String),
    /// The packets of the whole issue follow.
    WholeIssue,
    /// A packet: its path from the output folder, page count, and format.
    Packet(String, usize, Format),
    /// How much paper each way of printing the student packet takes for the students of one class, and for all classes.
    Paper(u32, Paper, Option<Paper>),
    /// Why a lesson doesn't have some packets.
    Unavailable(String),
}

impl<'a> Listing<'a> {
    /// Calls `tell` for each line; errors and warnings go to `session`.
    ///
    /// # Errors
    /// If reading fails, or `tell` does.
    pub fn tell(
        &self,
        typesetter: &Typesetter<'_>,
        session: &mut Session<'_>,
        tell: &mut dyn FnMut(Line<'a>) -> Result<()>,
    ) -> Result<()> {
        for issue in &self.library.issues {
            let own: Vec<_> = self.lessons.iter().filter(|(known, _)| known.id == issue.id).map(|(_, entry)| *entry).collect();
            if own.is_empty() {
                continue;
            }
            tell(Line::Issue(issue))?;
            let mut is_sound = true;
            for entry in &own {
                is_sound &= self.lesson(issue, entry, typesetter, session, tell)?;
            }
            let own: Vec<_> = own.into_iter().filter(|entry| entry.translation.is_none()).collect();
            if is_sound && own.len() == issue.lessons.len() && speaks(&self.languages, &self.library.series.language.value.0) {
                self.whole_issue(issue, &own, typesetter, session, tell)?;
            }
        }
        Ok(())
    }

    /// Returns `false` if the lesson has errors.
    fn lesson(
        &self,
        issue: &'a IssueEntry,
        entry: &'a LessonEntry,
        typesetter: &Typesetter<'_>,
        session: &mut Session<'_>,
        tell: &mut dyn FnMut(Line<'a>) -> Result<()>,
    ) -> Result<bool> {
        let before = session.diagnostics.errors();
        self.library.check(issue, entry, session)?;
        if session.diagnostics.errors() > before {
            tell(Line::Broken(issue, entry))?;
            return Ok(false);
        }
        let mut press = Press::new(self.library, issue, entry, typesetter, session)?;
        if !speaks(&self.languages, press.language()) {
            return Ok(true);
        }
        tell(Line::Lesson(entry.name(), press.loaded().lesson.title.plain()))?;
        let mut reasons = Reasons::default();
        let mut paper = None;
        for spec in &self.specs {
            if let Some(reason) = press.why_not(spec.edition, spec.part, session)? {
                if is_missed(*spec, &self.specs) {
                    reasons.push(*spec, reason);
                }
                continue;
            }
            let id = press.id(*spec);
            let pressed = press.press(&id, session)?;
            let pages = pressed.laid_out.layout.pages;
            tell(self.packet(&id, pages))?;
            let is_usual = (id.format, id.mono, id.duplex) == (Format::Standard, false, false);
            if (id.edition, id.part) == (Edition::Student, Part::All) && is_usual && id.paper == self.library.series.paper {
                paper = Some(copies::paper(pages, id.format, &pressed.printing, Classes::of(&self.library.series)));
            }
        }
        if let Some((class, classes)) = paper {
            tell(Line::Paper(self.library.series.class_size, class, classes))?;
        }
        for line in reasons.lines() {
            tell(Line::Unavailable(line))?;
        }
        Ok(true)
    }

    fn whole_issue(
        &self,
        issue: &'a IssueEntry,
        lessons: &[&'a LessonEntry],
        typesetter: &Typesetter<'_>,
        session: &mut Session<'_>,
        tell: &mut dyn FnMut(Line<'a>) -> Result<()>,
    ) -> Result<()> {
        let mut press = IssuePress::new(self.library, issue, lessons, typesetter, session)?;
        let has_teacher = press.has_teacher(session)?;
        let mut specs = self.specs.iter().filter(|spec| has_whole_issue(**spec, has_teacher)).peekable();
        if specs.peek().is_some() {
            tell(Line::WholeIssue)?;
        }
        for spec in specs {
            let id = press.id(*spec);
            let pages = press.press(&id, session)?.laid_out.layout.pages;
            tell(self.packet(&id, pages))?;
        }
        Ok(())
    }

    fn packet(&self, id: &PacketId, pages: usize) -> Line<'a> {
        Line::Packet(paths::packet(id, &self.library.series), pages, id.format)
    }
}
