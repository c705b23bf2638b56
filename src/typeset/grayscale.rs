//! Converts finished pages to grayscale: every color becomes a gray of the same lightness, and every image a gray raster.
//!
//! The PDF writer always writes the colors of an SVG as RGB, so SVGs are rasterized here.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat};
use typst::foundations::{Bytes, Content, Smart};
use typst::layout::{Abs, Frame, FrameItem, Point, Ratio, Sides, Size};
use typst::model::Document;
use typst::syntax::Span;
use typst::visualize::{Color, ExchangeFormat, FixedStroke, Image, ImageKind, Paint, ProcessColor, RasterImage, RatioOrAngle};
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

/// Pixels per inch of a rasterized SVG: what an office printer prints, for the sharp edges of QR codes.
const RESOLUTION: f64 = 600.0;

/// The most pixels on a side of a rasterized SVG: at page width, about 350 per inch.
const MAX_SIDE: f64 = 2400.0;

/// The same document in grayscale.
pub(super) fn in_grayscale(document: &PagedDocument) -> PagedDocument {
    let page = |page: &Page| {
        let mut page = page.clone();
        grey_frame(&mut page.frame);
        page
    };
    PagedDocument::new(document.pages().iter().map(page).collect(), document.info().clone())
}

fn grey_frame(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => grey_frame(&mut group.frame),
            FrameItem::Text(text) => {
                grey_paint(&mut text.fill);
                text.stroke.iter_mut().for_each(grey_stroke);
            }
            FrameItem::Shape(shape, _) => {
                shape.fill.iter_mut().for_each(grey_paint);
                shape.stroke.iter_mut().for_each(grey_stroke);
            }
            FrameItem::Image(image, size, _) => *image = grey_image(image, *size),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
        true
    });
}

fn grey_stroke(stroke: &mut FixedStroke) {
    grey_paint(&mut stroke.paint);
}

fn grey_paint(paint: &mut Paint) {
    let color = match paint {
        Paint::Solid(color) => color.clone(),
        // Only a user's template can have one. It becomes the gray of its middle.
        Paint::Gradient(gradient) => gradient.sample(RatioOrAngle::Ratio(Ratio::new(0.5))),
        Paint::Tiling(_) => return,
    };
    *paint = Paint::Solid(Color::Process(ProcessColor::Luma(color.to_luma())));
}

fn grey_image(image: &Image, size: Size) -> Image {
    let (pixels, format) = match image.kind() {
        ImageKind::Raster(raster) => {
            let is_photo = raster.format() == ExchangeFormat::Jpg.into();
            let format = if is_photo { ExchangeFormat::Jpg } else { ExchangeFormat::Png };
            (on_white(raster.dynamic()), format)
        }
        ImageKind::Svg(_) | ImageKind::Pdf(_) => (drawn(image, size), ExchangeFormat::Png),
    };
    let mut bytes = Vec::new();
    let encoding = if format == ExchangeFormat::Jpg { ImageFormat::Jpeg } else { ImageFormat::Png };
    DynamicImage::ImageLuma8(pixels).write_to(&mut Cursor::new(&mut bytes), encoding).expect("writing to memory cannot fail");
    let raster = RasterImage::plain(Bytes::new(bytes), format).expect("what was just encoded can be decoded");
    Image::new(raster, image.alt().map(Into::into), Smart::Auto)
}

/// A raster in grayscale, white where it is transparent.
fn on_white(picture: &DynamicImage) -> GrayImage {
    let grey = picture.to_luma_alpha16();
    let shade = |x, y| {
        let [grey, alpha] = grey.get_pixel(x, y).0.map(u64::from);
        let white = u64::from(u16::MAX);
        let mixed = (grey * alpha + white * (white - alpha)) / white;
        image::Luma([u8::try_from((mixed + 128) / 257).expect("16 bits divided by 257 fit in 8 bits")])
    };
    GrayImage::from_fn(grey.width(), grey.height(), shade)
}

/// An SVG as pixels.
fn drawn(image: &Image, size: Size) -> GrayImage {
    let longer = size.x.max(size.y).to_pt().max(1.0);
    let pixel_per_pt = (RESOLUTION / 72.0).min(MAX_SIDE / longer);
    let mut frame = Frame::hard(size.max(Size::splat(Abs::pt(1.0))));
    frame.push(Point::zero(), FrameItem::Image(image.clone(), size, Span::detached()));
    let page =
        Page { frame, bleed: Sides::default(), fill: Smart::Auto, numbering: None, supplement: Content::empty(), number: 1 };
    let pixels = typst_render::render(&page, &RenderOptions { pixel_per_pt: pixel_per_pt.into(), render_bleed: false });
    let rgba = pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let rgb = image::RgbImage::from_raw(pixels.width(), pixels.height(), rgba).expect("an image has three bytes per pixel");
    DynamicImage::ImageRgb8(rgb).to_luma8()
}
