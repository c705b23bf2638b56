//! What can be asked of every kind of block: its texts, what a student answers on it, and what stands inside it.

use super::answer::Form;
use super::{Block, Figure, Item};
use crate::lesson::prose::{Inline, Inlines, Placed, Prose, each_inline};
use crate::lesson::values::Id;

/// What can be asked of every kind of block.
pub trait Content {
    /// Its own pieces of text in their order, without hints and without those of the blocks inside it.
    fn texts(&self) -> Vec<Text<'_>>;

    /// What a student answers on it, if it is something to answer.
    fn item(&self) -> Option<Item<'_>> {
        None
    }

    /// The ids that entries have, a list of each kind of entry; within one, all differ.
    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        Vec::new()
    }

    /// How its answer is written in the teacher file.
    fn answer(&self) -> Form {
        Form::text()
    }

    /// The picture that it is or holds.
    fn figure(&self) -> Option<&Figure> {
        None
    }

    /// The blocks that stand inside it.
    fn inside(&self) -> &[Placed<Block>] {
        &[]
    }
}

impl Content for Prose {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Prose(self)]
    }
}

/// The end of a page, which holds nothing.
pub(super) struct PageBreak;

impl Content for PageBreak {
    fn texts(&self) -> Vec<Text<'_>> {
        Vec::new()
    }
}

/// A piece of text that a block holds.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// A line.
    Line(&'a Inlines),
    /// Paragraphs, lists, quotations and tables.
    Prose(&'a Prose),
    /// Pieces of a line that has no place of its own.
    Pieces(&'a [Inline]),
}

impl<'a> Text<'a> {
    /// Calls `see` for every piece of it.
    pub fn each_inline(self, see: &mut dyn FnMut(&'a Inline)) {
        match self {
            Text::Line(line) => each_inline(&line.nodes, see),
            Text::Prose(prose) => prose.each_inline(see),
            Text::Pieces(nodes) => each_inline(nodes, see),
        }
    }
}

/// The pieces of text of several parts that may be missing, in the order in which they are given.
pub(super) fn lines<'a>(parts: impl IntoIterator<Item = &'a Inlines>) -> Vec<Text<'a>> {
    parts.into_iter().map(Text::Line).collect()
}
