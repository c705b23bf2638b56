//! Turns our sources into CSL items, the input of every style.
//!
//! Items leave out web addresses: the bibliography page prints those itself, with a QR code.

use std::collections::BTreeMap;

pub(super) use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::json::{DateValue, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};

use super::marks;
use super::style::{Manual, season};
use crate::lesson::bibliography::{Artwork, MagazineArticle, NewspaperArticle, Post, Source, Video, Web};
use crate::lesson::name::{Name, Parts, spaced_initials};
use crate::lesson::source_date::{Known, Part, When};

/// A source as a CSL item under its key.
pub(super) fn item(key: &str, source: &Source, manual: Manual) -> Item {
    let mut item = Fields::default();
    if manual == Manual::Other {
        plainly(&mut item, source);
    } else {
        fully(&mut item, source, manual);
    }
    item.set("id", key);
    item.date("issued", source.common().when());
    let original = source.original_year().and_then(|year| year.value.known());
    if let Some(Known::Date(when)) = original {
        item.date("original-date", Some(when));
    }
    Item(item.0)
}

/// The fields of a source for the manuals whose rules cover every kind.
fn fully(item: &mut Fields, source: &Source, manual: Manual) {
    match source {
        Source::Book(book) => {
            item.kind("book");
            item.names("author", &book.author);
            if book.author.is_empty() && is_same(&book.editor, &book.translator) {
                item.names("editor-translator", &book.editor);
            } else {
                item.names("editor", &book.editor);
                item.names("translator", &book.translator);
            }
            item.text("title", &book.title);
            item.volume(&book.volume);
            item.edition(&book.edition);
            item.optional("collection-title", &book.series);
            item.optional("collection-number", &book.series_number);
            item.optional("publisher", &book.publisher);
            item.optional("publisher-place", &book.place);
        }
        Source::Chapter(chapter) => {
            item.kind("chapter");
            item.names("author", &chapter.author);
            item.names("editor", &chapter.editor);
            item.names("translator", &chapter.translator);
            item.text("title", &chapter.title);
            item.text("container-title", &chapter.book);
            item.volume(&chapter.volume);
            item.edition(&chapter.edition);
            item.optional("collection-title", &chapter.series);
            item.pages(&chapter.pages);
            item.optional("publisher", &chapter.publisher);
            item.optional("publisher-place", &chapter.place);
        }
        Source::Article(article) => {
            item.kind("article-journal");
            item.names("author", &article.author);
            item.names("translator", &article.translator);
            item.text("title", &article.title);
            item.text("container-title", &article.journal);
            item.number("volume", &article.volume, &VOLUME);
            item.number("issue", &article.issue, &NUMBER);
            item.pages(&article.pages);
        }
        Source::Newspaper(article) => {
            item.kind("article-newspaper");
            item.names("author", &article.author);
            item.text("title", &article.title);
            item.optional("container-title", &article.newspaper);
            match manual {
                // The details follow the date together: Chicago, 17th ed., 14.191.
                Manual::Chicago if article.edition.is_some() || article.section.is_some() => {
                    item.set("edition", &String::from(marks::DETAIL));
                }
                Manual::Mla => {
                    item.set("edition", &article.edition.iter().map(|_| marks::DETAIL).collect::<String>());
                    item.set("section", &article.section.iter().map(|_| marks::SECOND_DETAIL).collect::<String>());
                }
                _ => {
                    item.edition(&article.edition);
                    item.optional("section", &article.section);
                }
            }
            item.pages(&article.pages);
        }
        Source::Magazine(article) => {
            item.kind("article-magazine");
            item.names("author", &article.author);
            item.text("title", &article.title);
            item.optional("container-title", &article.magazine);
            item.number("volume", &article.volume, &VOLUME);
            item.number("issue", &article.issue, &NUMBER);
            item.pages(&article.pages);
        }
        Source::Web(web) => {
            item.kind("webpage");
            item.names("author", &web.author);
            item.text("title", &web.title);
            item.site(&web.site);
        }
        Source::Post(post) => {
            item.kind("post");
            item.set("genre", if manual == Manual::Apa { "post" } else { "" });
            item.names("author", &post.author);
            if let Some(account) = post.account().filter(|_| post.author.is_empty()) {
                let name = NameValue::Literal(LiteralName { literal: account });
                item.0.insert("author".to_owned(), Value::Names(vec![name]));
            }
            // The beginning of a post is a sentence.
            item.text("title", marks::without_period(&post.title));
            item.site(&post.site);
        }
        Source::Video(video) => {
            item.names("author", &video.author);
            item.text("title", &video.title);
            // APA, 7th ed., example 90: the title of a film with the website as its publisher. The others have it as a page of the website.
            if manual == Manual::Apa {
                item.kind("motion_picture");
                item.set("genre", "video");
                let publishers: Vec<&str> = video.publisher.iter().chain(&video.site).map(String::as_str).collect();
                item.text("publisher", &publishers.join("; "));
            } else {
                item.kind("webpage");
                item.site(&video.site);
                item.optional("publisher", &video.publisher);
            }
        }
        Source::Podcast(podcast) => {
            item.kind("broadcast");
            item.set("medium", if manual == Manual::Apa { "audio podcast episode" } else { "podcast" });
            item.names("host", &podcast.author);
            item.text("title", &podcast.title);
            item.optional("container-title", &podcast.podcast);
            item.number("number", &podcast.number, &NUMBER);
            item.optional("publisher", &podcast.publisher);
        }
        Source::Film(film) => {
            item.kind("motion_picture");
            if manual == Manual::Apa {
                item.set("genre", "film");
            }
            item.names("director", &film.director);
            item.text("title", &film.title);
            item.optional("publisher", &film.distributor);
        }
        Source::Song(song) => {
            item.kind("song");
            if manual == Manual::Apa {
                item.set("genre", "song");
            }
            match (song.author.is_empty(), song.performer.is_empty(), manual) {
                (true, ..) => item.names("author", &song.performer),
                (_, false, Manual::Apa) => {
                    item.names("composer", &song.author);
                    item.names("author", &song.performer);
                }
                (_, false, Manual::Mla) => {
                    item.names("author", &song.author);
                    item.names("contributor", &song.performer);
                }
                _ => {
                    item.names("author", &song.author);
                    item.names("performer", &song.performer);
                }
            }
            item.text("title", &song.title);
            item.optional("container-title", &song.album);
            item.optional("publisher", &song.label);
        }
        Source::Speech(speech) => {
            item.kind("speech");
            item.set("genre", "speech");
            item.names("author", &speech.author);
            item.text("title", &speech.title);
            item.optional("event-title", &speech.event);
            item.optional("event-place", &speech.place);
            // MLA prints the date of the event, the others that of the speech.
            if manual == Manual::Mla {
                item.date("event-date", source.common().when());
            }
        }
        Source::Interview(interview) => {
            item.kind("interview");
            item.names("author", &interview.author);
            item.names("interviewer", &interview.interviewer);
            item.optional("title", &interview.title);
            if interview.title.is_none() && interview.interviewer.is_empty() {
                // Chicago's style would print "interview by" without a name.
                item.kind("document");
                item.set("genre", "interview");
            }
            item.optional("container-title", &interview.publication);
            // MLA's style has no publisher here.
            let field = if manual == Manual::Mla { "archive" } else { "publisher" };
            item.optional(field, &joined(&interview.publisher, &interview.place));
        }
        Source::Artwork(artwork) if manual == Manual::Apa && artwork.medium.is_none() => plain_artwork(item, artwork),
        Source::Artwork(artwork) => {
            item.kind("graphic");
            item.names("author", &artwork.author);
            item.text("title", &artwork.title);
            item.optional("medium", &artwork.medium);
            item.optional("archive", &joined(&artwork.museum, &artwork.place));
        }
        Source::Report(report) => {
            item.kind("report");
            item.names("author", &report.author);
            item.text("title", &report.title);
            item.number("number", &report.number, &NUMBER);
            item.optional("collection-title", &report.series);
            item.optional("publisher", &report.publisher);
            item.optional("publisher-place", &report.place);
            item.pages(&report.pages);
        }
        Source::Thesis(thesis) => {
            item.kind("thesis");
            item.names("author", &thesis.author);
            item.text("title", &thesis.title);
            let degree = match manual {
                Manual::Chicago => "PhD diss.",
                Manual::Mla => "PhD dissertation",
                Manual::Apa => "doctoral dissertation",
                Manual::Other => "PhD thesis",
            };
            item.text("genre", thesis.degree.as_deref().unwrap_or(degree));
            item.optional("publisher", &thesis.school);
            item.optional("publisher-place", &thesis.place);
        }
        Source::Letter(letter) => {
            // As a personal communication, it would be one that only you have.
            item.kind("document");
            item.text("genre", &format!("letter to {}", letter.recipient));
            item.names("author", &letter.author);
            match manual {
                Manual::Mla => item.optional("archive", &joined(&letter.collection, &letter.archive)),
                _ => {
                    item.optional("archive_collection", &letter.collection);
                    item.optional("archive", &letter.archive);
                }
            }
        }
        Source::Archive(document) => {
            item.kind("document");
            item.names("author", &document.author);
            item.text("title", &document.title);
            let archive = joined(&Some(document.archive.clone()), &document.place);
            match manual {
                Manual::Mla => item.optional("archive", &joined(&document.collection, &archive)),
                _ => {
                    item.optional("archive_collection", &document.collection);
                    item.optional("archive", &archive);
                }
            }
        }
        Source::Case(_) | Source::Statute(_) => unreachable!("our own rules format these"),
    }
}

/// The fields of a source for the other styles. Most know only books, articles, and web pages, and would leave out much of the
/// rest, so each kind is described as the one of those that prints the most of it.
fn plainly(item: &mut Fields, source: &Source) {
    let is_dated = source.common().when().is_some();
    match source {
        Source::Book(book) => {
            fully(item, source, Manual::Other);
            item.title_with_volume("title", &book.title, &book.volume);
        }
        Source::Chapter(chapter) => {
            fully(item, source, Manual::Other);
            item.title_with_volume("container-title", &chapter.book, &chapter.volume);
        }
        Source::Newspaper(NewspaperArticle { newspaper: None, .. })
        | Source::Magazine(MagazineArticle { magazine: None, .. }) => {
            fully(item, source, Manual::Other);
            item.kind("book");
        }
        Source::Web(Web { site, .. }) | Source::Post(Post { site, .. }) | Source::Video(Video { site, .. }) if is_dated => {
            fully(item, source, Manual::Other);
            item.kind(if site.is_some() { "article-newspaper" } else { "book" });
        }
        Source::Podcast(podcast) => {
            fully(item, source, Manual::Other);
            item.names("author", &podcast.author);
        }
        Source::Film(film) => {
            item.kind("book");
            item.names("author", &film.director);
            item.text("title", &film.title);
            item.optional("publisher", &film.distributor);
        }
        Source::Song(song) => {
            item.kind(if song.album.is_some() { "chapter" } else { "book" });
            item.names("author", &[song.author.as_slice(), &song.performer].concat());
            item.text("title", &song.title);
            item.optional("container-title", &song.album);
            item.optional("publisher", &song.label);
        }
        Source::Artwork(artwork) => plain_artwork(item, artwork),
        // An article in a journal without these would be one that isn't published yet.
        Source::Article(article) if article.volume.is_none() && article.pages.is_none() => {
            fully(item, source, Manual::Other);
            item.kind("article-magazine");
        }
        Source::Report(report) => {
            fully(item, source, Manual::Other);
            if let Some(number) = report
                .number
                .as_ref()
                .map(|number| bare(number, &NUMBER))
                .filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
            {
                item.text("number", &format!("no. {number}"));
            }
        }
        Source::Speech(speech) => {
            item.names("author", &speech.author);
            item.told(&speech.title, &joined(&speech.event, &speech.place));
        }
        Source::Interview(interview) => {
            item.names("author", &interview.author);
            let names: Vec<String> = interview.interviewer.iter().map(Name::in_order).collect();
            let by = (!names.is_empty()).then(|| format!("Interview by {}", names.join(", ")));
            let title = [interview.title.clone(), by].into_iter().flatten().collect::<Vec<_>>().join(". ");
            let title = if title.is_empty() { "Interview" } else { &title };
            let place = joined(&interview.publisher, &interview.place);
            item.told(title, &joined(&interview.publication, &place));
        }
        Source::Letter(letter) => {
            item.names("author", &letter.author);
            item.told(&format!("Letter to {}", letter.recipient), &joined(&letter.collection, &letter.archive));
        }
        Source::Archive(document) => {
            item.names("author", &document.author);
            let archive = joined(&Some(document.archive.clone()), &document.place);
            item.told(&document.title, &joined(&document.collection, &archive));
        }
        Source::Article(_)
        | Source::Newspaper(_)
        | Source::Magazine(_)
        | Source::Web(_)
        | Source::Post(_)
        | Source::Video(_)
        | Source::Thesis(_)
        | Source::Case(_)
        | Source::Statute(_) => fully(item, source, Manual::Other),
    }
}

/// A work of art as a book whose title says the medium.
fn plain_artwork(item: &mut Fields, artwork: &Artwork) {
    item.kind("book");
    item.names("author", &artwork.author);
    let medium = artwork.medium.as_ref().map(|medium| format!(" [{medium}]")).unwrap_or_default();
    item.text("title", &format!("{}{medium}", artwork.title));
    item.optional("publisher", &joined(&artwork.museum, &artwork.place));
}

/// Whether two lists have the same people.
fn is_same(some: &[Name], others: &[Name]) -> bool {
    !some.is_empty() && some.iter().map(Name::in_order).eq(others.iter().map(Name::in_order))
}

/// Two texts with a comma between them.
fn joined(first: &Option<String>, second: &Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}, {second}")),
        (first, second) => first.clone().or_else(|| second.clone()),
    }
}

/// Words that people type before a volume, which the style prints, too.
const VOLUME: [&str; 3] = ["volume", "vol.", "vol"];
/// Words before the number of an issue, an episode, or a report.
const NUMBER: [&str; 6] = ["number", "issue", "episode", "no.", "nr.", "#"];
/// Words before pages.
const PAGES: [&str; 5] = ["pages", "page", "pp.", "p.", "pp"];

/// Editions in words, starting from the first.
const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// The number of an edition, in digits or in words. `None` if it isn't one, as in "Rev. ed."
pub(super) fn edition(text: &str) -> Option<u32> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let number = ["edition", "edn", "ed"].iter().find_map(|word| lower.strip_suffix(word)).unwrap_or(&lower).trim();
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == number) {
        return u32::try_from(at + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| number.strip_suffix(ending)).unwrap_or(number);
    Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())).and_then(|digits| digits.parse().ok())
}

/// A volume without the word before it.
pub(super) fn bare_volume(volume: &str) -> &str {
    bare(volume, &VOLUME)
}

/// The number of an issue, an episode, or a report without the word before it.
pub(super) fn bare_number(number: &str) -> &str {
    bare(number, &NUMBER)
}

/// A number without the word before it.
fn bare<'t>(number: &'t str, words: &[&str]) -> &'t str {
    let number = number.trim();
    let is_beginning = |word: &&&str| number.get(..word.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(word));
    let rest = words.iter().find(is_beginning).map(|word| number[word.len()..].trim_start());
    rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(number)
}

/// The fields of an item.
#[derive(Default)]
struct Fields(BTreeMap<String, Value>);

impl Fields {
    fn set(&mut self, field: &str, text: &str) {
        if !text.is_empty() {
            self.0.insert(field.to_owned(), Value::String(text.to_owned()));
        }
    }

    fn kind(&mut self, kind: &str) {
        self.set("type", kind);
    }

    /// Text as it was typed, with its quotation marks prepared.
    fn text(&mut self, field: &str, text: &str) {
        self.set(field, &marks::prepared_title(text));
    }

    fn optional(&mut self, field: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.text(field, text);
        }
    }

    /// The edition. A number in words or with an ending counts as a number, so the style prints it in its own way.
    fn edition(&mut self, text: &Option<String>) {
        let Some(text) = text else { return };
        match edition(text) {
            Some(number) => self.set("edition", &number.to_string()),
            None => self.text("edition", text),
        }
    }

    /// A title with the volume, in styles that would leave it out or print it with the series.
    fn title_with_volume(&mut self, field: &str, title: &str, volume: &Option<String>) {
        if let Some(volume) = volume {
            self.0.remove("volume");
            self.text(field, &format!("{title}, vol. {}", bare(volume, &VOLUME)));
        }
    }

    /// Something that was said or written on a day, with the place where it's found.
    fn told(&mut self, title: &str, place: &Option<String>) {
        self.kind("article-newspaper");
        self.text("title", title);
        self.optional("container-title", place);
    }

    /// The volume. The style takes only digits for a number, so others have a stand-in: see [`stand_in`].
    fn volume(&mut self, volume: &Option<String>) {
        match volume.as_deref().and_then(stand_in) {
            Some((digits, _)) => self.set("volume", &digits),
            None => self.number("volume", volume, &VOLUME),
        }
    }

    /// The name of a website, without a period that would end it.
    fn site(&mut self, site: &Option<String>) {
        if let Some(site) = site {
            self.text("container-title", marks::without_period(site));
        }
    }

    fn pages(&mut self, pages: &Option<String>) {
        if let Some(pages) = pages {
            self.set("page", &bare(pages, &PAGES).replace(['–', '—'], "-"));
        }
    }

    /// A number. The style adds the word for it.
    fn number(&mut self, field: &str, number: &Option<String>, words: &[&str]) {
        if let Some(number) = number {
            self.text(field, bare(number, words));
        }
    }

    fn names(&mut self, field: &str, names: &[Name]) {
        if !names.is_empty() {
            self.0.insert(field.to_owned(), Value::Names(names.iter().map(name).collect()));
        }
    }

    fn date(&mut self, field: &str, when: Option<When>) {
        let Some(when) = when else { return };
        let year = i16::try_from(when.year).expect("years have at most four digits");
        let (parts, season) = match &when.part {
            Part::Year => (vec![year], None),
            Part::Month(month) => (vec![year, i16::from(*month)], None),
            Part::Day(month, day) => (vec![year, i16::from(*month), i16::from(*day)], None),
            Part::Season(word) => (vec![year], Some(season(word).to_string())),
        };
        let date = DateValue::DateParts { date_parts: VecDateRange(vec![VecDate(parts)]), literal: None, season, circa: false };
        self.0.insert(field.to_owned(), Value::Date(date));
    }
}

/// The digits that stand for a Roman number in the style, and the number: "98014" for XIV.
pub(super) fn stand_in(volume: &str) -> Option<(String, &str)> {
    let roman = bare_roman(volume);
    let digit = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        })
    };
    let digits = roman.chars().map(digit).collect::<Option<Vec<u32>>>().filter(|digits| !digits.is_empty())?;
    let value: u32 = digits.iter().sum();
    Some((format!("98{value:03}"), roman))
}

/// A Roman number without the word before it.
fn bare_roman(volume: &str) -> &str {
    let volume = volume.trim();
    volume.rsplit_once(' ').filter(|(word, _)| VOLUME.contains(&word.to_lowercase().as_str())).map_or(volume, |(_, roman)| roman)
}

/// A name for the style. The particle stays with the last name if it was typed there, and with the first name otherwise.
fn name(name: &Name) -> NameValue {
    match name.parts() {
        Parts::Whole(name) => NameValue::Literal(LiteralName { literal: marks::prepared(name) }),
        Parts::Person { family, given, suffix } => {
            // Hayagriva would split off a particle that it recognizes, but not one that it's told.
            let (particle, family) = match family.rsplit_once(' ') {
                Some((particle, family)) => (Some(marks::prepared(particle)), family),
                None => (None, family),
            };
            NameValue::Item(NameItem {
                family: marks::prepared(family),
                given: Some(marks::prepared(&spaced_initials(given))),
                non_dropping_particle: particle,
                dropping_particle: None,
                suffix: suffix.map(str::to_owned),
                comma_suffix: None,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_and_numbers_are_bare() {
        for (edition, expected) in [
            ("2", "2"),
            ("2nd", "2"),
            ("21st edition", "21"),
            ("Second ed.", "2"),
            ("Rev. ed.", "Rev. ed\u{e00c}"),
            ("late", "late"),
        ] {
            let mut fields = Fields::default();
            fields.edition(&Some(edition.to_owned()));
            assert_eq!(fields.0["edition"], Value::String(expected.to_owned()));
        }
        assert_eq!(bare("Vol. 2", &VOLUME), "2");
        assert_eq!(bare("pp. 12-15", &PAGES), "12-15");
        assert_eq!(bare("XIV", &VOLUME), "XIV");
    }
}
