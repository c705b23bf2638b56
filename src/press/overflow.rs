//! Reports content that doesn't fit in a finished packet as warnings in its lesson.

use crate::diagnostics::{Code, Diagnostic};
use crate::lesson::series::Format;
use crate::packet::Packet;
use crate::source::{FileId, Place};
use crate::typeset::{Fitted, Overflow, OverflowWarning, Spot};

/// Turns the overflows of a lesson's packet into warnings at their places in the lesson file.
pub fn overflows(packet: &Packet, warnings: &[OverflowWarning], file: FileId) -> Vec<Diagnostic> {
    let diagnostic = |warning: &OverflowWarning| {
        let place = match &warning.spot {
            Spot::Item(mark) => packet.marks.get(mark).copied(),
            Spot::Place(place) => Some(*place),
            Spot::Lesson => None,
        };
        diagnostic(packet, warning, place.unwrap_or(Place::beginning(file)), "")
    };
    warnings.iter().map(diagnostic).collect()
}

/// An error if a lesson's packet doesn't fit on the sheets that it may take.
pub fn too_few_sheets(fitted: &Fitted, file: FileId) -> Option<Diagnostic> {
    let sheets = fitted.sheets;
    let help =
        format!("shorten the lesson, or ask for {sheets} sheets: `sheets: {sheets}` in `series.yaml`, or `--sheets {sheets}`");
    (!fitted.fits()).then(|| Diagnostic::new(Code::TooFewSheets, Place::beginning(file), fitted.refusal()).help(help))
}

/// The overflows that depend on what comes before a lesson in its issue: footnotes. All others are reported for the lesson's own
/// packets.
pub fn overflows_of_issue(packet: &Packet, warnings: &[OverflowWarning]) -> Vec<Diagnostic> {
    let diagnostic = |warning: &OverflowWarning| match warning.spot {
        Spot::Place(place) => Some(diagnostic(packet, warning, place, "in the packet of the issue, ")),
        Spot::Item(_) | Spot::Lesson => None,
    };
    warnings.iter().filter_map(diagnostic).collect()
}

/// A warning about a packet; `whose` begins its message.
fn diagnostic(packet: &Packet, warning: &OverflowWarning, place: Place, whose: &str) -> Diagnostic {
    let (paper, format) = (packet.paper.name(), packet.look.format);
    let format = if format == Format::Standard { String::new() } else { format!(" ({})", format.name()) };
    let (code, help) = match warning.kind {
        Overflow::Space => (Code::SpaceDoesNotFit, "make the space smaller, or use `fill`, which fills the rest of the page"),
        Overflow::Card => (Code::SpaceDoesNotFit, "shorten the text, or lower `per_page`"),
        Overflow::Table => (Code::TooWide, "set `width: landscape`; if it's set already, use fewer columns or shorter words"),
        Overflow::Equation => (Code::TooWide, "split it in two, or break it into lines with `\\begin{aligned}`"),
        Overflow::Plan => (Code::PlanTooLong, "shorten the plan or the lesson's list of materials to fit one page"),
        Overflow::Note => (Code::FootnoteApart, "write it in parentheses in the text instead"),
        Overflow::Page => (Code::TooWide, "shorten it, or split it in two"),
    };
    Diagnostic::new(code, place, format!("{whose}on {paper} paper{format}, {}", warning.message)).help(help)
}
