//! Footnotes: each note belongs to one mark, and none stands inside another.

use comrak::nodes::{AstNode, NodeValue};

use super::Reader;
use crate::diagnostics::Code;
use crate::lesson::prose::Inline;
use crate::source::Place;

impl Reader<'_> {
    /// Reads all notes, before the marks that take them.
    pub(super) fn collect_notes<'n>(&mut self, root: &'n AstNode<'n>) {
        let definitions: Vec<_> =
            root.descendants().filter(|node| matches!(node.data.borrow().value, NodeValue::FootnoteDefinition(_))).collect();
        self.in_note = true;
        for definition in definitions {
            let NodeValue::FootnoteDefinition(note) = definition.data.borrow().value.clone() else { continue };
            let place = self.place(definition.data.borrow().sourcepos);
            let mut nodes = Vec::new();
            for (index, child) in definition.children().enumerate() {
                if index > 0 || !matches!(child.data.borrow().value, NodeValue::Paragraph) {
                    self.unsupported(place, "a note of more than one paragraph", "make it one paragraph");
                    break;
                }
                nodes = self.inlines(child, 0);
            }
            self.notes.insert(note.name.clone(), (nodes, place));
        }
        self.in_note = false;
    }

    /// Takes the note for a mark; a note without its mark, and a mark without its note, are reported elsewhere.
    pub(super) fn note(&mut self, name: &str, place: Place) -> Option<Vec<Inline>> {
        if self.in_note {
            self.unsupported(place, "a note inside a note", "write it in brackets, or as a note of its own in the text");
            return None;
        }
        if let Some((nodes, _)) = self.notes.remove(name) {
            self.used_notes.insert(name.to_owned());
            return Some(nodes);
        }
        if self.used_notes.contains(name) {
            self.report(Code::UnsupportedMarkdown, place, format!("the note `[^{name}]` has a mark already")).help =
                Some("write a second note".into());
        }
        None
    }

    /// Reports the notes that no mark has taken.
    pub(super) fn report_unused_notes(&mut self) {
        for (name, (_, place)) in std::mem::take(&mut self.notes) {
            self.report(Code::UnusedFootnote, place, format!("no mark in the text points to the note `[^{name}]`")).help =
                Some(format!("put `[^{name}]` where the note belongs, or delete the note"));
        }
    }
}
