//! Finds texts in finished pages that no font has: the PDF writer leaves them out in silence where it is held to no standard.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// The texts that no font has, each once.
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
                // In each font it is the first glyph that stands for those that are not there.
                let missing = text.glyphs.iter().filter(|glyph| glyph.id == 0);
                texts.extend(missing.filter_map(|glyph| text.text.get(glyph.range())).map(str::to_owned));
            }
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
