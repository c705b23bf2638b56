//! Words that people write instead of a file's keys. They only improve reports. The words for lessons are in
//! [`crate::lesson::hints`].

/// The words people use in a kind of file.
#[derive(Debug)]
pub struct Hints {
    /// Names of keys and forms, with words that mean them. A word counts only where its key is allowed and unused, so it may mean
    /// another key elsewhere.
    pub synonyms: &'static [(&'static str, &'static [&'static str])],
    /// Keys that many kinds of objects share; the first one is for a question or task.
    pub common: &'static [&'static str],
    /// Keys that are never suggested.
    pub never_meant: &'static [&'static str],
    /// Words that are meant as a key where an id is also possible.
    pub no_ids: &'static [&'static str],
    /// Keys that hold the text of a value that is only text.
    pub text_keys: &'static [&'static str],
    /// Keys that may accompany such text and can be dropped.
    pub beside_texts: &'static [&'static str],
    /// Keys for a number that is often written under another key: `lines` for `space`.
    pub amounts: &'static [(&'static str, &'static str)],
    /// Words for a picture, and the help where a value can't have one.
    pub pictures: (&'static [&'static str], &'static str),
    /// Keys for the answer to a question.
    pub answers: &'static [&'static str],
    /// Words for something that has no form, and the help. `<value>` is the number of the value.
    pub instead: &'static [(&'static [&'static str], &'static str)],
    /// Keys that belong in another file.
    pub elsewhere: &'static [Elsewhere],
    /// The noun for a form: in a list of any blocks, and in a list of questions.
    pub form: [&'static str; 2],
    /// The help that says where all forms are listed.
    pub all_forms: &'static str,
    /// The help for a form that is allowed only in other places.
    pub other_places: &'static str,
}

/// Keys that belong in another file, and how to recognize them.
#[derive(Debug)]
pub struct Elsewhere {
    /// The keys.
    pub keys: &'static [&'static str],
    /// The object must have this key.
    pub has_key: &'static str,
    /// The object must also have one of these keys.
    pub and_one_of: &'static [&'static str],
    /// The help.
    pub help: &'static str,
}

impl Hints {
    /// No hints.
    pub const NONE: Hints = Hints {
        synonyms: &[],
        common: &[],
        never_meant: &[],
        no_ids: &[],
        text_keys: &[],
        beside_texts: &[],
        amounts: &[],
        pictures: (&[], ""),
        answers: &[],
        instead: &[],
        elsewhere: &[],
        form: ["", ""],
        all_forms: "",
        other_places: "",
    };

    /// The known names that a word may mean.
    pub fn meant<'a>(&self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let word = word.to_lowercase().replace(['-', ' '], "_");
        let means = |name: &str| self.synonyms.iter().any(|(known, words)| *known == name && words.contains(&word.as_str()));
        known.into_iter().filter(|name| means(name)).collect()
    }

    /// The known name that a word means, if there is exactly one.
    pub fn only<'a>(&self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        match self.meant(word, known)[..] {
            [name] => Some(name),
            _ => None,
        }
    }
}
