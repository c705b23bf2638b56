//! The source of a quotation: its last line, if that begins with a dash.

use crate::lesson::prose::{Inline, ProseBlock};

/// Takes the attribution from a quotation whose last line begins with a dash: `— Name`.
pub(super) fn take(blocks: &mut Vec<ProseBlock>) -> Option<Vec<Inline>> {
    let ProseBlock::Paragraph(last) = blocks.last_mut()? else { return None };
    let begins = |index: usize| {
        let is_first = index == 0 || matches!(last.nodes[index - 1], Inline::Break);
        is_first && matches!(&last.nodes[index], Inline::Text { text } if begins_with_dash(text))
    };
    let index = (0..last.nodes.len()).rev().find(|index| begins(*index))?;
    let mut attribution = last.nodes.split_off(index);
    if let Some(Inline::Text { text }) = attribution.first_mut() {
        *text = text.trim_start_matches(['—', '―', '–', '-', ' ']).to_owned();
    }
    while matches!(last.nodes.last(), Some(Inline::Break)) {
        last.nodes.pop();
    }
    // A paragraph with a label stays, so the label is reported.
    if last.nodes.is_empty() && last.label.is_none() {
        blocks.pop();
    }
    Some(attribution)
}

/// The dashes that begin an attribution.
const DASHES: [&str; 5] = ["— ", "― ", "– ", "--- ", "-- "];

/// Whether text begins with a dash and a space.
pub(super) fn begins_with_dash(text: &str) -> bool {
    DASHES.iter().any(|dash| text.starts_with(dash))
}
