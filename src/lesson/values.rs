//! Small validated values: ids, dates, addresses, lengths.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::prose::Placed;

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, $format:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "format": $format})
            }
        }
    };
}

text_value! {
    /// A name that is safe in file names and links: lowercase letters, digits, and hyphens.
    Id, "id"
}
text_value! {
    /// A calendar date, such as 1991-04-01 (ISO 8601).
    Date, "date"
}
text_value! {
    /// A date as exactly as it is known: `1991`, `1936-05`, `1936-05-04`, `Spring 1991`, `c. 1850`, `1935–36`, `44 BC`, or `n.d.`
    SourceDate, "source-date"
}
text_value! {
    /// A digital object identifier, such as `10.1086/ahr/98.4.1017`, with or without `https://doi.org/`.
    Doi, "doi"
}
text_value! {
    /// A web address that starts with `http://` or `https://`.
    Address, "uri"
}
text_value! {
    /// An email address, or a web address that starts with `http://` or `https://`.
    Contact, "contact"
}
text_value! {
    /// An RGB color dark enough for text on white paper, such as `#7a1f2b`.
    Color, "color"
}
text_value! {
    /// A language as a BCP 47 tag, such as `en-US` or `es`.
    Language, "language"
}
text_value! {
    /// A height or width with its unit, such as `4 cm`, `30 mm`, `1.5 in`, or `72 pt`.
    Length, "length"
}

/// Values under keys that the author chooses, in file order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Keyed<T>(pub Vec<KeyedEntry<T>>);

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct KeyedEntry<T> {
    /// The key that the author chose.
    pub key: Placed<String>,
    /// Its value.
    pub value: T,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Keyed<T> {
    /// Whether it's empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key. The first wins if a key appears twice.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find_map(|entry| (entry.key.value == key).then_some(&entry.value))
    }

    /// The keys and values in file order.
    pub fn iter(&self) -> std::slice::Iter<'_, KeyedEntry<T>> {
        self.0.iter()
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Keyed{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({"type": "object", "additionalProperties": value, "x-keyed": true})
    }
}

impl Date {
    /// Year, month, and day. `None` if the text isn't a date.
    pub fn parts(&self) -> Option<(i32, u8, u8)> {
        let mut numbers = self.0.split('-');
        let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
        if year.len() != 4 || month.len() != 2 || day.len() != 2 || numbers.next().is_some() {
            return None;
        }
        let (year, month, day): (i32, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then_some((year, month, day))
    }
}

impl Doi {
    /// The identifier alone, such as `10.1086/ahr`. `None` if the text isn't one.
    pub fn identifier(&self) -> Option<&str> {
        let text = self.0.trim();
        let lower = text.to_ascii_lowercase();
        let beginnings = ["https://", "http://", "dx.doi.org/", "www.doi.org/", "doi.org/", "doi:", "doi "];
        let start =
            beginnings.iter().fold(0, |at, beginning| if lower[at..].starts_with(beginning) { at + beginning.len() } else { at });
        let identifier = text[start..].trim_start();
        let (prefix, suffix) = identifier.split_once('/')?;
        let registrant = prefix.strip_prefix("10.")?;
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let good = registrant.split('.').all(is_number) && !suffix.is_empty() && !suffix.contains(char::is_whitespace);
        good.then_some(identifier)
    }
}

impl Length {
    /// The length in points (1/72 in). `None` if the text isn't a length.
    pub fn points(&self) -> Option<f64> {
        let text = self.0.trim();
        let unit_at = text.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = text[..unit_at].trim().parse().ok()?;
        let points = match &text[unit_at..] {
            "pt" => number,
            "in" => number * 72.0,
            "cm" => number * 72.0 / 2.54,
            "mm" => number * 72.0 / 25.4,
            _ => return None,
        };
        (points.is_finite() && points > 0.0).then_some(points)
    }
}

/// The longest id. It keeps the longest file name within the 255 bytes that file systems allow.
pub const MAX_ID: usize = 64;

/// Letters without a decomposition, and what addresses usually have for them.
const SPELLED: [(char, &str); 8] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i"), ('þ', "th")];

/// The id that text can become, with letters without their accents; `None` if it has no letters or digits for one, or is too long.
pub fn slug(text: &str) -> Option<String> {
    let is_allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut lower: String = text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    for (letter, spelled) in SPELLED {
        lower = lower.replace(letter, spelled);
    }
    let words: Vec<&str> = lower.split(|c| !is_allowed(c)).filter(|word| !word.is_empty()).collect();
    let id = words.join("-");
    (!id.is_empty() && id.len() <= MAX_ID).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist() {
        assert_eq!(Date("1991-04-01".into()).parts(), Some((1991, 4, 1)));
        assert_eq!(Date("2024-02-29".into()).parts(), Some((2024, 2, 29)));
        for wrong in ["1991-02-29", "1900-02-29", "1991-4-1", "1991-13-01", "1991", "1991-04-01-02", "+991-04-01x"] {
            assert_eq!(Date(wrong.into()).parts(), None, "{wrong}");
        }
    }

    #[test]
    fn ids_have_no_accents() {
        for cafe in ["Café 2", "Cafe\u{301} 2"] {
            assert_eq!(slug(cafe).as_deref(), Some("cafe-2"));
        }
        assert_eq!(slug("Łódź & Straße").as_deref(), Some("lodz-strasse"));
        assert_eq!(slug("東京"), None);
    }

    #[test]
    fn a_doi_is_read_in_any_form() {
        for text in
            ["10.1000/xyz", "doi:10.1000/xyz", "DOI: 10.1000/xyz", "https://doi.org/10.1000/xyz", "http://dx.doi.org/10.1000/xyz"]
        {
            assert_eq!(Doi(text.into()).identifier(), Some("10.1000/xyz"), "{text}");
        }
        for wrong in ["", "xyz", "10.1000", "10./x", "https://example.org/10.1000/xyz", "10.1000/a b"] {
            assert_eq!(Doi(wrong.into()).identifier(), None, "{wrong}");
        }
    }

    #[test]
    fn lengths_have_units() {
        assert_eq!(Length("1.5 in".into()).points(), Some(108.0));
        assert_eq!(Length("2.54cm".into()).points(), Some(72.0));
        for wrong in ["4", "4 em", "-1 cm", "cm", "1e999 cm", "0 mm"] {
            assert_eq!(Length(wrong.into()).points(), None, "{wrong}");
        }
    }
}
