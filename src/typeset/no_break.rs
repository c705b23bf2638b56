//! Replaces characters that only keep lines from breaking, once lines are broken: no-break spaces become spaces, and word joiners
//! are left out.
//!
//! People search for "page 9" and copy addresses. A no-break space also has the shape of a space, so the file would have to say of
//! each space in a font which of the two it is.

use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

const SPACE: char = '\u{a0}';
const JOINER: char = '\u{2060}';

/// The same document without these characters.
pub(super) fn without_no_breaks(document: &PagedDocument) -> PagedDocument {
    let page = |page: &Page| {
        let mut page = page.clone();
        change(&mut page.frame);
        page
    };
    PagedDocument::new(document.pages().iter().map(page).collect(), document.info().clone())
}

/// Whether there is anything to replace. Frames that stay as they are stay shared.
fn has_any(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_any(&group.frame),
        FrameItem::Text(text) => text.text.contains([SPACE, JOINER]),
        _ => false,
    })
}

fn change(frame: &mut Frame) {
    if !has_any(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => change(&mut group.frame),
            FrameItem::Text(text) if text.text.contains([SPACE, JOINER]) => replace(text),
            _ => {}
        }
        true
    });
}

fn replace(text: &mut TextItem) {
    let mut out = String::with_capacity(text.text.len());
    // The new offset of each byte.
    let mut offsets = Vec::with_capacity(text.text.len() + 1);
    for c in text.text.chars() {
        offsets.extend(std::iter::repeat_n(out.len(), c.len_utf8()));
        match c {
            SPACE => out.push(' '),
            JOINER => {}
            c => out.push(c),
        }
    }
    offsets.push(out.len());
    let offset = |at: u16| u16::try_from(offsets[usize::from(at)]).expect("the text only gets shorter");
    for glyph in &mut text.glyphs {
        glyph.range = offset(glyph.range.start)..offset(glyph.range.end);
    }
    // A joiner with a shape of its own has no width.
    text.glyphs.retain(|glyph| !glyph.range.is_empty());
    text.text = out.into();
}
