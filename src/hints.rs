//! What a kind of file knows of the words that people write in it: it only makes reports better. The words of lessons are in [`crate::lesson::hints`].

/// What is known of the words of a kind of file.
#[derive(Debug)]
pub struct Hints {
    /// Names of keys and forms, and the words that mean them. A word is looked at only where its key can stand and does not, so it may
    /// mean another key elsewhere.
    pub synonyms: &'static [(&'static str, &'static [&'static str])],
    /// Keys that many objects have, which say nothing of their kind; the first asks for something.
    pub common: &'static [&'static str],
    /// Keys that nobody means by another word.
    pub never_meant: &'static [&'static str],
    /// Words that are meant for a key, where an id of the author's choice could stand.
    pub no_ids: &'static [&'static str],
    /// Keys that hold the text of a value of which nothing else is said.
    pub texts: &'static [&'static str],
    /// Keys that may stand beside such a text and say nothing.
    pub beside_texts: &'static [&'static str],
    /// Keys for a number that is often written below another: `lines` for `space`.
    pub amounts: &'static [(&'static str, &'static str)],
    /// Keys that belong into another file: which, beside which keys of an object (all of these, and one of those), and what to do.
    pub elsewhere: &'static [Elsewhere],
    /// The key for a year alone, where another wants a day.
    pub year: &'static str,
    /// What a form of a value is called that has many: in a list of them, and in one of those that a map can stand for.
    pub form: [&'static str; 2],
    /// Where all forms are listed, of a value that has many.
    pub all_forms: &'static str,
    /// What to do about a form that can stand only in other places than this.
    pub other_places: &'static str,
}

/// Keys that belong into another file.
#[derive(Debug)]
pub struct Elsewhere {
    /// The keys.
    pub keys: &'static [&'static str],
    /// The object has this key.
    pub beside: &'static str,
    /// And it has one of these.
    pub and_one_of: &'static [&'static str],
    /// What to do.
    pub help: &'static str,
}

impl Hints {
    /// Nothing is known.
    pub const NONE: Hints = Hints {
        synonyms: &[],
        common: &[],
        never_meant: &[],
        no_ids: &[],
        texts: &[],
        beside_texts: &[],
        amounts: &[],
        elsewhere: &[],
        year: "",
        form: ["", ""],
        all_forms: "",
        other_places: "",
    };

    /// Those of the known names that a word means.
    pub fn meant<'a>(&self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let word = word.to_lowercase().replace(['-', ' '], "_");
        let means = |name: &str| self.synonyms.iter().any(|(known, words)| *known == name && words.contains(&word.as_str()));
        known.into_iter().filter(|name| means(name)).collect()
    }

    /// The one known name that a word means.
    pub fn only<'a>(&self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        match self.meant(word, known)[..] {
            [name] => Some(name),
            _ => None,
        }
    }
}
