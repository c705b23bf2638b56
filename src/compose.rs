//! Composes packets: what stands in one, in which order, numbered how. A pure function of the packet's identity, the lesson, and in editions for teachers the teacher file and the layout of the student packet; its result is plain data.
//!
//! What that data is like is left to [`crate::packet`], how it looks to the templates, by [`crate::typeset`].

mod activities;
mod answers;
mod asked;
mod blocks;
mod branding;
pub mod citations;
mod composer;
mod given;
mod guide;
pub mod issue;
mod organizers;
mod plain;
mod plan;
mod print;
mod prose;
mod questions;
mod readings;
mod references;
mod sections;
mod sources;
mod spaces;
mod targets;
mod text;

pub use citations::Citations;
pub use given::{Pictures, Subject};
pub use targets::points_to_lines;

use self::branding::{foot_line, language_and_region, logo, look, publisher, rights_of};
use self::composer::Composer;
use self::given::Given;
use crate::lesson::series::Edition;
use crate::lesson::teacher::Teacher;
use crate::packet::{Document, Layout, Packet, PacketId};
use crate::picture::Problem;
use crate::quotation::with_quotation_marks;

/// Composes a packet for students, from the lesson alone.
///
/// `whole` is the layout of the whole student packet, which a worksheet needs if its questions point to numbered lines.
///
/// # Errors
/// If an image has changed since it was checked.
pub fn for_students(subject: &Subject<'_>, id: &PacketId, whole: Option<&Layout>) -> Result<Packet, Problem> {
    assert_eq!(id.edition, Edition::Student, "an edition for teachers needs their file");
    compose(subject, id, None, whole)
}

/// Composes a packet of an edition for teachers; `student` is the layout of the students' packet of the same part.
///
/// # Errors
/// If an image has changed since it was checked.
///
/// # Panics
/// If a substitute packet is asked for and the teacher file has no plan.
pub fn for_teachers(subject: &Subject<'_>, id: &PacketId, teacher: &Teacher, student: &Layout) -> Result<Packet, Problem> {
    compose(subject, id, Some(teacher), Some(student))
}

fn compose(subject: &Subject<'_>, id: &PacketId, teacher: Option<&Teacher>, layout: Option<&Layout>) -> Result<Packet, Problem> {
    let (lesson, series) = (subject.lesson, subject.series);
    let (language, region) = language_and_region(&id.language);
    let given = Given { teacher, layout, ..Given::new(subject, &id.language, id.paper) };
    let mut composer = Composer::new(&given);
    let sections = sections::of(&mut composer, id)?;
    let logo = logo(&mut composer)?;
    let rights = rights_of(series, subject.issue);
    let (date_of_issue, theme) = subject.issue.in_language(&id.language);
    let date = lesson.revised.as_ref().unwrap_or(&subject.issue.published);
    Ok(Packet {
        identity: id.to_string(),
        document: Document {
            title: with_quotation_marks(&lesson.title.plain(), &id.language),
            author: publisher(series).clone(),
            keywords: lesson.topics.clone(),
            date: date.value.parts().expect("a checked date exists"),
            language: language.to_owned(),
            region,
        },
        edition: id.edition,
        part: id.part,
        paper: id.paper,
        series: series.name.clone(),
        number: subject.issue.number.clone(),
        date: date_of_issue.to_owned(),
        theme: given.text().runs(&theme.nodes),
        title: given.text().heading(&lesson.title.nodes),
        rights: foot_line(series, rights),
        rights_url: rights.and_then(|rights| rights.url.as_ref()).map(|url| url.0.clone()),
        sections,
        images: composer.gathered.images,
        look: look(series, id, logo),
        marks: composer.gathered.marks,
    })
}
