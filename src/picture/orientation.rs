//! Reads how the camera was held from a photo's EXIF data. `print` turns the photo.

use image::metadata::Orientation;

/// Reads a block of EXIF; upright if it does not say.
pub(super) fn of_exif(exif: &[u8]) -> Orientation {
    // WebP and PNG have the bare block, but some programs include the prefix it has in a JPEG.
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// Reads the EXIF of a PNG, which may come before or after the pixels; the decoder sees it only before them.
pub(super) fn of_png(file: &[u8]) -> Orientation {
    let mut rest = file.get(8..).unwrap_or_default();
    while let Some(&[a, b, c, d, kind @ ..]) = rest.first_chunk::<8>() {
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        let Some(content) = rest[8..].get(..length) else { break };
        if kind == *b"eXIf" {
            return of_exif(content);
        }
        // The content is followed by a four-byte checksum.
        rest = rest.get(12 + length..).unwrap_or_default();
    }
    Orientation::NoTransforms
}

/// Whether turning the image upright swaps width and height.
pub(super) fn lies_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::samples::{exif, exif_behind_pixels, picture, png, png_chunk};

    #[test]
    fn reads_both_byte_orders_and_with_the_mark_of_a_jpeg() {
        let intel = exif(6);
        let motorola = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        let marked = [b"Exif\0\0", &*intel].concat();
        for block in [intel, motorola, marked] {
            assert_eq!(of_exif(&block), Orientation::Rotate90);
        }
        for odd in [exif(0), exif(9), b"II*\0\xff\xff\xff\xff".to_vec(), Vec::new()] {
            assert_eq!(of_exif(&odd), Orientation::NoTransforms);
        }
    }

    #[test]
    fn finds_the_notes_of_a_png_wherever_they_stand() {
        let plain = png(picture(2, 2));
        assert_eq!(of_png(&plain), Orientation::NoTransforms);
        let (header, pixels) = plain.split_at(33);
        let before = [header, &png_chunk(*b"eXIf", &exif(3)), pixels].concat();
        assert_eq!(of_png(&before), Orientation::Rotate180);
        assert_eq!(of_png(&exif_behind_pixels(&plain, 8)), Orientation::Rotate270);
        for length in 0..before.len() {
            of_png(&before[..length]);
        }
    }
}
