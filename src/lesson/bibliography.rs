//! The bibliography: groups of sources. The keys of a source depend on its kind; `kinds` has them.

mod kinds;

use schemars::JsonSchema;
use serde::Deserialize;

use kinds::People;
pub use kinds::{
    ArchiveDocument, Article, Artwork, Book, Case, Chapter, Film, Interview, Letter, Link, MagazineArticle, NewspaperArticle,
    Podcast, Post, Report, Song, Speech, Statute, Thesis, Video, Web, WebPart,
};

use super::name::Name;
use super::prose::{Inlines, Placed};
use super::source_date::{Known, When};
use super::values::{Address, Date, Doi, Keyed, SourceDate};

/// The bibliography of a lesson: its sources, in groups.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Bibliography {
    /// The citation style; any bundled style works (default: `chicago-author-date`).
    pub style: Option<Placed<String>>,
    /// The groups of sources, in order.
    #[schemars(length(min = 1))]
    pub groups: Vec<Group>,
}

/// A group of sources.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Group {
    /// The title.
    pub title: Inlines,
    /// Mark these sources as suggestions that the lesson doesn't have to cite (default: `false`).
    #[serde(default)]
    pub further_reading: bool,
    /// The sources in print order, each under the key that citations use.
    #[schemars(
        length(min = 1),
        extend("x-empty" = "this group has no sources: add one, such as `tuchman1962: {kind: book, title: …, year: …}`"),
    )]
    pub entries: Keyed<Source>,
}

/// A source. Its fields depend on its `kind`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(tag = "kind")]
pub enum Source {
    /// A book or pamphlet.
    Book(Book),
    /// A chapter, essay, story, or poem in a book.
    Chapter(Chapter),
    /// An article in a journal.
    Article(Article),
    /// An article in a newspaper.
    Newspaper(NewspaperArticle),
    /// An article in a magazine.
    Magazine(MagazineArticle),
    /// A web page, website, or online collection.
    Web(Web),
    /// A post on social media.
    Post(Post),
    /// A video on the web.
    Video(Video),
    /// An episode of a podcast.
    Podcast(Podcast),
    /// A film or broadcast.
    Film(Film),
    /// A song or another recording.
    Song(Song),
    /// A speech or lecture.
    Speech(Speech),
    /// An interview.
    Interview(Interview),
    /// A painting, photograph, poster, sculpture, or another work of art.
    Artwork(Artwork),
    /// A report by an organization or a government.
    Report(Report),
    /// A thesis or dissertation.
    Thesis(Thesis),
    /// A court decision, printed as *Name*, 297 U.S. 278 (1936).
    Case(Case),
    /// A law or constitution.
    Statute(Statute),
    /// A document in an archive.
    Archive(ArchiveDocument),
    /// A letter.
    Letter(Letter),
}

/// The fields that all kinds of sources share.
pub struct SourceDetails<'a> {
    /// The date.
    pub date: Option<&'a Placed<SourceDate>>,
    /// The year.
    pub year: Option<&'a Placed<SourceDate>>,
    /// The DOI.
    pub doi: &'a Option<Placed<Doi>>,
    /// The web address, or `null` for a dead link.
    pub url: &'a Link,
    /// The address of an archived copy.
    pub archived_url: &'a Option<Placed<Address>>,
    /// The date you last visited the address.
    pub accessed: &'a Option<Placed<Date>>,
    /// The language of its title, if it isn't the lesson's.
    pub language: Option<&'a str>,
    /// A note for readers.
    pub note: &'a Option<Inlines>,
}

impl SourceDetails<'_> {
    /// The date of the source: its `date`, or else its `year`. `None` if it isn't known.
    pub fn when(&self) -> Option<When> {
        let known = |date: Option<&Placed<SourceDate>>| match date?.value.known()? {
            Known::Date(when) => Some(when),
            Known::Undated => None,
        };
        known(self.date).or_else(|| known(self.year))
    }
}

impl Source {
    /// The fields that all kinds share.
    pub fn common(&self) -> SourceDetails<'_> {
        macro_rules! common {
            ($($kind:ident),*) => {
                match self {
                    $(Source::$kind(source) => SourceDetails {
                        date: source.date.as_ref(),
                        year: source.year.as_ref(),
                        doi: &source.doi,
                        url: &source.url,
                        archived_url: &source.archived_url,
                        accessed: &source.accessed,
                        language: source.language.as_ref().map(|language| language.value.0.as_str()),
                        note: &source.note,
                    },)*
                }
            };
        }
        common!(
            Book, Chapter, Article, Newspaper, Magazine, Web, Post, Video, Podcast, Film, Song, Speech, Interview, Artwork,
            Report, Thesis, Case, Statute, Archive, Letter
        )
    }

    /// Every name in the source.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.groups_of_people().into_iter().flatten()
    }

    /// The people the source is known by: its authors, or those in their place. Empty if it goes by its title.
    pub fn people(&self) -> &[Name] {
        let groups = self.groups_of_people();
        let first = groups.first().copied();
        let found = if matches!(self, Source::Chapter(_)) { first } else { groups.into_iter().find(|group| !group.is_empty()) };
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// Its title, or its name.
    pub fn title(&self) -> &str {
        match self {
            Source::Book(source) => &source.title,
            Source::Chapter(source) => &source.title,
            Source::Article(source) => &source.title,
            Source::Newspaper(source) => &source.title,
            Source::Magazine(source) => &source.title,
            Source::Web(source) => &source.title,
            Source::Post(source) => &source.title,
            Source::Video(source) => &source.title,
            Source::Podcast(source) => &source.title,
            Source::Film(source) => &source.title,
            Source::Song(source) => &source.title,
            Source::Speech(source) => &source.title,
            Source::Interview(source) => source.title.as_deref().unwrap_or_default(),
            Source::Artwork(source) => &source.title,
            Source::Report(source) => &source.title,
            Source::Thesis(source) => &source.title,
            Source::Case(source) => &source.name,
            Source::Statute(source) => &source.name,
            Source::Archive(source) => &source.title,
            Source::Letter(source) => &source.recipient,
        }
    }

    fn groups_of_people(&self) -> Vec<&People> {
        match self {
            Source::Book(book) => vec![&book.author, &book.editor, &book.translator],
            Source::Chapter(chapter) => vec![&chapter.author, &chapter.editor, &chapter.translator],
            Source::Article(article) => vec![&article.author, &article.translator],
            Source::Newspaper(article) => vec![&article.author],
            Source::Magazine(article) => vec![&article.author],
            Source::Web(web) => vec![&web.author],
            Source::Post(post) => vec![&post.author],
            Source::Video(video) => vec![&video.author],
            Source::Podcast(podcast) => vec![&podcast.author],
            Source::Film(film) => vec![&film.director],
            Source::Song(song) => vec![&song.author, &song.performer],
            Source::Speech(speech) => vec![&speech.author],
            Source::Interview(interview) => vec![&interview.author, &interview.interviewer],
            Source::Artwork(artwork) => vec![&artwork.author],
            Source::Report(report) => vec![&report.author],
            Source::Thesis(thesis) => vec![&thesis.author],
            Source::Archive(document) => vec![&document.author],
            Source::Letter(letter) => vec![&letter.author],
            Source::Case(_) | Source::Statute(_) => Vec::new(),
        }
    }

    /// The year it first came out, if it is a reprint or a translation.
    pub fn original_year(&self) -> Option<&Placed<SourceDate>> {
        match self {
            Source::Book(book) => book.original_year.as_ref(),
            Source::Chapter(chapter) => chapter.original_year.as_ref(),
            _ => None,
        }
    }
}

impl Post {
    /// The name of the account with its at sign.
    pub fn account(&self) -> Option<String> {
        self.handle.as_ref().map(|handle| format!("@{}", handle.trim().trim_start_matches('@')))
    }
}

impl Bibliography {
    /// All sources with their keys, group by group.
    pub fn sources(&self) -> impl Iterator<Item = (&Placed<String>, &Source)> {
        self.groups.iter().flat_map(|group| group.entries.iter().map(|entry| (&entry.key, &entry.value)))
    }
}
