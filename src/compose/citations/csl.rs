//! Converts our sources to entries for Hayagriva, which formats them in CSL styles, and its output to runs.
//!
//! Entries leave out web addresses: the bibliography page prints those itself, with a QR code.

use hayagriva::citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::types::{
    ChunkKind, ChunkedString, Date as HayagrivaDate, EntryType, FormatString, MaybeTyped, Numeric, Person, PersonRole,
    PersonsWithRoles, Publisher,
};
use hayagriva::{ElemChild, ElemChildren, Entry};

use crate::compose::plain;
use crate::lesson::bibliography::Source;
use crate::lesson::values::Date;
use crate::packet::{Run, Runs};

/// A source as a Hayagriva entry.
pub(super) fn entry(key: &str, source: &Source) -> Entry {
    let text = verbatim;
    match source {
        Source::Book(book) => {
            let mut entry = Entry::new(key, EntryType::Book);
            entry.set_title(text(&book.title));
            people(&mut entry, &book.author, &book.editor);
            affiliate(&mut entry, &book.translator, PersonRole::Translator);
            if let Some(edition) = &book.edition {
                entry.set_edition(typed(edition));
            }
            publish(&mut entry, book.publisher.as_deref(), book.place.as_deref(), Some(book.year));
            entry
        }
        Source::Article(article) => {
            let mut journal = Entry::new(key, EntryType::Periodical);
            journal.set_title(text(&article.journal));
            if let Some(volume) = &article.volume {
                journal.set_volume(typed(volume));
            }
            if let Some(issue) = &article.issue {
                journal.set_issue(typed(issue));
            }
            let mut entry = Entry::new(key, EntryType::Article);
            entry.set_title(text(&article.title));
            people(&mut entry, &article.author, &[]);
            entry.set_date(
                article
                    .date
                    .as_ref()
                    .and_then(|date| full_date(&date.value))
                    .unwrap_or_else(|| HayagrivaDate::from_year(article.year)),
            );
            pages(&mut entry, article.pages.as_deref());
            entry.set_parents(vec![journal]);
            entry
        }
        Source::Chapter(chapter) => {
            let mut book = Entry::new(key, EntryType::Anthology);
            book.set_title(text(&chapter.book));
            people(&mut book, &[], &chapter.editor);
            publish(&mut book, chapter.publisher.as_deref(), chapter.place.as_deref(), Some(chapter.year));
            let mut entry = Entry::new(key, EntryType::Anthos);
            entry.set_title(text(&chapter.title));
            people(&mut entry, &chapter.author, &[]);
            entry.set_date(HayagrivaDate::from_year(chapter.year));
            pages(&mut entry, chapter.pages.as_deref());
            entry.set_parents(vec![book]);
            entry
        }
        Source::Web(web) => {
            let mut entry = Entry::new(key, EntryType::Web);
            entry.set_title(text(&web.title));
            people(&mut entry, &web.author, &[]);
            if let Some(date) = web.date.as_ref().and_then(|date| full_date(&date.value)) {
                entry.set_date(date);
            }
            // As a container, the site would print in brackets after the author, like a post.
            publish(&mut entry, web.site.as_deref(), None, None);
            entry
        }
        Source::Film(film) => {
            let mut entry = Entry::new(key, EntryType::Video);
            entry.set_title(text(&film.title));
            affiliate(&mut entry, &film.director, PersonRole::Director);
            publish(&mut entry, film.distributor.as_deref(), None, Some(film.year));
            entry
        }
        Source::Case(_) | Source::Statute(_) | Source::Archive(_) | Source::Letter(_) => {
            unreachable!("our own rules format these")
        }
    }
}

/// A title with its author's capitalization. Changing the case of names and abbreviations does more harm than good.
fn verbatim(text: &str) -> FormatString {
    let mut value = ChunkedString::new();
    value.push_str(text, ChunkKind::Verbatim);
    FormatString { value, short: None }
}

fn person(name: &str) -> Person {
    let (family, given) = match name.split_once(',') {
        Some((family, given)) => (family.trim().to_owned(), Some(given.trim().to_owned()).filter(|given| !given.is_empty())),
        None => (name.trim().to_owned(), None),
    };
    Person { name: family, given_name: given, prefix: None, suffix: None, comma_suffix: false, alias: None }
}

fn people(entry: &mut Entry, authors: &[String], editors: &[String]) {
    if !authors.is_empty() {
        entry.set_authors(authors.iter().map(|name| person(name)).collect());
    }
    if !editors.is_empty() {
        entry.set_editors(editors.iter().map(|name| person(name)).collect());
    }
}

fn affiliate(entry: &mut Entry, names: &[String], role: PersonRole) {
    if !names.is_empty() {
        entry.set_affiliated(vec![PersonsWithRoles::new(names.iter().map(|name| person(name)).collect(), role)]);
    }
}

fn publish(entry: &mut Entry, publisher: Option<&str>, place: Option<&str>, year: Option<i32>) {
    if publisher.is_some() || place.is_some() {
        entry.set_publisher(Publisher::new(publisher.map(verbatim), place.map(verbatim)));
    }
    if let Some(year) = year {
        entry.set_date(HayagrivaDate::from_year(year));
    }
}

fn typed(text: &str) -> MaybeTyped<Numeric> {
    text.parse().map_or_else(|_| MaybeTyped::String(text.to_owned()), MaybeTyped::Typed)
}

fn pages(entry: &mut Entry, pages: Option<&str>) {
    let Some(pages) = pages else { return };
    let ranges = pages.replace(['–', '—'], "-").parse().map_or_else(|_| MaybeTyped::String(pages.to_owned()), MaybeTyped::Typed);
    entry.set_page_range(ranges);
}

fn full_date(date: &Date) -> Option<HayagrivaDate> {
    let (year, month, day) = date.parts()?;
    // Hayagriva counts months and days from 0.
    Some(HayagrivaDate { year, month: Some(month - 1), day: Some(day - 1), approximate: false, season: None })
}

/// Hayagriva's output, as runs.
pub(super) fn runs(children: &ElemChildren) -> Runs {
    let mut found = Runs::new();
    for child in &children.0 {
        match child {
            ElemChild::Text(formatted) => found.extend(from_formatted(&formatted.text, formatted.formatting)),
            ElemChild::Elem(elem) => found.extend(runs(&elem.children)),
            ElemChild::Link { text, .. } => found.extend(from_formatted(&text.text, text.formatting)),
            ElemChild::Markup(text) => found.extend(plain::from_text(text)),
            ElemChild::Transparent { .. } => {}
        }
    }
    plain::merge(found)
}

fn from_formatted(text: &str, formatting: hayagriva::Formatting) -> Runs {
    let mut runs = plain::from_text(text);
    if formatting.font_style == FontStyle::Italic {
        runs = vec![Run::Emphasis { runs }];
    }
    if formatting.font_weight == FontWeight::Bold {
        runs = vec![Run::Strong { runs }];
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => vec![Run::Superscript { runs }],
        VerticalAlign::Sub => vec![Run::Subscript { runs }],
        VerticalAlign::None | VerticalAlign::Baseline => runs,
    }
}
