//! Footnotes: each has one reference, and none is inside another.

use comrak::nodes::{AstNode, NodeValue};

use super::Reader;
use crate::diagnostics::Code;
use crate::lesson::prose::Inline;
use crate::source::Place;

impl Reader<'_> {
    /// Reads all footnotes, before the references that use them.
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
                    self.unsupported(place, "a footnote with more than one paragraph", "make it one paragraph");
                    break;
                }
                nodes = self.without_label("a footnote", |reader| reader.inlines(child, 0));
            }
            self.notes.insert(note.name.clone(), (nodes, place));
        }
        self.in_note = false;
    }

    /// Takes the footnote for a reference. A footnote without a reference, and the reverse, are reported elsewhere.
    pub(super) fn note(&mut self, name: &str, place: Place) -> Option<Vec<Inline>> {
        if self.in_note {
            self.unsupported(place, "a footnote inside a footnote", "write it in parentheses, or move its mark into the text");
            return None;
        }
        if let Some((nodes, _)) = self.notes.remove(name) {
            self.used_notes.insert(name.to_owned());
            return Some(nodes);
        }
        if self.used_notes.contains(name) {
            self.report(Code::UnsupportedMarkdown, place, format!("footnote `[^{name}]` is used more than once")).help =
                Some(format!("write `[^{name}-2]` here, and add a second footnote: `[^{name}-2]: …`"));
        }
        None
    }

    /// Reports unused footnotes.
    pub(super) fn report_unused_notes(&mut self) {
        for (name, (_, place)) in std::mem::take(&mut self.notes) {
            self.report(Code::UnusedFootnote, place, format!("nothing refers to footnote `[^{name}]`")).help =
                Some(format!("put `[^{name}]` where it belongs in the text, or remove the footnote"));
        }
    }
}
