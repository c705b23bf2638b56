//! Composes the packet of a whole issue: cover, contents with the imprint, the lessons as their own packets have them, and the sources of all.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::parts::{Group, Part};
use super::sources::Address;
use super::{Composer, Document, Identity, Image, Layout, Packet, Runs, Subject};
use super::{foot_line, language_and_region, publisher, rights_line, rights_of};
use crate::lesson::series::{self, Edition};
use crate::lesson::teacher::Teacher;
use crate::picture::Problem;
use crate::quotation::with_quotation_marks;
use crate::source::Place;

/// A lesson as the packet of its issue is composed from it.
pub struct IssueLesson<'a> {
    /// Its id.
    pub id: &'a str,
    /// The language of its own packets: a tag of BCP 47.
    pub language: &'a str,
    /// The lesson and what surrounds it; that is the same for all lessons of the issue.
    pub subject: Subject<'a>,
}

/// A lesson within an issue.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LessonPart {
    /// Its id, which begins its marks in the layout.
    pub id: String,
    /// Its number, counted from 1.
    pub number: usize,
    /// How many lessons there are.
    pub count: usize,
    /// Its title.
    pub title: Runs,
    /// Its central question.
    pub question: Option<Runs>,
    /// Its language, as a tag of ISO 639.
    pub language: String,
    /// The country, as a tag of ISO 3166, if it matters.
    pub region: Option<String>,
    /// For whom its pages are: a lesson without a teacher file stands as students have it in the edition for teachers, too.
    pub edition: Edition,
    /// Whether cards with backs stand in it, for which it must begin on a right-hand page.
    pub two_sided: bool,
    /// What it is made of.
    pub parts: Vec<Part>,
}

/// The sources of a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct LessonSources {
    /// The id of the lesson.
    pub id: String,
    /// Its title.
    pub title: Runs,
    /// Its language, as a tag of ISO 639.
    pub language: String,
    /// The country, as a tag of ISO 3166, if it matters.
    pub region: Option<String>,
    /// The groups in their order.
    pub groups: Vec<Group>,
}

/// Who has made the issue, and what others may do with it.
#[derive(Debug, Clone, Serialize)]
pub struct Imprint {
    /// Who publishes it.
    pub publisher: String,
    /// The day on which it came out: year, month, day.
    pub published: (i32, u8, u8),
    /// Who holds the rights, and the licence.
    pub rights: Option<String>,
    /// Where the licence can be read.
    pub licence: Option<Address>,
}

/// A picture that has changed since it was checked.
#[derive(Debug)]
pub struct BrokenPicture {
    /// What it belongs to: `the lesson war`, `the series`.
    pub owner: String,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for BrokenPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a picture of {} cannot be read any more: {}", self.owner, self.problem)
    }
}

/// Composes the packet of an issue for students, from its lessons alone.
///
/// # Errors
/// If an image has changed since it was checked.
///
/// # Panics
/// If there is no lesson.
pub fn for_students(lessons: &[IssueLesson<'_>], identity: &Identity) -> Result<Packet, BrokenPicture> {
    assert_eq!(identity.edition, Edition::Student, "an edition for teachers needs their files");
    compose(lessons.iter().map(|lesson| (lesson, None)), identity, None)
}

/// Composes the packet of an issue for teachers; `student` is the layout of that for students.
///
/// # Errors
/// If an image has changed since it was checked.
///
/// # Panics
/// If there is no lesson.
pub fn for_teachers(
    lessons: &[(IssueLesson<'_>, Option<&Teacher>)],
    identity: &Identity,
    student: &Layout,
) -> Result<Packet, BrokenPicture> {
    compose(lessons.iter().map(|(lesson, teacher)| (lesson, *teacher)), identity, Some(student))
}

/// What composing collects from lesson to lesson.
#[derive(Default)]
struct Collected {
    images: Vec<Image>,
    marks: BTreeMap<String, Place>,
    keywords: Vec<String>,
    lessons: Vec<LessonPart>,
    sources: Vec<LessonSources>,
}

fn compose<'a>(
    lessons: impl ExactSizeIterator<Item = (&'a IssueLesson<'a>, Option<&'a Teacher>)> + Clone,
    identity: &Identity,
    student: Option<&Layout>,
) -> Result<Packet, BrokenPicture> {
    let subject = &lessons.clone().next().expect("an issue packet is asked for only where there is a lesson").0.subject;
    let (language, region) = language_and_region(&identity.language);
    let mut collected = Collected::default();
    for (lesson, teacher) in lessons.clone() {
        let layout = student.map(|student| student.of_lesson(lesson.id));
        add(lesson, teacher, layout.as_ref(), identity, lessons.len(), &mut collected)
            .map_err(|problem| BrokenPicture { owner: format!("the lesson {}", lesson.id), problem })?;
    }
    let Collected { images, marks, keywords, lessons, sources } = collected;

    let (series, issue) = (subject.series, subject.issue);
    let rights = rights_of(series, issue);
    let published = issue.published.value.parts().expect("a checked date exists");
    let licence = rights.and_then(|rights| rights.url.as_ref());
    let imprint = Imprint {
        publisher: publisher(series).clone(),
        published,
        rights: rights.map(rights_line),
        licence: licence.map(|url| Address::new(&url.0, false)),
    };
    let parts = [Part::Cover, Part::Contents { imprint }].into_iter();
    let parts = parts.chain(lessons.into_iter().map(Part::Lesson));
    let parts = parts.chain((!sources.is_empty()).then_some(Part::Sources { lessons: sources })).collect();
    // The theme is no text of a lesson; it takes nothing from the one by which it is composed.
    let mut composer = Composer::new(subject, &identity.language, identity.paper);
    composer.images = images;
    let broken = |problem| BrokenPicture { owner: "the series".to_owned(), problem };
    let logo = composer.logo().map_err(broken)?;
    let (date, theme) = issue.in_language(&identity.language);
    let plain_theme = with_quotation_marks(&theme.plain(), &identity.language);
    Ok(Packet {
        identity: identity.to_string(),
        document: Document {
            title: format!("{} {}: {plain_theme}", series.name, issue.number),
            author: publisher(series).clone(),
            keywords,
            date: published,
            language: language.to_owned(),
            region,
        },
        edition: identity.edition,
        part: series::Part::All,
        paper: identity.paper,
        series: series.name.clone(),
        number: issue.number.clone(),
        date: date.to_owned(),
        theme: composer.runs(&theme.nodes),
        title: composer.heading(&theme.nodes),
        rights: foot_line(series, rights),
        rights_url: licence.map(|url| url.0.clone()),
        parts,
        images: composer.images,
        look: super::Look::of(series, identity, logo),
        marks,
    })
}

/// Composes a lesson and adds it to what there is.
fn add(
    lesson: &IssueLesson<'_>,
    teacher: Option<&Teacher>,
    layout: Option<&Layout>,
    identity: &Identity,
    count: usize,
    to: &mut Collected,
) -> Result<(), Problem> {
    let (language, region) = language_and_region(lesson.language);
    let mut composer = Composer::new(&lesson.subject, lesson.language, identity.paper);
    composer.teacher = teacher;
    composer.layout = layout;
    composer.scope = format!("{}/", lesson.id);
    // Their virtual paths are numbers, which go on through the issue.
    composer.images = std::mem::take(&mut to.images);
    let mut parts = composer.parts(identity)?;
    let content = lesson.subject.lesson;
    let title = composer.heading(&content.title.nodes);
    if let Some(Part::Bibliography { groups }) = parts.pop_if(|part| matches!(part, Part::Bibliography { .. })) {
        let (title, language, region) = (title.clone(), language.to_owned(), region.clone());
        to.sources.push(LessonSources { id: lesson.id.to_owned(), title, language, region, groups });
    }
    for topic in &content.topics {
        if !to.keywords.contains(topic) {
            to.keywords.push(topic.clone());
        }
    }
    to.lessons.push(LessonPart {
        id: lesson.id.to_owned(),
        number: to.lessons.len() + 1,
        count,
        title,
        question: composer.line(content.question.as_ref()),
        language: language.to_owned(),
        region,
        edition: if teacher.is_some() { identity.edition } else { Edition::Student },
        two_sided: parts.iter().any(Part::has_backs),
        parts,
    });
    to.images = composer.images;
    to.marks.extend(composer.marks);
    Ok(())
}
