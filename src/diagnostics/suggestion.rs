//! "Did you mean" suggestions.

use super::Help;

/// The longest word that is compared, in characters.
const MAX_LENGTH: usize = 80;

/// The most known words that a help line lists.
const MAX_LISTED: usize = 24;

/// The most suggestions for one rule; each one compares all known words.
const MAX_SUGGESTIONS: usize = 50;

/// Suggests known words for the first 50 unknown words of a rule.
#[derive(Debug, Default)]
pub struct Suggestions {
    given: usize,
}

impl Suggestions {
    /// The help line for an unknown word.
    pub fn did_you_mean<'a>(&mut self, word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<Help> {
        self.given += 1;
        if self.given > MAX_SUGGESTIONS { None } else { did_you_mean(word, known) }
    }

    /// The known word that a misspelled one most likely means.
    pub fn closest<'a>(&mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        self.given += 1;
        if self.given > MAX_SUGGESTIONS { None } else { closest(word, known) }
    }
}

/// The known word that a misspelled one most likely means.
///
/// A word is close if its Damerau–Levenshtein distance is at most a third of the longer word's length, or if it has the same
/// parts in another order.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', ' '], "-");
    let wanted: String = plain(word).chars().take(MAX_LENGTH).collect();
    let sorted = |text: &str| {
        let mut words: Vec<String> = text.split('-').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let words = sorted(&wanted);
    let same_words = |candidate: &str| words.len() > 1 && candidate.len() == wanted.len() && sorted(&plain(candidate)) == words;
    known
        .into_iter()
        .filter(|candidate| candidate.chars().nth(2 * MAX_LENGTH).is_none())
        .map(|candidate| {
            let distance = if same_words(candidate) { 0 } else { strsim::damerau_levenshtein(&wanted, &plain(candidate)) };
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance * 3 <= wanted.chars().count().max(candidate.chars().count()))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Up to three known words that share a part of the name, or most letters, with another word.
pub fn likely<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let plain: String = word.to_lowercase().replace([' ', '-'], "_").chars().take(MAX_LENGTH).collect();
    let parts = |name: &str| name.split('_').filter(|part| part.len() > 3).map(str::to_owned).collect::<Vec<_>>();
    let shares = |name: &str| parts(name).iter().any(|part| parts(&plain).contains(part));
    let mut likely: Vec<_> = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&plain, name), name))
        .filter(|(distance, name)| shares(name) || distance * 5 <= 2 * plain.chars().count().max(name.chars().count()))
        .collect();
    likely.sort();
    likely.into_iter().map(|(_, name)| name).take(3).collect()
}

/// The help line for an unknown word: the closest known word, or a list of the first ones.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<Help> {
    if let Some(candidate) = closest(word, known.clone()) {
        return Some(Help::meant(candidate));
    }
    let mut known = known.into_iter();
    let listed: Vec<_> = known.by_ref().take(MAX_LISTED).map(|candidate| format!("`{candidate}`")).collect();
    match (listed.is_empty(), known.count()) {
        (true, _) => None,
        (false, 0) if listed.len() == 1 => Some(format!("write {}; it's the only one", listed[0]).into()),
        (false, 0) if listed.len() == 2 => Some(format!("use {} or {}", listed[0], listed[1]).into()),
        (false, 0) => Some(format!("use one of {}", listed.join(", ")).into()),
        (false, rest) => Some(format!("use one of {}, or {rest} more", listed.join(", ")).into()),
    }
}

/// Several words in a row: "a, b, and c".
pub fn in_words(words: &[String], and: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} {and} {other}"),
        [first @ .., last] => format!("{}, {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_what_is_close() {
        let keys = ["title", "reading", "discussion", "activity"];
        assert_eq!(closest("discusion", keys), Some("discussion"));
        assert_eq!(closest("Title", keys), Some("title"));
        assert_eq!(closest("homework", keys), None);
        assert_eq!(closest("russia-france", ["france", "france-britain", "france-russia"]), Some("france-russia"));
        assert_eq!(likely("source_table", ["table", "primary_source", "venn"]), ["table", "primary_source"]);
        let help = did_you_mean("homework", keys).map(|help| help.text);
        assert_eq!(help.as_deref(), Some("use one of `title`, `reading`, `discussion`, `activity`"));
    }
}
