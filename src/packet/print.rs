//! What must be printed, cut out and brought before a lesson.

use serde::Serialize;

use super::layout::Pages;
use super::pieces::Material;
use crate::lesson::block::materials::Per;

/// What to print, and what lies on which of its pages.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Print {
    /// The file of the student packet.
    pub file: String,
    /// Which of its pages to print; all without it.
    pub range: Option<Pages>,
    /// How many pages that are.
    pub pages: usize,
    /// How many sheets of paper one copy takes, printed on both sides.
    pub sheets: usize,
    /// How many copies a class takes.
    pub copies: u32,
    /// The parts, by the kinds that templates know, and their pages.
    pub parts: Vec<(String, Pages)>,
    /// The sets of cards to cut out.
    pub cards: Vec<CardSet>,
    /// What else is needed.
    pub materials: Vec<Material>,
}

/// Cards to cut out.
#[derive(Debug, Clone, Serialize)]
pub struct CardSet {
    /// How many cards they are.
    pub count: usize,
    /// For whom there must be a set.
    pub per: Option<Per>,
    /// On which pages they stand, with their backs.
    pub pages: Pages,
}
