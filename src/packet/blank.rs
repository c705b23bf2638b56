//! Blanks: everything students write, check, or draw on, as one kind of data. Templates place them, and [`crate::structure`] makes
//! them tags and form fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The blanks of a block, by their part of it: `space`, `choice-2`, `3-reason`. Parts count from 0.
pub type Blanks = BTreeMap<String, Blank>;

/// A blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Blank {
    /// Its name, which no other blank of the packet has. It stays the same as long as the question keeps its id or its place.
    pub name: String,
    /// What goes there.
    pub kind: Kind,
    /// What a screen reader says at the blank, after what is around it on the page.
    pub said: String,
    /// What it says in a form, where the blank is heard alone: with the question. Empty in other packets.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub label: String,
    /// The question as it's said in a form: "Question 3".
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub question: String,
    /// For one choice of several: the name of the group and the choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// The letters to choose from, for a letter.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub letters: Vec<String>,
    /// The answer, in editions for teachers: `true` for a box to check, the letter, the number, or the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// One choice of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The name of the group, which all its choices share.
    pub group: String,
    /// What is chosen, as a letter, a number or a word that is the same in all languages.
    pub value: String,
    /// The choice in words.
    pub said: String,
}

/// What goes in a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Writing on several lines.
    Lines,
    /// Writing or drawing in a box.
    Box,
    /// A check mark: any number of the boxes of a question.
    Check,
    /// A choice: one of several.
    Choice,
    /// A letter.
    Letter,
    /// A word or a few.
    Word,
    /// A number.
    Number,
    /// Writing in a cell of a table.
    Cell,
    /// A drawing.
    Drawing,
}
