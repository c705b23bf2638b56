//! Which families of fonts a packet is set in: those of its series and format, and what stands in for letters that they lack.

use serde::Serialize;

use super::Fonts;
use crate::lesson::series::Format;
use crate::packet::Packet;

const SERIF: &str = "Source Serif 4";
const SANS: &str = "Source Sans 3";
/// Made for readers with low vision by the Braille Institute.
const LARGE_PRINT: &str = "Atkinson Hyperlegible Next";

/// Languages that are written without spaces or in squares, each with a letter by which a font for it is known.
const SQUARE: [(&str, char); 3] = [("zh", '的'), ("ja", 'の'), ("ko", '이')];

/// Families by their use, those that are looked through first before the others.
#[derive(Debug, Serialize)]
pub struct Families {
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
    pub fn of(packet: &Packet, text: &str, fonts: &Fonts) -> Self {
        let asked = &packet.look.families;
        let name = |family: &Option<crate::lesson::prose::Placed<String>>| family.as_ref().map(|family| family.value.clone());
        let (running, headings) = if packet.look.format == Format::LargePrint {
            // Letters of two fonts side by side are harder to read than those of either.
            let lacks = |c: char| c.is_alphabetic() && !fonts.family_covers(LARGE_PRINT, c) && fonts.family_covers(SANS, c);
            let own = if text.chars().any(lacks) { SANS } else { LARGE_PRINT };
            let family: Vec<String> = name(&asked.large_print).into_iter().chain([own.to_owned(), SANS.to_owned()]).collect();
            (family.clone(), family)
        } else {
            let list = |asked, usual: [&str; 2]| name(asked).into_iter().chain(usual.map(str::to_owned)).collect();
            (list(&asked.text, [SERIF, SANS]), list(&asked.headings, [SANS, SERIF]))
        };
        let square = SQUARE.iter().find(|(language, _)| *language == packet.document.language);
        let square = square.and_then(|(_, letter)| fonts.added_family_with(*letter));
        let families = |names: Vec<String>| match &square {
            None => names.into_iter().map(Family::Whole).collect(),
            Some(square) => {
                let latin = names.iter().map(|name| Family::Latin { name: name.clone(), covers: "latin-in-cjk" });
                let rest = std::iter::once(square).chain(&names).map(|name| Family::Whole(name.clone()));
                latin.chain(rest).collect()
            }
        };
        Self { text: families(running), headings: families(headings) }
    }
}
