//! Composes the packet of a whole issue: cover, contents with the imprint, the lessons as in their packets, and all sources.

use std::collections::BTreeMap;
use std::fmt;

use super::branding::{day_of, foot_line, language_and_region, logo, look, publisher, rights_line, rights_of};
use super::composer::Composer;
use super::given::{Given, Subject};
use super::sections;
use super::sources::address_of;
use super::type_size::type_size;
use crate::lesson::issue::title_of_id;
use crate::lesson::series::{Edition, Part};
use crate::lesson::teacher::Teacher;
use crate::packet::run::Run;
use crate::packet::section::{Imprint, LessonPart, LessonSources};
use crate::packet::{Document, Image, Layout, Packet, PacketId, Section};
use crate::picture::Problem;
use crate::quotation;
use crate::source::Place;

/// A lesson to compose into the packet of its issue.
pub struct IssueLesson<'a> {
    /// Its id.
    pub id: &'a str,
    /// The language of the lesson's packets, as a BCP 47 tag.
    pub language: &'a str,
    /// The lesson and its context. The context is the same for all lessons of the issue.
    pub subject: Subject<'a>,
}

/// A picture that changed after it was checked.
#[derive(Debug)]
pub struct BrokenPicture {
    /// Where it's from: `the lesson war`, `the series`.
    pub owner: String,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for BrokenPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read an image of {}: {}", self.owner, self.problem)
    }
}

/// Composes the student packet of an issue, using only its lessons.
///
/// # Errors
/// If an image changed after it was checked.
///
/// # Panics
/// If there are no lessons.
pub fn for_students(lessons: &[IssueLesson<'_>], id: &PacketId) -> Result<Packet, BrokenPicture> {
    assert_eq!(id.edition, Edition::Student, "teacher editions need the teacher files");
    compose(lessons.iter().map(|lesson| (lesson, None)), id, None)
}

/// Composes a teacher packet of an issue. `student` is the layout of the student packet.
///
/// # Errors
/// If an image changed after it was checked.
///
/// # Panics
/// If there are no lessons.
pub fn for_teachers(
    lessons: &[(IssueLesson<'_>, Option<&Teacher>)],
    id: &PacketId,
    student: &Layout,
) -> Result<Packet, BrokenPicture> {
    compose(lessons.iter().map(|(lesson, teacher)| (lesson, *teacher)), id, Some(student))
}

/// What composing collects from the lessons.
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
    let subject = &lessons.clone().next().expect("only issues with a lesson have an issue packet").0.subject;
    let (language, region) = language_and_region(&id.language);
    let points = type_size(subject.series, lessons.clone().map(|(lesson, _)| lesson.subject.lesson));
    let mut collected = Collected::default();
    for (lesson, teacher) in lessons.clone() {
        let layout = student.map(|student| student.of_lesson(lesson.id));
        add(lesson, teacher, layout.as_ref(), id, lessons.len(), &mut collected)
            .map_err(|problem| BrokenPicture { owner: format!("the lesson {}", lesson.id), problem })?;
    }
    let Collected { images, marks, keywords, lessons, sources } = collected;

    let (series, issue) = (subject.series, subject.issue);
    let rights = rights_of(series, issue);
    let heading = issue.in_language(&id.language);
    let licence = rights.and_then(|rights| rights.url.as_ref());
    // The theme isn't part of a lesson, nor is what inspired the issue. They're composed with the first lesson but use nothing from it.
    let given = Given::new(subject, (&id.issue, id.subject()), &id.language, id.paper);
    let imprint = Imprint {
        publisher: publisher(series).clone(),
        published: issue.published.as_ref().map(|day| day_of(Some(day))),
        inspired_by: heading.inspired_by.map(|text| given.text().runs(&text.nodes)),
        rights: rights.map(|rights| rights_line(rights, language)),
        licence: licence.map(|url| address_of(&url.0, false)),
    };
    let sections = [Section::Cover, Section::Contents { imprint }].into_iter();
    let sections = sections.chain(lessons.into_iter().map(Section::Lesson));
    let sections = sections.chain((!sources.is_empty()).then_some(Section::Sources { lessons: sources })).collect();
    let mut composer = Composer::new(&given);
    composer.gathered.images = images;
    let broken = |problem| BrokenPicture { owner: "the series".to_owned(), problem };
    let logo = logo(&mut composer).map_err(broken)?;
    let plain_title =
        heading.theme.map_or_else(|| title_of_id(&id.issue), |theme| quotation::typeset(&theme.plain(), &id.language));
    let title =
        heading.theme.map_or_else(|| vec![Run::Text { text: plain_title.clone() }], |theme| given.text().runs(&theme.nodes));
    let name = issue.number.as_ref().map_or_else(|| series.name.clone(), |number| format!("{} {number}", series.name));
    Ok(Packet {
        identity: id.to_string(),
        document: Document {
            title: format!("{name}: {plain_title}"),
            author: publisher(series).clone(),
            keywords,
            date: day_of(issue.published.as_ref()),
            language: language.to_owned(),
            region,
        },
        edition: id.edition,
        part: Part::All,
        paper: id.paper,
        series: series.name.clone(),
        number: issue.number.clone(),
        date: heading.date.map(str::to_owned),
        theme: heading.theme.map(|theme| given.text().runs(&theme.nodes)),
        title,
        rights: foot_line(series, rights, language),
        rights_url: licence.map(|url| url.0.clone()),
        sections,
        images: composer.gathered.images,
        look: look(series, id, points, logo),
        sheets: None,
        marks,
    })
}

/// Composes a lesson and adds it to the collection.
fn add(
    lesson: &IssueLesson<'_>,
    teacher: Option<&Teacher>,
    layout: Option<&Layout>,
    id: &PacketId,
    count: usize,
    to: &mut Collected,
) -> Result<(), Problem> {
    let (language, region) = language_and_region(lesson.language);
    let given = Given {
        teacher,
        layout,
        scope: format!("{}/", lesson.id),
        ..Given::new(&lesson.subject, (&id.issue, lesson.id), lesson.language, id.paper)
    };
    let mut composer = Composer::new(&given);
    // Images are numbered across the issue, so all lessons share one list.
    composer.gathered.images = std::mem::take(&mut to.images);
    let mut sections = sections::of(&mut composer, id)?;
    let content = lesson.subject.lesson;
    let text = given.text();
    let title = text.runs(&content.title.nodes);
    let bibliography = sections.iter().position(|section| matches!(section, Section::Bibliography { .. }));
    if let Some(Section::Bibliography { groups, .. }) = bibliography.map(|index| sections.remove(index)) {
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
        sections,
    });
    to.images = composer.gathered.images;
    to.marks.extend(composer.gathered.marks);
    Ok(())
}
