//! Composes what whoever prepares a lesson must print, cut out and bring: the facts come from the finished student packet.

use serde::Serialize;

use super::blocks::{Block, Material};
use super::layout::{Layout, Pages};
use super::parts::Part;
use super::{Composer, Identity};
use crate::block::materials::Per;
use crate::imposition::sheets;
use crate::lesson::series::{self, Edition};

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

impl Composer<'_> {
    /// What to print for these parts of the student packet.
    pub(super) fn print(&self, identity: &Identity, parts: &[Part], student: &Layout) -> Print {
        let series = self.subject.series;
        let packet = Identity { edition: Edition::Student, part: series::Part::All, ..identity.clone() };
        let mut cards = Vec::new();
        let mut materials = Vec::new();
        for block in parts.iter().flat_map(Part::blocks) {
            match block {
                Block::RoleCards { cards: set, per, .. } | Block::CutOuts { cards: set, per, .. } => {
                    let pages = || set.iter().filter_map(|card| student.item_pages.get(&card.mark).copied());
                    if let (Some(first), Some(last)) = (pages().min(), pages().max()) {
                        let backs = usize::from(set.iter().any(|card| card.back.is_some()));
                        cards.push(CardSet { count: set.len(), per: *per, pages: Pages { first, last: last + backs } });
                    }
                }
                Block::Materials { items, .. } => materials.extend(items.iter().cloned()),
                _ => {}
            }
        }
        Print {
            file: packet.path(series).file_name().expect("a packet has a file").to_owned(),
            range: identity.lesson.is_none().then(|| student.range()),
            pages: student.pages,
            sheets: sheets(student.pages, identity.format),
            copies: series.class_size,
            parts: student.parts.iter().map(|part| (part.kind.clone(), part.pages)).collect(),
            cards,
            materials,
        }
    }
}
