//! The search index, in small files that a search loads as needed.
//!
//! The files are scripts because a page opened from a disk can't load anything else. `search.js` reads them, and folds words the
//! same way.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Page;
use super::content::{IssueContent, LessonContent};
use super::downloads::Variant;
use super::languages;
use crate::lesson::grades::grades;
use crate::lesson::series::Edition;
use crate::paths;
use crate::script::is_spaceless;

/// The number of lessons in one file of cards.
const CARDS: usize = 64;

/// A word in more than this many lessons, and in more than this share of them, is too common: searches ignore it.
const COMMON: (usize, f64) = (200, 0.4);

/// The lessons that have a word, in the title or elsewhere.
#[derive(Default)]
struct Postings {
    title: BTreeSet<usize>,
    elsewhere: BTreeSet<usize>,
}

/// The files of the index. Lessons are numbered from oldest to newest, so a new issue changes only a few files.
pub(super) fn pages(issues: &[IssueContent<'_>]) -> Vec<Page> {
    let lessons: Vec<(usize, &IssueContent<'_>, &LessonContent<'_>)> = (0..)
        .zip(issues.iter().rev())
        .flat_map(|(number, issue)| issue.lessons.iter().rev().map(move |lesson| (number, issue, lesson)))
        .collect();
    let mut words: BTreeMap<String, Postings> = BTreeMap::new();
    let mut topics: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, (_, issue, lesson)) in lessons.iter().enumerate() {
        for word in fold(&lesson.facts.title) {
            words.entry(word).or_default().title.insert(number);
        }
        for word in elsewhere(issue, lesson) {
            words.entry(word).or_default().elsewhere.insert(number);
        }
        for topic in &lesson.facts.topics {
            topics.entry(topic).or_default().insert(number);
        }
    }
    let mut shards: BTreeMap<String, BTreeMap<&str, Value>> = BTreeMap::new();
    for (word, postings) in &words {
        shards.entry(word.chars().take(2).collect()).or_default().insert(word, postings.to_json(lessons.len()));
    }
    let topics: BTreeMap<&str, Vec<usize>> = topics.into_iter().map(|(topic, lessons)| (topic, steps(&lessons))).collect();
    let mut pages =
        vec![file("index", "index", "", &index(issues, &lessons, shards.keys())), file("topics", "topics", "", &json!(topics))];
    for (number, cards) in (0..).zip(lessons.chunks(CARDS)) {
        let cards: Vec<Value> = cards.iter().map(|(_, issue, lesson)| card(issue, lesson)).collect();
        pages.push(file(&format!("cards-{number}"), "cards", &number.to_string(), &json!(cards)));
    }
    for (key, words) in &shards {
        pages.push(file(&format!("words-{}", file_name(key)), "words", key, &json!(words)));
    }
    pages
}

/// A file of the index: a call to the function that `search.js` defines.
fn file(name: &str, kind: &str, key: &str, data: &Value) -> Page {
    Page::text(
        paths::of_catalogue(&format!("search/{name}.js")),
        format!("packetpress({}, {}, {data});\n", json!(kind), json!(key)),
    )
}

/// What every search needs: a column for each filter, and the names of the word files.
fn index<'k>(
    issues: &[IssueContent<'_>],
    lessons: &[(usize, &IssueContent<'_>, &LessonContent<'_>)],
    shards: impl Iterator<Item = &'k String>,
) -> Value {
    let subjects: BTreeSet<&str> = lessons.iter().filter_map(|(_, _, lesson)| lesson.facts.subject.as_deref()).collect();
    let languages: BTreeSet<&str> = lessons.iter().flat_map(|(_, _, lesson)| lesson.tags.iter().map(String::as_str)).collect();
    let column = |value: &dyn Fn(&LessonContent<'_>) -> usize| -> Vec<usize> {
        lessons.iter().map(|(_, _, lesson)| value(lesson)).collect()
    };
    // 0 means none.
    let place = |set: &BTreeSet<&str>, wanted: &str| set.iter().position(|known| *known == wanted).map_or(0, |at| at + 1);
    json!({
        "lessons": lessons.len(),
        "cards": CARDS,
        "subjects": subjects,
        "languages": languages.iter().map(|tag| json!([tag, languages::name(tag)])).collect::<Vec<_>>(),
        "issues": issues.iter().rev().map(|issue| json!([issue.id, issue.number, issue.theme])).collect::<Vec<_>>(),
        "words": shards.map(String::as_str).collect::<Vec<_>>().join(" "),
        "subject": column(&|lesson| place(&subjects, lesson.facts.subject.as_deref().unwrap_or_default())),
        "language": column(&|lesson| {
            languages.iter().enumerate().filter(|(_, tag)| lesson.tags.contains(**tag)).map(|(bit, _)| 1 << bit.min(30)).sum()
        }),
        "grades": column(&|lesson| usize::from(grades(lesson.facts.grades.as_deref().unwrap_or_default()))),
        "minutes": column(&|lesson| lesson.facts.minutes.unwrap_or(0) as usize),
        "editions": column(&|lesson| bits(&Edition::ALL, &lesson.editions)),
        "formats": column(&|lesson| bits(&Variant::ALL, &lesson.looks)),
        "issue": lessons.iter().map(|(issue, _, _)| *issue).collect::<Vec<_>>(),
    })
}

/// A lesson, as shown in search results.
fn card(issue: &IssueContent<'_>, lesson: &LessonContent<'_>) -> Value {
    let facts = lesson.facts;
    json!([
        format!("{}/{}", issue.id, lesson.id),
        facts.title,
        facts.question.as_deref().unwrap_or_default(),
        facts.grades.as_deref().unwrap_or_default(),
        facts.language,
        u8::from(lesson.previews > 0),
    ])
}

/// The words to search, other than those in the title.
fn elsewhere(issue: &IssueContent<'_>, lesson: &LessonContent<'_>) -> BTreeSet<String> {
    let facts = lesson.facts;
    let standards = facts.standards.iter().flat_map(|standard| [&standard.framework, &standard.code]);
    let lists = facts.topics.iter().chain(&facts.words).chain(standards).map(String::as_str);
    let single = [facts.question.as_deref(), facts.subject.as_deref(), Some(&issue.theme), issue.number, issue.date];
    let translated = lesson.translations.iter().flat_map(|facts| {
        let single = [Some(&facts.title), facts.question.as_ref(), facts.subject.as_ref()];
        single.into_iter().flatten().chain(&facts.topics).chain(&facts.words).map(String::as_str)
    });
    lists.chain(single.into_iter().flatten()).chain(translated).flat_map(fold).collect()
}

impl Postings {
    /// Two lists of differences between lesson numbers, or 0 for a word that is too common.
    fn to_json(&self, lessons: usize) -> Value {
        let (least, share) = COMMON;
        let count = self.title.union(&self.elsewhere).count();
        #[expect(clippy::cast_precision_loss, reason = "numbers of lessons are small")]
        let common = count > least && count as f64 > share * lessons as f64;
        if common { json!(0) } else { json!([steps(&self.title), steps(&self.elsewhere)]) }
    }
}

/// The first number, then the differences between neighbors.
fn steps(numbers: &BTreeSet<usize>) -> Vec<usize> {
    let mut before = 0;
    numbers.iter().map(|number| number - std::mem::replace(&mut before, *number)).collect()
}

/// The words of text, in lowercase and without accents. In scripts without spaces, each character is a word.
fn fold(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if is_spaceless(c) {
            words.extend([c.to_string(), String::new()]);
        } else if c.is_alphanumeric() {
            words.last_mut().expect("there is always one").push(c);
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The name of a word file. Characters other than ASCII letters and digits become their code points.
fn file_name(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("u{:x}-", u32::from(c)) }).collect()
}

/// A bit for each item of `all`, set if it is in `there`. The first item is the lowest bit.
fn bits<T: Ord>(all: &[T], there: &BTreeSet<T>) -> usize {
    all.iter().enumerate().filter(|(_, one)| there.contains(one)).map(|(bit, _)| 1 << bit).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        assert_eq!(fold("Stalin’s “Show Trials”"), ["stalin", "s", "show", "trials"]);
        assert_eq!(fold("Él Niño, ÉCOLE"), ["el", "nino", "ecole"]);
        assert_eq!(fold("D2.Civ.4.9-12"), ["d2", "civ", "4", "9", "12"]);
        assert_eq!(fold("中国の歴史 1949"), ["中", "国", "の", "歴", "史", "1949"]);
    }

    #[test]
    fn names_of_files_suit_every_file_system() {
        assert_eq!(file_name("pu"), "pu");
        assert_eq!(file_name("中"), "u4e2d-");
    }

    #[test]
    fn numbers_stand_as_steps() {
        assert_eq!(steps(&BTreeSet::from([3, 5, 12])), [3, 2, 7]);
    }
}
