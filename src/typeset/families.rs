//! Which families of fonts a packet is set in: those of its series and format, and what stands in for letters that they lack.

use serde::Serialize;

use super::Fonts;
use crate::lesson::prose::Placed;
use crate::lesson::series::Format;
use crate::packet::Packet;
use crate::words;

const SERIF: &str = "Source Serif 4";
const SANS: &str = "Source Sans 3";
/// Made for readers with low vision by the Braille Institute.
const LARGE_PRINT: &str = "Atkinson Hyperlegible Next";

/// Languages that are written without spaces or in squares, each with a letter by which a font for it is known.
const SQUARE: [(&str, char); 3] = [("zh", '的'), ("ja", 'の'), ("ko", '이')];

/// Languages that are written from right to left, each with a letter by which a font for it is known.
const FROM_RIGHT: [(&str, char); 6] = [("ar", 'ع'), ("fa", 'پ'), ("he", 'ש'), ("ps", 'ع'), ("ur", 'ٹ'), ("yi", 'ש')];

/// Families by their use, those that are looked through first before the others.
#[derive(Debug, Serialize)]
pub(super) struct Families {
    text: Vec<Family>,
    headings: Vec<Family>,
}

/// A family, for all of its characters or for some.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Family {
    Whole(String),
    /// Only Latin letters and what stands among them, and not the punctuation that the squares of Chinese have for themselves.
    Latin {
        name: String,
        covers: &'static str,
    },
}

impl Families {
    /// The families of a packet of which this is all the text.
    pub(super) fn of(packet: &Packet, text: &str, fonts: &Fonts) -> Self {
        let asked = &packet.look.families;
        let name = |family: &Option<Placed<String>>| family.as_ref().map(|family| family.value.clone());
        let (running, headings) = if packet.look.format == Format::LargePrint {
            // Letters of two fonts side by side are harder to read than those of either.
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
            // What the series asks for comes before what merely lies in the folder.
            let asked = letter.and_then(|letter| names.iter().find(|name| fonts.family_covers(name, letter)).cloned());
            let own = asked.or_else(|| letter.and_then(|letter| fonts.added_family_with(letter)));
            let Some(own) = own else { return names.into_iter().map(Family::Whole).collect() };
            let latin = names.iter().filter(|name| square.is_some() && **name != own);
            let latin = latin.map(|name| Family::Latin { name: name.clone(), covers: "latin-in-cjk" });
            // From right to left its spaces must be those of the font, too: else each word is painted and read by itself.
            let rest = std::iter::once(&own).chain(names.iter().filter(|name| **name != own));
            latin.chain(rest.map(|name| Family::Whole(name.clone()))).collect()
        };
        Self { text: families(running), headings: families(headings) }
    }
}
