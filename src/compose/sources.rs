//! Composes the bibliography page: each formatted source with its note, address, and QR code, or a mark that its link is dead.

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};

use super::given::Given;
use crate::lesson::bibliography::{Link, Source};
use crate::lesson::values::Doi;
use crate::packet::line_breaks::address_parts;
use crate::packet::source::{Address, EntryPart, QrCode, SourceEntry};
use crate::packet::{Run, Runs};
use crate::quotation;

/// Composes the source with this key.
pub(super) fn entry(given: &Given<'_>, key: &str, source: &Source) -> SourceEntry {
    let common = source.common();
    let text = given.text();
    let (label, runs) = given.subject.citations.entry(key);
    let runs = match common.language {
        Some(language) => in_language(runs, source.title(), language),
        None => runs,
    };
    let parts = match source {
        Source::Web(web) => web.parts.as_slice(),
        _ => &[],
    };
    // The same address once is enough.
    let typed =
        common.url.as_ref().and_then(Option::as_ref).and_then(|url| Doi(url.value.0.clone()).identifier().map(str::to_owned));
    let doi =
        common.doi.as_ref().and_then(|doi| doi.value.identifier()).filter(|doi| typed.as_deref() != Some(*doi)).map(doi_address);
    SourceEntry {
        label,
        runs,
        note: common.note.as_ref().map(|note| text.runs(&note.nodes)),
        doi,
        address: address(common.url, true),
        archived: common
            .archived_url
            .as_ref()
            .map(|url| address_of(&url.value.0, common.url.as_ref().is_none_or(Option::is_none))),
        accessed: common.accessed.as_ref().and_then(|date| date.value.parts()),
        lost: is_lost(common.url),
        parts: parts
            .iter()
            .map(|part| EntryPart {
                title: text.plain(&part.title),
                address: address(&part.url, false),
                lost: is_lost(&part.url),
            })
            .collect(),
    }
}

/// A source whose title is marked as text in this language. A title that a style changed marks the whole source.
fn in_language(mut runs: Runs, title: &str, language: &str) -> Runs {
    if mark_title(&mut runs, &quotation::typeset(title, language), language) || mark_title(&mut runs, title, language) {
        return runs;
    }
    vec![Run::Foreign { language: language.to_owned(), runs }]
}

/// Marks the title in the first run that has it. Returns whether one does.
fn mark_title(runs: &mut Runs, title: &str, language: &str) -> bool {
    for at in 0..runs.len() {
        let is_marked = match &mut runs[at] {
            Run::Text { text } => match text.find(title).filter(|_| !title.is_empty()) {
                Some(start) => {
                    let (before, after) = (text[..start].to_owned(), text[start + title.len()..].to_owned());
                    let foreign = Run::Foreign { language: language.to_owned(), runs: vec![Run::text(title)] };
                    let is_empty = |run: &Run| matches!(run, Run::Text { text } if text.is_empty());
                    let pieces = [Run::text(before), foreign, Run::text(after)];
                    runs.splice(at..=at, pieces.into_iter().filter(|run| !is_empty(run)));
                    true
                }
                None => false,
            },
            Run::Emphasis { runs } | Run::Strong { runs } | Run::Link { runs, .. } => mark_title(runs, title, language),
            _ => false,
        };
        if is_marked {
            return true;
        }
    }
    false
}

fn address(link: &Link, with_qr: bool) -> Option<Address> {
    link.as_ref()?.as_ref().map(|url| address_of(&url.value.0, with_qr))
}

/// The address of a DOI, which all manuals print in full.
fn doi_address(identifier: &str) -> Address {
    let url = format!("https://doi.org/{identifier}");
    Address { shown: url.clone(), parts: address_parts(&url), qr: qr(&url), url }
}

fn is_lost(link: &Link) -> bool {
    matches!(link, Some(None))
}

/// An address as it prints, with or without a QR code.
pub(super) fn address_of(url: &str, with_qr: bool) -> Address {
    let shown = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    Address {
        url: url.to_owned(),
        shown: shown.to_owned(),
        parts: address_parts(shown),
        qr: if with_qr { qr(url) } else { None },
    }
}

/// The longest address that gets a QR code, in bytes. That makes 61 modules a side, or 24 mm of 0.4 mm each.
const MAX_QR_BYTES: usize = 250;

/// Text as a QR code. It has no quiet zone, because the page around it is white.
fn qr(text: &str) -> Option<QrCode> {
    if text.len() > MAX_QR_BYTES {
        return None;
    }
    let code: QRCode = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let dark = |column: usize| column < code.size && code[row][column].value();
            if dark(column) {
                let run = (column..).take_while(|&column| dark(column)).count();
                path.push_str(&format!("M{column} {row}h{run}v1h-{run}z"));
                column += run;
            } else {
                column += 1;
            }
        }
    }
    let size = code.size;
    let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\"><path d=\"{path}\"/></svg>");
    Some(QrCode { drawing, modules: size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_short_and_carry_a_code() {
        let address = address_of("https://www.loc.gov/exhibits/archives/", true);
        assert_eq!(address.shown, "www.loc.gov/exhibits/archives");
        let qr = address.qr.expect("a short address has a code");
        // Every QR code starts with a finder pattern of seven dark modules.
        assert!(qr.drawing.contains("d=\"M0 0h7v1h-7z"), "{qr:?}");
        assert!(address_of(&format!("https://a.org/{}", "x".repeat(300)), true).qr.is_none());
    }

    #[test]
    fn a_code_is_as_large_as_what_it_says() {
        // ISO/IEC 18004: versions 2, 4, 7, and 11 at level M hold 26, 62, 122, and 251 bytes.
        let modules = |bytes: usize| qr(&"x".repeat(bytes)).map(|code| code.modules);
        assert_eq!([26, 62, 122, 250].map(modules), [Some(25), Some(33), Some(45), Some(61)]);
    }
}
