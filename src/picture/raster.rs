//! Decodes a photo or scan within limits, with the metadata about its pixels. `print` makes it ready for print.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ImageDecoder, Limits};

use super::{Problem, orientation};

/// The most pixels on one side that are decoded.
pub(super) const MAX_SIDE: u32 = 12_000;
/// The most pixels that are decoded: what the largest full-frame cameras take.
pub(super) const MAX_PIXELS: u64 = 60_000_000;
/// The most bytes a decoder may allocate: 60 million pixels of four 16-bit channels, with some to spare.
const MAX_ALLOCATION: u64 = 512 << 20;

/// The supported raster formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RasterFormat {
    Png,
    Jpeg,
    WebP,
}

/// Decoded pixels, 8 bits per channel, still in the camera's orientation and colors.
#[derive(Debug)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    /// 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.
    pub(super) channels: usize,
    pub(super) pixels: Vec<u8>,
    /// How the camera was held.
    pub(super) orientation: Orientation,
    /// The ICC color profile; without one, pixels are sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

impl Raster {
    pub(super) fn has_alpha(&self) -> bool {
        matches!(self.channels, 2 | 4)
    }

    /// Width and height as the image is viewed.
    pub(super) fn upright_size(&self) -> (u32, u32) {
        if orientation::lies_on_its_side(self.orientation) { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// Decodes a whole file, its header first.
pub(super) fn decode(kind: RasterFormat, bytes: Vec<u8>) -> Result<Raster, Problem> {
    match kind {
        RasterFormat::Png => {
            check_png_header(&bytes)?;
            let orientation = orientation::of_png(&bytes);
            let mut limits = Limits::no_limits();
            limits.max_image_width = Some(MAX_SIDE);
            limits.max_image_height = Some(MAX_SIDE);
            limits.max_alloc = Some(MAX_ALLOCATION);
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits);
            Ok(Raster { orientation, ..pixels(decoder.map_err(damaged)?)? })
        }
        RasterFormat::Jpeg => {
            check_jpeg_end(&bytes)?;
            pixels(JpegDecoder::new(Cursor::new(bytes)).map_err(damaged)?)
        }
        RasterFormat::WebP => {
            check_webp_chunks(&bytes)?;
            let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
            if decoder.has_animation() {
                return Err(Problem::Animated);
            }
            pixels(decoder)
        }
    }
}

fn check_size(width: u32, height: u32) -> Result<(), Problem> {
    if width == 0 || height == 0 {
        return Err(Problem::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
        return Err(Problem::TooManyPixels { width, height });
    }
    Ok(())
}

/// Reads width and height from the header, so an error can name both.
fn check_png_header(bytes: &[u8]) -> Result<(), Problem> {
    let number = |at: usize| {
        let field = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(field))
    };
    match (number(16), number(20)) {
        (Some(width), Some(height)) => check_size(width, height),
        _ => Err(Problem::Torn),
    }
}

/// Finds the marker that ends a JPEG: the decoder fills missing parts with gray and reports no error.
fn check_jpeg_end(bytes: &[u8]) -> Result<(), Problem> {
    let mut at = 2;
    // Skip the segments before the first scan: a thumbnail among them has its own end marker.
    loop {
        match bytes.get(at..at + 4) {
            Some(&[0xff, 0xff, ..]) => at += 1,
            Some(&[0xff, 0xda, ..]) => break,
            Some(&[0xff, _, high, low]) => at += 2 + usize::from(u16::from_be_bytes([high, low])),
            // Stray bytes between segments are left to the decoder.
            Some(_) => at += 1,
            None => return Err(Problem::Torn),
        }
    }
    if bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]) { Ok(()) } else { Err(Problem::Torn) }
}

/// Checks that each chunk is inside the file: the decoder allocates whatever size a chunk claims.
fn check_webp_chunks(bytes: &[u8]) -> Result<(), Problem> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some(&[_, _, _, _, a, b, c, d]) = rest.first_chunk::<8>() {
        let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        let Some(content) = rest[8..].get(..length) else {
            return Err(Problem::Torn);
        };
        // Chunks are padded to an even length; a missing last padding byte is harmless.
        rest = rest.get(8 + content.len() + length % 2..).unwrap_or_default();
    }
    Ok(())
}

fn pixels(mut decoder: impl ImageDecoder) -> Result<Raster, Problem> {
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let color = decoder.color_type();
    let channels = usize::from(color.channel_count());
    let wide = usize::from(color.bytes_per_pixel()) == 2 * channels;
    let total = decoder.total_bytes();
    if total > MAX_ALLOCATION {
        return Err(Problem::TooManyPixels { width, height });
    }
    // If its orientation or profile is unreadable, an image prints as it is stored.
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = exif.map_or(Orientation::NoTransforms, |exif| orientation::of_exif(&exif));
    let profile = decoder.icc_profile().ok().flatten();
    let mut pixels = vec![0; usize::try_from(total).map_err(|_| Problem::Damaged)?];
    decoder.read_image(&mut pixels).map_err(damaged)?;
    if wide {
        narrow(&mut pixels);
    }
    Ok(Raster { width, height, channels, pixels, orientation, profile })
}

fn damaged(error: image::ImageError) -> Problem {
    match error {
        image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Problem::Torn,
        _ => Problem::Damaged,
    }
}

/// Rounds 16-bit channels to 8 bits in place: a second buffer would double the memory of the largest image.
fn narrow(pixels: &mut Vec<u8>) {
    let half = pixels.len() / 2;
    for index in 0..half {
        let value = u16::from_ne_bytes([pixels[2 * index], pixels[2 * index + 1]]);
        let rounded = (u32::from(value) + 128) / 257;
        pixels[index] = rounded.to_le_bytes()[0];
    }
    pixels.truncate(half);
    pixels.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::samples::{FORMATS, cmyk_jpeg, file, palette_png, picture, png};
    use image::DynamicImage;

    #[test]
    fn takes_every_kind_of_pixel() {
        let plain = DynamicImage::ImageRgb8(picture(4, 4));
        let kinds = [
            (png(plain.to_luma8()), 1),
            (png(plain.to_luma_alpha8()), 2),
            (png(plain.to_rgb8()), 3),
            (png(plain.to_rgba8()), 4),
            (png(plain.to_luma16()), 1),
            (png(plain.to_luma_alpha16()), 2),
            (png(plain.to_rgb16()), 3),
            (png(plain.to_rgba16()), 4),
        ];
        for (file, channels) in kinds {
            let raster = decode(RasterFormat::Png, file).unwrap();
            assert_eq!((raster.channels, raster.pixels.len()), (channels, 16 * channels));
        }
    }

    #[test]
    fn rounds_sixteen_bits_to_the_nearest_eight() {
        let deep = image::ImageBuffer::from_raw(4, 1, vec![0_u16, 128, 129, 65_535]).unwrap();
        let raster = decode(RasterFormat::Png, png(DynamicImage::ImageLuma16(deep))).unwrap();
        assert_eq!(raster.pixels, [0, 0, 1, 255]);
    }

    #[test]
    fn takes_a_palette() {
        let raster = decode(RasterFormat::Png, palette_png()).unwrap();
        assert_eq!((raster.channels, &*raster.pixels), (3, &[200, 0, 0, 0, 100, 0][..]));
    }

    #[test]
    fn takes_the_inks_of_a_press() {
        let raster = decode(RasterFormat::Jpeg, cmyk_jpeg()).unwrap();
        assert_eq!(raster.channels, 3);
        for pixel in raster.pixels.chunks_exact(3) {
            assert!(pixel[0] > 250 && pixel[1] < 5 && pixel[2] < 5, "magenta and yellow are red: {pixel:?}");
        }
    }

    #[test]
    fn refuses_too_many_pixels_by_the_header() {
        let mut file = png(picture(2, 2));
        for (width, height) in [(30_000_u32, 30_000_u32), (12_001, 1), (9_000, 9_000)] {
            file[16..20].copy_from_slice(&width.to_be_bytes());
            file[20..24].copy_from_slice(&height.to_be_bytes());
            let problem = decode(RasterFormat::Png, file.clone()).unwrap_err();
            assert!(problem.to_string().starts_with(&format!(
                "expected at most 12000 pixels on a side and 60 million in all, found {width} × {height}"
            )));
        }
    }

    #[test]
    fn notices_a_file_cut_short() {
        let image = DynamicImage::ImageRgb8(picture(60, 60));
        for (kind, format) in FORMATS {
            let whole = file(&image, format);
            for length in 12..whole.len() - 40 {
                assert!(decode(kind, whole[..length].to_vec()).is_err(), "{kind:?} {length}");
            }
            assert!(decode(kind, whole).is_ok());
        }
    }
}
