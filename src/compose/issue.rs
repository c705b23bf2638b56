//! Composes the packet of a whole issue: cover, contents with the imprint, the lessons as their own packets have them, and the sources of all.

use std::collections::BTreeMap;
use std::fmt;

use super::branding::{foot_line, language_and_region, logo, look, publisher, rights_line, rights_of};
use super::composer::Composer;
use super::given::{Given, Subject};
use super::sections;
use super::sources::address_of;
use crate::lesson::series::{Edition, Part};
use crate::lesson::teacher::Teacher;
use crate::packet::section::{Imprint, LessonPart, LessonSources};
use crate::packet::{Document, Image, Layout, Packet, PacketId, Section};
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
pub fn for_students(lessons: &[IssueLesson<'_>], id: &PacketId) -> Result<Packet, BrokenPicture> {
    assert_eq!(id.edition, Edition::Student, "an edition for teachers needs their files");
    compose(lessons.iter().map(|lesson| (lesson, None)), id, None)
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
    id: &PacketId,
    student: &Layout,
) -> Result<Packet, BrokenPicture> {
    compose(lessons.iter().map(|(lesson, teacher)| (lesson, *teacher)), id, Some(student))
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
    id: &PacketId,
    student: Option<&Layout>,
) -> Result<Packet, BrokenPicture> {
    let subject = &lessons.clone().next().expect("an issue packet is asked for only where there is a lesson").0.subject;
    let (language, region) = language_and_region(&id.language);
    let mut collected = Collected::default();
    for (lesson, teacher) in lessons.clone() {
        let layout = student.map(|student| student.of_lesson(lesson.id));
        add(lesson, teacher, layout.as_ref(), id, lessons.len(), &mut collected)
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
        licence: licence.map(|url| address_of(&url.0, false)),
    };
    let sections = [Section::Cover, Section::Contents { imprint }].into_iter();
    let sections = sections.chain(lessons.into_iter().map(Section::Lesson));
    let sections = sections.chain((!sources.is_empty()).then_some(Section::Sources { lessons: sources })).collect();
    // The theme is no text of a lesson; it takes nothing from the one by which it is composed.
    let given = Given::new(subject, &id.language, id.paper);
    let mut composer = Composer::new(&given);
    composer.gathered.images = images;
    let broken = |problem| BrokenPicture { owner: "the series".to_owned(), problem };
    let logo = logo(&mut composer).map_err(broken)?;
    let (date, theme) = issue.in_language(&id.language);
    let plain_theme = with_quotation_marks(&theme.plain(), &id.language);
    Ok(Packet {
        identity: id.to_string(),
        document: Document {
            title: format!("{} {}: {plain_theme}", series.name, issue.number),
            author: publisher(series).clone(),
            keywords,
            date: published,
            language: language.to_owned(),
            region,
        },
        edition: id.edition,
        part: Part::All,
        paper: id.paper,
        series: series.name.clone(),
        number: issue.number.clone(),
        date: date.to_owned(),
        theme: given.text().runs(&theme.nodes),
        title: given.text().heading(&theme.nodes),
        rights: foot_line(series, rights),
        rights_url: licence.map(|url| url.0.clone()),
        sections,
        images: composer.gathered.images,
        look: look(series, id, logo),
        marks,
    })
}

/// Composes a lesson and adds it to what there is.
fn add(
    lesson: &IssueLesson<'_>,
    teacher: Option<&Teacher>,
    layout: Option<&Layout>,
    id: &PacketId,
    count: usize,
    to: &mut Collected,
) -> Result<(), Problem> {
    let (language, region) = language_and_region(lesson.language);
    let given =
        Given { teacher, layout, scope: format!("{}/", lesson.id), ..Given::new(&lesson.subject, lesson.language, id.paper) };
    let mut composer = Composer::new(&given);
    // Their virtual paths are numbers, which go on through the issue.
    composer.gathered.images = std::mem::take(&mut to.images);
    let mut sections = sections::of(&mut composer, id)?;
    let content = lesson.subject.lesson;
    let text = given.text();
    let title = text.heading(&content.title.nodes);
    if let Some(Section::Bibliography { groups }) = sections.pop_if(|section| matches!(section, Section::Bibliography { .. })) {
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
        question: text.line(content.question.as_ref()),
        language: language.to_owned(),
        region,
        edition: if teacher.is_some() { id.edition } else { Edition::Student },
        two_sided: sections.iter().any(Section::has_backs),
        sections,
    });
    to.images = composer.gathered.images;
    to.marks.extend(composer.gathered.marks);
    Ok(())
}
