//! Puts details of a source where its manual has them, if the style prints them in another place or not at all.

use super::item::stand_in;
use super::marks;
use super::output::{self, Letters};
use super::style::Manual;
use crate::lesson::bibliography::{NewspaperArticle, Source};

/// The output of a source with its details in place.
pub(super) fn in_place(mut letters: Letters, source: &Source, manual: Manual, is_english: bool) -> Letters {
    match source {
        Source::Newspaper(article) if matches!(manual, Manual::Chicago | Manual::Mla) => {
            of_newspaper(letters, article, manual, is_english)
        }
        Source::Book(book) => {
            if let Some((digits, roman)) = book.volume.as_deref().and_then(stand_in) {
                letters = output::replaced(letters, &digits, roman);
            }
            // The translator follows the editor: MLA, 9th ed., 5.39.
            if manual == Manual::Mla { output::replaced(letters, ", Translated by", ", translated by") } else { letters }
        }
        Source::Chapter(chapter) => match chapter.volume.as_deref().and_then(stand_in) {
            Some((digits, roman)) => output::replaced(letters, &digits, roman),
            None => letters,
        },
        // Without a day, "aired" has nothing to say.
        Source::Podcast(_) if manual == Manual::Chicago => {
            for aired in ["Aired, on ", "Aired on ", "Aired. "] {
                letters = output::replaced(letters, aired, "");
            }
            letters
        }
        _ => letters,
    }
}

/// The edition and the section of a newspaper. Chicago has them after the date, MLA around it. They have their words only in English.
fn of_newspaper(letters: Letters, article: &NewspaperArticle, manual: Manual, is_english: bool) -> Letters {
    let lower = |edition: &str| edition.to_lowercase();
    let has_word =
        |edition: &str| lower(edition).split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "ed" | "edition"));
    let word = if manual == Manual::Chicago { "edition" } else { "ed." };
    let edition = article
        .edition
        .as_ref()
        .map(|edition| edition.trim())
        .map(|edition| if has_word(edition) || !is_english { edition.to_owned() } else { format!("{edition} {word}") });
    let section = article.section.as_ref().map(|section| section.trim()).map(|section| {
        let is_letter = section.chars().count() == 1 || section.bytes().all(|byte| byte.is_ascii_digit());
        match manual {
            _ if !is_english => section.to_owned(),
            _ if is_letter => format!("sec. {section}"),
            Manual::Mla => format!("{section} sec."),
            _ => section.to_owned(),
        }
    });
    if manual == Manual::Mla {
        let letters = output::with_detail(letters, marks::DETAIL, &edition.unwrap_or_default());
        return output::with_detail(letters, marks::SECOND_DETAIL, &section.unwrap_or_default());
    }
    let details: Vec<String> = edition.into_iter().chain(section).collect();
    output::with_detail(letters, marks::DETAIL, &details.join(", "))
}

/// What APA has after the title of a source without an author: " (2nd ed., Vol. 3)".
pub(super) fn after_title(source: &Source) -> String {
    let details = match source {
        Source::Book(book) => {
            let edition = book
                .edition
                .as_deref()
                .map(|edition| super::item::edition(edition).map_or_else(|| edition.trim().to_owned(), ordinal));
            let volume = book.volume.as_deref().map(|volume| format!("Vol. {}", super::item::bare_volume(volume)));
            edition.into_iter().chain(volume).collect::<Vec<_>>().join(", ")
        }
        Source::Report(report) => number(&report.number),
        Source::Podcast(podcast) => number(&podcast.number),
        _ => String::new(),
    };
    if details.is_empty() { details } else { format!(" ({details})") }
}

fn number(number: &Option<String>) -> String {
    number.as_deref().map(|number| format!("No. {}", super::item::bare_number(number))).unwrap_or_default()
}

/// The number of an edition in English: "2nd ed."
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} ed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_have_endings() {
        assert_eq!([1, 2, 3, 4, 11, 22].map(ordinal), ["1st ed.", "2nd ed.", "3rd ed.", "4th ed.", "11th ed.", "22nd ed."]);
    }
}
