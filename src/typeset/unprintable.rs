//! Finds text in finished pages that no font has: without a PDF standard, the PDF writer silently drops it.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// The text that no font has, without repeats.
pub(super) fn unprintable(document: &PagedDocument) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    document.pages().iter().for_each(|page| look(&page.frame, &mut texts));
    texts
}

fn look(frame: &Frame, texts: &mut BTreeSet<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => look(&group.frame, texts),
            FrameItem::Text(text) => {
                // In every font, glyph 0 stands for missing characters.
                let missing = text.glyphs.iter().filter(|glyph| glyph.id == 0);
                texts.extend(missing.filter_map(|glyph| text.text.get(glyph.range())).map(str::to_owned));
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
