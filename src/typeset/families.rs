//! The font families of a packet: those of its series and format, and fallbacks for letters they lack.

use serde::Serialize;

use super::Fonts;
use crate::lesson::prose::Placed;
use crate::lesson::series::Format;
use crate::packet::Packet;
use crate::words;

const SERIF: &str = "Source Serif 4";
const SANS: &str = "Source Sans 3";
/// Designed by the Braille Institute for readers with low vision.
const LARGE_PRINT: &str = "Atkinson Hyperlegible Next";

/// Languages written in square characters, each with a character that identifies a font for it.
const SQUARE: [(&str, char); 3] = [("zh", '的'), ("ja", 'の'), ("ko", '이')];

/// Languages written right to left, each with a letter that identifies a font for it.
const FROM_RIGHT: [(&str, char); 6] = [("ar", 'ع'), ("fa", 'پ'), ("he", 'ש'), ("ps", 'ع'), ("ur", 'ٹ'), ("yi", 'ש')];

/// Families by use, in order of priority.
#[derive(Debug, Serialize)]
pub(super) struct Families {
    text: Vec<Family>,
    headings: Vec<Family>,
}

/// A family, for all of its characters or only some.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Family {
    Whole(String),
    /// Only Latin letters and their punctuation, not the punctuation of Chinese.
    Latin {
        name: String,
        covers: &'static str,
    },
}

impl Families {
    /// The families of a packet; `text` is all of its text.
    pub(super) fn of(packet: &Packet, text: &str, fonts: &Fonts) -> Self {
        let asked = &packet.look.families;
        let name = |family: &Option<Placed<String>>| family.as_ref().map(|family| family.value.clone());
        let (running, headings) = if packet.look.format.is_large() || packet.look.format == Format::ClearPrint {
            // A mix of two fonts is harder to read than either of them.
            let lacks = |c: char| c.is_alphabetic() && !fonts.family_covers(LARGE_PRINT, c) && fonts.family_covers(SANS, c);
            let words = words::of(&packet.document.language).text();
            let own = if text.chars().chain(words.chars()).any(lacks) { SANS } else { LARGE_PRINT };
            let family: Vec<String> = name(&asked.large_print).into_iter().chain([own.to_owned(), SANS.to_owned()]).collect();
            (family.clone(), family)
        } else {
            let list = |asked, usual: [&str; 2]| name(asked).into_iter().chain(usual.map(str::to_owned)).collect();
            (list(&asked.text, [SERIF, SANS]), list(&asked.headings, [SANS, SERIF]))
        };
        let letter_of = |languages: &[(&str, char)]| {
            languages.iter().find(|(language, _)| *language == packet.document.language).map(|(_, letter)| *letter)
        };
        let (square, from_right) = (letter_of(&SQUARE), letter_of(&FROM_RIGHT));
        let families = |names: Vec<String>| {
            let letter = square.or(from_right);
            // Fonts that the series names come before those that are only in the folder.
            let asked = letter.and_then(|letter| names.iter().find(|name| fonts.family_covers(name, letter)).cloned());
            let own = asked.or_else(|| letter.and_then(|letter| fonts.added_family_with(letter)));
            let Some(own) = own else { return names.into_iter().map(Family::Whole).collect() };
            let latin = names.iter().filter(|name| square.is_some() && **name != own);
            let latin = latin.map(|name| Family::Latin { name: name.clone(), covers: "latin-in-cjk" });
            // Right-to-left text must use the spaces of its own font, or each word is painted and read separately.
            let rest = std::iter::once(&own).chain(names.iter().filter(|name| **name != own));
            latin.chain(rest.map(|name| Family::Whole(name.clone()))).collect()
        };
        Self { text: families(running), headings: families(headings) }
    }
}
