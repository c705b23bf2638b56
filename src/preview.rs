//! Previews: pictures of the pages of a packet, by which the catalogue shows what will come out of the printer.
//!
//! Which packets have them and what their files are called; drawing a page is left to [`crate::typeset`].

use std::collections::BTreeMap;

use image::RgbImage;
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

use crate::catalogue;
use crate::lesson::series::{Edition, Part};
use crate::library::{IssueEntry, Library};
use crate::packet::{Format, Identity};

/// How wide a preview is, in pixels: enough to make out the text.
pub const WIDTH: u32 = 560;

/// Most pages of a packet that have a preview.
const MOST: usize = 6;

/// How many pages of a packet have a preview: those of a lesson's student packet as it is usually printed, and the cover of an issue.
/// An issue that the catalogue does not show has none.
pub fn count(library: &Library, issue: &IssueEntry, identity: &Identity, pages: usize) -> usize {
    let Identity { issue: _, lesson, edition, part, format, mono, duplex, language: _, paper } = identity;
    let usual = *part == Part::All && *format == Format::Standard && !mono && !duplex && *paper == library.series.paper;
    let usual = usual && catalogue::may_show(library, issue);
    match (*edition, lesson) {
        (Edition::Student, Some(_)) if usual => pages.min(MOST),
        (Edition::Student, None) if usual => 1,
        _ => 0,
    }
}

/// The path of a preview from the output folder; pages count from 1.
pub fn path(identity: &Identity, page: usize) -> String {
    format!("{}/{}/page-{page}.png", identity.issue, identity.subject())
}

/// How many steps from black to white a page of text needs, and one with photographs.
const STEPS: [u8; 2] = [8, 16];

/// Most colours of a page that has no photographs.
const FEW: usize = 64;

/// The bytes of a PNG. It has so few shades that it is a third as large as one with all of them.
///
/// # Errors
/// If the picture is too large for the format, which no page is.
pub fn encode(picture: &RgbImage) -> Result<Vec<u8>, EncodingError> {
    let [few, many] = STEPS;
    let pixels = in_steps(picture, few);
    let mut palette: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    for pixel in pixels.as_chunks::<3>().0 {
        palette.insert(*pixel, 0);
        if palette.len() > FEW {
            return write(picture, ColorType::Rgb, None, &in_steps(picture, many));
        }
    }
    // In the order of the colours, so that it depends on nothing but the picture.
    (0..).zip(palette.values_mut()).for_each(|(index, entry)| *entry = index);
    let indices: Vec<u8> = pixels.as_chunks::<3>().0.iter().map(|pixel| palette[pixel]).collect();
    let colours: Vec<u8> = palette.keys().flatten().copied().collect();
    write(picture, ColorType::Indexed, Some(colours), &indices)
}

/// The channels of all pixels, each in so many steps from black to white.
fn in_steps(picture: &RgbImage, steps: u8) -> Vec<u8> {
    let last = u16::from(steps - 1);
    let step = |channel: u8| (u16::from(channel) * last + 127) / 255;
    // The product is at most 255 times `last`, so the quotient fits.
    let mut table = [0; 256];
    (0..=255).zip(&mut table).for_each(|(channel, entry)| *entry = u8::try_from(step(channel) * 255 / last).unwrap_or(255));
    picture.as_raw().iter().map(|channel| table[usize::from(*channel)]).collect()
}

fn write(picture: &RgbImage, colour: ColorType, palette: Option<Vec<u8>>, data: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(colour);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(if palette.is_some() { Filter::NoFilter } else { Filter::Adaptive });
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(data)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> RgbImage {
        image::load_from_memory(bytes).expect("it is a PNG").to_rgb8()
    }

    #[test]
    fn text_has_few_shades_and_keeps_black_white_and_size() {
        let picture = RgbImage::from_fn(30, 20, |x, y| image::Rgb(if x == y { [0; 3] } else { [255 - (x as u8 % 9); 3] }));
        let shown = decoded(&encode(&picture).expect("it can be written"));
        assert_eq!(shown.dimensions(), (30, 20));
        assert_eq!(shown.get_pixel(4, 4).0, [0; 3]);
        assert_eq!(shown.get_pixel(0, 1).0, [255; 3]);
    }

    #[test]
    fn photographs_keep_more_shades() {
        let picture = RgbImage::from_fn(256, 16, |x, y| image::Rgb([x as u8, y as u8 * 16, 255 - x as u8 / 2]));
        let shown = decoded(&encode(&picture).expect("it can be written"));
        let reds: std::collections::BTreeSet<u8> = shown.pixels().map(|pixel| pixel.0[0]).collect();
        assert_eq!(reds.len(), 16);
    }
}
