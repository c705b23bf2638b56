//! Images of packet pages, which show in the catalogue what will print.
//!
//! Decides which packets have them, and names and encodes the files; [`crate::typeset`] draws the pages.

use image::RgbImage;
use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

use crate::lesson::series::{Edition, Format, Part};
use crate::library::{IssueEntry, Library};
use crate::offer;
use crate::packet::PacketId;
use crate::paths;

/// The width of a page image in pixels: enough to make out the text.
pub const WIDTH: u32 = 560;

/// The width of a thumbnail in pixels; lists have many of them.
const THUMBNAIL: u32 = 160;

/// The most pages shown of a packet.
const MOST: usize = 6;

/// An image of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    /// The path from the output folder.
    pub path: String,
    /// The page number, starting at 1.
    pub page: usize,
    /// The width in pixels.
    pub width: u32,
}

/// The images of a packet with this many pages: a thumbnail and the first pages for a lesson's usual student packet, and the cover
/// for an issue. Other packets, translations, and issues that aren't in the catalogue have none.
pub fn of(library: &Library, issue: &IssueEntry, is_translation: bool, id: &PacketId, pages: usize) -> Vec<PageImage> {
    let PacketId { issue: _, lesson, edition, part, format, mono, duplex, sheets, language: _, paper } = id;
    let usual = *part == Part::All
        && *format == Format::Standard
        && !mono
        && !duplex
        && sheets.is_none()
        && *paper == library.series.paper;
    if !usual || is_translation || *edition != Edition::Student || !offer::may_publish(&library.series, &issue.issue) {
        return Vec::new();
    }
    let picture = |name: String, page, width| PageImage { path: paths::page_image(id, &name), page, width };
    let page = |page| picture(format!("page-{page}"), page, WIDTH);
    match lesson {
        Some(_) => {
            std::iter::once(picture("thumbnail".to_owned(), 1, THUMBNAIL)).chain((1..=pages.min(MOST)).map(page)).collect()
        }
        None => vec![page(1)],
    }
}

/// The most colors on a page without photographs.
const FEW: usize = 64;

/// Encodes a picture as PNG. Fewer shades make it a third of the full size: eight per channel for pages of text, sixteen for pages
/// with photographs.
///
/// # Errors
/// If the picture is too large for PNG, which no page is.
pub fn encode(picture: &RgbImage) -> Result<Vec<u8>, EncodingError> {
    let (steps, shades) = in_steps::<8>();
    let color = |[red, green, blue]: [u8; 3]| {
        let step = |channel: u8| usize::from(steps[usize::from(channel)]);
        step(red) << 6 | step(green) << 3 | step(blue)
    };
    let pixels = picture.as_raw().as_chunks::<3>().0;
    let mut is_used = [false; 512];
    pixels.iter().for_each(|pixel| is_used[color(*pixel)] = true);
    if is_used.iter().filter(|used| **used).count() > FEW {
        let (steps, shades) = in_steps::<16>();
        let data: Vec<u8> = picture.as_raw().iter().map(|channel| shades[usize::from(steps[usize::from(*channel)])]).collect();
        return write(picture, ColorType::Rgb, None, &data);
    }
    let mut places = [0; 512];
    let mut palette = Vec::new();
    for (place, used) in (0..).zip((0..512).filter(|color| is_used[*color])) {
        places[used] = place;
        palette.extend([used >> 6, used >> 3 & 7, used & 7].map(|step| shades[step]));
    }
    let indices: Vec<u8> = pixels.iter().map(|pixel| places[color(*pixel)]).collect();
    write(picture, ColorType::Indexed, Some(palette), &indices)
}

/// For each channel value, the nearest of `STEPS` even steps from black to white, and the value of each step.
fn in_steps<const STEPS: usize>() -> ([u8; 256], [u8; STEPS]) {
    let last = STEPS - 1;
    let small = |number: usize| u8::try_from(number).expect("a channel has 256 values");
    (std::array::from_fn(|channel| small((channel * last + 127) / 255)), std::array::from_fn(|step| small(step * 255 / last)))
}

/// Encodes a picture as PNG in as little time as possible, with all its shades.
///
/// # Errors
/// If the picture is too large for PNG, which no page is.
pub fn encode_quickly(picture: &RgbImage) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fastest);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(picture.as_raw())?;
    writer.finish()?;
    Ok(bytes)
}

fn write(picture: &RgbImage, color: ColorType, palette: Option<Vec<u8>>, data: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(color);
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
