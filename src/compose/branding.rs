//! What every packet gets from its series and issue: look, logo, publisher, and rights.

use super::composer::Composer;
use crate::lesson::issue::Issue;
use crate::lesson::prose::Placed;
use crate::lesson::series::{Blank, Format, Rights, Series};
use crate::lesson::values::Date;
use crate::packet::setting::Setting;
use crate::packet::{ACCENT, LARGE_PRINT, Logo, Look, PacketId};
use crate::picture::Problem;
use crate::structure::without_marks;
use crate::words;

/// The maximum width of a publisher's logo, in points.
const LOGO_WIDTH: f64 = 160.0;

/// The look of a packet in this series. `points` is the type size of running text in a standard packet.
pub(super) fn look(series: &Series, id: &PacketId, points: f64, logo: Option<Logo>) -> Look {
    let look = &series.look;
    let of_format = look.clear_print.accent.as_ref().filter(|_| id.format == Format::ClearPrint);
    let accent = of_format.or(look.accent.as_ref()).map_or(ACCENT, |accent| accent.0.as_str()).to_owned();
    let name_line = look.name_line.clone().unwrap_or_else(|| vec![Blank::Name, Blank::Date, Blank::Class]);
    let PacketId { format, mono, duplex, .. } = *id;
    let zoom = if format.is_large() { LARGE_PRINT } else { 1.0 };
    Look {
        accent,
        format,
        zoom,
        setting: Setting::of(format, points, look.clear_print.size.map(f64::from)),
        families: look.fonts.clone(),
        mono,
        duplex,
        logo,
        holes: look.holes,
        name_line,
    }
}

/// Adds the publisher's logo to the packet, if there's one.
pub(super) fn logo(composer: &mut Composer<'_>) -> Result<Option<Logo>, Problem> {
    let subject = composer.given.subject;
    let Some(logo) = &subject.series.look.logo else { return Ok(None) };
    let picture = subject.pictures.prepare(&subject.series_folder.join(&logo.image.value), LOGO_WIDTH)?;
    let path = composer.gathered.image(&picture);
    Ok(Some(Logo { path, aspect: picture.width / picture.height, alt: logo.alt.as_deref().map(without_marks) }))
}

/// The language (an ISO 639 code) and country (an ISO 3166 code) in a BCP 47 tag.
pub(super) fn language_and_region(language: &str) -> (&str, Option<String>) {
    match language.split_once('-') {
        Some((language, region)) if region.len() == 2 => (language, Some(region.to_uppercase())),
        Some((language, _)) => (language, None),
        None => (language, None),
    }
}

/// The series' publisher.
pub(super) fn publisher(series: &Series) -> &String {
    series.publisher.as_ref().unwrap_or(&series.name)
}

/// The date in the properties of a document without one: the earliest that ZIP files can have.
const NO_DAY: (i32, u8, u8) = (1980, 1, 1);

/// Year, month, and day of a date. A PDF needs one, and it can't be today's: the same lesson must give the same file.
pub(super) fn day_of(date: Option<&Placed<Date>>) -> (i32, u8, u8) {
    date.map_or(NO_DAY, |date| date.value.parts().expect("a checked date exists"))
}

/// The rights of an issue: its own or the series'.
pub(super) fn rights_of<'a>(series: &'a Series, issue: &'a Issue) -> Option<&'a Rights> {
    issue.rights.as_ref().or(series.rights.as_ref())
}

/// The line at the foot of every page.
pub(super) fn foot_line(series: &Series, rights: Option<&Rights>, language: &str) -> Option<String> {
    series.look.licence_line.clone().or_else(|| rights.map(|rights| rights_line(rights, language)))
}

/// The holder of the rights, and the license, in the words of the packet's language.
pub(super) fn rights_line(rights: &Rights, language: &str) -> String {
    match &rights.licence {
        Some(license) => format!("© {} · {license}", rights.holder),
        None => words::of(language).say("rights-reserved", &[("holder", &rights.holder)]),
    }
}
