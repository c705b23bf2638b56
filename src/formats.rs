//! The formats of short values: ids, dates, addresses, lengths, languages, and colors. Each one says what is wrong and what to
//! write.

use crate::diagnostics::{Change, Code, Help};
use crate::files::almost_yaml;
use crate::lesson::source_date::ACCEPTED;
use crate::lesson::values::{Date, Doi, Length, MAX_ID, SourceDate, slug};

/// What is wrong with a value.
pub struct Wrong {
    /// The error code.
    pub code: Code,
    /// The message.
    pub message: String,
    /// The help.
    pub help: Help,
}

/// The format of a short value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// An id, which file names and links can contain.
    Id,
    /// A date.
    Date,
    /// A date of a source, as exactly as it's known.
    SourceDate,
    /// A digital object identifier.
    Doi,
    /// A web address.
    Address,
    /// An email or web address.
    Contact,
    /// A length with a unit.
    Length,
    /// A language tag.
    Language,
    /// A color dark enough for text.
    Color,
}

impl TextFormat {
    /// The format with this name in a schema.
    pub fn named(name: &str) -> Option<Self> {
        const NAMES: [(&str, TextFormat); 9] = [
            ("id", TextFormat::Id),
            ("date", TextFormat::Date),
            ("source-date", TextFormat::SourceDate),
            ("doi", TextFormat::Doi),
            ("uri", TextFormat::Address),
            ("contact", TextFormat::Contact),
            ("length", TextFormat::Length),
            ("language", TextFormat::Language),
            ("color", TextFormat::Color),
        ];
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }

    /// The noun for a value in this format.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Id => "an id",
            Self::Date | Self::SourceDate => "a date",
            Self::Doi => "a DOI",
            Self::Address => "a web address",
            Self::Contact => "an email or web address",
            Self::Length => "a length",
            Self::Language => "a language tag",
            Self::Color => "a color",
        }
    }
}

/// Checks `text` against a format; `None` if it is valid.
pub fn wrong(format: TextFormat, text: &str) -> Option<Wrong> {
    match format {
        TextFormat::Id => wrong_id(text),
        TextFormat::Date => wrong_date(text),
        TextFormat::SourceDate => wrong_source_date(text),
        TextFormat::Doi => wrong_doi(text),
        TextFormat::Address => wrong_address(text),
        TextFormat::Contact => wrong_contact(text),
        TextFormat::Length => wrong_length(text),
        TextFormat::Language => wrong_language(text),
        TextFormat::Color => wrong_color(text),
    }
}

fn wrong_id(text: &str) -> Option<Wrong> {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let good = text.len() <= MAX_ID && text.split('-').all(|word| !word.is_empty() && word.chars().all(sound));
    let (folder, file) = text.rsplit_once(['/', '\\']).map_or((None, text), |(folder, file)| (Some(folder), file));
    if let Some(id) = file.strip_suffix(".yaml").or_else(|| almost_yaml(file)).filter(|id| wrong_id(id).is_none()) {
        return Some(Wrong {
            code: Code::BadId,
            message: format!("expected an id, found the file name `{text}`"),
            help: match folder {
                None => Help::with(format!("leave out the ending: `{id}`"), Change::Replace(id.to_owned())),
                Some(_) => Help::write(id),
            },
        });
    }
    (!good).then(|| Wrong {
        code: Code::BadId,
        message: format!("`{text}` can't be used as an id"),
        help: match slug(text) {
            Some(id) => Help::with(format!("use lowercase letters, digits, and single hyphens: `{id}`"), Change::Replace(id)),
            None => format!("use lowercase letters, digits, and single hyphens, at most {MAX_ID} characters").into(),
        },
    })
}

fn wrong_date(text: &str) -> Option<Wrong> {
    if Date(text.to_owned()).parts().is_some() {
        return None;
    }
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let (message, help) = if is_year(text) {
        (format!("expected a full date, found the year `{text}`"), format!("write year, month, and day: `{text}-04-01`").into())
    } else if lengths == [4, 2, 2] && text.chars().all(|c| c == '-' || c.is_ascii_digit()) {
        (format!("`{text}` isn't a real date"), "check the month and the day".into())
    } else {
        let read = read_date(text);
        let date = read.clone().unwrap_or_else(|| format!("{}-04-01", year_in(text).unwrap_or("1991")));
        let change = read.filter(|date| turned_date(text, date).is_none()).map(Change::Replace);
        let help = Help { text: format!("write year, month, and day with hyphens: `{date}`"), change };
        (format!("`{text}` isn't a valid date"), help)
    };
    Some(Wrong { code: Code::BadDate, message, help })
}

fn wrong_source_date(text: &str) -> Option<Wrong> {
    if SourceDate(text.to_owned()).known().is_some() {
        return None;
    }
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let is_numeric = text.chars().all(|c| c == '-' || c.is_ascii_digit());
    let (message, help) = if is_numeric && matches!(lengths[..], [4, 2, 2]) {
        (format!("`{text}` isn't a real date"), "check the month and the day".into())
    } else {
        let message = format!("`{text}` isn't a date that a source can have");
        match read_date(text) {
            Some(date) => match turned_date(text, &date) {
                Some(other) => (message, format!("write year, month, and day with hyphens: `{date}` or `{other}`").into()),
                None => {
                    let help = format!("write year, month, and day with hyphens: `{date}`");
                    (message, Help::with(help, Change::Replace(date)))
                }
            },
            None => (message, format!("write the date as it is known: {ACCEPTED}").into()),
        }
    };
    Some(Wrong { code: Code::BadDate, message, help })
}

fn wrong_doi(text: &str) -> Option<Wrong> {
    Doi(text.to_owned()).identifier().is_none().then(|| Wrong {
        code: Code::BadUrl,
        message: format!("`{text}` isn't a DOI"),
        help: "write the DOI as it is printed, `10.1086/ahr/98.4.1017`; for any other address, use `url`".into(),
    })
}

/// The first year with four digits in some text.
fn year_in(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit()).find(|part| is_year(part))
}

/// The beginnings of month names: enough letters to recognize each one.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date as it should have been written: `2026-04-01` for `April 1, 2026` and for `4/1/2026`.
fn read_date(text: &str) -> Option<String> {
    let year = year_in(text)?;
    let parts: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let month = |part: &String| MONTHS.iter().position(|name| part.starts_with(name)).map(|at| at + 1);
    let digits = |part: &String| part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<usize>().ok();
    let numbers: Vec<usize> =
        parts.iter().filter(|part| part.as_str() != year && month(part).is_none()).filter_map(digits).collect();
    let (month, day) = match (parts.iter().find_map(month), numbers.as_slice()) {
        (Some(month), [day]) => (month, *day),
        (None, [month, day]) => (*month, *day),
        _ => return None,
    };
    let date = format!("{year}-{month:02}-{day:02}");
    Date(date.clone()).parts().map(|_| date)
}

/// The other date that digits can mean, since some write the month first and others the day: April 3 for March 4 in `3/4/1990`.
fn turned_date(text: &str, date: &str) -> Option<String> {
    let is_digits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' '));
    let (year, month, day) = (date.get(..4)?, date.get(5..7)?, date.get(8..)?);
    let turned = format!("{year}-{day}-{month}");
    (is_digits && !text.starts_with(year) && day != month && Date(turned.clone()).parts().is_some()).then_some(turned)
}

/// Whether text is a year with four digits.
pub fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn wrong_address(text: &str) -> Option<Wrong> {
    let is_invisible = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    if text.contains(is_invisible) {
        let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
        return Some(Wrong {
            code: Code::BadUrl,
            message: "this address has invisible characters, so nobody can open it".to_owned(),
            help: Help::with(
                format!("delete it and type `{visible}`; text copied from a PDF often has such characters"),
                Change::Replace(visible),
            ),
        });
    }
    let spaced = text.chars().any(|c| c.is_whitespace() || c.is_control());
    let good = !spaced
        && url::Url::parse(text)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.')));
    let with_codes = text.trim().replace(' ', "%20");
    if with_codes != text && wrong_address(&with_codes).is_none() {
        return Some(Wrong {
            code: Code::BadUrl,
            message: format!("the address `{text}` has spaces"),
            help: Help::with(format!("write `%20` for each space: `{with_codes}`"), Change::Replace(with_codes)),
        });
    }
    (!good).then(|| Wrong {
        code: Code::BadUrl,
        message: format!("`{text}` isn't a web address"),
        help: if !spaced && !text.contains("://") && text.contains('.') {
            let full = format!("https://{text}");
            Help::with(format!("write the full address: `{full}`"), Change::Replace(full))
        } else {
            "write an address that starts with `https://` and has no spaces".into()
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
        message: format!("`{text}` isn't an email or web address"),
        help: "write an email address, or a web address that starts with `https://`".into(),
    })
}

fn wrong_length(text: &str) -> Option<Wrong> {
    Length(text.to_owned()).points().is_none().then(|| Wrong {
        code: Code::BadLength,
        message: format!("`{text}` isn't a length"),
        help: "write one number with a unit: `4 cm`, `30 mm`, `1.5 in`, or `72 pt`".into(),
    })
}

fn wrong_language(text: &str) -> Option<Wrong> {
    let mut parts = text.split('-');
    let language = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_lowercase()));
    let rest = parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (!(language && rest)).then(|| Wrong {
        code: Code::BadLanguage,
        message: format!("`{text}` isn't a language tag"),
        help: "write a language code, with a country code if it matters: `en-US`, `es`, `fr-CA`".into(),
    })
}

/// The minimum contrast of text with white paper: WCAG 2.2, success criterion 1.4.3.
const CONTRAST: f64 = 4.5;

fn wrong_color(text: &str) -> Option<Wrong> {
    let wrong = |message: String, help: &str| Some(Wrong { code: Code::BadColor, message, help: help.into() });
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let Some(digits) = digits else {
        return wrong(
            format!("`{text}` isn't a color"),
            "write two hexadecimal digits each for red, green, and blue: `\"#7a1f2b\"`",
        );
    };
    let contrast = contrast_with_white(digits);
    if contrast < CONTRAST {
        let message = format!(
            "`{text}` is too light for text on white paper: its contrast is {contrast:.1}:1; the minimum is {CONTRAST}:1"
        );
        return wrong(message, &format!("choose a darker shade, such as `\"#{}\"`", darker(digits)));
    }
    None
}

/// The same hue, as dark as text must be, in six hexadecimal digits.
fn darker(digits: &str) -> String {
    let channels = [0, 2, 4].map(|at| u32::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or(u8::MAX)));
    let shade = |percent: u32| channels.map(|channel| format!("{:02x}", channel * percent / 100)).concat();
    let shades = (0..100).rev().step_by(5).map(shade);
    shades.into_iter().find(|shade| contrast_with_white(shade) >= CONTRAST).unwrap_or_else(|| "000000".to_owned())
}

/// The contrast with white of a color in six hexadecimal digits, by the formula in WCAG 2.2.
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
        assert!(wrong(TextFormat::Id, "moscow-trials").is_none());
        assert_eq!(
            wrong(TextFormat::Id, "Moscow Trials!").map(|w| w.help.text).as_deref(),
            Some("use lowercase letters, digits, and single hyphens: `moscow-trials`")
        );
        for (file, help) in [
            ("war.yaml", "leave out the ending: `war`"),
            ("war.yml", "leave out the ending: `war`"),
            ("war.YAML", "leave out the ending: `war`"),
            ("one/war.yaml", "write `war`"),
            (".\\war.yaml", "write `war`"),
        ] {
            assert_eq!(wrong(TextFormat::Id, file).map(|w| w.help.text).as_deref(), Some(help), "{file}");
        }
        for (date, expected) in [
            ("April 1, 2026", "2026-04-01"),
            ("1 Apr 2026", "2026-04-01"),
            ("4/1/2026", "2026-04-01"),
            ("2026-4-1", "2026-04-01"),
            ("Spring 2026", "2026-04-01"),
            ("today", "1991-04-01"),
        ] {
            let help = wrong(TextFormat::Date, date).map(|wrong| wrong.help.text);
            assert_eq!(help, Some(format!("write year, month, and day with hyphens: `{expected}`")));
        }
        assert!(wrong(TextFormat::Color, "#7a1f2b").is_none());
        assert!(wrong(TextFormat::Color, "#767676").is_none(), "the lightest gray that WCAG allows");
        for bad in ["#777777", "red", "#fff", "7a1f2b", "#7a1f2g"] {
            assert!(wrong(TextFormat::Color, bad).is_some(), "{bad}");
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
