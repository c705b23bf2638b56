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
            let range = self.range(definition.data.borrow().sourcepos);
            let place = self.map.place(range.start, range.end);
            let name = self.hidden.restored(&note.name).into_owned();
            // Its mark, such as `[^1]:`.
            let mark = self.text[range.clone()].find("]:").map_or(0, |at| at + 2);
            self.account.claim(range.start..range.start + mark);
            let mut nodes = Vec::new();
            for (index, child) in definition.children().enumerate() {
                if index > 0 || !matches!(child.data.borrow().value, NodeValue::Paragraph) {
                    self.unsupported(place, "a footnote with more than one paragraph", "make it one paragraph");
                    self.account.claim(range.clone());
                    break;
                }
                nodes = self.without_label("a footnote", |reader| reader.inlines(child, 0));
            }
            if self.notes.contains_key(&name) {
                self.account.claim(range);
                self.report(Code::UnsupportedMarkdown, place, format!("there are two footnotes `[^{name}]`"))
                    .set_help(format!("name this one `[^{name}-2]`, and write `[^{name}-2]` in the text where it belongs"));
                continue;
            }
            self.notes.insert(name, (nodes, place));
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
            self.report(Code::UnsupportedMarkdown, place, format!("footnote `[^{name}]` is used more than once"))
                .set_help(format!("write `[^{name}-2]` here, and add a second footnote: `[^{name}-2]: …`"));
        }
        None
    }

    /// Reports unused footnotes.
    pub(super) fn report_unused_notes(&mut self) {
        for (name, (_, place)) in std::mem::take(&mut self.notes) {
            self.report(Code::UnusedFootnote, place, format!("nothing refers to footnote `[^{name}]`"))
                .set_help(format!("put `[^{name}]` where it belongs in the text, or remove the footnote"));
        }
    }
}
