//! The fixed words of packets and pages: one table a language, in `src/words`, that every output reads.
//!
//! A value is a text, a list of texts, a group of values, or, if it has the key `other`, a text that depends on a number `n`: it is
//! that of the number itself (`"2"`), or else that of its plural category in the language (`one`, `few` …), or else `other`.
//! `{name}` in a text stands for something that is filled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

/// The words of one language.
pub type Table = Map<String, Value>;

/// The language of which the words are taken where there are none.
const FALLBACK: &str = "en";

/// Every language that has a table, as a tag of ISO 639, and the text of that.
const BUNDLED: [(&str, &str); 9] = [
    ("ar", include_str!("words/ar.json")),
    ("de", include_str!("words/de.json")),
    ("en", include_str!("words/en.json")),
    ("es", include_str!("words/es.json")),
    ("fr", include_str!("words/fr.json")),
    ("ht", include_str!("words/ht.json")),
    ("pt", include_str!("words/pt.json")),
    ("vi", include_str!("words/vi.json")),
    ("zh", include_str!("words/zh.json")),
];

/// Languages that are written from right to left (Unicode CLDR 44, `characterOrder`).
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "dv", "fa", "he", "ks", "pa", "ps", "sd", "ug", "ur", "yi"];

/// How many numbers plural categories are told for, one by one; from there on they repeat by the hundred.
const COUNTED: u32 = 200;

static TABLES: LazyLock<BTreeMap<&str, Table>> = LazyLock::new(|| {
    let table = |(language, text): (&'static str, &str)| {
        (language, serde_json::from_str(text).expect("the tables are sound: a test reads each"))
    };
    BUNDLED.into_iter().map(table).collect()
});

/// The words of a language, in which texts can be filled in.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    table: &'static Table,
    /// The language in which the words are, which may be another than that which was asked for.
    language: &'static str,
}

/// The words of a language, a tag of BCP 47: those of the language alone, whatever the country, and English where there are none.
pub fn of(tag: &str) -> Words {
    let language = primary(tag);
    let (language, table) = TABLES
        .get_key_value(language)
        .unwrap_or_else(|| TABLES.get_key_value(FALLBACK).expect("there is a table of the language that stands in"));
    Words { table, language }
}

/// What templates get of the words of these languages, tags of ISO 639: a table for each, with its direction and the plural
/// categories of numbers. `replaced` has tables that take the place of ours.
pub fn for_templates<'a>(languages: impl IntoIterator<Item = &'a str>, replaced: &BTreeMap<String, Table>) -> Value {
    let table = |language: &str| {
        let ours = of(language);
        let own = replaced.get(language).or_else(|| replaced.get(ours.language)).unwrap_or(ours.table);
        // Lines run as the language wants it even where the words are English.
        json!({"words": own, "direction": direction(language), "plurals": plurals(ours.language)})
    };
    Value::Object(languages.into_iter().map(|language| (language.to_owned(), table(language))).collect())
}

/// Every key of the tables, those within a group behind its own: `blanks/period`.
pub fn keys(table: &Table) -> Vec<String> {
    let mut keys = Vec::new();
    push_keys("", table, &mut keys);
    keys
}

fn push_keys(group: &str, table: &Table, keys: &mut Vec<String>) {
    for (key, value) in table {
        match value {
            Value::Object(inner) if !inner.contains_key("other") => push_keys(&format!("{group}{key}/"), inner, keys),
            _ => keys.push(format!("{group}{key}")),
        }
    }
}

/// The table of a language that has one of its own.
pub fn table(language: &str) -> Option<&'static Table> {
    TABLES.get(language)
}

/// `ltr`, or `rtl` for a language that is written from right to left.
pub fn direction(tag: &str) -> &'static str {
    if RIGHT_TO_LEFT.contains(&primary(tag)) { "rtl" } else { "ltr" }
}

/// The language of a tag, without its script and region: `zh` of `zh-Hans-CN`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

impl Words {
    /// All of its texts, for those who must know which characters they have.
    pub fn text(self) -> String {
        let mut text = String::new();
        self.table.values().for_each(|value| push_text(value, &mut text));
        text
    }

    /// A text by its key, with what is filled in; `n`, if it is among that, decides about the form.
    ///
    /// # Panics
    /// If there is no such text, or something to fill in is missing.
    pub fn say(self, key: &str, values: &[(&str, &str)]) -> String {
        let find = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let value = &self.table[key];
        let pattern = match value {
            Value::Object(forms) => {
                let n = find("n").expect("a text that depends on a number gets it");
                let category = n.parse().map_or("other", |n| category(self.language, n));
                forms.get(n).or_else(|| forms.get(category)).unwrap_or(&value["other"])
            }
            text => text,
        };
        let mut pieces = pattern.as_str().expect("this is a text").split('{');
        let mut said = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, rest) = piece.split_once('}').expect("a brace is closed");
            said.push_str(find(name).expect("everything is filled in"));
            said.push_str(rest);
        }
        said
    }

    /// A day in words: year, month and day.
    pub fn day(self, (year, month, day): (i32, u8, u8)) -> String {
        let months = self.table["months"].as_array().expect("the months are a list");
        let name = months.get(usize::from(month).saturating_sub(1)).and_then(Value::as_str).unwrap_or_default();
        let (year, day) = (year.to_string(), day.to_string());
        self.say("day", &[("n", &day), ("day", &day), ("month", name), ("year", &year)])
    }
}

fn push_text(value: &Value, to: &mut String) {
    match value {
        Value::String(text) => {
            to.push_str(text);
            to.push(' ');
        }
        Value::Array(list) => list.iter().for_each(|value| push_text(value, to)),
        Value::Object(map) => map.values().for_each(|value| push_text(value, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The categories of the numbers from 0 on; behind the last, those of its last hundred come again.
fn plurals(language: &str) -> Vec<&'static str> {
    (0..COUNTED).map(|n| category(language, n)).collect()
}

/// The plural category of a whole number (Unicode CLDR 44, "Language Plural Rules", cardinals). Categories of millions, which packets
/// do not count, are left out.
fn category(language: &str, n: u32) -> &'static str {
    match (language, n, n % 100) {
        ("ar", 0, _) => "zero",
        ("ar", 2, _) => "two",
        ("ar", _, 3..=10) => "few",
        ("ar", _, 11..=99) => "many",
        ("fr" | "pt", 0 | 1, _) => "one",
        ("ht" | "vi" | "zh", ..) => "other",
        (_, 1, _) => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_has_the_same_keys() {
        let english = keys(of("en").table);
        assert!(english.len() > 250, "{}", english.len());
        for (language, table) in &*TABLES {
            let own = keys(table);
            let missing: Vec<_> = english.iter().filter(|key| !own.contains(key)).collect();
            let more: Vec<_> = own.iter().filter(|key| !english.contains(key)).collect();
            assert!(missing.is_empty() && more.is_empty(), "{language}: missing {missing:?}, too many {more:?}");
        }
    }

    #[test]
    fn every_table_fills_in_the_same_things() {
        let names = |value: &Value| {
            let mut text = String::new();
            push_text(value, &mut text);
            let names = text.split('{').skip(1).filter_map(|piece| piece.split('}').next());
            names.map(str::to_owned).collect::<BTreeSet<String>>()
        };
        for (language, table) in &*TABLES {
            for (key, value) in table {
                let (own, english) = (names(value), names(&of("en").table[key]));
                // The name of a series can stand upright, and parts be numbered.
                let also = match key.as_str() {
                    "citation" => "name",
                    "part" => "number",
                    _ => "n",
                };
                let known = |name: &String| english.contains(name) || *name == "n" || name == also;
                assert!(own.iter().all(known), "{language}/{key} fills in {own:?}, English {english:?}");
                let is_needed = |name: &&String| !matches!(name.as_str(), "n" | "sheets") && !own.contains(also);
                let lost: Vec<_> = english.iter().filter(is_needed).filter(|name| !own.contains(*name)).collect();
                assert!(lost.is_empty(), "{language}/{key} leaves out {lost:?}");
            }
        }
    }

    #[test]
    fn numbers_have_the_form_of_their_language() {
        let minutes = |tag: &str, n: u32| of(tag).say("minutes", &[("n", &n.to_string())]);
        assert_eq!([minutes("en-US", 1), minutes("en-US", 2)], ["1 minute", "2 minutes"]);
        assert_eq!([minutes("fr", 0), minutes("fr", 2)], ["0\u{a0}minute", "2\u{a0}minutes"]);
        assert_eq!([minutes("ar", 2), minutes("ar", 3)], ["دقيقتان", "3\u{a0}دقائق"]);
        assert_eq!([minutes("ar", 11), minutes("ar", 102)], ["11\u{a0}دقيقة", "102\u{a0}دقيقة"]);
        assert_eq!(minutes("pl", 5), "5 minutes", "English, where there is no table");
    }

    #[test]
    fn plural_categories_repeat_by_the_hundred() {
        for (language, _) in BUNDLED {
            let told = plurals(language);
            for n in 0..3_000 {
                let at = if n < COUNTED { n } else { COUNTED - 100 + n % 100 };
                assert_eq!(category(language, n), told[at as usize], "{language} {n}");
            }
        }
    }

    #[test]
    fn days_are_written_as_the_language_has_it() {
        let day = (1936, 12, 1);
        assert_eq!(of("en").day(day), "December 1, 1936");
        assert_eq!(of("fr").day(day), "1er\u{a0}décembre 1936");
        assert_eq!(of("zh").day(day), "1936年12月1日");
    }

    #[test]
    fn direction_does_not_depend_on_a_table() {
        assert_eq!([direction("he"), direction("ar-EG"), direction("en"), direction("pl")], ["rtl", "rtl", "ltr", "ltr"]);
    }
}
