//! Formats a lesson's citations and sources: with a bundled CSL style, or with `legal_and_archival` where CSL would garble them.
//!
//! `csl` turns our sources into entries for the style, and its output into our runs.

mod csl;
mod legal_and_archival;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, LocatorPayload, SpecificLocator,
};

use crate::lesson::Lesson;
use crate::lesson::bibliography::Source;
use crate::lesson::prose::{Cite, Inline};
use crate::lesson::teacher::Teacher;
use crate::packet::{Run, Runs};

/// The style if the lesson doesn't set one.
const DEFAULT_STYLE: &str = "chicago-author-date";

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// The styles unpacked so far. Unpacking one takes longer than formatting a short lesson.
static STYLES: LazyLock<Mutex<BTreeMap<String, Arc<IndependentStyle>>>> = LazyLock::new(Mutex::default);

/// The bundled style with this name.
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

/// The locales for a language: all its countries, and English for anything they lack.
fn locales_of(language: &str) -> Vec<Locale> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let wanted = primary(language);
    let of = |locale: &&Locale| locale.lang.as_ref().is_none_or(|lang| lang.0 == "en-US" || primary(&lang.0) == wanted);
    LOCALES.iter().filter(of).cloned().collect()
}

/// All citations and sources of a lesson, formatted together because they affect each other.
pub struct Citations {
    /// The citation text of each group of sources.
    citations: BTreeMap<CitationKey, Runs>,
    entries: BTreeMap<String, (Option<Runs>, Runs)>,
    is_note: bool,
}

/// Sources cited together, with their locators. The same group prints the same everywhere, so the key doesn't include a place.
type CitationKey = Vec<(String, Option<String>)>;

/// The sources that a piece of text cites, if it's a citation.
fn sources_of(inline: &Inline) -> Option<&[Cite]> {
    match inline {
        Inline::Citation { sources } => Some(sources),
        _ => None,
    }
}

fn citation_key(cites: &[Cite]) -> CitationKey {
    cites.iter().map(|cite| (cite.key.value.clone(), cite.locator.clone())).collect()
}

impl Citations {
    /// Formats every citation and source of a lesson, and of its teacher file in editions that print it. `language` is a BCP 47
    /// tag.
    pub fn new(lesson: &Lesson, teacher: Option<&Teacher>, language: &str) -> Self {
        let bibliography = lesson.bibliography.as_ref();
        let name = bibliography.and_then(|bibliography| bibliography.style.as_ref()).map_or(DEFAULT_STYLE, |style| &style.value);
        let style = style(name).or_else(|| style(DEFAULT_STYLE)).expect("the default style is bundled");
        let locale = Some(LocaleCode(language.to_owned()));
        let locales = locales_of(language);

        let mut entries = Vec::new();
        let mut own = BTreeMap::new();
        for (key, source) in bibliography.into_iter().flat_map(|bibliography| bibliography.sources()) {
            match legal_and_archival::citation(source) {
                Some(runs) => {
                    own.insert(key.value.clone(), runs);
                }
                None => entries.push(csl::entry(&key.value, source)),
            }
        }
        let find = |key: &str| entries.iter().find(|entry| entry.key() == key);

        let mut groups: BTreeSet<CitationKey> = BTreeSet::new();
        let mut cited: BTreeSet<&str> = BTreeSet::new();
        // In the order they're first cited, because numeric styles number them that way.
        let mut order: Vec<CitationKey> = Vec::new();
        let mut all: Vec<&[Cite]> = Vec::new();
        lesson.each_inline(&mut |inline| all.extend(sources_of(inline)));
        if let Some(teacher) = teacher {
            teacher.each_inline(&mut |inline| all.extend(sources_of(inline)));
        }
        for sources in all {
            cited.extend(sources.iter().map(|cite| cite.key.value.as_str()));
            let group = citation_key(sources);
            if groups.insert(group.clone()) {
                order.push(group);
            }
        }
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
        // The bibliography also lists sources that nothing cites.
        for entry in entries.iter().filter(|entry| !cited.contains(entry.key())) {
            let items = vec![CitationItem::new(entry, None, None, true, None)];
            driver.citation(CitationRequest::new(items, &style, locale.clone(), &locales, None));
        }
        let rendered = driver.finish(BibliographyRequest::new(&style, locale, &locales));

        let formatted: BTreeMap<CitationKey, Runs> =
            asked.into_iter().zip(&rendered.citations).map(|(group, citation)| (group, csl::runs(&citation.citation))).collect();
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
                        item.first_field.as_ref().map(|field| csl::runs(&ElemChildren(vec![field.clone()]))),
                        csl::runs(&item.content),
                    ),
                )
            })
            .collect();
        Self { citations, entries, is_note: style.settings.class == StyleClass::Note }
    }

    /// The text of a citation, as a footnote if the style uses notes.
    pub fn citation(&self, cites: &[Cite]) -> Runs {
        let runs = self.citations.get(&citation_key(cites)).cloned().unwrap_or_default();
        match cites.first() {
            Some(cite) if self.is_note && !runs.is_empty() => vec![Run::Note { runs, place: cite.key.place }],
            _ => runs,
        }
    }

    /// The text of a source, and its label if the style has labels.
    pub fn entry(&self, key: &str, source: &Source) -> (Option<Runs>, Runs) {
        match legal_and_archival::entry(source) {
            Some(runs) => (None, runs),
            None => self.entries.get(key).cloned().unwrap_or_default(),
        }
    }
}

/// Adds our own citations inside the parentheses of a citation the style formatted, or in new parentheses.
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

/// "p. 45" as the style needs it: the kind of locator and its number.
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

/// The citation, with no line break allowed between name and year.
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
    use crate::lesson::citation_style;

    #[test]
    fn the_list_of_styles_matches_the_bundled_styles() {
        let mut bundled: Vec<&str> = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied().collect();
        bundled.retain(|name| style(name).is_some());
        bundled.sort_unstable();
        assert_eq!(bundled, citation_style::BUNDLED);
        for name in citation_style::SUGGESTED {
            assert!(citation_style::is_bundled(name), "{name}");
        }
        assert!(!citation_style::is_bundled("chicago"));
    }
}
