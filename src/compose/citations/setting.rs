//! A citation style, prepared for the sources of a lesson and the language of a packet.

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::taxonomy::OtherTerm;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, StyleClass};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, Rendered};

use super::item::{Item, item};
use super::namesakes::Namesakes;
use super::output::{self, Letters, Rules, TitleLook};
use super::style::{self, Manual};
use super::year_letters::YearLetters;
use super::{DEFAULT_STYLE, details, legal, marks};
use crate::lesson::bibliography::{Bibliography, Source};
use crate::lesson::name::Name;
use crate::lesson::prose::Placed;
use crate::lesson::source_date::{Known, Part, When};

/// A style, and the language it's set in.
pub(super) struct Setting {
    /// The name of the style.
    pub name: String,
    /// The style; the style with the sources of a citation in the order in which they were typed; both with titles in citations.
    pub styles: [IndependentStyle; 4],
    /// The sources whose citations need a title, because the lesson has others by the same author and the style prints no year.
    pub titled: BTreeSet<String>,
    pub namesakes: Namesakes,
    /// Whether citations have letters after the year.
    pub has_letters: bool,
    year_letters: YearLetters,
    /// The words for a missing date.
    no_date: Vec<String>,
    pub manual: Manual,
    locales: Vec<Locale>,
    pub language: String,
    pub rules: Rules,
}

impl Setting {
    pub(super) fn new(name: &str, language: &str, bibliography: Option<&Bibliography>) -> Self {
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
        let styles = [style.clone(), in_order(style), with_titles.clone(), in_order(with_titles)];
        let locales = style::locales_of(language);
        let sources = || bibliography.into_iter().flat_map(Bibliography::sources);
        Self {
            name: name.to_owned(),
            titled: if manual == Manual::Mla { by_authors_of_several(sources()) } else { BTreeSet::new() },
            namesakes: Namesakes::of(sources().map(|(_, source)| source).filter(|source| !legal::is_legal(source))),
            has_letters: style::bundled(name).is_some_and(|style| style.citation.disambiguate_add_year_suffix),
            year_letters: YearLetters::default(),
            no_date: style::no_date(&styles[0], &locales, language),
            styles,
            manual,
            locales,
            language: language.to_owned(),
            rules: Rules::of(language),
        }
    }

    /// The style in its plain form.
    pub(super) fn style(&self) -> &IndependentStyle {
        &self.styles[0]
    }

    pub(super) fn item(&self, key: &str, source: &Source) -> Item {
        let mut item = item(key, source, self.manual);
        self.namesakes.mark(&mut item);
        item
    }

    /// Adds letters to the years of sources whose citations would be the same.
    pub(super) fn add_year_letters(&mut self, items: &[(&str, Item)], sources: &BTreeMap<&str, &Source>) {
        if !self.has_letters {
            return;
        }
        let mut driver = BibliographyDriver::new();
        for (_, item) in items {
            driver.citation(self.request(self.style(), vec![CitationItem::with_entry(item)], None));
        }
        let cited = self.finish(driver).citations;
        let texts = items.iter().zip(&cited).filter_map(|((key, _), citation)| {
            let letters = self.letters(&citation.citation, key, sources.get(key)?);
            Some((*key, output::text(&self.namesakes.told_apart(letters))))
        });
        self.year_letters = YearLetters::of(texts);
    }

    fn locale(&self) -> Option<LocaleCode> {
        Some(LocaleCode(self.language.clone()))
    }

    pub(super) fn request<'s>(
        &'s self,
        style: &'s IndependentStyle,
        items: Vec<CitationItem<'s, Item>>,
        note: Option<usize>,
    ) -> CitationRequest<'s, Item> {
        CitationRequest::new(items, style, self.locale(), &self.locales, note)
    }

    pub(super) fn finish(&self, driver: BibliographyDriver<'_, Item>) -> Rendered {
        driver.finish(BibliographyRequest::new(self.style(), self.locale(), &self.locales))
    }

    pub(super) fn is_note(&self) -> bool {
        self.style().settings.class == StyleClass::Note
    }

    /// The output of a source, with its dates and its title set right.
    pub(super) fn letters(&self, children: &ElemChildren, key: &str, source: &Source) -> Letters {
        let year_letters = self.year_letters.get(key);
        let letters = if source.common().when().is_some() {
            output::letters(children, &dates(source), year_letters)
        } else {
            output::with_letters_after(output::letters(children, &dates(source), ""), &self.no_date, year_letters)
        };
        let letters = details::in_place(letters, source, self.manual, self.language.starts_with("en"));
        let letters = if self.is_note() { letters } else { with_issue_date(letters, source, self) };
        match title_look(source, self.manual) {
            Some((title, look)) => output::with_title(letters, &marks::prepared_title(title), look),
            None => letters,
        }
    }

    /// The output of a source in the bibliography.
    pub(super) fn entry(&self, children: &ElemChildren, key: &str, source: &Source) -> Letters {
        let letters = self.letters(children, key, source);
        if self.manual == Manual::Apa && !output::has_names(&letters) {
            output::with_description(letters, &details::after_title(source))
        } else {
            letters
        }
    }

    /// The output of a source in a citation, with what tells it apart.
    pub(super) fn noted(&self, letters: Letters, key: &str, source: &Source) -> Letters {
        match source {
            Source::Post(_) if self.is_note() && output::has_full_name(&letters) => self.with_handle(letters, source),
            // A letter has no title that could tell it from another by the same author.
            Source::Letter(letter) if self.titled.contains(key) => {
                output::after_names(letters, &format!(", letter to {}", marks::prepared(&letter.recipient)))
            }
            Source::Interview(interview) if interview.title.is_none() && self.titled.contains(key) => {
                let names: Vec<String> = interview.interviewer.iter().map(Name::in_order).collect();
                let by = if names.is_empty() { String::new() } else { format!(" by {}", names.join(", ")) };
                output::after_names(letters, &format!(", interview{}", marks::prepared(&by)))
            }
            _ => letters,
        }
    }

    /// A post with the name of its account after that of its author: Chicago, 17th ed., 14.209; APA, 7th ed., 10.15.
    pub(super) fn with_handle(&self, letters: Letters, source: &Source) -> Letters {
        match source {
            Source::Post(post) if !post.author.is_empty() => match post.account() {
                Some(account) if self.manual == Manual::Chicago => output::with_handle(letters, &format!(" ({account})")),
                Some(account) => output::with_handle(letters, &format!(" [{account}]")),
                None => letters,
            },
            _ => letters,
        }
    }

    /// The last names of people as running text has them: "Roe", "Roe and Doe", "Roe et al."
    pub(super) fn in_text(&self, people: &[Name]) -> String {
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

/// The month or season of an article in a journal without volumes, which Chicago's author–date style leaves out.
fn with_issue_date(letters: Letters, source: &Source, setting: &Setting) -> Letters {
    let Source::Article(article) = source else { return letters };
    let (Some(issue), None, Manual::Chicago) = (&article.issue, &article.volume, setting.manual) else { return letters };
    let part = match source.common().when().map(|when| when.part) {
        Some(Part::Season(words)) => words,
        Some(Part::Month(month)) => {
            let term = OtherTerm::month(month - 1)
                .and_then(|term| style::term(setting.style(), &setting.locales, &setting.language, term));
            let Some(name) = term else { return letters };
            name
        }
        _ => return letters,
    };
    let issue = format!("no. {}", super::item::bare_number(issue));
    output::replaced(letters, &issue, &format!("{issue} ({part})"))
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
        // An episode has quotation marks even without a host or a podcast: Chicago, 17th ed., 14.267.
        (Source::Podcast(podcast), Manual::Chicago | Manual::Mla) => Some((&podcast.title, TitleLook::Quoted)),
        // Most documents in archives have a description rather than a title: Chicago, 17th ed., 14.222.
        (Source::Archive(document), Manual::Chicago | Manual::Mla) => Some((&document.title, TitleLook::Plain)),
        _ => None,
    }
}
