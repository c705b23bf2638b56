//! The formats of small texts: ids, dates, addresses, lengths, languages. Each says what is wrong and what to write instead.

use crate::diagnostics::Code;
use crate::lesson::values::{Date, Length};

/// What is wrong with a text of a format.
pub struct Wrong {
    /// The code of the report.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// A format of small texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// A name that file names and links can carry.
    Id,
    /// A day.
    Date,
    /// An address on the web.
    Address,
    /// An e-mail address, or an address on the web.
    Contact,
    /// A length with its unit.
    Length,
    /// A language tag.
    Language,
    /// A colour that is dark enough for text.
    Colour,
}

impl TextFormat {
    /// The format of this name in a schema.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "date" => Self::Date,
            "uri" => Self::Address,
            "contact" => Self::Contact,
            "length" => Self::Length,
            "language" => Self::Language,
            "colour" => Self::Colour,
            _ => return None,
        })
    }
}

/// Holds `text` against a format; `None` if nothing is wrong.
pub fn wrong(format: TextFormat, text: &str) -> Option<Wrong> {
    match format {
        TextFormat::Id => wrong_id(text),
        TextFormat::Date => wrong_date(text),
        TextFormat::Address => wrong_address(text),
        TextFormat::Contact => wrong_contact(text),
        TextFormat::Length => wrong_length(text),
        TextFormat::Language => wrong_language(text),
        TextFormat::Colour => wrong_colour(text),
    }
}

/// Longest id, so that a file name with everything in it fits in the 255 bytes that file systems allow.
const MAX_ID: usize = 64;

fn wrong_id(text: &str) -> Option<Wrong> {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let good = text.len() <= MAX_ID && text.split('-').all(|word| !word.is_empty() && word.chars().all(sound));
    let slug: String = text.to_lowercase().chars().map(|c| if sound(c) { c } else { '-' }).collect();
    let slug = slug.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    (!good).then(|| Wrong {
        code: Code::BadId,
        message: format!("`{text}` is not a sound name"),
        help: if slug.is_empty() || slug.len() > MAX_ID {
            format!("use lower-case letters, digits and single hyphens, at most {MAX_ID}")
        } else {
            format!("use lower-case letters, digits and single hyphens: `{slug}`")
        },
    })
}

fn wrong_date(text: &str) -> Option<Wrong> {
    if Date(text.to_owned()).parts().is_some() {
        return None;
    }
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let (message, help) = if is_year(text) {
        (format!("`{text}` is a year, and a full day is needed"), format!("write year, month and day: `{text}-04-01`"))
    } else if lengths == [4, 2, 2] && text.chars().all(|c| c == '-' || c.is_ascii_digit()) {
        (format!("there is no such day as `{text}`"), "look at month and day: the calendar does not have them".to_owned())
    } else {
        (format!("`{text}` is not a day"), "write year, month and day with hyphens: `1991-04-01`".to_owned())
    };
    Some(Wrong { code: Code::BadDate, message, help })
}

/// Whether a text is a year of four digits.
pub fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn wrong_address(text: &str) -> Option<Wrong> {
    let spaced = text.chars().any(|c| c.is_whitespace() || c.is_control());
    let good = !spaced
        && url::Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.')));
    (!good).then(|| Wrong {
        code: Code::BadUrl,
        message: format!("`{text}` is not an address on the web"),
        help: if !spaced && !text.contains("://") && text.contains('.') {
            format!("write it in full: `https://{text}`; for a link that is lost write `null`")
        } else {
            "an address begins with `https://` and has no spaces; for a link that is lost write `null`".to_owned()
        },
    })
}

fn wrong_contact(text: &str) -> Option<Wrong> {
    let mail = text.split_once('@').is_some_and(|(name, host)| {
        let sound = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
        !name.is_empty() && name.chars().all(sound) && host.contains('.') && host.chars().all(sound)
    });
    (!mail && wrong_address(text).is_some()).then(|| Wrong {
        code: Code::BadUrl,
        message: format!("`{text}` is neither an e-mail address nor an address on the web"),
        help: "write `editor@example.org`, or an address that begins with `https://`".to_owned(),
    })
}

fn wrong_length(text: &str) -> Option<Wrong> {
    Length(text.to_owned()).points().is_none().then(|| Wrong {
        code: Code::BadLength,
        message: format!("`{text}` is not a length"),
        help: "write a number and its unit: `4 cm`, `30 mm`, `1.5 in` or `72 pt`".to_owned(),
    })
}

fn wrong_language(text: &str) -> Option<Wrong> {
    let mut parts = text.split('-');
    let language = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_lowercase()));
    let rest = parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (!(language && rest)).then(|| Wrong {
        code: Code::BadLanguage,
        message: format!("`{text}` is not a language tag"),
        help: "write the code of the language, and of the country if it matters: `en-US`, `es`, `fr-CA`".to_owned(),
    })
}

/// The least contrast with white paper that text must have: WCAG 2.2, success criterion 1.4.3.
const CONTRAST: f64 = 4.5;

fn wrong_colour(text: &str) -> Option<Wrong> {
    let wrong = |message: String, help: &str| Some(Wrong { code: Code::BadColour, message, help: help.to_owned() });
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let Some(digits) = digits else {
        return wrong(
            format!("`{text}` is not a colour"),
            "write red, green and blue with two hexadecimal digits each: `\"#7a1f2b\"`",
        );
    };
    let contrast = contrast_with_white(digits);
    if contrast < CONTRAST {
        let message = format!(
            "`{text}` is too light for text on white paper: its contrast is {contrast:.1} to 1, and must be {CONTRAST} to 1"
        );
        return wrong(message, "choose a darker shade of it");
    }
    None
}

/// The contrast of a colour, in six hexadecimal digits, with white: the formula of WCAG 2.2.
fn contrast_with_white(digits: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or(u8::MAX)) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
    1.05 / (luminance + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_what_to_write() {
        assert!(wrong(TextFormat::Id, "stalin-purges").is_none());
        assert_eq!(
            wrong(TextFormat::Id, "Stalin Purges!").map(|w| w.help).as_deref(),
            Some("use lower-case letters, digits and single hyphens: `stalin-purges`")
        );
        assert!(wrong(TextFormat::Colour, "#7a1f2b").is_none());
        assert!(wrong(TextFormat::Colour, "#767676").is_none(), "the lightest grey that WCAG allows");
        for bad in ["#777777", "red", "#fff", "7a1f2b", "#7a1f2g"] {
            assert!(wrong(TextFormat::Colour, bad).is_some(), "{bad}");
        }
        assert!(wrong(TextFormat::Contact, "editor@school.example.org").is_none());
        assert!(wrong(TextFormat::Contact, "https://school.example.org/mistakes?lesson=1").is_none());
        for bad in ["editor", "editor@localhost", "mailto:editor@example.org", "a@b.org?bcc=c@d.org", "javascript:alert(1)"] {
            assert!(wrong(TextFormat::Contact, bad).is_some(), "{bad}");
        }
        assert!(wrong(TextFormat::Address, "https://www.loc.gov/exhibits/archives/").is_none());
        for bad in [
            "www.loc.gov",
            "https://",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://a b.org",
            "mailto:a@b.org",
            "https://localhost/",
        ] {
            assert!(wrong(TextFormat::Address, bad).is_some(), "{bad}");
        }
        assert!(wrong(TextFormat::Language, "en-US").is_none());
        assert!(wrong(TextFormat::Language, "English").is_some());
    }
}
