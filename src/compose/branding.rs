//! What series and issue say of every packet: its look, its logo, who publishes it, and what others may do with it.

use super::composer::Composer;
use crate::lesson::issue::Issue;
use crate::lesson::series::{Blank, Format, Rights, Series};
use crate::packet::{ACCENT, LARGE_PRINT, Logo, Look, PacketId};
use crate::picture::Problem;

/// Widest that the sign of a publisher prints, in points.
const LOGO_WIDTH: f64 = 160.0;

/// The look of a packet of this series.
pub(super) fn look(series: &Series, id: &PacketId, logo: Option<Logo>) -> Look {
    let look = &series.look;
    let accent = look.accent.as_ref().map_or(ACCENT, |accent| accent.0.as_str()).to_owned();
    let name_line = look.name_line.clone().unwrap_or_else(|| vec![Blank::Name, Blank::Date, Blank::Class]);
    let PacketId { format, mono, duplex, .. } = *id;
    let zoom = if format == Format::LargePrint { LARGE_PRINT } else { 1.0 };
    Look { accent, format, zoom, families: look.fonts.clone(), mono, duplex, logo, holes: look.holes, name_line }
}

/// Takes in the sign of the publisher, if there is one.
pub(super) fn logo(composer: &mut Composer<'_>) -> Result<Option<Logo>, Problem> {
    let subject = composer.given.subject;
    let Some(logo) = &subject.series.look.logo else { return Ok(None) };
    let picture = subject.pictures.prepare(&subject.series_folder.join(&logo.image.value), LOGO_WIDTH)?;
    let path = composer.gathered.image(&picture);
    Ok(Some(Logo { path, aspect: picture.width / picture.height, alt: logo.alt.clone() }))
}

/// The language, as a tag of ISO 639, and the country, as a tag of ISO 3166, of a tag of BCP 47.
pub(super) fn language_and_region(language: &str) -> (&str, Option<String>) {
    match language.split_once('-') {
        Some((language, region)) if region.len() == 2 => (language, Some(region.to_uppercase())),
        Some((language, _)) => (language, None),
        None => (language, None),
    }
}

/// Who publishes the series.
pub(super) fn publisher(series: &Series) -> &String {
    series.publisher.as_ref().unwrap_or(&series.name)
}

/// The rights in an issue: its own, or those of the series.
pub(super) fn rights_of<'a>(series: &'a Series, issue: &'a Issue) -> Option<&'a Rights> {
    issue.rights.as_ref().or(series.rights.as_ref())
}

/// What stands at the foot of every page.
pub(super) fn foot_line(series: &Series, rights: Option<&Rights>) -> Option<String> {
    series.look.licence_line.clone().or_else(|| rights.map(rights_line))
}

/// Who holds the rights, and the licence.
pub(super) fn rights_line(rights: &Rights) -> String {
    match &rights.licence {
        Some(licence) => format!("© {} · {licence}", rights.holder),
        None => format!("© {}. All rights reserved.", rights.holder),
    }
}
