//! The rules for a series: its packets and fonts must exist, the fonts must have the letters of its language, and its logo must be
//! printable.

use camino::Utf8Path;

use super::bad_image::{self, Location};
use super::{drawing_text, lookup, missing_glyph, name_clash};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Help, closest};
use crate::glyphs::Coverage;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Families, Format, Part, Series};

/// The help for a logo outside the folder.
const BESIDE_SERIES: &str = "put the image next to the series file, or in a folder there, and write its path from there";

/// Checks a series, whose logo is in this folder or below it.
pub fn check(series: &Series, folder: &Utf8Path, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    packets(series, diagnostics);
    families(series, coverage, diagnostics);
    if !series.language.value.is_empty() {
        missing_glyph::of_language(&series.language, coverage, diagnostics);
    }
    if let Some(logo) = &series.look.logo {
        let look = lookup::look(&logo.image.value, folder, folder);
        if name_clash::is_found(&look) {
            name_clash::image(&logo.image, folder, diagnostics);
        }
        drawing_text::report(&logo.image, &look, coverage, diagnostics);
        bad_image::report(&logo.image, &look, &Location { folder, root: folder, coverage, put: BESIDE_SERIES }, diagnostics);
    }
}

fn families(series: &Series, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    let Families { text, headings, large_print } = &series.look.fonts;
    let known = coverage.families();
    for family in [text, headings, large_print].into_iter().flatten() {
        if !known.contains(&family.value) {
            let message = format!("font family `{}` not found", family.value);
            let there = known.iter().map(String::as_str);
            let help = closest(&family.value, there).map_or_else(
                || {
                    format!(
                        "put its files in a `fonts` folder next to the lessons folder, or use one of `{}`",
                        known.join("`, `")
                    )
                    .into()
                },
                Help::meant,
            );
            diagnostics.push(Diagnostic::new(Code::UnknownFont, family.place, message).help(help));
        }
    }
}

fn packets(series: &Series, diagnostics: &mut Diagnostics) {
    for packet in &series.packets {
        let part = packet.part.as_ref().map_or(Part::All, |part| part.value);
        let format = packet.format.as_ref().map_or_else(Format::default, |format| format.value);
        let choice = PacketSpec { format, duplex: packet.duplex, ..PacketSpec::usual(packet.edition, part, series.paper) };
        if let (Some(part), false) = (&packet.part, packet.edition.parts().contains(&part)) {
            let message = format!("`{}` packets have no part `{}`", packet.edition.name(), part.value.name());
            let help = "remove `part`; only `student` and `teacher` have `reading` and `worksheet`, only `student` has `cards`, and only `substitute` has `plan`";
            diagnostics.push(Diagnostic::new(Code::NoSuchPacket, part.place, message).help(help));
        } else if let (Some(format), Some(_)) = (&packet.format, choice.unavailable()) {
            let (wanted, help) = if part == Part::Cards {
                ("cards are cut from whole sheets", "remove `format`")
            } else {
                ("`duplex` starts each part on a new sheet", "remove `duplex` or `format`")
            };
            let message = format!("{wanted}, which isn't possible with four pages on a `{}` sheet", format.value.name());
            diagnostics.push(Diagnostic::new(Code::NoSuchPacket, format.place, message).help(help));
        }
    }
}
