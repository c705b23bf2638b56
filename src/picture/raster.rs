//! Decodes a photo or scan under limits, scales it to print size and encodes its pixels anew, without metadata.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{MulDiv, PixelType, ResizeOptions, Resizer};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageBuffer, ImageDecoder, ImageEncoder, Limits};

use super::{Format, PRINT_RESOLUTION, Picture, Problem};

/// The most pixels on one side that are decoded.
pub(super) const MAX_SIDE: u32 = 12_000;
/// The most pixels in all that are decoded: what the largest full-frame cameras take.
pub(super) const MAX_PIXELS: u64 = 60_000_000;
/// The most bytes that a decoder may ask for: 60 million pixels of four 16-bit channels, and some room.
const MAX_ALLOCATION: u64 = 512 << 20;
/// The most pixels that are handed on: an A3 page at 300 pixels an inch, and some room.
const MAX_PRINTED_PIXELS: f64 = 20_000_000.0;
/// Shows no blocks in print at half the size of quality 95.
const JPEG_QUALITY: u8 = 88;

/// The raster formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
    WebP,
}

/// Decoded pixels, 8 bits a channel, still lying as the camera was held.
#[derive(Debug)]
pub(super) struct Raster {
    width: u32,
    height: u32,
    /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
    channels: usize,
    pixels: Vec<u8>,
    orientation: Orientation,
}

impl Raster {
    fn has_alpha(&self) -> bool {
        matches!(self.channels, 2 | 4)
    }
}

/// Decodes a whole file, its header first.
pub(super) fn decode(kind: Kind, bytes: Vec<u8>) -> Result<Raster, Problem> {
    match kind {
        Kind::Png => {
            check_png_header(&bytes)?;
            let mut limits = Limits::no_limits();
            limits.max_image_width = Some(MAX_SIDE);
            limits.max_image_height = Some(MAX_SIDE);
            limits.max_alloc = Some(MAX_ALLOCATION);
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits);
            pixels(decoder.map_err(damaged)?)
        }
        Kind::Jpeg => {
            check_jpeg_end(&bytes)?;
            pixels(JpegDecoder::new(Cursor::new(bytes)).map_err(damaged)?)
        }
        Kind::WebP => {
            check_webp_chunks(&bytes)?;
            let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
            if decoder.has_animation() {
                return Err(Problem::Animated);
            }
            pixels(decoder)
        }
    }
}

/// Decodes, scales to `print_width` points, turns upright and encodes.
pub(super) fn prepare(kind: Kind, bytes: Vec<u8>, print_width: f64) -> Result<Picture, Problem> {
    let raster = decode(kind, bytes)?;
    let orientation = raster.orientation;
    let (width, height) =
        if lies_on_its_side(orientation) { (raster.height, raster.width) } else { (raster.width, raster.height) };
    let raster = opaque(scale(raster, shrinkage(width, height, print_width)));

    let format = match kind {
        Kind::Png => Format::Png,
        Kind::Jpeg => Format::Jpeg,
        Kind::WebP if raster.has_alpha() => Format::Png,
        Kind::WebP => Format::Jpeg,
    };
    // Turned last, when there are fewest pixels to move.
    let mut image = dynamic(raster);
    image.apply_orientation(orientation);
    Ok(Picture { format, bytes: encode(format, &image), width: points(width), height: points(height) })
}

fn points(pixels: u32) -> f64 {
    f64::from(pixels) * 72.0 / PRINT_RESOLUTION
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

/// Reads width and height where every PNG has them, so that a refusal can name both.
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

/// Finds the mark that ends a JPEG: the decoder paints what is missing grey and does not complain.
fn check_jpeg_end(bytes: &[u8]) -> Result<(), Problem> {
    let mut at = 2;
    // Step over the segments before the first scan: the thumbnail among them has an end of its own.
    loop {
        match bytes.get(at..at + 4) {
            Some(&[0xff, 0xff, ..]) => at += 1,
            Some(&[0xff, 0xda, ..]) => break,
            Some(&[0xff, _, high, low]) => at += 2 + usize::from(u16::from_be_bytes([high, low])),
            // Stray bytes between segments are for the decoder to judge.
            Some(_) => at += 1,
            None => return Err(Problem::Torn),
        }
    }
    if bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]) { Ok(()) } else { Err(Problem::Torn) }
}

/// Checks that each chunk lies inside the file: the decoder reserves memory for what a chunk only claims to hold.
fn check_webp_chunks(bytes: &[u8]) -> Result<(), Problem> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some(&[_, _, _, _, a, b, c, d]) = rest.first_chunk::<8>() {
        let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        let Some(content) = rest[8..].get(..length) else {
            return Err(Problem::Torn);
        };
        // Chunks are padded to an even length; a missing last padding byte harms nobody.
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
    // A picture whose notes on orientation are unreadable is printed as it lies.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = vec![0; usize::try_from(total).map_err(|_| Problem::Damaged)?];
    decoder.read_image(&mut pixels).map_err(damaged)?;
    if wide {
        narrow(&mut pixels);
    }
    Ok(Raster { width, height, channels, pixels, orientation })
}

fn damaged(error: image::ImageError) -> Problem {
    match error {
        image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Problem::Torn,
        _ => Problem::Damaged,
    }
}

/// Rounds 16-bit channels to 8 bits in place: a second buffer would double the memory that the largest picture takes.
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

fn lies_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// Returns the factor, at most 1, that brings an upright picture down to print resolution.
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
        // In place, where the resizer itself would copy the whole picture.
        let mut source = Image::from_slice_u8(raster.width, raster.height, &mut raster.pixels, pixel_type)
            .expect("the buffer was allocated for this size");
        MulDiv::new().multiply_alpha_inplace(&mut source).expect("the type has alpha");
    }
    let source =
        ImageRef::new(raster.width, raster.height, &raster.pixels, pixel_type).expect("the buffer was allocated for this size");
    Resizer::new()
        .resize(&source, &mut target, &ResizeOptions::new().use_alpha(false))
        .expect("source and target have one pixel type, and no crop is asked for");
    if transparent {
        MulDiv::new().divide_alpha_inplace(&mut target).expect("the type has alpha");
    }
    Raster { width, height, pixels: target.into_vec(), ..raster }
}

/// Drops an alpha channel that hides nothing: the PDF would carry a mask for it.
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
    done.expect("8-bit pixels below the format's largest size are written to memory");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GrayImage, Rgb, RgbImage, Rgba, RgbaImage};

    fn picture(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]))
    }

    fn file(image: &DynamicImage, format: image::ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn png(image: impl Into<DynamicImage>) -> Vec<u8> {
        file(&image.into(), image::ImageFormat::Png)
    }

    fn jpeg(image: impl Into<DynamicImage>) -> Vec<u8> {
        file(&image.into(), image::ImageFormat::Jpeg)
    }

    fn read_back(picture: &Picture) -> DynamicImage {
        image::load_from_memory(&picture.bytes).unwrap()
    }

    /// Puts an EXIF block behind the first two bytes of a JPEG: an orientation, and words nobody should publish.
    fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        exif.extend(b"GPS 48.85 N 2.35 E");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn scales_down_to_print_resolution_and_never_up() {
        let file = png(picture(600, 300));
        // An inch and a half needs 450 pixels.
        let small = prepare(Kind::Png, file.clone(), 108.0).unwrap();
        let large = prepare(Kind::Png, file.clone(), 1000.0).unwrap();
        assert_eq!((read_back(&small).width(), read_back(&small).height()), (450, 225));
        assert_eq!((read_back(&large).width(), read_back(&large).height()), (600, 300));
        assert_eq!((small.width, small.height), (144.0, 72.0));
        assert_eq!(small, prepare(Kind::Png, file, 108.0).unwrap());
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
        let upright = prepare(Kind::Jpeg, file, 1000.0).unwrap();
        assert_eq!(upright.format, Format::Jpeg);
        assert!(!upright.bytes.windows(3).any(|w| w == b"GPS"));
        let pixels = read_back(&upright).to_rgb8();
        assert_eq!(pixels.dimensions(), (32, 64));
        assert!(pixels.get_pixel(16, 4).0[0] < 30, "the dark side is on top");
        assert!(pixels.get_pixel(16, 60).0[0] > 220);
        assert_eq!((upright.width, upright.height), (32.0 * 0.24, 64.0 * 0.24));
    }

    #[test]
    fn grey_stays_grey_and_sixteen_bits_become_eight() {
        let grey = GrayImage::from_fn(40, 40, |x, _| image::Luma([x as u8]));
        let photo = prepare(Kind::Jpeg, jpeg(grey.clone()), 5.0).unwrap();
        assert_eq!(read_back(&photo).color(), image::ColorType::L8);
        let deep = DynamicImage::ImageLuma8(grey).to_luma16();
        let plain = prepare(Kind::Png, png(deep), 500.0).unwrap();
        assert_eq!(read_back(&plain).color(), image::ColorType::L8);
        assert_eq!(read_back(&plain).to_luma8().get_pixel(39, 0).0[0], 39);
    }

    #[test]
    fn keeps_transparency_only_where_something_shows_through() {
        let webp = |image: RgbaImage| file(&image.into(), image::ImageFormat::WebP);
        let opaque = RgbaImage::from_pixel(20, 20, Rgba([200, 10, 10, 255]));
        let mut clear = opaque.clone();
        clear.put_pixel(3, 3, Rgba([0, 0, 0, 0]));
        let photo = prepare(Kind::WebP, webp(opaque.clone()), 500.0).unwrap();
        assert_eq!(photo.format, Format::Jpeg);
        let drawing = prepare(Kind::WebP, webp(clear), 500.0).unwrap();
        assert_eq!(drawing.format, Format::Png);
        assert_eq!(read_back(&drawing).color(), image::ColorType::Rgba8);
        let flat = prepare(Kind::Png, png(opaque), 500.0).unwrap();
        assert_eq!(read_back(&flat).to_rgb8().get_pixel(1, 1).0, [200, 10, 10]);
        assert_eq!(read_back(&flat).color(), image::ColorType::Rgb8);
    }

    #[test]
    fn a_clear_edge_takes_no_colour_from_what_is_hidden() {
        let image = RgbaImage::from_fn(400, 400, |x, _| if x < 200 { Rgba([0, 0, 255, 255]) } else { Rgba([255, 0, 0, 0]) });
        let scaled = read_back(&prepare(Kind::Png, png(image), 23.0).unwrap()).to_rgba8();
        assert!(scaled.pixels().filter(|p| p.0[3] > 8).all(|p| p.0[0] < 8), "no red fringe");
    }

    #[test]
    fn refuses_too_many_pixels_by_the_header() {
        let mut file = png(picture(2, 2));
        for (width, height) in [(30_000_u32, 30_000_u32), (12_001, 1), (9_000, 9_000)] {
            file[16..20].copy_from_slice(&width.to_be_bytes());
            file[20..24].copy_from_slice(&height.to_be_bytes());
            let problem = decode(Kind::Png, file.clone()).unwrap_err();
            assert!(
                problem
                    .to_string()
                    .starts_with(&format!("the picture is {width} × {height} pixels; at most 12000 on a side and 60 million"))
            );
        }
    }

    #[test]
    fn a_thin_picture_keeps_a_pixel() {
        let picture = prepare(Kind::Png, png(picture(3000, 1)), 10.0).unwrap();
        assert_eq!(read_back(&picture).height(), 1);
        let picture = prepare(Kind::Png, png(self::picture(30, 10)), -1.0).unwrap();
        assert_eq!(read_back(&picture).width(), 1);
    }

    #[test]
    fn notices_a_file_cut_short() {
        let image = DynamicImage::ImageRgb8(picture(60, 60));
        for (kind, format) in
            [(Kind::Png, image::ImageFormat::Png), (Kind::Jpeg, image::ImageFormat::Jpeg), (Kind::WebP, image::ImageFormat::WebP)]
        {
            let whole = file(&image, format);
            for length in 12..whole.len() - 40 {
                assert!(decode(kind, whole[..length].to_vec()).is_err(), "{kind:?} {length}");
            }
            assert!(decode(kind, whole).is_ok());
        }
    }

    #[test]
    fn no_mutation_panics() {
        let image = DynamicImage::ImageRgb8(picture(24, 16));
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = move |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % below as u64).unwrap()
        };
        for (kind, format) in
            [(Kind::Png, image::ImageFormat::Png), (Kind::Jpeg, image::ImageFormat::Jpeg), (Kind::WebP, image::ImageFormat::WebP)]
        {
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
