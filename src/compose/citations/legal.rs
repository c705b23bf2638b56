//! Formats cases and laws by our own rules, because the styles' rules need parts of a citation that teachers don't type.

use super::marks;
use super::output::{Letters, Rules, italic_letters, plain_letters};
use crate::lesson::bibliography::{Case, Source, Statute};
use crate::packet::Runs;

/// Whether our own rules format a source.
pub(super) fn is_legal(source: &Source) -> bool {
    matches!(source, Source::Case(_) | Source::Statute(_))
}

/// The citation in the text: *Brown v. Mississippi* 1936. `None` if the style formats the source.
pub(super) fn citation(source: &Source, rules: &Rules) -> Option<Runs> {
    let (mut letters, year) = named(source)?;
    letters.extend(plain_letters(&year.map(|year| format!(" {year}")).unwrap_or_default()));
    Some(rules.runs(letters))
}

/// The source as the subject of a sentence: *Brown v. Mississippi* (1936). `None` if the style formats it.
pub(super) fn in_text(source: &Source, locator: Option<&str>, rules: &Rules) -> Option<Runs> {
    let (mut letters, year) = named(source)?;
    let details: Vec<&str> = year.as_deref().into_iter().chain(locator).collect();
    if !details.is_empty() {
        letters.extend(plain_letters(&format!(" ({})", details.join(", "))));
    }
    Some(rules.runs(letters))
}

/// The short name of a source, and the year if it belongs to the citation.
fn named(source: &Source) -> Option<(Letters, Option<String>)> {
    match source {
        Source::Case(case) => {
            let name = case.short.as_ref().unwrap_or(&case.name);
            Some((italic_letters(&marks::prepared(name)), year(source)))
        }
        Source::Statute(statute) => {
            let name = statute.short.as_ref().or(statute.citation.as_ref()).unwrap_or(&statute.name);
            Some((plain_letters(&marks::prepared(name)), None))
        }
        _ => None,
    }
}

fn year(source: &Source) -> Option<String> {
    source.common().when().map(|when| when.shown)
}

/// The source in a footnote, where it has no period at the end: *Brown v. Mississippi*, 297 U.S. 278, 280 (1936). `None` if the
/// style formats it.
pub(super) fn note(source: &Source, locator: Option<&str>) -> Option<Letters> {
    // A page follows the first page of the decision.
    let page =
        locator.map(|locator| ["pp. ", "p. ", "pp.", "p."].iter().find_map(|word| locator.strip_prefix(word)).unwrap_or(locator));
    let mut letters = match source {
        Source::Case(case) => case_entry(case, page, year(source)),
        Source::Statute(statute) => {
            let mut letters = statute_entry(statute, year(source));
            letters.pop();
            letters.extend(plain_letters(&locator.map(|locator| format!(", {locator}.")).unwrap_or_else(|| ".".to_owned())));
            letters
        }
        _ => return None,
    };
    letters.pop();
    Some(letters)
}

/// The short name of a source in a sentence, which a footnote completes. `None` if the style formats it.
pub(super) fn name(source: &Source) -> Option<Letters> {
    named(source).map(|(letters, _)| letters)
}

/// The bibliography entry of a source. `None` if the style formats it.
pub(super) fn entry(source: &Source, rules: &Rules) -> Option<Runs> {
    let letters = match source {
        Source::Case(case) => case_entry(case, None, year(source)),
        Source::Statute(statute) => statute_entry(statute, year(source)),
        _ => return None,
    };
    Some(rules.runs(letters))
}

/// *Name*, 297 U.S. 278 (1936), after The Bluebook, rule 10.
fn case_entry(case: &Case, page: Option<&str>, year: Option<String>) -> Letters {
    let details: Vec<String> = case.court.clone().into_iter().chain(year).collect();
    let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(" ")) };
    let page = page.map(|page| format!(", {page}")).unwrap_or_default();
    let rest = format!(", {}{page}{details}.", case.citation);
    [italic_letters(&marks::prepared(&case.name)), plain_letters(&marks::prepared(&rest))].concat()
}

fn statute_entry(statute: &Statute, year: Option<String>) -> Letters {
    let citation = statute.citation.as_ref().map(|citation| format!(", {citation}")).unwrap_or_default();
    // "adopted December 5, 1936" already says the year.
    let year = year.filter(|year| !citation.contains(year.as_str())).map(|year| format!(" ({year})")).unwrap_or_default();
    plain_letters(&marks::prepared(&format!("{}{citation}{year}.", statute.name)))
}
