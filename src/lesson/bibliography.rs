//! The bibliography: sources in groups, each of a kind with the fields that its kind needs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::{Inlines, Placed};
use super::values::{Address, Date, Keyed};

/// The sources of a lesson, in groups.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Bibliography {
    /// The citation style: `chicago-author-date` if nothing is said; any style that is bundled.
    pub style: Option<Placed<String>>,
    /// The groups in their order.
    #[schemars(length(min = 1))]
    pub groups: Vec<Group>,
}

/// A group of sources.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Group {
    /// Its title.
    pub title: Inlines,
    /// Whether these are suggestions: sources that the lesson need not cite.
    #[serde(default)]
    pub further_reading: bool,
    /// The sources in the order in which they print, each by the key that citations use.
    #[schemars(length(min = 1))]
    pub entries: Keyed<Source>,
}

/// A source. Its `kind` says which fields it has.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(tag = "kind")]
pub enum Source {
    /// A book.
    Book(Book),
    /// An article in a journal, magazine or newspaper.
    Article(Article),
    /// A chapter of a book by several authors.
    Chapter(Chapter),
    /// A page or collection on the web.
    Web(Web),
    /// A decision of a court, set as *Name*, 297 U.S. 278 (1936).
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

/// People, each as `Family, Given`; an institution is written without a comma.
type People = Vec<String>;

/// Where a source can be found on the web: absent, an address, or `null` for a link that is lost.
pub type Link = Option<Option<Placed<Address>>>;

fn link<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Link, D::Error> {
    // Without this, serde takes `null` for an absent key.
    Option::deserialize(deserializer).map(Some)
}

macro_rules! sources {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// Its address, or `null` if the link is lost: the page then says so.
            #[serde(default, deserialize_with = "link")]
            #[schemars(extend("x-null" = true))]
            pub url: Link,
            /// A copy in a web archive.
            pub archived_url: Option<Placed<Address>>,
            /// The day on which the address was last looked at.
            pub accessed: Option<Placed<Date>>,
            /// One or two sentences for the reader: what it is good for, what to be careful with.
            pub note: Option<Inlines>,
        }
    )*};
}

sources! {
    /// A book.
    Book {
        /// Who wrote it: `Family, Given`, or a list.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// Who edited it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        editor: People,
        /// Who translated it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        translator: People,
        /// Its title with its subtitle, behind a colon.
        title: String,
        /// Its edition, if not the first: `2` or `Rev. ed.`
        edition: Option<String>,
        /// Who published it.
        publisher: Option<String>,
        /// The place where it was published.
        place: Option<String>,
        /// The year in which it came out.
        year: i32,
    }
    /// An article in a journal, magazine or newspaper.
    Article {
        /// Who wrote it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// Its title.
        title: String,
        /// The name of the journal, magazine or newspaper.
        journal: String,
        /// The volume.
        volume: Option<String>,
        /// The number within the volume.
        issue: Option<String>,
        /// Its first and last page: `1017-1049`.
        pages: Option<String>,
        /// The year in which it came out.
        year: i32,
        /// The day, for a newspaper or magazine.
        date: Option<Placed<Date>>,
    }
    /// A chapter of a book by several authors.
    Chapter {
        /// Who wrote it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// Its title.
        title: String,
        /// The title of the book.
        book: String,
        /// Who edited the book.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        editor: People,
        /// Its first and last page.
        pages: Option<String>,
        /// Who published the book.
        publisher: Option<String>,
        /// The place where it was published.
        place: Option<String>,
        /// The year in which it came out.
        year: i32,
    }
    /// A page or collection on the web.
    Web {
        /// Who wrote it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// Its title.
        title: String,
        /// The name of the site.
        site: Option<String>,
        /// The day on which it appeared, if it is known.
        date: Option<Placed<Date>>,
        /// Pages within it that are worth naming.
        #[serde(default)]
        parts: Vec<WebPart>,
    }
    /// A decision of a court.
    Case {
        /// The parties: `Brown v. Mississippi`.
        name: String,
        /// Where it is reported: `297 U.S. 278`.
        citation: String,
        /// How it is cited in the text: `Rodriguez`; without it by its name.
        short: Option<String>,
        /// The court, if it is not the U.S. Supreme Court.
        court: Option<String>,
        /// The year in which it was decided.
        year: i32,
    }
    /// A law or constitution.
    Statute {
        /// Its name.
        name: String,
        /// Where it stands: `42 U.S.C. § 1983`, `art. 127`.
        citation: Option<String>,
        /// How it is cited in the text: `U.S. Const. amend. XIV`; without it as its `citation`.
        short: Option<String>,
        /// The year in which it was passed.
        year: Option<i32>,
    }
    /// A film or broadcast.
    Film {
        /// Its title.
        title: String,
        /// Who directed it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        director: People,
        /// Who distributed it.
        distributor: Option<String>,
        /// The year in which it came out.
        year: i32,
    }
    /// A document in an archive.
    ArchiveDocument {
        /// Who wrote it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// Its title, or what it is.
        title: String,
        /// The collection with box and folder.
        collection: Option<String>,
        /// The archive that keeps it.
        archive: String,
        /// Where the archive is.
        place: Option<String>,
        /// Its day, if it is known.
        date: Option<Placed<Date>>,
        /// Its year, if only that is known.
        year: Option<i32>,
    }
    /// A letter.
    Letter {
        /// Who wrote it.
        #[serde(default)]
        #[schemars(extend("x-single" = true))]
        author: People,
        /// The person to whom it was written.
        recipient: String,
        /// Its day, if it is known.
        date: Option<Placed<Date>>,
        /// Its year, if only that is known.
        year: Option<i32>,
        /// The collection or book in which it can be read.
        collection: Option<String>,
        /// The archive that keeps it.
        archive: Option<String>,
    }
}

/// A page within a web source.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct WebPart {
    /// Its title.
    pub title: String,
    /// Its address, or `null` if the link is lost.
    #[serde(default, deserialize_with = "link")]
    #[schemars(extend("x-null" = true))]
    pub url: Link,
}

/// What every kind of source has.
pub struct SourceDetails<'a> {
    /// Its address, or that the link is lost.
    pub url: &'a Link,
    /// A copy in a web archive.
    pub archived_url: &'a Option<Placed<Address>>,
    /// The day on which the address was last looked at.
    pub accessed: &'a Option<Placed<Date>>,
    /// What it is good for.
    pub note: &'a Option<Inlines>,
}

impl Source {
    /// The fields that every kind has.
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
    /// Every source with its key, group by group.
    pub fn sources(&self) -> impl Iterator<Item = (&Placed<String>, &Source)> {
        self.groups.iter().flat_map(|group| group.entries.iter().map(|entry| (&entry.key, &entry.value)))
    }
}
