//! The rules for a series: it can ask only for packets that there are.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::series::{Part, Series};

pub fn check(series: &Series, diagnostics: &mut Diagnostics) {
    for packet in &series.packets {
        let Some(part) = packet.part.as_ref().filter(|part| part.value != Part::All) else { continue };
        if !packet.edition.parts().contains(&part.value) {
            let (edition, place, part) = (packet.edition.name(), part.place, part.value.name());
            let message = format!("the {edition} packet has no part `{part}`");
            let help = "take `part` away; `student` and `teacher` have a `reading` and a `worksheet`, `substitute` has a `plan`";
            diagnostics.push(Diagnostic::new(Code::NoSuchPacket, place, message).help(help));
        }
    }
}
