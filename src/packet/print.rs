//! What to print, cut out, and bring before a lesson.

use serde::Serialize;

use super::layout::Pages;
use super::pieces::Material;
use crate::lesson::block::materials::Per;

/// What to print, and what is on each page.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Print {
    /// The file of the student packet.
    pub file: String,
    /// The pages to print. `None` means all.
    pub range: Option<Pages>,
    /// The number of pages to print.
    pub pages: usize,
    /// The number of sheets of paper for one copy, printed double-sided.
    pub sheets: usize,
    /// The number of copies for a class.
    pub copies: u32,
    /// The parts, by the kinds the templates use, and their pages.
    pub parts: Vec<(String, Pages)>,
    /// The sets of cards to cut out.
    pub cards: Vec<CardSet>,
    /// What else is needed.
    pub materials: Vec<Material>,
}

/// Cards to cut out.
#[derive(Debug, Clone, Serialize)]
pub struct CardSet {
    /// The number of cards.
    pub count: usize,
    /// Who gets a set.
    pub per: Option<Per>,
    /// The pages the cards are on, including their backs.
    pub pages: Pages,
}
