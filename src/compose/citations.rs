//! Formats a lesson's citations and sources: with a bundled CSL style, or with `legal` for cases and laws.
//!
//! Hayagriva carries out the style. Where it errs, the seam on either side of it sets that right: `item` describes our sources,
//! `style` prepares the style, `marks` has the stand-ins that pass through both, and `output` turns what comes out into runs.

mod item;
mod legal;
mod locator;
mod marks;
mod namesakes;
mod output;
mod style;

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::taxonomy::OtherTerm;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta, Rendered,
};

use self::item::item;
use self::locator::Locators;
use self::namesakes::Namesakes;
use self::output::{Letters, Rules, TitleLook, plain_letters};
use self::style::Manual;
use crate::compose::plain;
use crate::lesson::Lesson;
use crate::lesson::bibliography::{Bibliography, Post, Source};
use crate::lesson::name::Name;
use crate::lesson::prose::{Cite, CiteForm, Inline, Placed};
use crate::lesson::source_date::{Known, When};
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
        let setting = Setting::new(style, language, bibliography);
        let items: Vec<(&str, _)> = bibliography
            .into_iter()
            .flat_map(Bibliography::sources)
            .filter(|(_, source)| !legal::is_legal(source))
            .map(|(key, source)| (key.value.as_str(), setting.item(&key.value, source)))
            .collect();
        let find = |key: &str| items.iter().find_map(|(known, item)| (*known == key).then_some(item));

        let locators: Vec<Locators> =
            groups.iter().map(|group| Locators::of(group.iter().map(|one| one.locator.as_deref()))).collect();
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
        self.citations.get(&references(cites)).cloned().unwrap_or_default()
    }

    /// The text of a source, and its label if the style has labels.
    pub fn entry(&self, key: &str) -> (Option<Runs>, Runs) {
        self.entries.get(key).cloned().unwrap_or_default()
    }
}

/// A style, and the language it's set in.
struct Setting {
    /// The name of the style.
    name: String,
    /// The style; the style with the sources of a citation in the order in which they were typed; both with titles in citations.
    styles: [IndependentStyle; 4],
    /// The sources whose citations need a title, because the lesson has others by the same author and the style prints no year.
    titled: BTreeSet<String>,
    namesakes: Namesakes,
    manual: Manual,
    locales: Vec<Locale>,
    language: String,
    rules: Rules,
}

impl Setting {
    fn new(name: &str, language: &str, bibliography: Option<&Bibliography>) -> Self {
        let known = style::prepared(name, language).map(|style| (name, style));
        let (name, style) = known
            .unwrap_or_else(|| (DEFAULT_STYLE, style::prepared(DEFAULT_STYLE, language).expect("the default style is bundled")));
        let in_order = |mut style: IndependentStyle| {
            style.citation.sort = None;
            style
        };
        let mut with_titles = style.clone();
        style::always_titled(&mut with_titles);
        let manual = Manual::of(name);
        let sources = || bibliography.into_iter().flat_map(Bibliography::sources);
        Self {
            name: name.to_owned(),
            styles: [style.clone(), in_order(style), with_titles.clone(), in_order(with_titles)],
            titled: if manual == Manual::Mla { by_authors_of_several(sources()) } else { BTreeSet::new() },
            namesakes: Namesakes::of(sources().map(|(_, source)| source).filter(|source| !legal::is_legal(source))),
            manual,
            locales: style::locales_of(language),
            language: language.to_owned(),
            rules: Rules::of(language),
        }
    }

    /// The style in its plain form.
    fn style(&self) -> &IndependentStyle {
        &self.styles[0]
    }

    fn item(&self, key: &str, source: &Source) -> item::Item {
        let mut item = item(key, source, self.manual);
        self.namesakes.mark(&mut item);
        item
    }

    fn locale(&self) -> Option<LocaleCode> {
        Some(LocaleCode(self.language.clone()))
    }

    fn request<'s>(
        &'s self,
        style: &'s IndependentStyle,
        items: Vec<CitationItem<'s, item::Item>>,
        note: Option<usize>,
    ) -> CitationRequest<'s, item::Item> {
        CitationRequest::new(items, style, self.locale(), &self.locales, note)
    }

    fn finish(&self, driver: BibliographyDriver<'_, item::Item>) -> Rendered {
        driver.finish(BibliographyRequest::new(self.style(), self.locale(), &self.locales))
    }

    fn is_note(&self) -> bool {
        self.style().settings.class == StyleClass::Note
    }

    /// The output of a source, with its dates and its title as they should be.
    fn letters(&self, children: &ElemChildren, source: &Source) -> Letters {
        let letters = output::letters(children, &dates(source));
        match title_look(source, self.manual) {
            Some((title, look)) => output::with_title(letters, &marks::prepared_title(title), look),
            None => letters,
        }
    }

    /// The last names of people as running text has them: "Roe", "Roe and Doe", "Roe et al."
    fn in_text(&self, people: &[Name]) -> String {
        let term = |term| style::term(self.style(), &self.locales, &self.language, term);
        let first = people.first().map(|first| self.namesakes.short(first));
        let names: Vec<String> =
            first.into_iter().chain(people.iter().skip(1).map(|name| marks::prepared(name.short()))).collect();
        let most = self.style().citation.name_options.et_al_min.unwrap_or(4);
        match &names[..] {
            [first, _, ..] if u32::try_from(names.len()).is_ok_and(|count| count >= most) => {
                format!("{first} {}", term(OtherTerm::EtAl).unwrap_or_else(|| "et al.".into()))
            }
            [before @ .., one, last] => {
                let before: String = before.iter().map(|name| format!("{name}, ")).collect();
                format!("{before}{one} {} {last}", term(OtherTerm::And).unwrap_or_else(|| "and".into()))
            }
            names => names.concat(),
        }
    }
}

/// The keys of the sources whose authors have others in the bibliography.
fn by_authors_of_several<'a>(sources: impl Iterator<Item = (&'a Placed<String>, &'a Source)>) -> BTreeSet<String> {
    let mut by_authors: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
    for (key, source) in sources.filter(|(_, source)| !legal::is_legal(source) && !source.people().is_empty()) {
        let mut people: Vec<String> = source.people().iter().map(Name::in_order).collect();
        // Citations shorten three names to the first.
        people.truncate(if people.len() > 2 { 1 } else { 2 });
        by_authors.entry(people).or_default().push(&key.value);
    }
    by_authors.into_values().filter(|keys| keys.len() > 1).flatten().map(str::to_owned).collect()
}

/// The dates that a style prints for a source.
fn dates(source: &Source) -> Vec<When> {
    let original = source.original_year().and_then(|year| match year.value.known()? {
        Known::Date(when) => Some(when),
        Known::Undated => None,
    });
    source.common().when().into_iter().chain(original).collect()
}

/// The title of a source that looks otherwise than the style has it, and how.
fn title_look(source: &Source, manual: Manual) -> Option<(&str, TitleLook)> {
    match (source, manual) {
        // A song has quotation marks even without its album: Chicago, 17th ed., 8.194.
        (Source::Song(song), Manual::Chicago | Manual::Mla) => Some((&song.title, TitleLook::Quoted)),
        // An unsigned article keeps its quotation marks when the newspaper takes the author's place: Chicago, 17th
        // ed., 14.199.
        (Source::Newspaper(article), Manual::Chicago) if article.newspaper.is_some() => Some((&article.title, TitleLook::Quoted)),
        (Source::Magazine(article), Manual::Chicago) if article.magazine.is_some() => Some((&article.title, TitleLook::Quoted)),
        // Most documents in archives have a description rather than a title: Chicago, 17th ed., 14.222.
        (Source::Archive(document), Manual::Chicago | Manual::Mla) => Some((&document.title, TitleLook::Plain)),
        _ => None,
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
            let label = label.map(|field| setting.rules.runs(output::letters(&ElemChildren(vec![field.clone()]), &[])));
            let text = found.remove(key).map(|item| namesakes::unmarked(setting.letters(&item.content, source)));
            let text = text.filter(|text| !text.is_empty());
            let people: Option<Vec<String>> = text
                .as_ref()
                .filter(|text| output::has_names(text))
                .map(|_| source.people().iter().map(Name::in_order).collect());
            let runs = match (text, &dash) {
                (Some(text), Some(dash)) if people.is_some() && people == last => {
                    setting.rules.runs(output::with_dash(&text, dash))
                }
                (Some(text), _) => setting.rules.runs(with_handle(text, source, setting.manual)),
                (None, _) => legal::entry(source, &setting.rules).unwrap_or_else(|| in_default_style(key, source, setting)),
            };
            entries.entry(key.to_owned()).or_insert((label, runs));
            last = people;
        }
    }
    entries
}

/// A post with the name of its account after that of its author: Chicago, 17th ed., 14.209; APA, 7th ed., 10.15.
fn with_handle(letters: Letters, source: &Source, manual: Manual) -> Letters {
    match source {
        Source::Post(Post { handle: Some(handle), .. }) => {
            let handle = format!("@{}", handle.trim_start_matches('@'));
            let shown = if manual == Manual::Chicago { format!(" ({handle})") } else { format!(" [{handle}]") };
            output::with_handle(letters, &shown)
        }
        _ => letters,
    }
}

/// A source in the default style, if the lesson's style prints nothing for it: some have no bibliography at all.
fn in_default_style(key: &str, source: &Source, setting: &Setting) -> Runs {
    let default = Setting::new(DEFAULT_STYLE, &setting.language, None);
    let item = item(key, source, default.manual);
    let mut driver = BibliographyDriver::new();
    driver.citation(default.request(default.style(), vec![CitationItem::with_entry(&item)], None));
    let rendered = default.finish(driver);
    let letters = rendered
        .bibliography
        .iter()
        .flat_map(|bibliography| &bibliography.items)
        .map(|item| default.letters(&item.content, source));
    default.rules.runs(letters.flatten().collect())
}

/// Sources that are cited together.
struct Group<'a> {
    setting: &'a Setting,
    sources: &'a BTreeMap<&'a str, &'a Source>,
    references: &'a [Reference],
    locators: &'a Locators<'a>,
}

impl Group<'_> {
    /// The citation as it prints. `formatted` is what the style prints for those sources that it formats.
    fn runs(&self, formatted: Option<&ElemChildren>) -> Runs {
        let setting = self.setting;
        if let [Reference { form: CiteForm::InText, .. }] = self.references {
            return self.in_text(formatted);
        }
        let runs = formatted.map(|formatted| {
            let mut letters = self.letters(formatted);
            if setting.is_note() {
                capitalize(&mut letters);
            }
            setting.rules.runs(letters)
        });
        let own: Vec<Runs> = self
            .references
            .iter()
            .filter_map(|one| Some((one, legal::citation(self.sources.get(one.key.as_str())?, &setting.rules)?)))
            .map(|(one, runs)| with_words(one, runs))
            .collect();
        let runs = held_together(join(runs, own));
        if setting.is_note() && !runs.is_empty() { vec![Run::Note { runs }] } else { runs }
    }

    /// The sources that the style formats, in the order in which they were typed.
    fn styled(&self) -> Vec<(&Reference, &Source, locator::Split<'_>)> {
        let source = |one: &Reference| self.sources.get(one.key.as_str()).copied().filter(|source| !legal::is_legal(source));
        let all = self.references.iter().zip(self.locators.iter());
        all.filter_map(|(one, locator)| Some((one, source(one)?, locator))).collect()
    }

    /// What the style printed for the group, with the words around each source.
    fn letters(&self, formatted: &ElemChildren) -> Letters {
        let styled = self.styled();
        let mut letters = Letters::new();
        for child in &formatted.0 {
            let entry = match child {
                ElemChild::Elem(elem) => match elem.meta {
                    Some(ElemMeta::Entry(at)) => styled.get(at).map(|known| (known, &elem.children)),
                    _ => None,
                },
                _ => None,
            };
            match entry {
                Some(((one, source, locator), children)) => letters.extend(self.entry(one, source, *locator, children)),
                None => letters.extend(output::letters(&ElemChildren(vec![child.clone()]), &[])),
            }
        }
        letters
    }

    fn entry(&self, one: &Reference, source: &Source, locator: locator::Split<'_>, children: &ElemChildren) -> Letters {
        let mut letters = locator.dashed(self.setting.namesakes.told_apart(self.setting.letters(children, source)));
        if one.form == CiteForm::WithoutAuthor {
            letters = output::without_names(&letters);
        }
        if let Some(before) = &one.before {
            letters = [plain_letters(&marks::prepared(before)), plain_letters(" "), letters].concat();
        }
        if let Some(after) = locator.after {
            let comma = if letters.is_empty() { "" } else { ", " };
            letters.extend(plain_letters(&format!("{comma}{}", marks::prepared(after))));
        }
        letters
    }

    /// A source as the subject of a sentence: "Roe (2003)", "Roe [1]", or "Roe" with a footnote.
    fn in_text(&self, formatted: Option<&ElemChildren>) -> Runs {
        let setting = self.setting;
        let [one] = self.references else { return Runs::new() };
        let Some(source) = self.sources.get(one.key.as_str()) else {
            // Not a source, but an account or something else with an at sign.
            return plain::from_text(&format!("@{}", one.key));
        };
        if let Some(runs) = legal::in_text(source, one.locator.as_deref(), &setting.rules) {
            return held_together(runs);
        }
        let Some(formatted) = formatted else { return Runs::new() };
        let letters = self.letters(formatted);
        let people = source.people();
        let name: Letters = if people.is_empty() {
            let stand_in: Letters = letters.iter().copied().filter(output::Letter::is_names).collect();
            if stand_in.is_empty() { title(source) } else { output::without_comma(stand_in) }
        } else {
            plain_letters(&setting.in_text(people))
        };
        if setting.is_note() {
            let note = setting.rules.runs(letters);
            return [setting.rules.runs(name), vec![Run::Note { runs: held_together(note) }]].concat();
        }
        let is_numbered = !letters.iter().any(output::Letter::is_names) && style::is_numeric(setting.style());
        let rest = if is_numbered {
            letters
        } else {
            let layout = &setting.style().citation.layout;
            let (open, close) = (layout.prefix.as_deref().unwrap_or("("), layout.suffix.as_deref().unwrap_or(")"));
            let inside = output::text_between(&letters, open, close);
            let inside = if people.is_empty() { output::without_any_names(&inside) } else { output::without_names(&inside) };
            if inside.is_empty() { Letters::new() } else { [plain_letters("("), inside, plain_letters(")")].concat() }
        };
        let space = if rest.is_empty() { "" } else { " " };
        held_together(setting.rules.runs([name, plain_letters(space), rest].concat()))
    }
}

/// The title of a source that has no author.
fn title(source: &Source) -> Letters {
    let title = marks::prepared_title(source.title());
    match source {
        Source::Book(_) | Source::Film(_) | Source::Artwork(_) | Source::Report(_) => output::italic_letters(&title),
        _ => plain_letters(&format!("{}{title}{}", marks::STYLE_OPEN, marks::STYLE_CLOSE)),
    }
}

/// A footnote begins with a capital letter, even if it begins with "see".
fn capitalize(letters: &mut Letters) {
    if let Some(first) = letters.first_mut()
        && let Some(capital) =
            Some(first.c.to_uppercase()).filter(|capital| capital.len() == 1).and_then(|mut capital| capital.next())
        && !first.is_names()
    {
        first.c = capital;
    }
}

/// Adds our own citations inside the parentheses of a citation the style formatted, or in new parentheses.
fn join(formatted: Option<Runs>, own: Vec<Runs>) -> Runs {
    if own.is_empty() {
        return formatted.unwrap_or_default();
    }
    let own = own.join(&Run::text("; "));
    let Some(mut runs) = formatted.filter(|runs| !runs.is_empty()) else {
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

/// A citation of ours with the words around it.
fn with_words(one: &Reference, runs: Runs) -> Runs {
    let before = one.before.iter().map(|before| Run::text(format!("{before} ")));
    let after = one.locator.iter().map(|locator| Run::text(format!(", {locator}")));
    before.chain(runs).chain(after).collect()
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
