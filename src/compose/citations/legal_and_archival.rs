//! Formats cases, statutes, letters, and archives by our own rules, because Hayagriva drops or miscapitalizes parts of them.

use crate::compose::plain;
use crate::lesson::bibliography::{ArchiveDocument, Case, Letter, Source, Statute};
use crate::lesson::prose::Placed;
use crate::lesson::values::Date;
use crate::packet::{Run, Runs};

/// The in-text citation of a source our own rules format. `None` if the style formats it.
pub(super) fn citation(source: &Source) -> Option<Runs> {
    let year = |year: Option<i32>| year.map(|year| Run::text(format!(" {year}")));
    match source {
        Source::Case(case) => {
            Some([Some(italic(case.short.as_ref().unwrap_or(&case.name))), year(Some(case.year))].into_iter().flatten().collect())
        }
        Source::Statute(statute) => {
            let name = statute.short.as_ref().or(statute.citation.as_ref()).unwrap_or(&statute.name);
            Some(plain::from_text(name))
        }
        Source::Archive(document) => {
            let name = document.author.first().map_or(&document.title, |author| author);
            Some(
                plain::from_text(family(name))
                    .into_iter()
                    .chain(year(document.year.or(year_of(document.date.as_ref()))))
                    .collect(),
            )
        }
        Source::Letter(letter) => {
            let name = letter.author.first().map_or(letter.recipient.as_str(), |author| author);
            Some(plain::from_text(family(name)).into_iter().chain(year(letter.year.or(year_of(letter.date.as_ref())))).collect())
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
    Run::Emphasis { runs: plain::from_text(text) }
}

/// The bibliography entry of a source our own rules format. `None` if the style formats it.
pub(super) fn entry(source: &Source) -> Option<Runs> {
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
    runs.extend(plain::from_text(&format!(", {} ({court}{}).", case.citation, case.year)));
    runs
}

fn statute_entry(statute: &Statute) -> Runs {
    let citation = statute.citation.as_ref().map(|citation| format!(", {citation}")).unwrap_or_default();
    // "adopted December 5, 1936" already says the year.
    let year =
        statute.year.filter(|year| !citation.contains(&year.to_string())).map(|year| format!(" ({year})")).unwrap_or_default();
    plain::from_text(&format!("{}{citation}{year}.", statute.name))
}

/// Author. Title. Date. Collection. Archive, Place. After The Chicago Manual of Style, 17th ed., 14.222.
fn archive_entry(document: &ArchiveDocument) -> Runs {
    let ArchiveDocument { author, title, collection, archive, place, date, year, .. } = document;
    let place = place.as_ref().map_or_else(|| archive.clone(), |place| format!("{archive}, {place}"));
    sentences([names(author), text(Some(title)), day(date.as_ref(), *year), text(collection.as_ref()), plain::from_text(&place)])
}

/// Author to Recipient. Date. Collection. Archive. After The Chicago Manual of Style, 17th ed., 14.229.
fn letter_entry(letter: &Letter) -> Runs {
    let Letter { author, recipient, date, year, collection, archive, .. } = letter;
    let parties = format!("{} to {recipient}", author.join("; "));
    sentences([plain::from_text(parties.trim()), day(date.as_ref(), *year), text(collection.as_ref()), text(archive.as_ref())])
}

fn names(people: &[String]) -> Runs {
    plain::from_text(&people.join("; "))
}

fn text(text: Option<&String>) -> Runs {
    text.map_or_else(Runs::new, |text| plain::from_text(text))
}

fn day(date: Option<&Placed<Date>>, year: Option<i32>) -> Runs {
    match (date.and_then(|date| date.value.parts()), year) {
        (Some((year, month, day)), _) => vec![Run::Day { year, month, day }],
        (None, Some(year)) => vec![Run::text(year.to_string())],
        (None, None) => Runs::new(),
    }
}

/// The parts, each followed by a period. Skips empty ones.
fn sentences(parts: impl IntoIterator<Item = Runs>) -> Runs {
    let mut sentences = Runs::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !sentences.is_empty() {
            sentences.push(Run::text(" "));
        }
        sentences.extend(part);
        sentences.push(Run::text("."));
    }
    plain::merge(sentences)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_set_by_our_own_rule() {
        let url = None;
        let case = Case {
            name: "Brown v. Mississippi".into(),
            short: None,
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
}
