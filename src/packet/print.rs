//! What to print, cut out, and bring before a lesson.

use serde::Serialize;

use super::pages::Pages;
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
    /// What to print if every part is printed only as often as it's needed. Empty if parts can't be printed by themselves.
    pub jobs: Vec<Job>,
    /// How much paper each way of printing takes for one class.
    pub class: Paper,
    /// The same for all classes, if there are several.
    pub classes: Option<Paper>,
    /// The file with the sheets to cut, if something is printed from there.
    pub cut_file: Option<String>,
    /// Whether that file has exit tickets that the student packet doesn't have.
    pub tickets_apart: bool,
    /// The sets of cards to cut out.
    pub cards: Vec<CardsToCut>,
    /// What else is needed.
    pub materials: Vec<Material>,
}

/// Cards to cut out.
#[derive(Debug, Clone, Serialize)]
pub struct CardsToCut {
    /// The number of cards.
    pub count: usize,
    /// Who gets a set.
    pub per: Option<Per>,
    /// The pages the cards are on, including their backs. `None` if the student packet doesn't have them.
    pub pages: Option<Pages>,
}

/// Pages to print with the same number of copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Job {
    /// The kinds of the parts on these pages, as the templates call them.
    pub parts: Vec<String>,
    /// The pages.
    pub pages: Pages,
    /// Who needs a copy.
    pub per: Per,
    /// The number of copies for one class.
    pub copies: usize,
    /// How many copies a sheet has, if they're printed from the packet of sheets to cut.
    pub on_sheet: usize,
    /// The number of sheets of paper for all copies, printed double-sided.
    pub sheets: usize,
}

/// The sheets of paper that each way of printing takes, printed double-sided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The number of classes.
    pub classes: usize,
    /// The ways and their sheets, starting with whole packets. A way that takes as much as a simpler one is left out.
    pub ways: Vec<(Way, usize)>,
    /// The way that takes the least paper.
    pub least: Way,
}

/// A way of printing a lesson for a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Whole packets for everyone.
    Packets,
    /// Each part only as often as it's needed.
    ByNeed,
    /// A class set of the reading that one class uses after another, and everything else as often as it's needed.
    ClassSet,
}
