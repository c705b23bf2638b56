//! The bibliography: groups of sources. The fields of a source depend on its kind.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use super::values::{Address, Date, Keyed};

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
    /// A book.
    Book(Book),
    /// An article in a journal, magazine, or newspaper.
    Article(Article),
    /// A chapter in a book by several authors.
    Chapter(Chapter),
    /// A web page, website, or online collection.
    Web(Web),
    /// A court decision, printed as *Name*, 297 U.S. 278 (1936).
    Case(Case),
    /// A law or constitution.
    Statute(Statute),
    /// A film or broadcast.
    Film(Film),
    /// A document in an archive.
    Archive(ArchiveDocument),
    /// A letter.
    Letter(Letter),
}

/// People, each as `Last, First`. An organization's name has no comma.
type People = Vec<String>;

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
    /// A book.
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
        /// The edition, such as `2` or `Rev. ed.`, if it isn't the first.
        edition: Option<String>,
        /// The publisher.
        publisher: Option<String>,
        /// The place of publication.
        place: Option<String>,
        /// The year of publication.
        year: i32,
    }
    /// An article in a journal, magazine, or newspaper.
    Article {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title.
        title: String,
        /// The name of the journal, magazine, or newspaper.
        journal: String,
        /// The volume number.
        volume: Option<String>,
        /// The issue number.
        issue: Option<String>,
        /// The page range, such as `1017-1049`.
        pages: Option<String>,
        /// The year of publication.
        year: i32,
        /// The date, for a newspaper or magazine.
        date: Option<Placed<Date>>,
    }
    /// A chapter in a book by several authors.
    Chapter {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The title.
        title: String,
        /// The title of the book.
        book: String,
        /// The editor of the book, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        editor: People,
        /// The page range, such as `1017-1049`.
        pages: Option<String>,
        /// The publisher of the book.
        publisher: Option<String>,
        /// The place of publication.
        place: Option<String>,
        /// The year of publication.
        year: i32,
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
        /// The date of publication, if known.
        date: Option<Placed<Date>>,
        /// Pages on the site to list.
        #[serde(default)]
        parts: Vec<WebPart>,
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
        /// The year of the decision.
        year: i32,
    }
    /// A law or constitution.
    Statute {
        /// The name of the law.
        name: String,
        /// Where to find it, such as `42 U.S.C. § 1983` or `art. 127`.
        citation: Option<String>,
        /// The short name for citations in the text, such as `U.S. Const. amend. XIV` (default: the `citation`).
        short: Option<String>,
        /// The year it was passed.
        year: Option<i32>,
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
        /// The year of publication.
        year: i32,
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
        /// The date, if known.
        date: Option<Placed<Date>>,
        /// The year, if the exact date isn't known.
        year: Option<i32>,
    }
    /// A letter.
    Letter {
        /// The author as `Last, First`, or a list of authors.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The person the letter was written to.
        recipient: String,
        /// The date, if known.
        date: Option<Placed<Date>>,
        /// The year, if the exact date isn't known.
        year: Option<i32>,
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
    /// The web address, or `null` for a dead link.
    pub url: &'a Link,
    /// The address of an archived copy.
    pub archived_url: &'a Option<Placed<Address>>,
    /// The date you last visited the address.
    pub accessed: &'a Option<Placed<Date>>,
    /// A note for readers.
    pub note: &'a Option<Inlines>,
}

impl Source {
    /// The fields that all kinds share.
    pub fn common(&self) -> SourceDetails<'_> {
        macro_rules! common {
            ($($kind:ident),*) => {
                match self {
                    $(Source::$kind(source) => SourceDetails {
                        url: &source.url,
                        archived_url: &source.archived_url,
                        accessed: &source.accessed,
                        note: &source.note,
                    },)*
                }
            };
        }
        common!(Book, Article, Chapter, Web, Case, Statute, Film, Archive, Letter)
    }
}

impl Bibliography {
    /// All sources with their keys, group by group.
    pub fn sources(&self) -> impl Iterator<Item = (&Placed<String>, &Source)> {
        self.groups.iter().flat_map(|group| group.entries.iter().map(|entry| (&entry.key, &entry.value)))
    }
}
