//! The "did you mean" of a report.

/// Longest word that is compared, in characters.
const MAX_LENGTH: usize = 80;

/// How many words of the known ones a help line lists.
const MAX_LISTED: usize = 24;

/// How many words of one rule get a suggestion: each costs a look at all known words.
const MAX_SUGGESTIONS: usize = 50;

/// Suggests for the first fifty unknown words of a rule, and leaves the rest without help.
#[derive(Debug, Default)]
pub struct Suggestions {
    given: usize,
}

impl Suggestions {
    /// The help line for a word that is not among the known ones.
    pub fn did_you_mean<'a>(&mut self, word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
        self.given += 1;
        if self.given > MAX_SUGGESTIONS { None } else { did_you_mean(word, known) }
    }

    /// The known word that a misspelt one most likely stands for.
    pub fn closest<'a>(&mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        self.given += 1;
        if self.given > MAX_SUGGESTIONS { None } else { closest(word, known) }
    }
}

/// The known word that a misspelt one most likely stands for.
///
/// Close is a Damerau–Levenshtein distance of at most a third of the longer word's length, or the same words in another order.
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

/// At most three known words that have something in common with another: a part of a name, or most letters.
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

/// The help line for a word that is not among the known ones: the closest of them, or the first of all.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    if let Some(candidate) = closest(word, known.clone()) {
        return Some(format!("did you mean `{candidate}`?"));
    }
    let mut known = known.into_iter();
    let listed: Vec<_> = known.by_ref().take(MAX_LISTED).map(|candidate| format!("`{candidate}`")).collect();
    match (listed.is_empty(), known.count()) {
        (true, _) => None,
        (false, 0) if listed.len() == 1 => Some(format!("there is only {}", listed[0])),
        (false, 0) => Some(format!("write one of {}", listed.join(", "))),
        (false, rest) => Some(format!("write one of {} and {rest} more", listed.join(", "))),
    }
}

/// Several words in a row: "a, b and c".
pub fn in_words(words: &[String], and: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
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
        assert_eq!(did_you_mean("homework", keys).as_deref(), Some("write one of `title`, `reading`, `discussion`, `activity`"));
    }
}
