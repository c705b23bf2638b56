//! Makes a decoded photo or scan ready for print: scaled, in sRGB, upright, and encoded again without metadata.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{MulDiv, PixelType, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageBuffer, ImageEncoder};

use super::raster::{self, Raster, RasterFormat};
use super::{Format, PRINT_RESOLUTION, Picture, Problem, color};

/// The most pixels that are passed on: an A3 page at 300 pixels per inch, with some to spare.
const MAX_PRINTED_PIXELS: f64 = 20_000_000.0;
/// No visible blocks in print, at half the file size of quality 95.
const JPEG_QUALITY: u8 = 88;

/// Decodes, scales to `print_width` points, converts to sRGB, turns upright, and encodes.
pub(super) fn prepare(kind: RasterFormat, bytes: Vec<u8>, print_width: f64) -> Result<Picture, Problem> {
    let raster = raster::decode(kind, bytes)?;
    let orientation = raster.orientation;
    let (width, height) = raster.upright_size();
    // Colors are converted and pixels turned last, when there are the fewest of them.
    let raster = color::to_srgb(opaque(scale(raster, shrinkage(width, height, print_width))));

    let format = match kind {
        RasterFormat::Png => Format::Png,
        RasterFormat::Jpeg => Format::Jpeg,
        RasterFormat::WebP if raster.has_alpha() => Format::Png,
        RasterFormat::WebP => Format::Jpeg,
    };
    let mut image = dynamic(raster);
    image.apply_orientation(orientation);
    Ok(Picture { format, bytes: encode(format, &image), width: points(width), height: points(height), lettering: None })
}

fn points(pixels: u32) -> f64 {
    f64::from(pixels) * 72.0 / PRINT_RESOLUTION
}

/// Returns the factor, at most 1, that scales an upright image to print resolution.
fn shrinkage(width: u32, height: u32, print_width: f64) -> f64 {
    let wanted = if print_width.is_nan() { f64::INFINITY } else { (print_width / 72.0 * PRINT_RESOLUTION).ceil().max(1.0) };
    let pixels = f64::from(width) * f64::from(height);
    (wanted / f64::from(width)).min((MAX_PRINTED_PIXELS / pixels).sqrt()).min(1.0)
}

fn scale(mut raster: Raster, factor: f64) -> Raster {
    let scaled = |side: u32| (f64::from(side) * factor).round().max(1.0) as u32;
    let (width, height) = (scaled(raster.width), scaled(raster.height));
    if (width, height) == (raster.width, raster.height) {
        return raster;
    }
    let pixel_type = match raster.channels {
        1 => PixelType::U8,
        2 => PixelType::U8x2,
        3 => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    let transparent = raster.has_alpha();
    let mut target = Image::new(width, height, pixel_type);
    if transparent {
        // In place: the resizer would copy the whole image.
        let mut source = Image::from_slice_u8(raster.width, raster.height, &mut raster.pixels, pixel_type)
            .expect("the buffer was allocated for this size");
        MulDiv::new().multiply_alpha_inplace(&mut source).expect("the type has alpha");
    }
    let source =
        ImageRef::new(raster.width, raster.height, &raster.pixels, pixel_type).expect("the buffer was allocated for this size");
    Resizer::new()
        .resize(&source, &mut target, &ResizeOptions::new().use_alpha(false))
        .expect("source and target have the same pixel type, and nothing is cropped");
    if transparent {
        MulDiv::new().divide_alpha_inplace(&mut target).expect("the type has alpha");
    }
    Raster { width, height, pixels: target.into_vec(), ..raster }
}

/// Drops an alpha channel that is fully opaque: the PDF would carry a mask for it.
fn opaque(mut raster: Raster) -> Raster {
    let channels = raster.channels;
    if !raster.has_alpha() || raster.pixels.chunks_exact(channels).any(|p| p[channels - 1] != 255) {
        return raster;
    }
    let mut index = 0;
    raster.pixels.retain(|_| {
        index += 1;
        index % channels != 0
    });
    raster.channels -= 1;
    raster
}

fn dynamic(raster: Raster) -> DynamicImage {
    let Raster { width, height, channels, pixels, .. } = raster;
    match channels {
        1 => ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        2 => ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8),
        3 => ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        _ => ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
    }
    .expect("the buffer has a byte for every channel of every pixel")
}

fn encode(format: Format, image: &DynamicImage) -> Vec<u8> {
    let (width, height) = (image.width(), image.height());
    let color: ExtendedColorType = image.color().into();
    let mut bytes = Vec::new();
    let done = if format == Format::Jpeg {
        JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).write_image(image.as_bytes(), width, height, color)
    } else {
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive).write_image(
            image.as_bytes(),
            width,
            height,
            color,
        )
    };
    done.expect("writing 8-bit pixels within the format's size limit to memory can't fail");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::samples::{FORMATS, exif_behind_pixels, file, jpeg, picture, png, random, with_exif, with_notes};
    use image::{GrayImage, Rgb, RgbImage, Rgba, RgbaImage};

    fn read_back(picture: &Picture) -> DynamicImage {
        image::load_from_memory(&picture.bytes).unwrap()
    }

    #[test]
    fn scales_down_to_print_resolution_and_never_up() {
        let file = png(picture(600, 300));
        // An inch and a half needs 450 pixels.
        let small = prepare(RasterFormat::Png, file.clone(), 108.0).unwrap();
        let large = prepare(RasterFormat::Png, file.clone(), 1000.0).unwrap();
        assert_eq!((read_back(&small).width(), read_back(&small).height()), (450, 225));
        assert_eq!((read_back(&large).width(), read_back(&large).height()), (600, 300));
        assert_eq!((small.width, small.height), (144.0, 72.0));
        assert_eq!(small, prepare(RasterFormat::Png, file, 108.0).unwrap());
    }

    #[test]
    fn turns_a_photo_upright_and_forgets_where_it_was_taken() {
        let mut image = RgbImage::from_pixel(64, 32, Rgb([255, 255, 255]));
        for y in 0..32 {
            for x in 0..16 {
                image.put_pixel(x, y, Rgb([0, 0, 0]));
            }
        }
        let file = with_exif(&jpeg(image), 6);
        let upright = prepare(RasterFormat::Jpeg, file, 1000.0).unwrap();
        assert_eq!(upright.format, Format::Jpeg);
        assert!(!upright.bytes.windows(3).any(|w| w == b"GPS"));
        let pixels = read_back(&upright).to_rgb8();
        assert_eq!(pixels.dimensions(), (32, 64));
        assert!(pixels.get_pixel(16, 4).0[0] < 30, "the dark side is on top");
        assert!(pixels.get_pixel(16, 60).0[0] > 220);
        assert_eq!((upright.width, upright.height), (32.0 * 0.24, 64.0 * 0.24));
    }

    #[test]
    fn turns_every_orientation_upright_in_every_format() {
        // Red above green on the left, white on the right: all eight orientations look different.
        let upright = RgbImage::from_fn(48, 32, |x, y| match (x < 16, y < 16) {
            (true, true) => Rgb([230, 20, 20]),
            (true, false) => Rgb([20, 230, 20]),
            (false, _) => Rgb([255, 255, 255]),
        });
        for number in 1..=8 {
            let lying = lying(&upright, number);
            let notes = crate::picture::samples::exif(number);
            let behind = exif_behind_pixels(&png(lying.clone()), number);
            let files = FORMATS.map(|(kind, format)| (kind, with_notes(&lying, format, Some(&notes), None)));
            for (kind, file) in files.into_iter().chain([(RasterFormat::Png, behind)]) {
                let picture = prepare(kind, file, 1000.0).unwrap();
                assert_eq!((picture.width, picture.height), (48.0 * 0.24, 32.0 * 0.24), "{kind:?} {number}");
                let found = read_back(&picture).to_rgb8();
                assert_eq!(found.dimensions(), (48, 32));
                for (x, y) in [(4, 4), (4, 27), (40, 4), (40, 27)] {
                    let (found, wanted) = (found.get_pixel(x, y).0, upright.get_pixel(x, y).0);
                    assert!(found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 25), "{kind:?} {number}: {found:?}");
                }
            }
        }
    }

    /// The image as a camera with this orientation stores it (EXIF 2.32, section 4.6.4): what row 0 and column 0 show.
    fn lying(upright: &RgbImage, orientation: u8) -> RgbImage {
        let (width, height) = upright.dimensions();
        let (right, bottom) = (width - 1, height - 1);
        let swapped = orientation >= 5;
        RgbImage::from_fn(if swapped { height } else { width }, if swapped { width } else { height }, |column, row| {
            let (x, y) = match orientation {
                1 => (column, row),
                2 => (right - column, row),
                3 => (right - column, bottom - row),
                4 => (column, bottom - row),
                5 => (row, column),
                6 => (right - row, column),
                7 => (right - row, bottom - column),
                _ => (row, bottom - column),
            };
            *upright.get_pixel(x, y)
        })
    }

    #[test]
    fn a_turned_photo_is_scaled_by_the_width_that_is_seen() {
        let file = with_exif(&jpeg(picture(900, 600)), 6);
        let printed = prepare(RasterFormat::Jpeg, file, 72.0).unwrap();
        assert_eq!((read_back(&printed).width(), read_back(&printed).height()), (300, 450));
        assert_eq!((printed.width, printed.height), (144.0, 216.0));
    }

    #[test]
    fn prints_the_colors_that_the_profile_means() {
        let profile = moxcms::ColorProfile::new_adobe_rgb().encode().unwrap();
        let image = RgbImage::from_pixel(16, 16, Rgb([150, 100, 80]));
        for (kind, format) in FORMATS {
            let plain = prepare(kind, file(&image.clone().into(), format), 1000.0).unwrap();
            let tagged = prepare(kind, with_notes(&image, format, None, Some(&profile)), 1000.0).unwrap();
            for (picture, wanted) in [(plain, [150, 100, 80]), (tagged, [167, 100, 78])] {
                let found = read_back(&picture).to_rgb8().get_pixel(8, 8).0;
                assert!(found.iter().zip(wanted).all(|(a, b): (&u8, u8)| a.abs_diff(b) <= 3), "{kind:?} {found:?}");
                assert!(!picture.bytes.windows(4).any(|bytes| bytes == b"acsp"), "no profile is left");
            }
        }
    }

    #[test]
    fn grey_stays_grey_and_sixteen_bits_become_eight() {
        let grey = GrayImage::from_fn(40, 40, |x, _| image::Luma([x as u8]));
        let photo = prepare(RasterFormat::Jpeg, jpeg(grey.clone()), 5.0).unwrap();
        assert_eq!(read_back(&photo).color(), image::ColorType::L8);
        let deep = DynamicImage::ImageLuma8(grey).to_luma16();
        let plain = prepare(RasterFormat::Png, png(deep), 500.0).unwrap();
        assert_eq!(read_back(&plain).color(), image::ColorType::L8);
        assert_eq!(read_back(&plain).to_luma8().get_pixel(39, 0).0[0], 39);
    }

    #[test]
    fn keeps_transparency_only_where_something_shows_through() {
        let webp = |image: RgbaImage| file(&image.into(), image::ImageFormat::WebP);
        let opaque = RgbaImage::from_pixel(20, 20, Rgba([200, 10, 10, 255]));
        let mut clear = opaque.clone();
        clear.put_pixel(3, 3, Rgba([0, 0, 0, 0]));
        let photo = prepare(RasterFormat::WebP, webp(opaque.clone()), 500.0).unwrap();
        assert_eq!(photo.format, Format::Jpeg);
        let drawing = prepare(RasterFormat::WebP, webp(clear), 500.0).unwrap();
        assert_eq!(drawing.format, Format::Png);
        assert_eq!(read_back(&drawing).color(), image::ColorType::Rgba8);
        let flat = prepare(RasterFormat::Png, png(opaque), 500.0).unwrap();
        assert_eq!(read_back(&flat).to_rgb8().get_pixel(1, 1).0, [200, 10, 10]);
        assert_eq!(read_back(&flat).color(), image::ColorType::Rgb8);
    }

    #[test]
    fn a_clear_edge_takes_no_color_from_what_is_hidden() {
        let image = RgbaImage::from_fn(400, 400, |x, _| if x < 200 { Rgba([0, 0, 255, 255]) } else { Rgba([255, 0, 0, 0]) });
        let scaled = read_back(&prepare(RasterFormat::Png, png(image), 23.0).unwrap()).to_rgba8();
        assert!(scaled.pixels().filter(|p| p.0[3] > 8).all(|p| p.0[0] < 8), "no red fringe");
    }

    #[test]
    fn a_thin_picture_keeps_a_pixel() {
        let picture = prepare(RasterFormat::Png, png(picture(3000, 1)), 10.0).unwrap();
        assert_eq!(read_back(&picture).height(), 1);
        let picture = prepare(RasterFormat::Png, png(self::picture(30, 10)), -1.0).unwrap();
        assert_eq!(read_back(&picture).width(), 1);
    }

    #[test]
    fn no_mutation_panics() {
        let image = DynamicImage::ImageRgb8(picture(24, 16));
        let mut next = random();
        for (kind, format) in FORMATS {
            let whole = file(&image, format);
            for _ in 0..300 {
                let mut bytes = whole.clone();
                for _ in 0..=next(4) {
                    let at = next(bytes.len());
                    bytes[at] = next(256).to_le_bytes()[0];
                }
                let _ = prepare(kind, bytes, 3.0);
            }
        }
    }
}
