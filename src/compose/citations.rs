//! Formats a lesson's citations and sources: with a bundled CSL style, or with `legal` for cases and laws.
//!
//! Hayagriva carries out the style. Where it errs, the seam on either side of it sets that right: `item` describes our sources,
//! `style` prepares the style, `marks` has the stand-ins that pass through both, and `output` turns what comes out into runs.

mod details;
mod group;
mod item;
mod legal;
mod locator;
mod marks;
mod namesakes;
mod output;
mod setting;
mod style;
mod year_letters;

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::{BibliographyDriver, CitationItem, ElemChildren, Rendered};

use self::group::Group;
use self::locator::Locators;
use self::setting::Setting;
use crate::lesson::Lesson;
use crate::lesson::bibliography::{Bibliography, Source};
use crate::lesson::name::Name;
use crate::lesson::prose::{Cite, CiteForm, Inline};
use crate::lesson::teacher::Teacher;
use crate::packet::{Run, Runs};

/// The style if the lesson doesn't set one.
const DEFAULT_STYLE: &str = "chicago-author-date";

/// All citations and sources of a lesson, formatted together because they affect each other.
pub struct Citations {
    /// The citation text of each group of sources.
    citations: BTreeMap<Vec<Reference>, Runs>,
    /// The label and the text of each source.
    entries: BTreeMap<String, (Option<Runs>, Runs)>,
}

/// A source in a citation. The same group of them prints the same everywhere, so this doesn't include a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reference {
    key: String,
    before: Option<String>,
    locator: Option<String>,
    form: CiteForm,
}

fn references(cites: &[Cite]) -> Vec<Reference> {
    let reference = |cite: &Cite| Reference {
        key: cite.key.value.clone(),
        before: cite.before.clone(),
        locator: cite.locator.clone(),
        form: cite.form,
    };
    cites.iter().map(reference).collect()
}

/// The sources that a piece of text cites, if it's a citation.
fn sources_of(inline: &Inline) -> Option<&[Cite]> {
    match inline {
        Inline::Citation { sources } => Some(sources),
        _ => None,
    }
}

impl Citations {
    /// Formats every citation and source of a lesson, and of its teacher file in editions that print it. `language` is a BCP 47
    /// tag.
    pub fn new(lesson: &Lesson, teacher: Option<&Teacher>, language: &str) -> Self {
        let mut all: Vec<&[Cite]> = Vec::new();
        lesson.each_inline(&mut |inline| all.extend(sources_of(inline)));
        if let Some(teacher) = teacher {
            teacher.each_inline(&mut |inline| all.extend(sources_of(inline)));
        }
        // In the order they're first cited, because numeric styles number them that way.
        let mut groups: Vec<Vec<Reference>> = Vec::new();
        let mut seen = BTreeSet::new();
        for group in all.into_iter().map(references) {
            if seen.insert(group.clone()) {
                groups.push(group);
            }
        }
        let style = lesson.bibliography.as_ref().and_then(|bibliography| bibliography.style.as_ref());
        Self::of(lesson.bibliography.as_ref(), groups, style.map_or(DEFAULT_STYLE, |style| &style.value), language)
    }

    fn of(bibliography: Option<&Bibliography>, groups: Vec<Vec<Reference>>, style: &str, language: &str) -> Self {
        let sources: BTreeMap<&str, &Source> =
            bibliography.into_iter().flat_map(Bibliography::sources).map(|(key, source)| (key.value.as_str(), source)).collect();
        let mut setting = Setting::new(style, language, bibliography);
        let items: Vec<(&str, _)> = bibliography
            .into_iter()
            .flat_map(Bibliography::sources)
            .filter(|(_, source)| !legal::is_legal(source))
            .map(|(key, source)| (key.value.as_str(), setting.item(&key.value, source)))
            .collect();
        setting.add_year_letters(&items, &sources);
        let setting = setting;
        let find = |key: &str| items.iter().find_map(|(known, item)| (*known == key).then_some(item));

        let located = |one| {
            let Reference { locator, key, .. }: &Reference = one;
            (locator.as_deref(), sources.get(key.as_str()).copied())
        };
        let locators: Vec<Locators> =
            groups.iter().map(|group| Locators::of(group.iter().map(located), setting.manual)).collect();
        let mut driver = BibliographyDriver::new();
        let mut asked = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let cited = group.iter().zip(locators[at].iter());
            let items: Vec<_> = cited
                .filter_map(|(one, locator)| Some(CitationItem::with_locator(find(&one.key)?, locator.specific())))
                .collect();
            if !items.is_empty() {
                // Words such as "see" and "but see" belong in the order in which they were typed.
                let is_in_order = group.iter().any(|one| one.before.is_some());
                let is_titled = group.iter().any(|one| setting.titled.contains(&one.key));
                let style = &setting.styles[usize::from(is_in_order) + 2 * usize::from(is_titled)];
                driver.citation(setting.request(style, items, Some(asked.len() + 1)));
                asked.push(at);
            }
        }
        // The bibliography also lists sources that nothing cites.
        let cited: BTreeSet<&str> = groups.iter().flatten().map(|one| one.key.as_str()).collect();
        for (_, item) in items.iter().filter(|(key, _)| !cited.contains(key)) {
            driver.citation(setting.request(setting.style(), vec![CitationItem::new(item, None, None, true, None)], None));
        }
        let rendered = setting.finish(driver);

        let mut formatted: BTreeMap<usize, &ElemChildren> =
            asked.into_iter().zip(rendered.citations.iter().map(|citation| &citation.citation)).collect();
        let citations = groups
            .iter()
            .enumerate()
            .map(|(at, group)| {
                let cited = Group { setting: &setting, sources: &sources, references: group, locators: &locators[at] };
                (group.clone(), cited.runs(formatted.remove(&at)))
            })
            .collect();
        let entries = bibliography.map(|bibliography| entries(bibliography, &setting, rendered)).unwrap_or_default();
        Self { citations, entries }
    }

    /// The text of a citation, as a footnote if the style uses notes.
    pub fn citation(&self, cites: &[Cite]) -> Runs {
        let mut runs = self.citations.get(&references(cites)).cloned().unwrap_or_default();
        for run in &mut runs {
            if let (Run::Note { place, .. }, Some(cite)) = (run, cites.first()) {
                *place = cite.key.place;
            }
        }
        runs
    }

    /// The text of a source, and its label if the style has labels.
    pub fn entry(&self, key: &str) -> (Option<Runs>, Runs) {
        self.entries.get(key).cloned().unwrap_or_default()
    }
}

/// Every source of the bibliography, in its groups' order.
fn entries(bibliography: &Bibliography, setting: &Setting, rendered: Rendered) -> BTreeMap<String, (Option<Runs>, Runs)> {
    let items = rendered.bibliography.map_or_else(Vec::new, |bibliography| bibliography.items);
    let mut found: BTreeMap<&str, _> = items.iter().map(|item| (item.key.as_str(), item)).collect();
    let dash = style::substitute(&setting.name);
    let mut entries = BTreeMap::new();
    for group in &bibliography.groups {
        let mut last: Option<Vec<String>> = None;
        for entry in group.entries.iter() {
            let (key, source) = (entry.key.value.as_str(), &entry.value);
            let label = found.get(key).and_then(|item| item.first_field.as_ref());
            let label = label.map(|field| setting.rules.runs(output::letters(&ElemChildren(vec![field.clone()]), &[], "")));
            let text = found.remove(key).map(|item| namesakes::unmarked(setting.entry(&item.content, key, source)));
            let text = text.filter(|text| !text.is_empty());
            let people: Option<Vec<String>> = text
                .as_ref()
                .filter(|text| output::has_names(text))
                .map(|_| source.people().iter().map(Name::in_order).collect());
            let runs = match (text, &dash) {
                (Some(text), Some(dash)) if people.is_some() && people == last => {
                    setting.rules.runs(output::with_dash(&text, dash))
                }
                (Some(text), _) => setting.rules.runs(setting.with_handle(text, source)),
                (None, _) => legal::entry(source, &setting.rules).unwrap_or_else(|| in_default_style(key, source, setting)),
            };
            entries.entry(key.to_owned()).or_insert((label, runs));
            last = people;
        }
    }
    entries
}

/// A source in the default style, if the lesson's style prints nothing for it: some have no bibliography at all.
fn in_default_style(key: &str, source: &Source, setting: &Setting) -> Runs {
    let default = Setting::new(DEFAULT_STYLE, &setting.language, None);
    let item = default.item(key, source);
    let mut driver = BibliographyDriver::new();
    driver.citation(default.request(default.style(), vec![CitationItem::with_entry(&item)], None));
    let rendered = default.finish(driver);
    let letters = rendered
        .bibliography
        .iter()
        .flat_map(|bibliography| &bibliography.items)
        .map(|item| default.letters(&item.content, key, source));
    default.rules.runs(letters.flatten().collect())
}
