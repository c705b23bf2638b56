//! The source of a quotation: its last line, if that begins with a dash.

use crate::lesson::prose::{Inline, ProseBlock};

/// Takes the attribution from a quotation whose last line begins with a dash: `— Name`.
pub(super) fn take(blocks: &mut Vec<ProseBlock>) -> Option<Vec<Inline>> {
    let ProseBlock::Paragraph(last) = blocks.last_mut()? else { return None };
    let (index, at) = last.nodes.iter().enumerate().rev().find_map(|(index, node)| match node {
        Inline::Text { text } => dash(text, index == 0).map(|at| (index, at)),
        _ => None,
    })?;
    let mut attribution = last.nodes.split_off(index);
    if let Some(Inline::Text { text }) = attribution.first_mut() {
        let before = text[..at].trim_end().to_owned();
        *text = text[at..].trim_start_matches(['—', '―', '–', ' ']).to_owned();
        if !before.is_empty() {
            last.nodes.push(Inline::Text { text: before });
        }
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

/// The position of the last dash that is at the very beginning or has a space on each side.
fn dash(text: &str, first: bool) -> Option<usize> {
    text.rfind(" — ").map(|at| at + 1).or_else(|| (first && text.starts_with("— ")).then_some(0))
}
