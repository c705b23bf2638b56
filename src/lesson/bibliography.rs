//! The bibliography: groups of sources. The fields of a source depend on its kind.

use schemars::JsonSchema;
use serde::Deserialize;

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

/// The people or organizations behind a source.
type People = Vec<Name>;

/// The web address of a source: absent, an address, or `null` for a dead link.
pub type Link = Option<Option<Placed<Address>>>;

fn link<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Link, D::Error> {
    // Without this, serde reads `null` as an absent key.
    Option::deserialize(deserializer).map(Some)
}

macro_rules! sources {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// The date as exactly as you know it: `1991`, `1936-05`, `1936-05-04`, `Spring 1991`, `c. 1850`, `1935–36`, `44 BC`,
            /// or `n.d.`
            pub date: Option<Placed<SourceDate>>,
            /// Another name for `date`, for a date that is only a year.
            pub year: Option<Placed<SourceDate>>,
            /// The DOI, in any form.
            pub doi: Option<Placed<Doi>>,
            /// The web address, or `null` if the link no longer works. The page then says so.
            #[serde(default, deserialize_with = "link")]
            #[schemars(extend("x-null" = true))]
            pub url: Link,
            /// The address of an archived copy.
            pub archived_url: Option<Placed<Address>>,
            /// The date you last visited the address.
            pub accessed: Option<Placed<Date>>,
            /// A sentence or two for readers: what the source is good for, and what to watch out for.
            pub note: Option<Inlines>,
        }
    )*};
}

sources! {
    /// A book or pamphlet.
    Book {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The editor, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        editor: People,
        /// The translator, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        translator: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The volume, such as `2`.
        volume: Option<String>,
        /// The edition, such as `2` or `Rev. ed.`, if it isn't the first.
        edition: Option<String>,
        /// The series it is part of.
        series: Option<String>,
        /// Its number in the series.
        series_number: Option<String>,
        /// The publisher.
        publisher: Option<String>,
        /// The place of publication.
        place: Option<String>,
        /// The year it first came out, for a reprint or a translation.
        original_year: Option<Placed<SourceDate>>,
    }
    /// A chapter, essay, story, or poem in a book.
    Chapter {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The title of the book.
        book: String,
        /// The editor of the book, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        editor: People,
        /// The translator, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        translator: People,
        /// The volume of the book, such as `2`.
        volume: Option<String>,
        /// The edition of the book, such as `2`, if it isn't the first.
        edition: Option<String>,
        /// The series that the book is part of.
        series: Option<String>,
        /// The page range, such as `1017-1049`.
        pages: Option<String>,
        /// The publisher of the book.
        publisher: Option<String>,
        /// The place of publication.
        place: Option<String>,
        /// The year it first came out, for a reprint or a translation.
        original_year: Option<Placed<SourceDate>>,
    }
    /// An article in a journal.
    Article {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The translator, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        translator: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The name of the journal.
        journal: String,
        /// The volume number.
        volume: Option<String>,
        /// The issue number.
        issue: Option<String>,
        /// The page range, such as `1017-1049`.
        pages: Option<String>,
    }
    /// An article in a newspaper.
    NewspaperArticle {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The name of the newspaper.
        newspaper: Option<String>,
        /// The edition, such as `late`.
        edition: Option<String>,
        /// The section.
        section: Option<String>,
        /// The page, such as `A1`.
        pages: Option<String>,
    }
    /// An article in a magazine.
    MagazineArticle {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The name of the magazine.
        magazine: Option<String>,
        /// The volume number.
        volume: Option<String>,
        /// The issue number.
        issue: Option<String>,
        /// The page range, such as `14-17`.
        pages: Option<String>,
    }
    /// A web page, website, or online collection.
    Web {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title.
        title: String,
        /// The name of the website.
        site: Option<String>,
        /// Pages on the site to list.
        #[serde(default)]
        parts: Vec<WebPart>,
    }
    /// A post on social media.
    Post {
        /// The author as `Last, First`, or the account.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The name of the account, such as `@librarycongress`.
        handle: Option<String>,
        /// The beginning of the post, or a description.
        title: String,
        /// The name of the platform.
        site: Option<String>,
    }
    /// A video on the web.
    Video {
        /// The person or channel that made it, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title.
        title: String,
        /// The name of the website, such as `YouTube`.
        site: Option<String>,
        /// The publisher.
        publisher: Option<String>,
    }
    /// An episode of a podcast.
    Podcast {
        /// The host as `Last, First`, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title of the episode.
        title: String,
        /// The name of the podcast.
        podcast: Option<String>,
        /// The number of the episode.
        number: Option<String>,
        /// The station or company.
        publisher: Option<String>,
    }
    /// A film or broadcast.
    Film {
        /// The title.
        title: String,
        /// The director, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        director: People,
        /// The distributor.
        distributor: Option<String>,
    }
    /// A song or another recording.
    Song {
        /// The songwriter or composer as `Last, First`, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The singer, band, or orchestra, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        performer: People,
        /// The title.
        title: String,
        /// The album.
        album: Option<String>,
        /// The record label.
        label: Option<String>,
    }
    /// A speech or lecture.
    Speech {
        /// The speaker as `Last, First`.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title, or a description.
        title: String,
        /// The event.
        event: Option<String>,
        /// The place.
        place: Option<String>,
    }
    /// An interview.
    Interview {
        /// The person who answers, as `Last, First`.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The person who asks, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        interviewer: People,
        /// The title.
        title: Option<String>,
        /// The newspaper, magazine, program, or website with the interview.
        publication: Option<String>,
        /// The publisher or archive.
        publisher: Option<String>,
        /// The place.
        place: Option<String>,
    }
    /// A painting, photograph, poster, sculpture, or another work of art.
    Artwork {
        /// The artist as `Last, First`, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title, or a description.
        title: String,
        /// The medium, such as `oil on canvas` or `photograph`.
        medium: Option<String>,
        /// The museum or collection that has it.
        museum: Option<String>,
        /// The place of the museum.
        place: Option<String>,
    }
    /// A report by an organization or a government.
    Report {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The number of the report.
        number: Option<String>,
        /// The series it is part of.
        series: Option<String>,
        /// The organization that published it.
        publisher: Option<String>,
        /// The place of publication.
        place: Option<String>,
        /// The page range, such as `14-17`.
        pages: Option<String>,
    }
    /// A thesis or dissertation.
    Thesis {
        /// The author as `Last, First`.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title and, after a colon, the subtitle.
        title: String,
        /// The kind of thesis, such as `PhD diss.` or `Master’s thesis` (default: `PhD diss.`).
        degree: Option<String>,
        /// The university.
        school: Option<String>,
        /// The place of the university.
        place: Option<String>,
    }
    /// A court decision.
    Case {
        /// The name of the case, such as `Brown v. Mississippi`.
        name: String,
        /// The reporter citation, such as `297 U.S. 278`.
        citation: String,
        /// The short name for citations in the text, such as `Rodriguez` (default: the `name`).
        short: Option<String>,
        /// The court, if it isn't the US Supreme Court.
        court: Option<String>,
    }
    /// A law or constitution.
    Statute {
        /// The name of the law.
        name: String,
        /// Where to find it, such as `42 U.S.C. § 1983` or `art. 127`.
        citation: Option<String>,
        /// The short name for citations in the text, such as `U.S. Const. amend. XIV` (default: the `citation`).
        short: Option<String>,
    }
    /// A document in an archive.
    ArchiveDocument {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title, or a description.
        title: String,
        /// The collection, with box and folder.
        collection: Option<String>,
        /// The name of the archive.
        archive: String,
        /// The location of the archive.
        place: Option<String>,
    }
    /// A letter.
    Letter {
        /// The person who wrote it, as `Last, First`, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The person the letter was written to.
        recipient: String,
        /// The collection or book that contains it.
        collection: Option<String>,
        /// The name of the archive.
        archive: Option<String>,
    }
}

/// A page of a web source.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct WebPart {
    /// The title.
    pub title: String,
    /// The web address, or `null` if the link no longer works.
    #[serde(default, deserialize_with = "link")]
    #[schemars(extend("x-null" = true))]
    pub url: Link,
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

impl Bibliography {
    /// All sources with their keys, group by group.
    pub fn sources(&self) -> impl Iterator<Item = (&Placed<String>, &Source)> {
        self.groups.iter().flat_map(|group| group.entries.iter().map(|entry| (&entry.key, &entry.value)))
    }
}
