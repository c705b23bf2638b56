//! Saves the last page of an edition for teachers if it has only a few lines, by setting the whole edition a little tighter.

use typst_layout::PagedDocument;

use super::fullness::page_fills;
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
    mut lay_out: impl FnMut(Setting) -> Result<PagedDocument, E>,
) -> Result<(Setting, PagedDocument), E> {
    let fills = page_fills(&document);
    let has_few_lines = fills.len() > 1 && fills.last().is_some_and(|fill| 1.0 - fill.empty() <= FEW_LINES);
    if has_few_lines {
        for (leading, spacing) in TRIES {
            let tighter = Setting { leading: setting.leading * leading, spacing: setting.spacing * spacing, ..setting };
            let again = lay_out(tighter)?;
            if again.pages().len() < document.pages().len() {
                return Ok((tighter, again));
            }
        }
    }
    Ok((setting, document))
}
