//! Where in a source a citation points: "pp. 3–5", and words after it, as in "p. 7, emphasis added".

use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{LocatorPayload, SpecificLocator};

use super::output::{self, Letters};
use super::style::Manual;
use crate::lesson::bibliography::Source;

/// The locators of the sources in a citation.
pub(super) struct Locators<'a>(Vec<Split<'a>>);

/// A locator in its parts.
#[derive(Clone, Copy, Default)]
pub(super) struct Split<'a> {
    kind: Option<Locator>,
    number: &'a str,
    /// Words after it.
    pub after: Option<&'a str>,
}

impl<'a> Locators<'a> {
    /// Splits each locator. A source is `None` if the bibliography doesn't have it.
    pub(super) fn of(locators: impl Iterator<Item = (Option<&'a str>, Option<&'a Source>)>, manual: Manual) -> Self {
        let split = |(locator, source): (Option<&'a str>, Option<&Source>)| {
            let locator = locator?.trim();
            let found = split(locator);
            // The styles of MLA and APA would leave out the word for lines, or capitalize it; and the time in a recording is no page.
            let is_as_typed = match found.kind {
                Some(Locator::Line) => matches!(manual, Manual::Mla | Manual::Apa),
                Some(Locator::Page) => is_time(found.number, source),
                _ => false,
            };
            Some(if is_as_typed { Split { kind: None, number: "", after: Some(locator) } } else { found })
        };
        Self(locators.map(|locator| split(locator).unwrap_or_default()).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Split<'a>> + '_ {
        self.0.iter().copied()
    }
}

impl<'a> Split<'a> {
    /// The locator as the style needs it.
    pub(super) fn specific(self) -> Option<SpecificLocator<'a>> {
        self.kind.map(|kind| SpecificLocator(kind, LocatorPayload::Str(self.number)))
    }

    /// The output with an en dash in a range of pages, which the style prints as it was typed, and without a second volume: a
    /// page such as "2:45" has its own.
    pub(super) fn set_right(self, mut letters: Letters) -> Letters {
        let number = self.number.trim();
        if number.is_empty() {
            return letters;
        }
        let text = output::text(&letters);
        let Some(at) = text.rfind(number) else { return letters };
        let start = text[..at].chars().count();
        for letter in letters.iter_mut().skip(start).take(number.chars().count()) {
            if letter.c == '-' {
                letter.c = '–';
            }
        }
        if self.kind == Some(Locator::Page) && text[..at].ends_with(':') {
            let volume = letters[..start].iter().rposition(|letter| letter.c == ' ').map_or(0, |space| space + 1);
            // Several volumes say nothing about a page.
            let is_several = letters[volume..start].iter().any(|letter| matches!(letter.c, '–' | '-'));
            if number.contains(':') || is_several {
                letters.drain(volume..start);
            }
        }
        letters
    }
}

/// Whether a number is a time in a recording: 00:12:30, or 12:30 in a video.
fn is_time(number: &str, source: Option<&Source>) -> bool {
    let is_recording = matches!(
        source,
        Some(
            Source::Video(_) | Source::Podcast(_) | Source::Film(_) | Source::Song(_) | Source::Speech(_) | Source::Interview(_)
        )
    );
    let colons = number.split(['-', '–']).next().unwrap_or_default().matches(':').count();
    colons == 2 || (colons == 1 && is_recording)
}

/// The words for parts of a source, longest first where one begins with another.
const KINDS: [(&str, Locator); 26] = [
    ("pages", Locator::Page),
    ("page", Locator::Page),
    ("pp.", Locator::Page),
    ("pp", Locator::Page),
    ("p.", Locator::Page),
    ("chapters", Locator::Chapter),
    ("chapter", Locator::Chapter),
    ("chaps.", Locator::Chapter),
    ("chap.", Locator::Chapter),
    ("chs.", Locator::Chapter),
    ("ch.", Locator::Chapter),
    ("vols.", Locator::Volume),
    ("vol.", Locator::Volume),
    ("secs.", Locator::Section),
    ("sec.", Locator::Section),
    ("§§", Locator::Section),
    ("§", Locator::Section),
    ("paras.", Locator::Paragraph),
    ("para.", Locator::Paragraph),
    ("¶¶", Locator::Paragraph),
    ("¶", Locator::Paragraph),
    ("lines", Locator::Line),
    ("line", Locator::Line),
    ("ll.", Locator::Line),
    ("nn.", Locator::Note),
    ("n.", Locator::Note),
];

/// The words for several parts.
const SEVERAL: [&str; 11] = ["chapters", "chaps.", "chs.", "vols.", "secs.", "§§", "paras.", "¶¶", "lines", "ll.", "nn."];

/// A locator in its parts. A number alone is a page. Words that aren't a locator print as they are.
fn split(locator: &str) -> Split<'_> {
    let locator = locator.trim();
    let known = KINDS.iter().find_map(|(word, kind)| {
        let rest = locator.strip_prefix(word)?;
        // "pages" is a word, and "p.7" is a page.
        let ends = rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == '\u{a0}');
        ends.then(|| (*kind, rest.trim()))
    });
    let (kind, rest) = match known {
        Some(known) => known,
        None if locator.starts_with(|c: char| c.is_ascii_digit()) => (Locator::Page, locator),
        None => return Split { kind: None, number: "", after: Some(locator).filter(|after| !after.is_empty()) },
    };
    // The number ends at the first comma that no number follows. After "chap. 2", another number is no chapter.
    let word = locator[..locator.len() - rest.len()].trim_end();
    let is_list = kind == Locator::Page || SEVERAL.contains(&word);
    let is_number = |text: &str| is_list && text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let end = rest.match_indices(',').map(|(at, _)| at).find(|at| !is_number(&rest[at + 1..])).unwrap_or(rest.len());
    let after = rest[end..].trim_start_matches(',').trim();
    Split { kind: Some(kind), number: rest[..end].trim(), after: Some(after).filter(|after| !after.is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_no_page() {
        assert!(is_time("00:12:30", None));
        assert!(!is_time("2:45", None));
    }

    #[test]
    fn locators_have_a_kind_a_number_and_words_after() {
        for (locator, kind, number, after) in [
            ("p. 45", Some(Locator::Page), "45", None),
            ("pp. 3–5, 9", Some(Locator::Page), "3–5, 9", None),
            ("45", Some(Locator::Page), "45", None),
            ("p.7, emphasis added", Some(Locator::Page), "7", Some("emphasis added")),
            ("chap. 3", Some(Locator::Chapter), "3", None),
            ("chap. 2, 45", Some(Locator::Chapter), "2", Some("45")),
            ("chaps. 2, 4", Some(Locator::Chapter), "2, 4", None),
            ("vol. 2, 45", Some(Locator::Volume), "2", Some("45")),
            ("§ 2", Some(Locator::Section), "2", None),
            ("lines 3–9", Some(Locator::Line), "3–9", None),
            ("pp. xiv–xviii", Some(Locator::Page), "xiv–xviii", None),
            ("for details", None, "", Some("for details")),
            ("p. 4, see also p. 9", Some(Locator::Page), "4", Some("see also p. 9")),
        ] {
            let found = split(locator);
            assert_eq!((found.kind, found.number, found.after), (kind, number, after), "{locator}");
        }
    }
}
