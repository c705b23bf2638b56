//! The kinds of sources and their keys.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lesson::name::Name;
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::{Address, Date, Doi, Language, SourceDate};

/// The people or organizations behind a source.
pub(super) type People = Vec<Name>;

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
            /// The language of its title, if it isn't the language of the lesson: `fr`, `es`.
            pub language: Option<Placed<Language>>,
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
