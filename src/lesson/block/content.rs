//! What every kind of block provides: its text, its item to answer, and its nested blocks.

use super::answer::Form;
use super::{Block, Figure, Item};
use crate::lesson::prose::{Inline, Inlines, Placed, Prose, each_inline};
use crate::lesson::values::Id;

/// What every kind of block provides.
pub trait Content {
    /// Its own text in order, without hints or the text of nested blocks.
    fn texts(&self) -> Vec<Text<'_>>;

    /// The item that students answer, if there is one.
    fn item(&self) -> Option<Item<'_>> {
        None
    }

    /// The ids of its entries, one list per kind of entry. Ids within a list must be unique.
    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        Vec::new()
    }

    /// The form that its answer takes in the teacher file.
    fn answer(&self) -> Form {
        Form::text()
    }

    /// Its picture, if it is one or has one.
    fn figure(&self) -> Option<&Figure> {
        None
    }

    /// The blocks nested in it.
    fn inside(&self) -> &[Placed<Block>] {
        &[]
    }
}

impl Content for Prose {
    fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Prose(self)]
    }
}

/// A page break, which has no content.
pub(super) struct PageBreak;

impl Content for PageBreak {
    fn texts(&self) -> Vec<Text<'_>> {
        Vec::new()
    }
}

/// A piece of text in a block.
#[derive(Debug, Clone, Copy)]
pub enum Text<'a> {
    /// A line.
    Line(&'a Inlines),
    /// Paragraphs, lists, quotations, and tables.
    Prose(&'a Prose),
    /// Pieces of a line without its own place.
    Pieces(&'a [Inline]),
}

impl<'a> Text<'a> {
    /// Calls `see` on every piece of it.
    pub fn each_inline(self, see: &mut dyn FnMut(&'a Inline)) {
        match self {
            Text::Line(line) => each_inline(&line.nodes, see),
            Text::Prose(prose) => prose.each_inline(see),
            Text::Pieces(nodes) => each_inline(nodes, see),
        }
    }
}

/// Several lines as pieces of text, in the given order.
pub(super) fn lines<'a>(parts: impl IntoIterator<Item = &'a Inlines>) -> Vec<Text<'a>> {
    parts.into_iter().map(Text::Line).collect()
}
