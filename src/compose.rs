//! Composes packets: decides what goes in a packet, in what order, and how it's numbered.
//!
//! The result is plain data. It depends only on the packet's identity, the lesson, and, in teacher editions, the teacher file and
//! the layout of the student packet.
//!
//! [`crate::packet`] defines that data. [`crate::typeset`] and the templates decide how it looks.

mod activities;
mod answers;
mod asked;
mod blanks;
mod blocks;
mod branding;
mod characters;
pub mod citations;
mod composer;
mod cuts;
mod given;
mod guide;
pub mod issue;
mod number_columns;
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
mod type_size;

pub use citations::Citations;
pub use given::{Pictures, Subject};
pub use targets::points_to_lines;

use self::branding::{day_of, foot_line, language_and_region, logo, look, publisher, rights_of};
use self::composer::Composer;
use self::given::Given;
use self::type_size::type_size;
use crate::lesson::series::Edition;
use crate::lesson::teacher::Teacher;
use crate::packet::{Document, Layout, Packet, PacketId};
use crate::picture::Problem;
use crate::quotation;

/// Composes a student packet, using only the lesson.
///
/// `whole` is the layout of the whole student packet. A worksheet needs it if its questions point to numbered lines.
///
/// # Errors
/// If an image changed after it was checked.
pub fn for_students(subject: &Subject<'_>, id: &PacketId, whole: Option<&Layout>) -> Result<Packet, Problem> {
    assert_eq!(id.edition, Edition::Student, "teacher editions need the teacher file");
    compose(subject, id, None, whole)
}

/// Composes a packet of a teacher edition. `student` is the layout of the student packet for the same part.
///
/// # Errors
/// If an image changed after it was checked.
///
/// # Panics
/// If a substitute packet is requested and the teacher file has no sub plan.
pub fn for_teachers(subject: &Subject<'_>, id: &PacketId, teacher: &Teacher, student: &Layout) -> Result<Packet, Problem> {
    compose(subject, id, Some(teacher), Some(student))
}

fn compose(subject: &Subject<'_>, id: &PacketId, teacher: Option<&Teacher>, layout: Option<&Layout>) -> Result<Packet, Problem> {
    let (lesson, series) = (subject.lesson, subject.series);
    let (language, region) = language_and_region(&id.language);
    let given = Given { teacher, layout, ..Given::new(subject, (&id.issue, id.subject()), &id.language, id.paper) };
    let mut composer = Composer::new(&given);
    let sections = sections::of(&mut composer, id)?;
    let logo = logo(&mut composer)?;
    let rights = rights_of(series, subject.issue);
    let heading = subject.issue.in_language(&id.language);
    let date = lesson.revised.as_ref().or(subject.issue.published.as_ref());
    Ok(Packet {
        identity: id.to_string(),
        document: Document {
            title: quotation::typeset(&lesson.title.plain(), &id.language),
            author: publisher(series).clone(),
            keywords: lesson.topics.clone(),
            date: day_of(date),
            language: language.to_owned(),
            region,
        },
        edition: id.edition,
        part: id.part,
        paper: id.paper,
        series: series.name.clone(),
        number: subject.issue.number.clone(),
        date: heading.date.map(str::to_owned),
        theme: heading.theme.map(|theme| given.text().runs(&theme.nodes)),
        title: given.text().runs(&lesson.title.nodes),
        rights: foot_line(series, rights, language),
        rights_url: rights.and_then(|rights| rights.url.as_ref()).map(|url| url.0.clone()),
        sections,
        images: composer.gathered.images,
        look: look(series, id, type_size(series, std::iter::once(lesson)), logo),
        sheets: id.sheets.filter(|_| id.edition == Edition::Student),
        marks: composer.gathered.marks,
    })
}
