//! Formats citations and sources: by a bundled CSL style through Hayagriva, cases, statutes, letters and archives by our own rules.
//!
//! Hayagriva drops or miscapitalises the reporters of cases, so those never reach it.
//! The addresses of sources never reach it either: the bibliography page prints them itself, with a QR code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, Style, StyleClass, VerticalAlign};
use hayagriva::types::{
    ChunkKind, ChunkedString, Date as HayagrivaDate, EntryType, FormatString, MaybeTyped, Numeric, Person, PersonRole,
    PersonsWithRoles, Publisher,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry, LocatorPayload,
    SpecificLocator,
};

use super::runs::{self, Run, Runs};
use crate::lesson::Lesson;
use crate::lesson::bibliography::{ArchiveDocument, Case, Letter, Source, Statute};
use crate::lesson::prose::{Cite, Inline, Placed};
use crate::lesson::values::Date;

/// The style of a lesson that names none.
const DEFAULT_STYLE: &str = "chicago-author-date";

/// The styles that messages suggest; every style that is bundled is accepted.
pub const COMMON_STYLES: [&str; 6] = ["chicago-author-date", "chicago-notes", "apa", "mla", "ieee", "harvard-cite-them-right"];

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// The styles unpacked so far: unpacking one takes longer than a whole short lesson.
static STYLES: LazyLock<Mutex<BTreeMap<String, Arc<IndependentStyle>>>> = LazyLock::new(Mutex::default);

/// The bundled style of this name.
pub fn style(name: &str) -> Option<Arc<IndependentStyle>> {
    let mut styles = STYLES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(style) = styles.get(name) {
        return Some(Arc::clone(style));
    }
    match ArchivedStyle::by_name(name)?.get() {
        Style::Independent(style) => {
            let style = Arc::new(style);
            styles.insert(name.to_owned(), Arc::clone(&style));
            Some(style)
        }
        Style::Dependent(_) => None,
    }
}

/// The locales that a language can use: its own, those of its other countries, and English for what they lack.
fn locales_of(language: &str) -> Vec<Locale> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let wanted = primary(language);
    let of = |locale: &&Locale| locale.lang.as_ref().is_none_or(|lang| lang.0 == "en-US" || primary(&lang.0) == wanted);
    LOCALES.iter().filter(of).cloned().collect()
}

/// All citations and sources of a lesson, formatted in one go so that they know of each other.
pub struct Citations {
    /// The citation text of each group of sources, in the order in which they were asked for.
    citations: BTreeMap<CitationKey, Runs>,
    entries: BTreeMap<String, (Option<Runs>, Runs)>,
    is_note: bool,
}

/// Sources cited together, with their locators. The same group cited twice prints the same, so no place is needed.
type CitationKey = Vec<(String, Option<String>)>;

fn citation_key(cites: &[Cite]) -> CitationKey {
    cites.iter().map(|cite| (cite.key.value.clone(), cite.locator.clone())).collect()
}

impl Citations {
    /// Formats every citation and source of a lesson in a language (a tag of BCP 47).
    pub fn new(lesson: &Lesson, language: &str) -> Self {
        let bibliography = lesson.bibliography.as_ref();
        let name = bibliography.and_then(|bibliography| bibliography.style.as_ref()).map_or(DEFAULT_STYLE, |style| &style.value);
        let style = style(name).or_else(|| style(DEFAULT_STYLE)).expect("the default style is bundled");
        let locale = Some(LocaleCode(language.to_owned()));
        let locales = locales_of(language);

        let mut entries = Vec::new();
        let mut own = BTreeMap::new();
        for (key, source) in bibliography.into_iter().flat_map(|bibliography| bibliography.sources()) {
            match own_citation(source) {
                Some(runs) => {
                    own.insert(key.value.clone(), runs);
                }
                None => entries.push(entry(&key.value, source)),
            }
        }
        let find = |key: &str| entries.iter().find(|entry| entry.key() == key);

        let mut groups: BTreeSet<CitationKey> = BTreeSet::new();
        let mut cited: BTreeSet<&str> = BTreeSet::new();
        // In the order in which they are first cited, since numeric styles count.
        let mut order: Vec<CitationKey> = Vec::new();
        lesson.each_inline(&mut |inline| {
            if let Inline::Citation { sources } = inline {
                cited.extend(sources.iter().map(|cite| cite.key.value.as_str()));
                let group = citation_key(sources);
                if groups.insert(group.clone()) {
                    order.push(group);
                }
            }
        });
        let mut driver = BibliographyDriver::new();
        let mut asked = Vec::new();
        for group in &order {
            let items: Vec<_> = group
                .iter()
                .filter_map(|(key, locator)| Some(CitationItem::with_locator(find(key)?, locator.as_deref().map(specific))))
                .collect();
            if !items.is_empty() {
                driver.citation(CitationRequest::new(items, &style, locale.clone(), &locales, Some(asked.len() + 1)));
                asked.push(group.clone());
            }
        }
        // Sources that nothing cites are in the bibliography all the same.
        for entry in entries.iter().filter(|entry| !cited.contains(entry.key())) {
            let items = vec![CitationItem::new(entry, None, None, true, None)];
            driver.citation(CitationRequest::new(items, &style, locale.clone(), &locales, None));
        }
        let rendered = driver.finish(BibliographyRequest::new(&style, locale, &locales));

        let formatted: BTreeMap<CitationKey, Runs> = asked
            .into_iter()
            .zip(&rendered.citations)
            .map(|(group, citation)| (group, from_children(&citation.citation)))
            .collect();
        let citations = order
            .into_iter()
            .map(|group| {
                let own: Vec<Runs> =
                    group.iter().filter_map(|(key, locator)| Some(with_locator(own.get(key)?, locator.as_deref()))).collect();
                let runs = join(formatted.get(&group).cloned(), own);
                (group, held_together(runs))
            })
            .collect();
        let items = rendered.bibliography.map_or_else(Vec::new, |bibliography| bibliography.items);
        let entries = items
            .into_iter()
            .map(|item| {
                (
                    item.key,
                    (
                        item.first_field.as_ref().map(|field| from_children(&ElemChildren(vec![field.clone()]))),
                        from_children(&item.content),
                    ),
                )
            })
            .collect();
        Self { citations, entries, is_note: style.settings.class == StyleClass::Note }
    }

    /// The text of a citation, or its note in a style that cites in notes.
    pub fn citation(&self, cites: &[Cite]) -> Runs {
        let runs = self.citations.get(&citation_key(cites)).cloned().unwrap_or_default();
        if self.is_note && !runs.is_empty() { vec![Run::Note { runs }] } else { runs }
    }

    /// The label, if the style has labels, and the text of a source.
    pub fn entry(&self, key: &str, source: &Source) -> (Option<Runs>, Runs) {
        match own_entry(source) {
            Some(runs) => (None, runs),
            None => self.entries.get(key).cloned().unwrap_or_default(),
        }
    }
}

/// Puts citations by our own rule into the brackets of a citation that the style formatted, or into brackets of their own.
fn join(formatted: Option<Runs>, own: Vec<Runs>) -> Runs {
    if own.is_empty() {
        return formatted.unwrap_or_default();
    }
    let own = own.join(&Run::text("; "));
    let Some(mut runs) = formatted else {
        return [vec![Run::text("(")], own, vec![Run::text(")")]].concat();
    };
    match runs.last_mut() {
        Some(Run::Text { text }) if text.ends_with(')') => {
            text.pop();
            text.push_str("; ");
            runs.extend(own);
            runs.push(Run::text(")"));
            runs
        }
        _ => [runs, vec![Run::text(" (")], own, vec![Run::text(")")]].concat(),
    }
}

fn with_locator(runs: &Runs, locator: Option<&str>) -> Runs {
    let mut runs = runs.clone();
    if let Some(locator) = locator {
        runs.push(Run::text(format!(", {locator}")));
    }
    runs
}

/// "p. 45" as the style wants it: what kind of locator, and its number.
fn specific(locator: &str) -> SpecificLocator<'_> {
    let kinds = [
        ("pp.", Locator::Page),
        ("p.", Locator::Page),
        ("chap.", Locator::Chapter),
        ("ch.", Locator::Chapter),
        ("vol.", Locator::Volume),
        ("sec.", Locator::Section),
        ("§", Locator::Section),
        ("para.", Locator::Paragraph),
        ("¶", Locator::Paragraph),
        ("n.", Locator::Note),
    ];
    let known = kinds.iter().find_map(|(prefix, kind)| Some((*kind, locator.strip_prefix(prefix)?.trim())));
    let (kind, number) = known.unwrap_or((Locator::Custom, locator));
    SpecificLocator(kind, LocatorPayload::Str(number))
}

/// How a source that is set by our own rules is cited in the text; `None` for one that the style formats.
fn own_citation(source: &Source) -> Option<Runs> {
    let year = |year: Option<i32>| year.map(|year| Run::text(format!(" {year}")));
    match source {
        Source::Case(case) => Some([Some(italic(&case.name)), year(Some(case.year))].into_iter().flatten().collect()),
        Source::Statute(statute) => {
            let name = statute.short.as_ref().or(statute.citation.as_ref()).unwrap_or(&statute.name);
            Some(runs::from_text(name))
        }
        Source::Archive(document) => {
            let name = document.author.first().map_or(&document.title, |author| author);
            Some(
                runs::from_text(family(name))
                    .into_iter()
                    .chain(year(document.year.or(year_of(document.date.as_ref()))))
                    .collect(),
            )
        }
        Source::Letter(letter) => {
            let name = letter.author.first().map_or(letter.recipient.as_str(), |author| author);
            Some(runs::from_text(family(name)).into_iter().chain(year(letter.year.or(year_of(letter.date.as_ref())))).collect())
        }
        _ => None,
    }
}

fn family(name: &str) -> &str {
    name.split(',').next().unwrap_or(name).trim()
}

fn year_of(date: Option<&Placed<Date>>) -> Option<i32> {
    date.and_then(|date| date.value.parts()).map(|(year, ..)| year)
}

fn italic(text: &str) -> Run {
    Run::Emphasis { runs: runs::from_text(text) }
}

/// A source set by our own rules; `None` for one that the style formats.
fn own_entry(source: &Source) -> Option<Runs> {
    match source {
        Source::Case(case) => Some(case_entry(case)),
        Source::Statute(statute) => Some(statute_entry(statute)),
        Source::Archive(document) => Some(archive_entry(document)),
        Source::Letter(letter) => Some(letter_entry(letter)),
        _ => None,
    }
}

/// *Name*, 297 U.S. 278 (1936), after The Bluebook, rule 10.
fn case_entry(case: &Case) -> Runs {
    let court = case.court.as_ref().map(|court| format!("{court} ")).unwrap_or_default();
    let mut runs = vec![italic(&case.name)];
    runs.extend(runs::from_text(&format!(", {} ({court}{}).", case.citation, case.year)));
    runs
}

fn statute_entry(statute: &Statute) -> Runs {
    let citation = statute.citation.as_ref().map(|citation| format!(", {citation}")).unwrap_or_default();
    // "adopted December 5, 1936" already says the year.
    let year =
        statute.year.filter(|year| !citation.contains(&year.to_string())).map(|year| format!(" ({year})")).unwrap_or_default();
    runs::from_text(&format!("{}{citation}{year}.", statute.name))
}

/// Author. Title. Date. Collection. Archive, Place. After The Chicago Manual of Style, 17th ed., 14.222.
fn archive_entry(document: &ArchiveDocument) -> Runs {
    let ArchiveDocument { author, title, collection, archive, place, date, year, .. } = document;
    let place = place.as_ref().map_or_else(|| archive.clone(), |place| format!("{archive}, {place}"));
    sentences([names(author), text(Some(title)), day(date.as_ref(), *year), text(collection.as_ref()), runs::from_text(&place)])
}

/// Author to Recipient. Date. Collection. Archive. After The Chicago Manual of Style, 17th ed., 14.229.
fn letter_entry(letter: &Letter) -> Runs {
    let Letter { author, recipient, date, year, collection, archive, .. } = letter;
    let parties = format!("{} to {recipient}", author.join("; "));
    sentences([runs::from_text(parties.trim()), day(date.as_ref(), *year), text(collection.as_ref()), text(archive.as_ref())])
}

fn names(people: &[String]) -> Runs {
    runs::from_text(&people.join("; "))
}

fn text(text: Option<&String>) -> Runs {
    text.map_or_else(Runs::new, |text| runs::from_text(text))
}

fn day(date: Option<&Placed<Date>>, year: Option<i32>) -> Runs {
    match (date.and_then(|date| date.value.parts()), year) {
        (Some((year, month, day)), _) => vec![Run::Day { year, month, day }],
        (None, Some(year)) => vec![Run::text(year.to_string())],
        (None, None) => Runs::new(),
    }
}

/// Each part with a full stop behind it; empty ones are left out.
fn sentences(parts: impl IntoIterator<Item = Runs>) -> Runs {
    let mut sentences = Runs::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !sentences.is_empty() {
            sentences.push(Run::text(" "));
        }
        sentences.extend(part);
        sentences.push(Run::text("."));
    }
    merge(sentences)
}

/// A source as Hayagriva has it.
fn entry(key: &str, source: &Source) -> Entry {
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
            // As a container the site would stand in brackets behind the author, as for a post.
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
            unreachable!("these are set by our own rules")
        }
    }
}

/// A title as its author capitalises it: changing the case of names and abbreviations does more harm than good.
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

/// What Hayagriva formatted, as runs.
fn from_children(children: &ElemChildren) -> Runs {
    let mut runs = Runs::new();
    for child in &children.0 {
        match child {
            ElemChild::Text(formatted) => runs.extend(from_formatted(&formatted.text, formatted.formatting)),
            ElemChild::Elem(elem) => runs.extend(from_children(&elem.children)),
            ElemChild::Link { text, .. } => runs.extend(from_formatted(&text.text, text.formatting)),
            ElemChild::Markup(text) => runs.extend(runs::from_text(text)),
            ElemChild::Transparent { .. } => {}
        }
    }
    merge(runs)
}

fn from_formatted(text: &str, formatting: hayagriva::Formatting) -> Runs {
    let mut runs = runs::from_text(text);
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

/// Neighbouring pieces of plain text as one, and one full stop where a title's own meets the style's.
fn merge(runs: Runs) -> Runs {
    let mut merged = Runs::new();
    for mut run in runs {
        if let Run::Text { text } = &mut run
            && text.starts_with('.')
            && !text.starts_with("..")
            && merged.last().is_some_and(|last| last_character(last) == Some('.'))
        {
            text.remove(0);
        }
        if let Run::Text { text } = &mut run {
            *text = text.replace("...", "\u{2026}").replace("..", ".").replace('\u{2026}', "...");
        }
        match (merged.last_mut(), run) {
            (Some(Run::Text { text }), Run::Text { text: more }) => text.push_str(&more),
            (Some(Run::Emphasis { runs }), Run::Emphasis { runs: more }) => runs.extend(more),
            (_, run) => merged.push(run),
        }
    }
    merged
}

fn last_character(run: &Run) -> Option<char> {
    match run {
        Run::Text { text } => text.chars().rev().find(|c| !matches!(c, '”' | '’')),
        Run::Emphasis { runs } | Run::Strong { runs } => runs.last().and_then(last_character),
        _ => None,
    }
}

/// A citation that no line break tears between name and year.
fn held_together(runs: Runs) -> Runs {
    runs.into_iter()
        .map(|run| match run {
            Run::Text { text } => {
                let mut words = text.split(' ');
                let first = words.next().unwrap_or_default().to_owned();
                Run::text(words.fold(first, |mut line, word| {
                    line.push(if word.starts_with(|c: char| c.is_ascii_digit()) { '\u{a0}' } else { ' ' });
                    line.push_str(word);
                    line
                }))
            }
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_full_stop_is_enough() {
        let title = Run::Emphasis { runs: vec![Run::text("Plea before the U.S.S.R.")] };
        let runs = merge(vec![title.clone(), Run::text(". Moscow.")]);
        assert_eq!(runs, vec![title, Run::text(" Moscow.")]);
    }

    #[test]
    fn cases_are_set_by_our_own_rule() {
        let url = None;
        let case = Case {
            name: "Brown v. Mississippi".into(),
            citation: "297 U.S. 278".into(),
            court: None,
            year: 1936,
            url,
            archived_url: None,
            accessed: None,
            note: None,
        };
        let expected = vec![Run::Emphasis { runs: vec![Run::text("Brown v. Mississippi")] }, Run::text(", 297 U.S. 278 (1936).")];
        assert_eq!(case_entry(&case), expected);
    }

    #[test]
    fn every_suggested_style_is_bundled() {
        for name in COMMON_STYLES {
            assert!(style(name).is_some(), "{name}");
        }
    }
}
