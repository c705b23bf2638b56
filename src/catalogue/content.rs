//! The content of the pages for a series, an issue, and a lesson, as their templates get it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Facts;
use super::downloads::{Download, Print, Variant, downloads, prints};
use super::languages;
use crate::lesson::issue::{WHOLE_ISSUE, title_of_id};
use crate::lesson::prose::Inlines;
use crate::lesson::series::{Edition, Part, Series};
use crate::lesson::values::Date;
use crate::library::{IssueEntry, Library};
use crate::manifest::{FileEntry, FileKind, Manifest};
use crate::page_images;
use crate::quotation;
use crate::{paths, words};

/// How many lessons the front page shows with details. For older issues, it lists only the names.
const SHOWN: usize = 60;

/// The front page.
#[derive(Serialize)]
pub(super) struct Front<'a> {
    /// The relative path to the output folder.
    root: &'static str,
    series: &'a SeriesContent,
    /// The full address, if the series has a `site`.
    address: Option<String>,
    /// The newest issues.
    issues: Vec<IssueBrief<'a>>,
    /// The other issues, shown by name only.
    older: Vec<IssueHead<'a>>,
    lessons: usize,
}

/// The page of an issue.
#[derive(Serialize)]
pub(super) struct IssuePage<'a> {
    root: &'static str,
    series: &'a SeriesContent,
    address: Option<String>,
    issue: IssueHead<'a>,
    lessons: Vec<Brief<'a>>,
    /// Whether there is a picture of the cover.
    cover: bool,
    for_all: &'a [Download],
    for_teachers: &'a [Download],
}

/// The page of a lesson.
#[derive(Serialize)]
pub(super) struct LessonPage<'a> {
    root: &'static str,
    series: &'a SeriesContent,
    address: Option<String>,
    issue: IssueHead<'a>,
    lesson: &'a LessonContent<'a>,
    /// The ZIP files of the issue.
    archives: Vec<&'a Download>,
    /// How to cite the lesson.
    citation: Citation,
    /// The link for reporting a mistake.
    report: Option<String>,
}

/// How to cite a lesson: the text before and after the name of the series, which is in italics.
#[derive(Serialize)]
struct Citation {
    title: String,
    rest: String,
}

/// The series, as shown on all pages.
#[derive(Serialize)]
pub(super) struct SeriesContent {
    pub name: String,
    publisher: Option<String>,
    pub language: String,
    class_size: u32,
    /// The address where the pages are published. Ends with a slash.
    #[serde(skip)]
    pub site: Option<String>,
    /// Whether there is a feed, which needs `site`.
    has_feed: bool,
    #[serde(skip)]
    report_to: Option<String>,
}

/// An issue, as shown on its own page and on its lessons' pages.
pub(super) struct IssueContent<'a> {
    pub id: &'a str,
    pub number: Option<&'a str>,
    pub date: Option<&'a str>,
    pub published: Option<&'a str>,
    /// The theme, or the id as words.
    pub theme: String,
    /// What inspired the issue.
    inspired_by: Option<String>,
    /// Its former ids, except those that another issue uses now.
    pub former_ids: Vec<&'a str>,
    pub holder: &'a str,
    licence: &'a str,
    licence_url: Option<&'a str>,
    pub lessons: Vec<LessonContent<'a>>,
    /// All files of the issue.
    pub files: Vec<&'a FileEntry>,
    cover: bool,
    for_all: Vec<Download>,
    for_teachers: Vec<Download>,
}

/// An issue, as shown on other pages.
#[derive(Serialize)]
struct IssueHead<'a> {
    id: &'a str,
    number: Option<&'a str>,
    /// The number and date, such as "Issue 1, Fall 2026".
    dated: Option<String>,
    theme: &'a str,
    inspired_by: Option<&'a str>,
    holder: &'a str,
    licence: &'a str,
    licence_url: Option<&'a str>,
    lessons: usize,
}

/// An issue on the front page.
#[derive(Serialize)]
struct IssueBrief<'a> {
    #[serde(flatten)]
    head: IssueHead<'a>,
    briefs: Vec<Brief<'a>>,
}

/// A lesson in a list.
#[derive(Serialize)]
struct Brief<'a> {
    issue: &'a str,
    id: &'a str,
    title: &'a str,
    question: Option<&'a str>,
    grades: Option<&'a str>,
    minutes: Option<u32>,
    subject: Option<&'a str>,
    language: &'a str,
    preview: bool,
}

/// A lesson, as shown on its page.
#[derive(Serialize)]
pub(super) struct LessonContent<'a> {
    pub id: &'a str,
    #[serde(flatten)]
    pub facts: &'a Facts,
    /// The facts of its translations.
    #[serde(skip)]
    pub translations: Vec<&'a Facts>,
    /// The languages and titles of the translations.
    titles: Vec<(&'a str, &'a str)>,
    /// The day of the last change, or the day the issue was published.
    pub changed: Option<&'a str>,
    /// The same day in words.
    changed_in_words: Option<String>,
    /// What to print for a class now.
    prints: Vec<Print>,
    /// The number of page previews.
    pub previews: usize,
    /// The number of pages in the previewed packet.
    pages: usize,
    /// The names of the languages of its packets.
    languages: Vec<String>,
    /// The same languages as BCP 47 tags.
    #[serde(skip)]
    pub tags: BTreeSet<String>,
    #[serde(skip)]
    pub editions: BTreeSet<Edition>,
    #[serde(skip)]
    pub looks: BTreeSet<Variant>,
    for_all: Vec<Download>,
    for_teachers: Vec<Download>,
}

impl<'a> Front<'a> {
    /// The front page for these issues, newest first.
    pub(super) fn new(series: &'a SeriesContent, issues: &'a [IssueContent<'a>]) -> Self {
        let mut shown = 0;
        let fits = |issue: &&IssueContent<'_>| {
            let before = shown;
            shown += issue.lessons.len();
            before < SHOWN
        };
        let newest: Vec<_> = issues.iter().take_while(fits).collect();
        Self {
            root: "",
            series,
            address: series.site.clone(),
            older: issues[newest.len()..].iter().map(IssueContent::head).collect(),
            issues: newest.into_iter().map(|issue| IssueBrief { head: issue.head(), briefs: issue.briefs() }).collect(),
            lessons: issues.iter().map(|issue| issue.lessons.len()).sum(),
        }
    }
}

impl<'a> IssuePage<'a> {
    /// The page for this issue.
    pub(super) fn new(series: &'a SeriesContent, issue: &'a IssueContent<'a>) -> Self {
        Self {
            root: "../",
            series,
            address: series.address(&paths::issue_folder(issue.id)),
            issue: issue.head(),
            lessons: issue.briefs(),
            cover: issue.cover,
            for_all: &issue.for_all,
            for_teachers: &issue.for_teachers,
        }
    }
}

impl<'a> LessonPage<'a> {
    /// The page for this lesson.
    pub(super) fn new(series: &'a SeriesContent, issue: &'a IssueContent<'a>, lesson: &'a LessonContent<'a>) -> Self {
        let address = series.address(&paths::lesson_folder(issue.id, lesson.id));
        let archives = issue.for_all.iter().chain(&issue.for_teachers).filter(|download| download.form == "ZIP");
        let title = &lesson.facts.title;
        let number = issue.number.map(|number| format!(" {number}")).unwrap_or_default();
        let date = issue.date.map(|date| format!(" ({date})")).unwrap_or_default();
        let mut rest = format!("{number}{date}. {}.", issue.holder.trim_end_matches('.'));
        rest.extend(address.iter().map(|address| format!(" {address}")));
        Self {
            root: "../../",
            series,
            issue: issue.head(),
            lesson,
            archives: archives.collect(),
            citation: Citation { title: format!("{} ", quoted(title)), rest },
            report: series.report(&format!("Mistake in “{title}” ({}/{})", issue.id, lesson.id)),
            address,
        }
    }
}

impl SeriesContent {
    /// The content for a series.
    pub(super) fn of(series: &Series) -> Self {
        // In the form that browsers use, without a query or fragment.
        let site = series.site.as_ref().and_then(|site| url::Url::parse(&site.0).ok()).map(|mut site| {
            site.set_query(None);
            site.set_fragment(None);
            format!("{}/", site.as_str().trim_end_matches('/'))
        });
        Self {
            name: series.name.clone(),
            publisher: series.publisher.clone(),
            language: series.language.value.0.clone(),
            class_size: series.class_size,
            has_feed: site.is_some(),
            site,
            report_to: series.report_mistakes_to.as_ref().map(|contact| contact.0.clone()),
        }
    }

    /// The full address of a file or folder in the output folder.
    pub(super) fn address(&self, path: &str) -> Option<String> {
        self.site.as_ref().map(|site| format!("{site}{path}"))
    }

    /// The link for reporting a mistake. An email starts with this subject.
    fn report(&self, subject: &str) -> Option<String> {
        let to = self.report_to.as_ref()?;
        if to.contains("://") {
            return Some(to.clone());
        }
        let subject: String = url::form_urlencoded::byte_serialize(subject.as_bytes()).collect();
        Some(format!("mailto:{to}?subject={}", subject.replace('+', "%20")))
    }
}

impl<'a> IssueContent<'a> {
    /// The content for an issue; `None` if none of its packets were built or it has no `rights`.
    pub(super) fn of<'f: 'a>(
        library: &'a Library,
        issue: &'a IssueEntry,
        manifest: &'a Manifest,
        facts: &dyn Fn(&str, &str) -> Option<&'f Facts>,
    ) -> Option<Self> {
        let rights = issue.issue.rights.as_ref().or(library.series.rights.as_ref())?;
        let files: Vec<&FileEntry> = manifest.of_issue(&issue.id).collect();
        let published = issue.issue.published.as_ref().map(|day| day.value.0.as_str());
        let quoted = |text: &Inlines| quotation::typeset(&text.plain(), &library.series.language.value.0);
        let is_free = |id: &&str| library.issues.iter().all(|other| other.id != **id);
        let lesson = |id: &'a str| {
            let translations = issue.translations.iter().filter(|entry| entry.id == id);
            let translations = translations.filter_map(|entry| facts(&issue.id, &entry.name())).collect();
            let of_lesson: Vec<&FileEntry> = files.iter().filter(|entry| is_of(entry, &issue.id, Some(id))).copied().collect();
            LessonContent::of(id, facts(&issue.id, id)?, translations, published, &of_lesson, &library.series)
        };
        let lessons: Vec<_> = issue.lessons.iter().filter_map(|entry| lesson(&entry.id)).collect();
        let of_whole: Vec<&FileEntry> = files.iter().filter(|entry| is_of(entry, &issue.id, None)).copied().collect();
        (!lessons.is_empty()).then(|| Self {
            id: &issue.id,
            number: issue.issue.number.as_deref(),
            date: issue.issue.date.as_deref(),
            published,
            theme: issue.issue.theme.as_ref().map_or_else(|| title_of_id(&issue.id), quoted),
            inspired_by: issue.issue.inspired_by.as_ref().map(quoted),
            former_ids: issue.issue.former_ids.iter().map(|id| id.value.0.as_str()).filter(is_free).collect(),
            holder: &rights.holder,
            licence: rights.licence.as_deref().unwrap_or_default(),
            licence_url: rights.url.as_ref().map(|url| url.0.as_str()),
            lessons,
            cover: of_whole.iter().any(|entry| matches!(entry.kind, FileKind::PageImage { .. })),
            for_all: downloads(&of_whole, true, &library.series, &library.series.language.value.0),
            for_teachers: downloads(&of_whole, false, &library.series, &library.series.language.value.0),
            files,
        })
    }

    fn head(&self) -> IssueHead<'_> {
        let Self { id, number, date, ref theme, ref inspired_by, holder, licence, licence_url, ref lessons, .. } = *self;
        let dated = [number.map(|number| format!("Issue {number}")), date.map(str::to_owned)];
        let dated: Vec<String> = dated.into_iter().flatten().collect();
        let dated = (!dated.is_empty()).then(|| dated.join(", "));
        let inspired_by = inspired_by.as_deref();
        IssueHead { id, number, dated, theme, inspired_by, holder, licence, licence_url, lessons: lessons.len() }
    }

    fn briefs<'s>(&'s self) -> Vec<Brief<'s>> {
        let brief = |lesson: &'s LessonContent<'a>| {
            let Facts { title, question, grades, minutes, subject, language, .. } = lesson.facts;
            Brief {
                issue: self.id,
                id: lesson.id,
                title,
                question: question.as_deref(),
                grades: grades.as_deref(),
                minutes: *minutes,
                subject: subject.as_deref(),
                language,
                preview: lesson.previews > 0,
            }
        };
        self.lessons.iter().map(brief).collect()
    }
}

impl<'a> LessonContent<'a> {
    /// The content for a lesson; `None` if none of its packets were built.
    fn of(
        id: &'a str,
        facts: &'a Facts,
        translations: Vec<&'a Facts>,
        published: Option<&'a str>,
        files: &[&FileEntry],
        series: &Series,
    ) -> Option<Self> {
        let packets =
            || files.iter().filter_map(|entry| if let FileKind::Packet(packet) = &entry.kind { Some(packet) } else { None });
        let languages: BTreeSet<&str> = packets().map(|packet| packet.language.as_str()).collect();
        packets().next()?;
        let is_page = |entry: &&FileEntry| matches!(entry.kind, FileKind::PageImage { width: page_images::WIDTH, .. });
        let previews: Vec<&FileEntry> = files.iter().copied().filter(is_page).collect();
        let shown = previews.first().and_then(|preview| match &preview.kind {
            FileKind::PageImage { packet, .. } => files.iter().find(|entry| entry.path == *packet),
            _ => None,
        });
        let shown = shown.and_then(|entry| if let FileKind::Packet(packet) = &entry.kind { Some(packet) } else { None });
        let changed = facts.revised.as_deref().or(published);
        // Only those with a packet.
        let translations: Vec<_> = translations.into_iter().filter(|facts| languages.contains(facts.language.as_str())).collect();
        Some(Self {
            id,
            facts,
            titles: translations.iter().map(|facts| (facts.language.as_str(), facts.title.as_str())).collect(),
            translations,
            changed,
            changed_in_words: changed.map(in_words),
            prints: prints(files, series, &facts.language),
            previews: previews.len(),
            pages: shown.map_or(0, |shown| shown.pages),
            languages: languages.iter().map(|tag| languages::name(tag)).collect(),
            tags: languages.into_iter().map(str::to_owned).collect(),
            editions: packets().filter(|packet| packet.part != Part::Plan).map(|packet| packet.edition).collect(),
            looks: packets().flat_map(Variant::of).collect(),
            for_all: downloads(files, true, series, &facts.language),
            for_teachers: downloads(files, false, series, &facts.language),
        })
    }
}

/// A title in quotation marks, with the period inside, in American style. Quotation marks within the title become single.
fn quoted(title: &str) -> String {
    let title = title.replace('“', "‘").replace('”', "’");
    let inner = title.trim_end_matches('’');
    let stop = if inner.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    format!("“{inner}{stop}{}”", &title[inner.len()..])
}

/// A day in English words, such as `November 23, 2026`. Text that isn't a day stays as is.
fn in_words(day: &str) -> String {
    Date(day.to_owned()).parts().map_or_else(|| day.to_owned(), |parts| words::of("en").day(parts))
}

/// Whether a file belongs to this lesson, or, without one, to the whole issue.
fn is_of(entry: &FileEntry, issue: &str, lesson: Option<&str>) -> bool {
    match &entry.kind {
        FileKind::Packet(packet) => packet.lesson.as_deref() == lesson,
        FileKind::PageImage { .. } => {
            let folder = paths::lesson_folder(issue, lesson.unwrap_or(WHOLE_ISSUE));
            entry.path.starts_with(&folder)
        }
        FileKind::Zip { .. } => lesson.is_none(),
        FileKind::Page => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_quoted_as_books_of_style_have_it() {
        assert_eq!(quoted("Moscow’s “Show Trials”"), "“Moscow’s ‘Show Trials.’”");
        assert_eq!(quoted("Who Decides?"), "“Who Decides?”");
    }

    #[test]
    fn days_are_written_in_words() {
        assert_eq!(in_words("2026-11-03"), "November 3, 2026");
        assert_eq!(in_words("someday"), "someday");
    }
}
