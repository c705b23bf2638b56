//! Saves a last page with only a few lines: that of an answer key by setting the whole key a little tighter, and that of a reading by
//! setting its lines a little closer.

use serde_json::{Value as Json, json};
use typst_layout::PagedDocument;

use super::elastic::sections_mut;
use super::fullness::page_fills;
use super::layout;
use super::rounds::Rounds;
use crate::packet::setting::Setting;

/// A last page that is full only up to this share could be saved.
const FEW_LINES: f64 = 0.4;

/// The shares of the usual leading and spacing that are tried, the nearest to the usual first.
const TRIES: [(f64, f64); 2] = [(1.0, 0.85), (0.94, 0.75)];

/// The setting with the fewest pages and its layout. `document` is the layout in the usual `setting`, and `lay_out` makes another
/// one.
pub(super) fn saved<E>(
    setting: Setting,
    document: PagedDocument,
    mut lay_out: impl FnMut(Setting, &PagedDocument, Rounds) -> Result<PagedDocument, E>,
) -> Result<(Setting, PagedDocument), E> {
    let fills = page_fills(&document);
    let has_few_lines = fills.len() > 1 && fills.last().is_some_and(|fill| 1.0 - fill.empty() <= FEW_LINES);
    if has_few_lines {
        for (leading, spacing) in TRIES {
            let tighter = Setting { leading: setting.leading * leading, spacing: setting.spacing * spacing, ..setting };
            let saves_page = |again: &PagedDocument| again.pages().len() < document.pages().len();
            let begun = lay_out(tighter, &document, Rounds::UntilPagesEnd)?;
            if saves_page(&begun) {
                let again = lay_out(tighter, &begun, Rounds::UntilSettled)?;
                if saves_page(&again) {
                    return Ok((tighter, again));
                }
            }
        }
    }
    Ok((setting, document))
}

/// The share of the usual leading of a reading with closer lines. They are still 127 percent of the type size apart.
const CLOSER: f64 = 0.94;

/// The content with closer lines in each reading that saves a page by it, and its layout. `document` is the layout of `content`,
/// and `lay_out` makes another one.
pub(super) fn with_closer_readings<E>(
    content: Json,
    document: PagedDocument,
    mut lay_out: impl FnMut(&Json, &PagedDocument, Rounds) -> Result<PagedDocument, E>,
) -> Result<(Json, PagedDocument), E> {
    let lengths = |document: &PagedDocument| -> Vec<(Option<String>, usize, usize)> {
        let readings = layout(document).parts.into_iter().filter(|part| part.kind == "reading");
        readings.map(|part| (part.lesson, part.pages.last + 1 - part.pages.first, part.pages.last)).collect()
    };
    let before = lengths(&document);
    let fills = page_fills(&document);
    let could_be_shorter = |(_, pages, last): &&(Option<String>, usize, usize)| {
        *pages > 1 && fills.get(last - 1).is_some_and(|fill| 1.0 - fill.empty() <= FEW_LINES)
    };
    let mut chosen: Vec<Option<String>> = before.iter().filter(could_be_shorter).map(|(lesson, ..)| lesson.clone()).collect();
    if chosen.is_empty() {
        return Ok((content, document));
    }
    let with_closer = |chosen: &[Option<String>]| {
        let mut closer = content.clone();
        sections_mut(&mut closer, None, &mut |lesson, section| {
            if section["kind"] == "reading" && chosen.iter().any(|chosen| chosen.as_deref() == lesson) {
                section["closer"] = json!(CLOSER);
            }
        });
        closer
    };
    let begun = lay_out(&with_closer(&chosen), &document, Rounds::UntilPagesEnd)?;
    let after = lengths(&begun);
    chosen.retain(|lesson| {
        let pages = |lengths: &[(Option<String>, usize, usize)]| {
            lengths.iter().find(|(known, ..)| known == lesson).map(|(_, pages, _)| *pages)
        };
        pages(&after) < pages(&before)
    });
    if chosen.is_empty() {
        return Ok((content, document));
    }
    let closer = with_closer(&chosen);
    let again = lay_out(&closer, &begun, Rounds::UntilSettled)?;
    Ok((closer, again))
}
