//! Prepares a bundled CSL style: titles keep their capital letters, names keep their particles, and quotation marks, years, and
//! seasons come out as private characters, so the output can be set right.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::{NameVariable, OtherTerm, StandardVariable, Term, Variable};
use hayagriva::citationberg::{
    Affixes, Choose, CitationFormat, Date, DatePart, DatePartName, DateParts, DemoteNonDroppingParticle, IndependentStyle,
    LayoutRenderingElement, Locale, LocaleCode, LocaleFile, Names, NamesChild, Style, StyleCategory, TermForm, TextCase,
    TextTarget,
};

use super::marks;
use crate::words::{self, primary};

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);

/// The styles unpacked so far. Unpacking one takes longer than formatting a short lesson.
static STYLES: LazyLock<Mutex<BTreeMap<String, Arc<IndependentStyle>>>> = LazyLock::new(Mutex::default);

/// The manual behind a style, where our sources need to be described in its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manual {
    /// The Chicago Manual of Style.
    Chicago,
    /// The MLA Handbook.
    Mla,
    /// The Publication Manual of the American Psychological Association.
    Apa,
    /// Any other.
    Other,
}

impl Manual {
    pub(super) fn of(style: &str) -> Self {
        match ArchivedStyle::by_name(style) {
            Some(ArchivedStyle::ChicagoAuthorDate | ArchivedStyle::ChicagoNotes | ArchivedStyle::ChicagoShortenedNotes) => {
                Self::Chicago
            }
            Some(ArchivedStyle::ModernLanguageAssociation) => Self::Mla,
            Some(ArchivedStyle::AmericanPsychologicalAssociation) => Self::Apa,
            _ => Self::Other,
        }
    }
}

/// The bundled style with this name, prepared for a language.
pub(super) fn prepared(name: &str, language: &str) -> Option<IndependentStyle> {
    let mut style = IndependentStyle::clone(&*bundled(name)?);
    style.settings.demote_non_dropping_particle = DemoteNonDroppingParticle::Never;
    let macros = style.macros.iter_mut().flat_map(|one| &mut one.children);
    let layouts = style.citation.layout.elements.iter_mut();
    let bibliography = style.bibliography.iter_mut().flat_map(|bibliography| &mut bibliography.layout.elements);
    macros.chain(layouts).chain(bibliography).for_each(|element| {
        prepare(element);
        each_date(element, &mut |date| in_order_of(language, date));
    });
    // `namesakes` and `year_letters` tell sources apart: what Hayagriva does for that spoils the bibliography.
    style.citation.disambiguate_add_year_suffix = false;
    style.citation.disambiguate_add_givenname = false;
    style.citation.disambiguate_add_names = false;
    if let Some(bibliography) = &mut style.bibliography {
        list_everything(&mut bibliography.layout.elements);
        // The page keeps the order of the lesson, so the dashes are ours.
        bibliography.subsequent_author_substitute = None;
    }
    own_terms(&mut style, Manual::of(name), language);
    Some(style)
}

/// Whether a style cites by number or label.
pub(super) fn is_numeric(style: &IndependentStyle) -> bool {
    let is = |category: &StyleCategory| {
        matches!(category, StyleCategory::CitationFormat { format: CitationFormat::Numeric | CitationFormat::Label })
    };
    style.info.category.iter().any(is)
}

/// The text that replaces the authors of a source if they are those of the one before it.
pub(super) fn substitute(name: &str) -> Option<String> {
    bundled(name)?.bibliography.as_ref()?.subsequent_author_substitute.clone()
}

/// Makes a style print the title of a source in citations, which it would only do for a second source by the same author.
pub(super) fn always_titled(style: &mut IndependentStyle) {
    fn titled(element: &mut LayoutRenderingElement) {
        if let LayoutRenderingElement::Choose(choose) = element
            && choose.if_.disambiguate == Some(true)
        {
            choose.if_.disambiguate = None;
            choose.if_.variable = Some(vec![Variable::Standard(StandardVariable::Title)]);
        }
        inside(element).for_each(titled);
    }
    style.macros.iter_mut().flat_map(|one| &mut one.children).for_each(titled);
}

/// The bundled style with this name.
pub(super) fn bundled(name: &str) -> Option<Arc<IndependentStyle>> {
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
pub(super) fn locales_of(language: &str) -> Vec<Locale> {
    let wanted = primary(language);
    let of = |locale: &&Locale| locale.lang.as_ref().is_none_or(|lang| lang.0 == "en-US" || primary(&lang.0) == wanted);
    LOCALES.iter().filter(of).cloned().collect()
}

/// The words that a style has for a missing date, the longest first.
pub(super) fn no_date(style: &IndependentStyle, locales: &[Locale], language: &str) -> Vec<String> {
    let mut words: Vec<String> = [TermForm::Long, TermForm::Short]
        .into_iter()
        .filter_map(|form| term_in(style, locales, language, OtherTerm::NoDate, form))
        .collect();
    words.dedup();
    words
}

/// A term of a locale, such as "and".
pub(super) fn term(style: &IndependentStyle, locales: &[Locale], language: &str, term: OtherTerm) -> Option<String> {
    term_in(style, locales, language, term, TermForm::Long)
}

fn term_in(style: &IndependentStyle, locales: &[Locale], language: &str, term: OtherTerm, form: TermForm) -> Option<String> {
    let primary = primary(language);
    let is_meant = |locale: &&Locale| {
        locale.lang.as_ref().is_some_and(|lang| lang.0 == language || lang.0.split('-').next() == Some(primary))
    };
    let find = |locale: &Locale| locale.term(Term::Other(term), form).and_then(|term| term.single()).map(str::to_owned);
    style.locale.iter().chain(locales).filter(is_meant).find_map(find)
}

/// Prepares an element and those inside it.
fn prepare(element: &mut LayoutRenderingElement) {
    match element {
        LayoutRenderingElement::Text(text) => {
            // Changing the case of names and abbreviations in titles does more harm than good, so titles print as typed.
            let changes_titles = matches!(text.text_case, Some(TextCase::TitleCase | TextCase::SentenceCase));
            let is_text = matches!(text.target, TextTarget::Variable { .. } | TextTarget::Macro { .. });
            if changes_titles && is_text {
                text.text_case = None;
            }
        }
        LayoutRenderingElement::Date(date) => {
            // Hayagriva prints a season even where a style asks only for the year.
            if date.form.is_some() && date.parts == Some(DateParts::Year) {
                date.form = None;
                date.parts = None;
                date.date_part.retain(|part| part.name == DatePartName::Year);
                if date.date_part.is_empty() {
                    date.date_part.push(year());
                }
            }
        }
        LayoutRenderingElement::Names(names) => {
            let outer = names.clone();
            for child in &mut names.children {
                if let NamesChild::Substitute(substitute) = child {
                    if let Some(both) = editor_and_translator(&outer, &substitute.children) {
                        substitute.children.insert(0, LayoutRenderingElement::Names(both));
                    }
                    substitute.children.iter_mut().for_each(|element| substituted(element, &outer));
                    substitute.children.iter_mut().for_each(prepare);
                }
            }
        }
        LayoutRenderingElement::Number(_) | LayoutRenderingElement::Label(_) => {}
        LayoutRenderingElement::Group(_) | LayoutRenderingElement::Choose(_) => inside(element).for_each(prepare),
    }
}

/// Calls a function with every date in an element.
fn each_date(element: &mut LayoutRenderingElement, see: &mut dyn FnMut(&mut Date)) {
    match element {
        LayoutRenderingElement::Date(date) => see(date),
        _ => inside(element).for_each(|element| each_date(element, see)),
    }
}

/// Puts the day before the month in languages that have it there: styles that write "May 4" do so in every language.
fn in_order_of(language: &str, date: &mut Date) {
    let primary = primary(language);
    let (after_day, before_year) = match primary {
        "es" | "pt" => (" de ", " de "),
        "fr" | "it" | "ht" => (" ", " "),
        "de" => (". ", " "),
        "vi" => (" ", " năm "),
        "zh" => ("日", ""),
        _ => return,
    };
    let at = |name| date.date_part.iter().position(|part| part.name == name);
    let (Some(month), Some(day)) = (at(DatePartName::Month), at(DatePartName::Day)) else { return };
    if date.form.is_some() || day < month {
        return;
    }
    let year = at(DatePartName::Year);
    if primary == "zh" {
        // "3月12日": in order, and with no spaces.
        date.date_part[month].affixes = Affixes::default();
        date.date_part[day].affixes = Affixes { prefix: None, suffix: Some(after_day.into()) };
        date.delimiter = None;
        return;
    }
    date.date_part[month].affixes = Affixes::default();
    date.date_part[day].affixes = Affixes { prefix: None, suffix: Some(after_day.into()) };
    if let Some(year) = year.filter(|year| *year > month) {
        date.date_part[year].affixes = Affixes { prefix: Some(before_year.into()), suffix: None };
    }
    date.delimiter = None;
    date.date_part.swap(month, day);
}

/// The elements directly inside a group or a choice.
fn inside(element: &mut LayoutRenderingElement) -> Box<dyn Iterator<Item = &mut LayoutRenderingElement> + '_> {
    match element {
        LayoutRenderingElement::Group(group) => Box::new(group.children.iter_mut()),
        LayoutRenderingElement::Choose(choose) => {
            let Choose { if_, else_if, otherwise } = choose;
            let branches = std::iter::once(if_).chain(else_if).flat_map(|branch| &mut branch.children);
            Box::new(branches.chain(otherwise.iter_mut().flat_map(|branch| &mut branch.children)))
        }
        _ => Box::new(std::iter::empty()),
    }
}

/// Names that replace missing authors: those of people who are both editor and translator, which styles forget.
fn editor_and_translator(outer: &Names, substitutes: &[LayoutRenderingElement]) -> Option<Names> {
    fn names_of(mut element: LayoutRenderingElement) -> Vec<Names> {
        match element {
            LayoutRenderingElement::Names(names) => vec![names],
            _ => inside(&mut element).flat_map(|element| names_of(element.clone())).collect(),
        }
    }
    let known: Vec<Names> = substitutes.iter().cloned().flat_map(names_of).collect();
    let has = |names: &&Names, variable| names.variable.contains(&variable);
    let editors = known.iter().find(|names| has(names, NameVariable::Editor));
    let is_of_authors = std::iter::once(outer).chain(&known).any(|names| has(&names, NameVariable::Author));
    if !is_of_authors && editors.is_none() {
        return None;
    }
    let mut both = editors.map_or_else(|| outer.clone(), |editors| outer.from_names_substitute(editors));
    both.children.retain(|child| !matches!(child, NamesChild::Substitute(_)));
    both.variable = vec![NameVariable::EditorTranslator];
    Some(both)
}

/// Gives names that stand in for missing ones the form of those, also inside a choice, where Hayagriva forgets it.
fn substituted(element: &mut LayoutRenderingElement, outer: &Names) {
    if let LayoutRenderingElement::Names(names) = element {
        *names = outer.from_names_substitute(names);
    } else {
        inside(element).for_each(|element| substituted(element, outer));
    }
}

/// Some styles leave certain kinds of sources out of the bibliography. The page lists what the lesson lists.
fn list_everything(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        if let LayoutRenderingElement::Choose(choose) = element {
            choose.else_if.retain(|branch| !branch.children.is_empty());
        }
    }
}

/// The year of a date.
fn year() -> DatePart {
    serde_json::from_value(serde_json::json!({"@name": "year"})).expect("a part of a date needs only its name")
}

/// Replaces quotation marks, eras, and seasons by private characters, before everything the style and its locales say.
fn own_terms(style: &mut IndependentStyle, manual: Manual, language: &str) {
    let mut terms = vec![
        ("open-quote", marks::STYLE_OPEN),
        ("close-quote", marks::STYLE_CLOSE),
        ("open-inner-quote", marks::STYLE_OPEN),
        ("close-inner-quote", marks::STYLE_CLOSE),
        ("ad", marks::ERA),
        ("bc", marks::ERA),
    ];
    terms.extend(["season-01", "season-02", "season-03", "season-04"].into_iter().zip(marks::SEASONS));
    let mut terms: String = terms.iter().map(|(name, mark)| format!("<term name=\"{name}\">{mark}</term>")).collect();
    if manual == Manual::Mla && language.starts_with("en") {
        // The MLA Handbook's words for the performer of a song, which the style has no field for.
        terms.push_str("<term name=\"contributor\" form=\"verb\">performed by</term>");
    }
    let primary = primary(language);
    // French has hyphens.
    if primary != "fr" {
        terms.push_str("<term name=\"page-range-delimiter\">–</term>");
    }
    if primary == "ht" {
        terms.push_str("<term name=\"and\">ak</term>");
    }
    // Languages without a locale, or with months that dates don't use.
    if matches!(primary, "ht" | "vi" | "zh") {
        let words = words::of(language);
        terms.extend((1..=12).map(|month| format!("<term name=\"month-{month:02}\">{}</term>", words.month(month))));
    }
    let part = |name: &str, rest: &str| format!("<date-part name=\"{name}\" {rest}/>");
    let whole_date = match primary {
        // The locale has the article of running text: "el 12 de marzo".
        "es" => part("day", "suffix=\" de \"") + &part("month", "suffix=\" de \"") + &part("year", ""),
        "ht" => part("day", "suffix=\" \"") + &part("month", "suffix=\" \"") + &part("year", ""),
        "vi" => part("day", "suffix=\" \"") + &part("month", "suffix=\" năm \"") + &part("year", ""),
        "zh" => part("year", "suffix=\"年\"") + &part("month", "") + &part("day", "suffix=\"日\""),
        _ => String::new(),
    };
    let date = if whole_date.is_empty() { whole_date } else { format!("<date form=\"text\">{whole_date}</date>") };
    let xml = format!(
        "<locale xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" xml:lang=\"{language}\"><terms>{terms}</terms>{date}</locale>"
    );
    let own: Locale = LocaleFile::from_xml(&xml).expect("the locale is well-formed").into();
    let own_terms = own.terms.as_ref().map(|terms| terms.terms.clone()).unwrap_or_default();
    // Only the first locale of a language counts, so ours is part of the style's.
    for locale in &mut style.locale {
        if let Some(terms) = &mut locale.terms {
            terms.terms.retain(|term| own_terms.iter().all(|own| own.name != term.name));
            terms.terms.extend(own_terms.iter().cloned());
        }
        if locale.date.is_empty() && locale.lang.as_ref().is_some_and(|lang| self::primary(&lang.0) == primary) {
            locale.date.clone_from(&own.date);
        }
    }
    if !style.locale.iter().any(|locale| locale.lang == Some(LocaleCode(language.to_owned()))) {
        style.locale.push(own);
    }
}

/// The number that stands for the words of a season; the words themselves print.
pub(super) fn season(words: &str) -> usize {
    let first = words.to_lowercase();
    let is = |names: &[&str]| names.iter().any(|name| first.starts_with(name));
    if is(&["spring", "primavera", "printemps", "fr"]) {
        1
    } else if is(&["summer", "verano", "été", "sommer", "estate"]) {
        2
    } else if is(&["fall", "autumn", "otoño", "automne", "herbst", "autunno", "outono"]) {
        3
    } else if is(&["winter", "invierno", "hiver", "inverno"]) {
        4
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::citation_style;

    #[test]
    fn the_list_of_styles_matches_the_bundled_styles() {
        let mut known: Vec<&str> = ArchivedStyle::all().iter().flat_map(|style| style.names()).copied().collect();
        known.retain(|name| bundled(name).is_some());
        known.sort_unstable();
        assert_eq!(known, citation_style::BUNDLED);
        for name in citation_style::SUGGESTED {
            assert!(citation_style::is_bundled(name), "{name}");
        }
        assert!(!citation_style::is_bundled("chicago"));
    }
}
