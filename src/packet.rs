//! Composes packets: what stands in one, in which order, numbered how. A pure function of the packet's identity, the lesson, and in editions for teachers the teacher file and the layout of the student packet; its result is plain data.
//!
//! How a packet looks is left to the templates, which get it as JSON; see [`crate::typeset`].

mod activities;
mod answers;
mod blocks;
pub mod citations;
mod csl;
mod guide;
mod identity;
pub mod issue;
pub mod layout;
mod look;
mod organizers;
mod own_rules;
mod parts;
pub mod plan;
mod print;
mod questions;
mod readings;
mod references;
mod rooms;
mod runs;
mod sources;

pub use citations::Citations;
pub use identity::{Choice, Identity, WHOLE_ISSUE};
pub use layout::Layout;
pub use look::{ACCENT, Logo, Look};

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use serde::Serialize;

use crate::lesson::Lesson;
use crate::lesson::issue::Issue;
use crate::lesson::series::{self, Edition, Paper, Rights, Series};
use crate::lesson::teacher::Teacher;
use crate::picture::{self, Picture};
use crate::quotation::with_quotation_marks;
use crate::source::Place;

pub use blocks::Block;
pub use parts::Part;
use references::Target;
pub use references::points_to_lines;
use rooms::Room;
pub use runs::{Run, Runs};
pub use sources::Entry;

/// One packet, ready for the templates.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Packet {
    /// What it is, for the PDF's document identifier; stable between builds.
    #[serde(skip)]
    pub identity: String,
    /// Properties of the document.
    pub document: Document,
    /// For whom it is.
    pub edition: Edition,
    /// What of the edition it holds.
    pub part: series::Part,
    /// The paper on which it prints.
    pub paper: Paper,
    /// The name of the series.
    pub series: String,
    /// The number of the issue.
    pub number: String,
    /// The date of the issue, as printed.
    pub date: String,
    /// The theme of the issue.
    pub theme: Runs,
    /// The title of the lesson.
    pub title: Runs,
    /// Who holds the rights and what others may do, for the foot of every page.
    pub rights: Option<String>,
    /// Where the licence can be read.
    pub rights_url: Option<String>,
    /// What the packet is made of.
    pub parts: Vec<Part>,
    /// The images that its figures name.
    #[serde(skip)]
    pub images: Vec<Image>,
    /// How it looks, where its series has a say.
    #[serde(skip)]
    pub look: Look,
    /// The places of the items by their marks, for reports on the finished layout.
    #[serde(skip)]
    pub marks: BTreeMap<String, Place>,
}

/// Properties of the PDF document.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub author: String,
    /// What it is about.
    pub keywords: Vec<String>,
    /// Year, month and day of its last change.
    pub date: (i32, u8, u8),
    /// The language, as a tag of ISO 639.
    pub language: String,
    /// The country, as a tag of ISO 3166, if it matters.
    pub region: Option<String>,
}

/// An image file of a packet.
#[derive(Debug, Clone)]
pub struct Image {
    /// The virtual path by which figures name it.
    pub path: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What a packet is composed from.
pub struct Subject<'a> {
    /// The series.
    pub series: &'a Series,
    /// The folder of its file, in which its logo lies.
    pub house: &'a Utf8Path,
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

/// Composes a packet for students, from the lesson alone.
///
/// `whole` is the layout of the whole student packet, which a worksheet needs if its questions point to numbered lines.
///
/// # Errors
/// If an image has changed since it was checked.
pub fn for_students(subject: &Subject<'_>, identity: &Identity, whole: Option<&Layout>) -> Result<Packet, picture::Problem> {
    assert_eq!(identity.edition, Edition::Student, "an edition for teachers needs their file");
    compose(subject, identity, None, whole)
}

/// Composes a packet of an edition for teachers; `student` is the layout of the students' packet of the same part.
///
/// # Errors
/// If an image has changed since it was checked.
///
/// # Panics
/// If a substitute packet is asked for and the teacher file has no plan.
pub fn for_teachers(
    subject: &Subject<'_>,
    identity: &Identity,
    teacher: &Teacher,
    student: &Layout,
) -> Result<Packet, picture::Problem> {
    compose(subject, identity, Some(teacher), Some(student))
}

fn compose(
    subject: &Subject<'_>,
    identity: &Identity,
    teacher: Option<&Teacher>,
    layout: Option<&Layout>,
) -> Result<Packet, picture::Problem> {
    let lesson = subject.lesson;
    let (language, region) = language_and_region(&identity.language);
    let mut composer = Composer::new(subject, &identity.language, identity.paper);
    composer.teacher = teacher;
    composer.layout = layout;
    let parts = composer.parts(identity)?;
    let logo = composer.logo()?;
    let rights = rights_of(subject.series, subject.issue);
    let (date_of_issue, theme) = subject.issue.in_language(&identity.language);
    let date = lesson.revised.as_ref().unwrap_or(&subject.issue.published);
    let title = with_quotation_marks(&lesson.title.plain(), &identity.language);
    Ok(Packet {
        identity: identity.to_string(),
        document: Document {
            title,
            author: publisher(subject.series).clone(),
            keywords: lesson.topics.clone(),
            date: date.value.parts().expect("a checked date exists"),
            language: language.to_owned(),
            region,
        },
        edition: identity.edition,
        part: identity.part,
        paper: identity.paper,
        series: subject.series.name.clone(),
        number: subject.issue.number.clone(),
        date: date_of_issue.to_owned(),
        theme: composer.runs(&theme.nodes),
        title: composer.heading(&lesson.title.nodes),
        rights: foot_line(subject.series, rights),
        rights_url: rights.and_then(|rights| rights.url.as_ref()).map(|url| url.0.clone()),
        parts,
        images: composer.images,
        look: Look::of(subject.series, identity, logo),
        marks: composer.marks,
    })
}

/// The language, as a tag of ISO 639, and the country, as a tag of ISO 3166, of a tag of BCP 47.
fn language_and_region(language: &str) -> (&str, Option<String>) {
    match language.split_once('-') {
        Some((language, region)) if region.len() == 2 => (language, Some(region.to_uppercase())),
        Some((language, _)) => (language, None),
        None => (language, None),
    }
}

fn publisher(series: &Series) -> &String {
    series.publisher.as_ref().unwrap_or(&series.name)
}

fn rights_of<'a>(series: &'a Series, issue: &'a Issue) -> Option<&'a Rights> {
    issue.rights.as_ref().or(series.rights.as_ref())
}

/// What stands at the foot of every page.
fn foot_line(series: &Series, rights: Option<&Rights>) -> Option<String> {
    series.look.licence_line.clone().or_else(|| rights.map(rights_line))
}

fn rights_line(rights: &Rights) -> String {
    match &rights.licence {
        Some(licence) => format!("© {} · {licence}", rights.holder),
        None => format!("© {}. All rights reserved.", rights.holder),
    }
}

/// What composing keeps in mind from part to part.
struct Composer<'a> {
    subject: &'a Subject<'a>,
    /// The teacher file, in editions that print it.
    teacher: Option<&'a Teacher>,
    /// What is known of the finished student packet.
    layout: Option<&'a Layout>,
    /// Begins the marks and labels in the layout, which a lesson of an issue packet does not share with others.
    scope: String,
    /// Whether what is composed comes from the teacher file, in which nothing has notes.
    in_aside: bool,
    /// The labels of the lesson; a note at a name that is a label and an id is one at the label.
    labels: BTreeSet<String>,
    /// The student page of the last paragraph.
    last_page: Option<usize>,
    /// The words for the blanks of the cloze text that is being composed.
    blank_words: BTreeMap<String, Runs>,
    /// The language, a tag of BCP 47.
    language: String,
    /// What labels name, for questions that point to it.
    targets: BTreeMap<String, Target>,
    /// The level of the last heading; 1 is the title.
    level: u8,
    next_paragraph: u32,
    next_step: u32,
    /// The room of a question that asks for none.
    usual_room: Room,
    paper: Paper,
    /// How many blanks of a cloze text have been set so far.
    blanks: Cell<u32>,
    images: Vec<Image>,
    marks: BTreeMap<String, Place>,
}

/// Widest that a figure can print, in points: US Letter between its margins.
pub const MAX_WIDTH: f64 = 482.0;

/// Widest that the sign of a publisher prints, in points.
const LOGO_WIDTH: f64 = 160.0;

/// Tallest that a figure can print, in points: A4 between its margins, less the room for a caption.
pub const MAX_HEIGHT: f64 = 612.0;

impl<'a> Composer<'a> {
    /// Composes a lesson for students, in this language (a tag of BCP 47).
    fn new(subject: &'a Subject<'a>, language: &str, paper: Paper) -> Self {
        Self {
            subject,
            teacher: None,
            layout: None,
            scope: String::new(),
            in_aside: false,
            labels: subject.lesson.labels().into_iter().map(|(label, _)| label.value.clone()).collect(),
            last_page: None,
            blank_words: BTreeMap::new(),
            language: language.to_owned(),
            targets: references::targets(subject.lesson),
            level: 1,
            next_paragraph: 1,
            next_step: 1,
            usual_room: Room::LINES,
            paper,
            blanks: Cell::new(0),
            images: Vec::new(),
            marks: BTreeMap::new(),
        }
    }

    /// The mark or label in the layout for what has this name in its lesson.
    fn scoped(&self, name: &str) -> String {
        format!("{}{name}", self.scope)
    }

    /// What editions for teachers print besides the lesson; `None` in those for students.
    fn for_teachers(&self) -> Option<(&'a Teacher, &'a Layout)> {
        self.teacher.zip(self.layout)
    }

    /// Takes in an image and returns its virtual path and natural size.
    fn image(&mut self, name: &str, width: Option<f64>) -> Result<(String, Picture), picture::Problem> {
        let width = width.unwrap_or(MAX_WIDTH).min(MAX_WIDTH);
        self.take_in(&self.subject.folder.join(name), width)
    }

    /// Takes in the sign of the publisher, if there is one.
    fn logo(&mut self) -> Result<Option<Logo>, picture::Problem> {
        let Some(logo) = &self.subject.series.look.logo else { return Ok(None) };
        let (path, picture) = self.take_in(&self.subject.house.join(&logo.image.value), LOGO_WIDTH)?;
        Ok(Some(Logo { path, aspect: picture.width / picture.height, alt: logo.alt.clone() }))
    }

    /// Takes in a picture that prints so many points wide.
    fn take_in(&mut self, file: &Utf8Path, width: f64) -> Result<(String, Picture), picture::Problem> {
        let picture = self.subject.pictures.prepare(file, width)?;
        let extension = match picture.format {
            picture::Format::Png => "png",
            picture::Format::Jpeg => "jpg",
            picture::Format::Svg => "svg",
        };
        let path = format!("/image/{}.{extension}", self.images.len());
        self.images.push(Image { path: path.clone(), bytes: picture.bytes.clone() });
        Ok((path, picture))
    }
}

impl Pictures {
    fn prepare(&self, path: &Utf8Path, width: f64) -> Result<Picture, picture::Problem> {
        let key = (path.to_string(), width.to_bits());
        if let Some(picture) = self.0.borrow().get(&key) {
            return Ok(picture.clone());
        }
        let picture = picture::prepare(path, width)?;
        self.0.borrow_mut().insert(key, picture.clone());
        Ok(picture)
    }
}
