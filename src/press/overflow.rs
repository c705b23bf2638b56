//! Reports content that doesn't fit in a finished packet as warnings in its lesson.

use crate::diagnostics::{Code, Diagnostic};
use crate::lesson::series::Format;
use crate::packet::Packet;
use crate::source::{FileId, Place};
use crate::typeset::{Overflow, OverflowWarning};

/// Turns the overflows of a finished layout into warnings at their places in the lesson file.
pub fn overflows(packet: &Packet, warnings: &[OverflowWarning], file: FileId) -> Vec<Diagnostic> {
    let (paper, format) = (packet.paper.name(), packet.look.format);
    let format = if format == Format::Standard { String::new() } else { format!(" ({})", format.name()) };
    let overflow = |warning: &OverflowWarning| {
        let place = packet.marks.get(&warning.mark).copied().unwrap_or(Place::beginning(file));
        let (code, help) = match warning.kind {
            Overflow::Space => (Code::SpaceDoesNotFit, "make the space smaller, or use `fill`, which fills the rest of the page"),
            Overflow::Card => (Code::SpaceDoesNotFit, "shorten the text, or lower `per_page`"),
            Overflow::Table => (Code::TooWide, "set `width: landscape`; if it's set already, use fewer columns or shorter words"),
            Overflow::Equation => (Code::TooWide, "split it in two, or break it into lines with `\\begin{aligned}`"),
            Overflow::Plan => (Code::PlanTooLong, "shorten the plan or the lesson's list of materials to fit one page"),
        };
        Diagnostic::new(code, place, format!("on {paper} paper{format}, {}", warning.message)).help(help)
    };
    warnings.iter().map(overflow).collect()
}
