//! What to do about a mistake: one line for people, and the change itself where an editor can make it.

use std::fmt;

use super::in_words;

/// What to do about a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The instruction: lowercase, no period.
    pub text: String,
    /// The change that follows the instruction, if it's mechanical.
    pub change: Option<Change>,
}

/// A change to the text that a report points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Put this text in its place.
    Replace(String),
    /// Put the text from its start to the end of the line in quotation marks.
    Quote,
    /// Remove the key or list entry, with everything under it.
    Remove,
    /// Add this key to the keys that it is the first line of.
    AddKey(String),
}

impl Help {
    /// "did you mean `word`?", where `word` can replace what is reported.
    pub fn meant(word: &str) -> Self {
        Self { text: format!("did you mean `{word}`?"), change: Some(Change::Replace(word.to_owned())) }
    }

    /// The same for several words. Only a single one can replace what is reported.
    pub fn meant_one_of(words: &[&str]) -> Self {
        match words {
            [word] => Self::meant(word),
            words => {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                format!("did you mean {}?", in_words(&words, "or")).into()
            }
        }
    }

    /// "write `text`", where `text` can replace what is reported.
    pub fn write(text: &str) -> Self {
        Self { text: format!("write `{text}`"), change: Some(Change::Replace(text.to_owned())) }
    }

    /// An instruction with the change that follows it.
    pub fn with(text: impl Into<String>, change: Change) -> Self {
        Self { text: text.into(), change: Some(change) }
    }
}

impl From<String> for Help {
    fn from(text: String) -> Self {
        Self { text, change: None }
    }
}

impl From<&str> for Help {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Help {
    fn from(text: &String) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
