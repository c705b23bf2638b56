//! Tells authors with the same last name apart in citations: "(A. Roe 2003)" and "(B. Roe 2003)".
//!
//! Hayagriva would do this too, but then drops first names and letters after years from the bibliography. So last names that several
//! people have end in a private character for each person, and the initial is ours.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{Item, NameItem, NameValue, Value};

use super::marks;
use super::output::{Letter, Letters, like, text};
use crate::lesson::bibliography::Source;
use crate::lesson::name::{Name, Parts, spaced_initials};

/// The first private character for a person.
const FIRST: u32 = 0xe100;
/// The last one. More people with namesakes than that share it.
const LAST: u32 = 0xf8ff;

/// The people with namesakes, under their last and first names.
#[derive(Default)]
pub(super) struct Namesakes(BTreeMap<(String, String), Person>);

struct Person {
    mark: char,
    /// What goes before the last name: an initial, or the first name if a namesake has the same initial.
    shown: String,
}

impl Namesakes {
    /// The people with namesakes among the first authors of sources.
    pub(super) fn of<'a>(sources: impl Iterator<Item = &'a Source>) -> Self {
        let mut families: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in sources.filter_map(|source| source.people().first()) {
            if let Some((family, given)) = key(name) {
                let known = families.entry(family).or_default();
                if !known.contains(&given) {
                    known.push(given);
                }
            }
        }
        let mut people = BTreeMap::new();
        for (family, givens) in families.into_iter().filter(|(_, givens)| givens.len() > 1) {
            for given in &givens {
                let is_alone = givens.iter().filter(|other| other.chars().next() == given.chars().next()).count() == 1;
                let initial = given.chars().next().map(|initial| format!("{initial}."));
                let shown = initial.filter(|_| is_alone).unwrap_or_else(|| given.clone());
                let number = FIRST.saturating_add(u32::try_from(people.len()).unwrap_or(LAST)).min(LAST);
                let mark = char::from_u32(number).expect("the private characters are valid");
                people.insert((family.clone(), given.clone()), Person { mark, shown });
            }
        }
        Self(people)
    }

    /// Marks the first authors of an item who have namesakes.
    pub(super) fn mark(&self, item: &mut Item) {
        for value in item.0.values_mut() {
            let Value::Names(names) = value else { continue };
            let Some(NameValue::Item(NameItem { family, given: Some(given), non_dropping_particle, .. })) = names.first_mut()
            else {
                continue;
            };
            let whole = non_dropping_particle.iter().map(|particle| format!("{particle} ")).chain([family.clone()]).collect();
            if let Some(person) = self.0.get(&(whole, given.clone())) {
                family.push(person.mark);
            }
        }
    }

    /// The last name of a person as running text has it.
    pub(super) fn short(&self, name: &Name) -> String {
        let short = marks::prepared(name.short());
        match key(name).and_then(|key| self.0.get(&key)) {
            Some(person) => format!("{} {short}", person.shown),
            None => short,
        }
    }

    /// A citation with the initials of people who have namesakes, unless their first names print anyway.
    pub(super) fn told_apart(&self, mut letters: Letters) -> Letters {
        for ((family, given), person) in &self.0 {
            while let Some(at) = letters.iter().position(|letter| letter.c == person.mark) {
                letters.remove(at);
                let start = at.saturating_sub(family.chars().count());
                let has_first_name = start > 1 && letters[start - 1].c == ' ' && letters[start - 2].is_name();
                // Names of editors and translators in notes have them, too.
                let before = text(&letters[..start]);
                let has_first_name = has_first_name || before.strip_suffix(' ').is_some_and(|before| ends_with(before, given));
                if let Some(letter) = letters.get(start).copied().filter(|_| !has_first_name) {
                    letters.splice(start..start, like(letter, &format!("{} ", person.shown)));
                }
            }
        }
        letters
    }
}

/// Whether text ends with a first name, or with its last initial.
fn ends_with(text: &str, given: &str) -> bool {
    let last = |text: &str| text.rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default().to_owned();
    let (shown, given) = (last(text), last(given));
    let initial = shown.strip_suffix('.').unwrap_or(&shown);
    shown == given || (initial.chars().count() == 1 && given.starts_with(initial))
}

/// The output without the characters for people.
pub(super) fn unmarked(letters: Letters) -> Letters {
    letters.into_iter().filter(|letter: &Letter| !(FIRST..=LAST).contains(&u32::from(letter.c))).collect()
}

fn key(name: &Name) -> Option<(String, String)> {
    match name.parts() {
        Parts::Person { family, given, .. } => Some((marks::prepared(family), marks::prepared(&spaced_initials(given)))),
        Parts::Whole(_) => None,
    }
}
