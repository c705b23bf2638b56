//! Dates of sources, as exactly as they are known: `1936-05-04`, `May 1936`, `Spring 1991`, `c. 1850`, `1935–36`, `44 BC`, `n.d.`

use super::values::{Date, SourceDate};

/// What is known about a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Nothing: `n.d.`
    Undated,
    /// A date.
    Date(When),
}

/// A date, to sort by and to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The first year, counted as astronomers do: 0 is 1 BC.
    pub year: i32,
    /// The year as it prints: `1936`, `c. 1850`, `1935–36`, `44 BC`.
    pub shown: String,
    /// The part of the year.
    pub part: Part,
}

/// What is known of a date beyond its year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Nothing.
    Year,
    /// The month, from 1 to 12.
    Month(u8),
    /// The month and the day.
    Day(u8, u8),
    /// A season or several months, in the words that were typed: `Fall`, `May–June`.
    Season(String),
}

/// What a message suggests.
pub const ACCEPTED: &str =
    "`1991`, `1936-05`, `1936-05-04`, `Spring 1991`, `c. 1850`, `1935–36`, `44 BC`, or `n.d.` if there is no date";

/// The words for a missing date.
const UNDATED: [&str; 11] = ["n.d.", "n.d", "nd", "n. d.", "no date", "undated", "unknown", "s.f.", "s. f.", "s. d.", "o. j."];

/// Words before a year that leave it open.
const VAGUE: [&str; 16] = [
    "c.", "c", "ca.", "ca", "circa", "about", "around", "approx.", "before", "after", "by", "early", "mid", "late", "the",
    "between",
];

/// The names of months; three letters are enough.
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// The seasons in the languages of packets.
const SEASONS: [&str; 21] = [
    "spring",
    "summer",
    "fall",
    "autumn",
    "winter",
    "primavera",
    "verano",
    "otoño",
    "invierno",
    "printemps",
    "été",
    "automne",
    "hiver",
    "frühling",
    "frühjahr",
    "sommer",
    "herbst",
    "estate",
    "autunno",
    "inverno",
    "outono",
];

impl SourceDate {
    /// What the text says. `None` if it isn't a date.
    pub fn known(&self) -> Option<Known> {
        let text = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        if UNDATED.contains(&text.to_lowercase().as_str()) {
            return Some(Known::Undated);
        }
        when(&text).map(Known::Date)
    }
}

fn when(text: &str) -> Option<When> {
    if let Some((year, month, day)) = Date(text.to_owned()).parts().filter(|(year, ..)| *year > 0) {
        return Some(When { year, shown: year.to_string(), part: Part::Day(month, day) });
    }
    if let Some((year, month)) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)
        && let (Some(year), Some(month @ 1..=12)) = (number(year), number(month))
    {
        return Some(When { year, shown: year.to_string(), part: Part::Month(u8::try_from(month).ok()?) });
    }
    if let Some(year) = text.strip_prefix('-').and_then(number) {
        return Some(When { year: 1 - year, shown: format!("{year} BC"), part: Part::Year });
    }
    in_words(text).or_else(|| years(text).map(|(year, shown)| When { year, shown, part: Part::Year }))
}

/// A month or season with a year: `May 4, 1936`, `4 May 1936`, `May–June 1936`, `Winter 1991–92`.
fn in_words(text: &str) -> Option<When> {
    let words: Vec<&str> = text.split(' ').collect();
    let (last, before) = words.split_last()?;
    let day = |word: &str| number(word.trim_end_matches(',')).and_then(|day| u8::try_from(day).ok());
    let (year, shown) = years(last)?;
    let of = |part| Some(When { year, shown: shown.clone(), part });
    match before {
        [word] if month(word).is_some() => of(Part::Month(month(word)?)),
        [word] if SEASONS.contains(&word.trim_end_matches(',').to_lowercase().as_str()) => {
            of(Part::Season(word.trim_end_matches(',').to_owned()))
        }
        [word] => {
            let months = word.trim_end_matches(',').replace('-', "–");
            let known = |word: &str| month(word).is_some() || SEASONS.contains(&word.to_lowercase().as_str());
            let (first, second) = months.split_once(['–', '/'])?;
            (known(first) && known(second)).then(|| of(Part::Season(months.clone())))?
        }
        [one, other] => {
            let (month, day) = match (month(one), month(other)) {
                (Some(month), None) => (month, day(other)?),
                (None, Some(month)) => (month, day(one)?),
                _ => return None,
            };
            let exact = Date(format!("{year:04}-{month:02}-{day:02}")).parts().is_some() && number(last).is_some();
            exact.then(|| of(Part::Day(month, day)))?
        }
        _ => None,
    }
}

/// The number of the month with this name, from 1.
fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    u8::try_from(at + 1).ok()
}

/// One year or several, and how they print: `1936`, `c. 1850`, `[1850?]`, `1935-36`, `431–404 BC`, `1850s`, `19th century`.
fn years(text: &str) -> Option<(i32, String)> {
    let shown = en_dashed(text);
    let bare = text.strip_prefix('[').map_or(Some(text), |inner| inner.strip_suffix(']'))?;
    let lower = bare.to_lowercase();
    let mut words: Vec<&str> = lower.split(' ').collect();
    let mut is_before_christ = false;
    if words.len() > 1 && matches!(words[0], "ad" | "a.d.") {
        words.remove(0);
    }
    if let Some(last) = words.last().copied().filter(|_| words.len() > 1) {
        let era = last.replace('.', "");
        if matches!(era.as_str(), "bc" | "bce" | "ad" | "ce") {
            is_before_christ = era.starts_with('b');
            words.pop();
        }
    }
    let is_between = words.first() == Some(&"between");
    while words.len() > 1 && VAGUE.contains(&words[0]) {
        words.remove(0);
    }
    let before_christ = |year: i32| if is_before_christ { 1 - year } else { year };
    let year = match words[..] {
        [ordinal, "century"] => {
            let digits = &ordinal[..ordinal.len().checked_sub(2)?];
            let century = number(digits).filter(|_| ["st", "nd", "rd", "th"].iter().any(|ending| ordinal.ends_with(ending)))?;
            (century < 100).then_some(if is_before_christ { 1 - century * 100 } else { (century - 1) * 100 + 1 })?
        }
        [one, "and", other] if is_between => before_christ(range(&format!("{one}-{other}"), is_before_christ)?),
        [one, "to" | "or", other] => before_christ(range(&format!("{one}-{other}"), is_before_christ)?),
        [one, "–" | "-", other] => before_christ(range(&format!("{one}-{other}"), is_before_christ)?),
        [word] if !is_between => before_christ(range(word.trim_end_matches('?'), is_before_christ)?),
        _ => return None,
    };
    Some((year, shown))
}

/// The first year of a word: `1936`, `1850s`, `1935-36`, `1990–`, `1990-present`.
fn range(word: &str, is_before_christ: bool) -> Option<i32> {
    let word = word.replace(['–', '—', '/'], "-");
    let Some((first, second)) = word.split_once('-') else {
        return number(word.strip_suffix('s').filter(|year| year.ends_with('0')).unwrap_or(&word));
    };
    let year = number(first)?;
    let end = match second {
        "" | "present" => return Some(year),
        "00" => 0,
        _ => number(second.strip_suffix('s').unwrap_or(second))?,
    };
    // A short second year leaves out the century: 1935–36.
    let is_short = second.len() < first.len();
    let begin = if is_short { year % 10_i32.pow(u32::try_from(second.len()).ok()?) } else { year };
    let is_later = if is_before_christ { end < begin } else { end > begin || (is_short && end == 0) };
    is_later.then_some(year)
}

/// A number from 1 to 9999 in digits.
fn number(text: &str) -> Option<i32> {
    let is_digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| text.parse().ok())?.filter(|number| *number > 0)
}

/// The text with an en dash for each hyphen after a digit.
fn en_dashed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let follows_digit = shown.ends_with(|last: char| last.is_ascii_digit());
        shown.push(if c == '-' && follows_digit { '–' } else { c });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i32, String, Part)> {
        match SourceDate(text.to_owned()).known()? {
            Known::Date(When { year, shown, part }) => Some((year, shown, part)),
            Known::Undated => Some((0, "undated".into(), Part::Year)),
        }
    }

    #[test]
    fn dates_are_read_as_they_are_known() {
        for (text, year, shown, part) in [
            ("1991", 1991, "1991", Part::Year),
            ("98", 98, "98", Part::Year),
            ("AD 98", 98, "AD 98", Part::Year),
            ("1936-05", 1936, "1936", Part::Month(5)),
            ("1936-05-04", 1936, "1936", Part::Day(5, 4)),
            ("May 1936", 1936, "1936", Part::Month(5)),
            ("Sept. 4, 1936", 1936, "1936", Part::Day(9, 4)),
            ("4 May 1936", 1936, "1936", Part::Day(5, 4)),
            ("Spring 1991", 1991, "1991", Part::Season("Spring".into())),
            ("Winter 1991-92", 1991, "1991–92", Part::Season("Winter".into())),
            ("May-June 1936", 1936, "1936", Part::Season("May–June".into())),
            ("c. 1850", 1850, "c. 1850", Part::Year),
            ("circa 1850", 1850, "circa 1850", Part::Year),
            ("[1850?]", 1850, "[1850?]", Part::Year),
            ("1850s", 1850, "1850s", Part::Year),
            ("the late 1850s", 1850, "the late 1850s", Part::Year),
            ("1935-36", 1935, "1935–36", Part::Year),
            ("1935–1936", 1935, "1935–1936", Part::Year),
            ("1935/36", 1935, "1935/36", Part::Year),
            ("1990-", 1990, "1990–", Part::Year),
            ("between 1850 and 1860", 1850, "between 1850 and 1860", Part::Year),
            ("44 BC", -43, "44 BC", Part::Year),
            ("c. 44 B.C.E.", -43, "c. 44 B.C.E.", Part::Year),
            ("431-404 BC", -430, "431–404 BC", Part::Year),
            ("-300", -299, "300 BC", Part::Year),
            ("19th century", 1801, "19th century", Part::Year),
            ("5th century BC", -499, "5th century BC", Part::Year),
        ] {
            assert_eq!(read(text), Some((year, shown.to_owned(), part)), "{text}");
        }
        for undated in ["n.d.", "N.D.", "no date", "undated"] {
            assert_eq!(SourceDate(undated.into()).known(), Some(Known::Undated), "{undated}");
        }
        for wrong in [
            "",
            "soon",
            "1936-13",
            "1936-02-30",
            "5/4/1936",
            "19366",
            "0",
            "1936-1935",
            "c. May 1936",
            "Spring",
            "May 32, 1936",
            "s",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
