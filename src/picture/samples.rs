//! Small images for tests.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};

use super::raster::RasterFormat;

/// The raster formats, by our names and the library's.
pub(super) const FORMATS: [(RasterFormat, ImageFormat); 3] =
    [(RasterFormat::Png, ImageFormat::Png), (RasterFormat::Jpeg, ImageFormat::Jpeg), (RasterFormat::WebP, ImageFormat::WebP)];

/// An image in which every pixel differs from its neighbors.
pub(super) fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]))
}

pub(super) fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
    file(&image.into(), ImageFormat::Png)
}

pub(super) fn jpeg(image: impl Into<DynamicImage>) -> Vec<u8> {
    file(&image.into(), ImageFormat::Jpeg)
}

/// A file with EXIF, a color profile, or both.
pub(super) fn with_notes(image: &RgbImage, format: ImageFormat, exif: Option<&[u8]>, profile: Option<&[u8]>) -> Vec<u8> {
    fn write(mut encoder: impl ImageEncoder, image: &RgbImage, exif: Option<&[u8]>, profile: Option<&[u8]>) {
        if let Some(exif) = exif {
            encoder.set_exif_metadata(exif.to_vec()).unwrap();
        }
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile.to_vec()).unwrap();
        }
        encoder.write_image(image, image.width(), image.height(), image::ExtendedColorType::Rgb8).unwrap();
    }
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Png => write(PngEncoder::new(&mut bytes), image, exif, profile),
        ImageFormat::Jpeg => write(JpegEncoder::new_with_quality(&mut bytes, 98), image, exif, profile),
        _ => write(WebPEncoder::new_lossless(&mut bytes), image, exif, profile),
    }
    bytes
}

/// A block of EXIF: an orientation, and a location that must not be published.
pub(super) fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 48.85 N 2.35 E");
    exif
}

/// Puts EXIF after the first two bytes of a JPEG.
pub(super) fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let block = [b"Exif\0\0", &*exif(orientation)].concat();
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &block, &jpeg[2..]].concat()
}

/// Puts EXIF after the pixels of a PNG, as some programs do.
pub(super) fn exif_behind_pixels(png: &[u8], orientation: u8) -> Vec<u8> {
    let (pixels, end) = png.split_at(png.len() - 12);
    [pixels, &png_chunk(*b"eXIf", &exif(orientation)), end].concat()
}

pub(super) fn png_chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [&kind, content].concat();
    // The checksum of PNG (ISO/IEC 15948, annex D).
    let checksum = !checked.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    });
    [&u32::try_from(content.len()).unwrap().to_be_bytes(), &*checked, &checksum.to_be_bytes()].concat()
}

/// Two pixels with colors from a palette.
pub(super) fn palette_png() -> Vec<u8> {
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_chunk(*b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 1, 8, 3, 0, 0, 0]),
        png_chunk(*b"PLTE", &[0, 100, 0, 200, 0, 0]),
        // One stored deflate block: no filter, color 1, color 0.
        png_chunk(*b"IDAT", &[0x78, 0x01, 0x01, 3, 0, 0xfc, 0xff, 0, 1, 0, 0, 5, 0, 2]),
        png_chunk(*b"IEND", &[]),
    ]
    .concat()
}

/// A red square in CMYK, as image programs write it: inverted, with Adobe's marker.
pub(super) fn cmyk_jpeg() -> Vec<u8> {
    let digits = concat!(
        "ffd8ffee000e41646f626500640000000000ffdb0043000302020302020303030304030304050805050404050a070706080c0a0c0c0b0a0b",
        "0b0d0e12100d0e110e0b0b1016101113141515150c0f171816141812141514ffc000140800080008044311004d11005911004b1100ffc400",
        "14000100000000000000000000000000000009ffc40014100100000000000000000000000000000000ffda000e0443004d0059004b00003f",
        "0054c550aa2a6fffd9"
    );
    digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Pseudorandom numbers below a limit, the same in every run.
pub(super) fn random() -> impl FnMut(usize) -> usize {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    move |below| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    }
}
