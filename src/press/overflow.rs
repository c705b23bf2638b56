//! What does not fit in a finished packet, as warnings at the places of its lesson.

use crate::diagnostics::{Code, Diagnostic};
use crate::lesson::series::Format;
use crate::packet::Packet;
use crate::source::{FileId, Place};
use crate::typeset::{Overflow, OverflowWarning};

/// What the finished layout of a packet has found, as warnings at the places of its lesson, whose file this is.
pub fn overflows(packet: &Packet, warnings: &[OverflowWarning], file: FileId) -> Vec<Diagnostic> {
    let (paper, format) = (packet.paper.name(), packet.look.format);
    let format = if format == Format::Standard { String::new() } else { format!("{}, ", format.name()) };
    let overflow = |warning: &OverflowWarning| {
        let place = packet.marks.get(&warning.mark).copied().unwrap_or(Place::beginning(file));
        let (code, help) = match warning.kind {
            Overflow::Space => (Code::SpaceDoesNotFit, "ask for less room, or for `fill`, which takes what is there"),
            Overflow::Card => (Code::SpaceDoesNotFit, "shorten its text, or lower `per_page`"),
            Overflow::Table => {
                (Code::TooWide, "write it as a `table` with `width: page` or `width: landscape`, or give it fewer columns")
            }
            Overflow::Equation => (Code::TooWide, "cut it into two, or break its lines with `\\begin{aligned}`"),
            Overflow::Plan => (Code::PlanTooLong, "shorten its texts, or the list of materials in the lesson: it has one page"),
        };
        Diagnostic::new(code, place, format!("{} ({format}on {paper})", warning.message)).help(help)
    };
    warnings.iter().map(overflow).collect()
}
