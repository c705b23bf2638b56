//! The fixed words of packets and pages: one table per language, in `src/words`, for every output.
//!
//! A value is a string, a list, or a group of values. A group with the key `other` is a set of forms that depend on a number `n`:
//! the form for that very number (`"2"`), or for its plural category in the language (`one`, `few` …), or `other`.
//! `{name}` in a string is filled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

/// The words of one language.
pub type Table = Map<String, Value>;

/// The language to use if there is no table for the one asked for.
const FALLBACK: &str = "en";

/// Every language with a table, as an ISO 639 tag, and its JSON.
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

/// Languages written from right to left (Unicode CLDR 44, `characterOrder`).
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "dv", "fa", "he", "ks", "pa", "ps", "sd", "ug", "ur", "yi"];

/// What only screen readers say.
const SPOKEN: [&str; 8] =
    ["question-number", "line-count", "paragraph-number", "paragraphs", "end-of", "document", "note-number", "back-to-note"];

/// How many numbers templates get plural categories for. After that, the last hundred repeats.
const COUNTED: u32 = 200;

static TABLES: LazyLock<BTreeMap<&str, Table>> = LazyLock::new(|| {
    let table = |(language, text): (&'static str, &str)| {
        (language, serde_json::from_str(text).expect("every table is valid JSON: a test reads each"))
    };
    BUNDLED.into_iter().map(table).collect()
});

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    table: &'static Table,
    /// The language of the words, which may differ from the one asked for.
    language: &'static str,
}

/// The words for a BCP 47 language tag. The country doesn't matter; a language without a table gets English.
pub fn of(tag: &str) -> Words {
    let language = primary(tag);
    let (language, table) =
        TABLES.get_key_value(language).unwrap_or_else(|| TABLES.get_key_value(FALLBACK).expect("English has a table"));
    Words { table, language }
}

/// What templates get for these languages, which are ISO 639 tags: a table for each, its direction, and the plural categories of
/// numbers. Tables in `replaced` override ours.
pub fn for_templates<'a>(languages: impl IntoIterator<Item = &'a str>, replaced: &BTreeMap<String, Table>) -> Value {
    let table = |language: &str| {
        let ours = of(language);
        let own = replaced.get(language).or_else(|| replaced.get(ours.language)).unwrap_or(ours.table);
        // The direction is the language's own even if the words are English.
        json!({"words": own, "language": language, "direction": direction(language), "plurals": plurals(ours.language)})
    };
    Value::Object(languages.into_iter().map(|language| (language.to_owned(), table(language))).collect())
}

/// Every key of a table, with the keys of groups in front: `blanks/period`.
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

/// The table of a language, if it has one.
pub fn table(language: &str) -> Option<&'static Table> {
    TABLES.get(language)
}

/// `ltr`, or `rtl` for a language written from right to left.
pub fn direction(tag: &str) -> &'static str {
    if RIGHT_TO_LEFT.contains(&primary(tag)) { "rtl" } else { "ltr" }
}

/// The language of a tag, without its script and region: `zh` for `zh-Hans-CN`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

impl Words {
    /// All of the words that print in one string, to check that fonts have their characters.
    pub fn text(self) -> String {
        let mut text = String::new();
        let prints = |(key, _): &(&String, &Value)| !SPOKEN.contains(&key.as_str());
        self.table.iter().filter(prints).for_each(|(_, value)| push_text(value, &mut text));
        text
    }

    /// The string for a key, filled in. `n`, if given, selects the plural form.
    ///
    /// # Panics
    /// If the key is unknown, or a value to fill in is missing.
    pub fn say(self, key: &str, values: &[(&str, &str)]) -> String {
        let find = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let value = &self.table[key];
        let pattern = match value {
            Value::Object(forms) => {
                let n = find("n").expect("a key with plural forms gets `n`");
                let category = n.parse().map_or("other", |n| category(self.language, n));
                forms.get(n).or_else(|| forms.get(category)).unwrap_or(&value["other"])
            }
            text => text,
        };
        let mut pieces = pattern.as_str().expect("the value is a string").split('{');
        let mut said = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (name, rest) = piece.split_once('}').expect("every brace is closed");
            said.push_str(find(name).expect("every name is filled in"));
            said.push_str(rest);
        }
        said
    }

    /// The name of a kind of item.
    pub fn item(self, kind: &str) -> String {
        self.within("items", kind)
    }

    /// The name of a part of a lesson, if it has one.
    pub fn part_of_lesson(self, kind: &str) -> Option<String> {
        self.table["parts"].get(kind).and_then(Value::as_str).map(str::to_owned)
    }

    /// A punctuation mark, such as the one between the pieces of a list.
    pub fn mark(self, name: &str) -> String {
        self.within("marks", name)
    }

    /// The string for a key in a group.
    fn within(self, group: &str, key: &str) -> String {
        self.table[group][key].as_str().expect("the value is a string").to_owned()
    }

    /// The letter of a choice, counted from 0.
    pub fn letter(self, index: usize) -> String {
        let letters = self.table["letters"].as_array().expect("the letters are a list");
        letters.get(index).and_then(Value::as_str).map_or_else(|| (index + 1).to_string(), str::to_owned)
    }

    /// The letter or number of a part of a question, counted from 0.
    pub fn part(self, index: usize) -> String {
        let letters = self.table["part-letters"].as_array().expect("the letters are a list");
        let letter = letters[index % letters.len()].as_str().unwrap_or_default();
        self.say("part", &[("letter", letter), ("number", &(index + 1).to_string())])
    }

    /// Names with the words between them. Some languages change the last word to suit the name: Spanish has "e" before the sound of
    /// "i".
    pub fn names(self, names: &[&str]) -> String {
        let lists = &self.table["lists"]["names"];
        let word = |list: &Value, key: &str| list[key].as_str().unwrap_or_default().to_owned();
        let [before @ .., last] = names else { return String::new() };
        if before.is_empty() {
            return (*last).to_owned();
        }
        let letters = last.to_lowercase();
        let letters = letters.trim_start_matches(|c: char| !c.is_alphabetic());
        let begins = |list: &Value| {
            let beginnings = list.as_array().map(Vec::as_slice).unwrap_or_default();
            beginnings.iter().filter_map(Value::as_str).any(|beginning| letters.starts_with(beginning))
        };
        let exceptions = lists["exceptions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let exception = exceptions.iter().find(|exception| begins(&exception["before"]) && !begins(&exception["except"]));
        let between = exception.map_or_else(|| word(lists, "last"), |exception| word(exception, "last"));
        format!("{}{between}{last}", before.join(&word(lists, "between")))
    }

    /// A date in words, from year, month, and day.
    pub fn day(self, (year, month, day): (i32, u8, u8)) -> String {
        let (year, day) = (year.to_string(), day.to_string());
        self.say("day", &[("n", &day), ("day", &day), ("month", self.month(month)), ("year", &year)])
    }

    /// The name of a month, counted from 1.
    pub fn month(self, month: u8) -> &'static str {
        let months = self.table["months"].as_array().expect("the months are a list");
        months.get(usize::from(month).saturating_sub(1)).and_then(Value::as_str).unwrap_or_default()
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

/// The plural categories of numbers from 0 on. Past the end of the list, the last hundred repeats.
fn plurals(language: &str) -> Vec<&'static str> {
    (0..COUNTED).map(|n| category(language, n)).collect()
}

/// The plural category of a whole number (Unicode CLDR 44, "Language Plural Rules", cardinals). Categories for millions are left
/// out, because packets never count that high.
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
                // The name of a series can be upright, and parts can have numbers.
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

    /// Keys whose words change with the number they count, in English or in another language.
    const COUNTED_WORDS: [&str; 12] = [
        "cards-to-cut",
        "causes",
        "copies",
        "criteria",
        "effects",
        "lines",
        "minutes",
        "minutes-in-all",
        "page-count",
        "points",
        "sheet-count",
        "short-minutes",
    ];

    #[test]
    fn counted_words_have_every_plural_form_of_their_language() {
        for (language, table) in &*TABLES {
            let categories: BTreeSet<&str> = plurals(language).into_iter().collect();
            for key in COUNTED_WORDS {
                // Words that are the same for every number are a string.
                let Value::Object(forms) = &table[key] else {
                    assert!(table[key].is_string() && *language != "ar", "{language}/{key} has no forms");
                    continue;
                };
                let missing: Vec<_> = categories.iter().filter(|category| !forms.contains_key(**category)).collect();
                assert!(missing.is_empty() || !forms.contains_key("one"), "{language}/{key} has no form for {missing:?}");
            }
        }
    }

    #[test]
    fn forms_are_of_categories_that_the_language_has() {
        for (language, table) in &*TABLES {
            let categories: BTreeSet<&str> = plurals(language).into_iter().chain(["other"]).collect();
            for (key, value) in table {
                let Value::Object(forms) = value else { continue };
                let is_form = |form: &str| form.parse::<u32>().is_ok() || categories.contains(form);
                let unused: Vec<_> = forms.keys().filter(|form| !is_form(form)).collect();
                assert!(!forms.contains_key("other") || unused.is_empty(), "{language}/{key} never uses {unused:?}");
            }
        }
    }

    #[test]
    fn one_copy_is_not_in_the_plural() {
        let copies =
            |tag: &str, n: &str| of(tag).say("copies", &[("n", n), ("sheets", &of(tag).say("sheet-count", &[("n", n)]))]);
        assert_eq!(copies("en", "1"), "1 copy, one per student: 1 sheet total");
        assert_eq!(copies("en", "2"), "2 copies, one per student: 2 sheets total");
        assert_eq!(copies("ar", "2"), "نسختان، نسخة لكلّ طالب: المجموع ورقتان");
        let cards = |tag: &str, n: &str| of(tag).say("cards-to-cut", &[("n", n), ("pages", "page 3")]);
        assert_eq!([cards("en", "1"), cards("en", "4")], ["Cut out the card on page 3", "Cut out the 4 cards on page 3"]);
    }

    #[test]
    fn exceptions_in_lists_of_names_have_what_templates_need() {
        for (language, table) in &*TABLES {
            let exceptions = table["lists"]["names"]["exceptions"].as_array().expect("the exceptions are a list");
            assert_eq!(exceptions.len(), usize::from(*language == "es"), "{language}");
            for exception in exceptions {
                assert!(exception["last"].is_string() && exception["before"].is_array() && exception["except"].is_array());
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
