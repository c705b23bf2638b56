//! Converts the colors of an image to sRGB, which the typesetter assumes for pixels without a profile.
//!
//! Phones take photos in Display P3 and cameras in Adobe RGB; read as sRGB, they would print pale.
//! CMYK profiles are ignored: the decoder has already converted a CMYK JPEG to RGB.
//! PNG's older color chunks (`gAMA`, `cHRM`) are ignored too, because most programs write them incorrectly.

use std::sync::Arc;

use moxcms::{ColorProfile, DataColorSpace, Layout, ParsingOptions, ProfileClass, Transform8BitExecutor, TransformOptions};

use super::raster::Raster;

/// The largest profile that is read, in bytes: cameras and screens have a few thousand, scanners up to a million.
const MAX_PROFILE_BYTES: usize = 4_000_000;
/// Pixels converted at once, to avoid a second copy of the image in memory.
const PIXELS_AT_ONCE: usize = 16_384;

/// Returns the image in sRGB. Without a profile that fits its pixels, it stays as it is.
pub(super) fn to_srgb(mut raster: Raster) -> Raster {
    let Some(conversion) = raster.profile.take().and_then(|profile| conversion(&profile, raster.channels)) else {
        return raster;
    };
    let mut before = Vec::new();
    for part in raster.pixels.chunks_mut(PIXELS_AT_ONCE * raster.channels) {
        before.clear();
        before.extend_from_slice(part);
        conversion.transform(&before, part).expect("both parts have the same number of whole pixels");
    }
    raster
}

fn conversion(profile: &[u8], channels: usize) -> Option<Arc<Transform8BitExecutor>> {
    let options = ParsingOptions { max_profile_size: MAX_PROFILE_BYTES, ..ParsingOptions::default() };
    let source = ColorProfile::new_from_slice_with_options(profile, options).ok()?;
    let device = [ProfileClass::InputDevice, ProfileClass::DisplayDevice, ProfileClass::OutputDevice, ProfileClass::ColorSpace];
    let (space, layout) = match channels {
        1 => (DataColorSpace::Gray, Layout::Gray),
        2 => (DataColorSpace::Gray, Layout::GrayAlpha),
        3 => (DataColorSpace::Rgb, Layout::Rgb),
        _ => (DataColorSpace::Rgb, Layout::Rgba),
    };
    if source.color_space != space || !device.contains(&source.profile_class) {
        return None;
    }
    let mut target = ColorProfile::new_srgb();
    if space == DataColorSpace::Gray {
        let curve = target.red_trc.take();
        target = ColorProfile::new_gray_with_gamma(2.2);
        target.gray_trc = curve;
    }
    source.create_transform_8bit(layout, &target, layout, TransformOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::samples::random;
    use image::metadata::Orientation;

    fn converted(profile: Vec<u8>, channels: usize, pixels: &[u8]) -> Vec<u8> {
        let width = u32::try_from(pixels.len() / channels).unwrap();
        let pixels = pixels.to_vec();
        let orientation = Orientation::NoTransforms;
        to_srgb(Raster { width, height: 1, channels, pixels, orientation, profile: Some(profile) }).pixels
    }

    fn bytes(profile: &ColorProfile) -> Vec<u8> {
        profile.encode().unwrap()
    }

    #[test]
    fn a_wide_gamut_becomes_srgb() {
        // Computed from the primaries in Adobe RGB (1998), section 4.3, and SMPTE EG 432-1.
        let adobe = bytes(&ColorProfile::new_adobe_rgb());
        let display = bytes(&ColorProfile::new_display_p3());
        for (profile, from, to) in [(&adobe, [150, 100, 80], [167, 100, 78]), (&display, [150, 100, 80], [159, 97, 76])] {
            let found = converted(profile.clone(), 3, &from);
            assert!(found.iter().zip(to).all(|(a, b): (&u8, u8)| a.abs_diff(b) <= 1), "{from:?} {found:?}, not {to:?}");
        }
        assert_eq!(converted(display, 4, &[255, 0, 0, 77]), [255, 0, 0, 77]);
    }

    #[test]
    fn paper_stays_white_and_ink_black() {
        let profiles = [
            ColorProfile::new_srgb(),
            ColorProfile::new_adobe_rgb(),
            ColorProfile::new_display_p3(),
            ColorProfile::new_pro_photo_rgb(),
        ];
        for profile in profiles {
            assert_eq!(converted(bytes(&profile), 3, &[255, 255, 255, 0, 0, 0]), [255, 255, 255, 0, 0, 0]);
        }
    }

    #[test]
    fn srgb_stays_as_it_is() {
        let numbers: Vec<u8> = (0..=255).flat_map(|n: u8| [n, 255 - n, n / 2]).collect();
        let found = converted(bytes(&ColorProfile::new_srgb()), 3, &numbers);
        assert!(found.iter().zip(&numbers).all(|(a, b)| a.abs_diff(*b) <= 1));
    }

    #[test]
    fn grey_is_brought_to_the_curve_of_srgb() {
        let linear = bytes(&ColorProfile::new_gray_with_gamma(1.0));
        assert_eq!(converted(linear.clone(), 1, &[0, 55, 255]), [0, 128, 255]);
        assert_eq!(converted(linear, 2, &[55, 9]), [128, 9]);
    }

    #[test]
    fn a_profile_that_does_not_fit_is_left_out() {
        let grey = bytes(&ColorProfile::new_gray_with_gamma(1.0));
        let color = bytes(&ColorProfile::new_adobe_rgb());
        let mut inks = color.clone();
        inks[16..20].copy_from_slice(b"CMYK");
        let mut link = color.clone();
        link[12..16].copy_from_slice(b"link");
        for profile in [grey, inks, link, color[..200].to_vec(), Vec::new(), vec![0; MAX_PROFILE_BYTES]] {
            assert_eq!(converted(profile, 3, &[150, 100, 80]), [150, 100, 80]);
        }
        assert_eq!(converted(color, 1, &[55]), [55]);
    }

    #[test]
    fn every_part_of_a_large_picture_is_converted() {
        let count = 2 * PIXELS_AT_ONCE + 7;
        let found = converted(bytes(&ColorProfile::new_gray_with_gamma(1.0)), 1, &vec![55; count]);
        assert_eq!(found, vec![128; count]);
    }

    #[test]
    fn no_mutated_profile_panics() {
        let mut next = random();
        for (profile, channels) in [(ColorProfile::new_adobe_rgb(), 3), (ColorProfile::new_gray_with_gamma(1.8), 2)] {
            let whole = bytes(&profile);
            for _ in 0..2000 {
                let mut bytes = whole.clone();
                for _ in 0..=next(4) {
                    let at = next(bytes.len());
                    bytes[at] = next(256).to_le_bytes()[0];
                }
                converted(bytes, channels, &[1, 2, 3, 4, 5, 6]);
            }
        }
    }
}
