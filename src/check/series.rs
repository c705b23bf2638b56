//! The rules for a series: it can ask only for packets that there are.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::series::{Part, Series};

pub fn check(series: &Series, diagnostics: &mut Diagnostics) {
    for packet in &series.packets {
        let Some(part) = packet.part.as_ref().filter(|part| part.value != Part::All) else { continue };
        if !packet.edition.has_parts() {
            let (edition, place, part) = (packet.edition.name(), part.place, part.value.name());
            let message = format!("the {edition} packet is one whole, and this asks for its `{part}`");
            diagnostics.push(
                Diagnostic::new(Code::NoSuchPacket, place, message)
                    .help("take `part` away, or ask for the part of the edition `student` or `teacher`"),
            );
        }
    }
}
