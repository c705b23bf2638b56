//! Converts finished pages to black and white: text and rules print in black, because a copier prints gray as dots, and everything
//! else in a gray of the same lightness. Drawings stay drawings, except those that only pixels can show in gray.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Pixel, Rgba};
use typst::foundations::{Bytes, Content, Smart};
use typst::layout::{Abs, Frame, FrameItem, Point, Ratio, Sides, Size};
use typst::model::Document;
use typst::syntax::Span;
use typst::visualize::{
    Color, ExchangeFormat, FixedStroke, Image, ImageKind, Paint, ProcessColor, RasterImage, RatioOrAngle, SvgImage,
};
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

/// Pixels per inch of a rasterized SVG: what an office printer prints, for the sharp edges of QR codes.
const RESOLUTION: f64 = 600.0;

/// The most pixels on a side of a rasterized SVG: at page width, about 350 per inch.
const MAX_SIDE: f64 = 2400.0;

/// Text, and the strokes of rules, with less than this lightness print in black. White text on something dark stays white.
const BLACK_TEXT: f32 = 0.85;

/// Filled shapes and broad strokes with less than this lightness print in black.
const BLACK_FILL: f32 = 0.4;

/// The lightest gray of a broad stroke, with a contrast of 4.6:1.
const LIGHTEST: f32 = 0.46;

/// The thinnest stroke that copiers copy, and the thinnest that counts as broad.
const FINEST: Abs = Abs::raw(0.6);
const BROAD: Abs = Abs::raw(1.5);

/// Elements of a drawing that would keep their colors.
const COLORED: [&str; 6] = ["<image", "<filter", "Gradient", "<pattern", "<mask", "<foreignObject"];

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
                grey_paint(&mut text.fill, BLACK_TEXT);
                text.stroke.iter_mut().for_each(|stroke| grey_paint(&mut stroke.paint, BLACK_TEXT));
            }
            FrameItem::Shape(shape, _) => {
                shape.fill.iter_mut().for_each(|fill| grey_paint(fill, BLACK_FILL));
                shape.stroke.iter_mut().for_each(grey_stroke);
            }
            FrameItem::Image(image, size, _) => *image = grey_image(image, *size),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
        true
    });
}

/// A rule in black, or a broad one in a gray that is dark enough.
fn grey_stroke(stroke: &mut FixedStroke) {
    let is_rule = stroke.thickness < BROAD;
    stroke.thickness = stroke.thickness.max(FINEST);
    grey_paint(&mut stroke.paint, if is_rule { BLACK_TEXT } else { BLACK_FILL });
    if let Paint::Solid(Color::Process(ProcessColor::Luma(luma))) = &mut stroke.paint
        && luma.luma < BLACK_TEXT
    {
        luma.luma = luma.luma.min(LIGHTEST);
    }
}

/// Turns a paint gray, or black if its lightness is less than this.
fn grey_paint(paint: &mut Paint, black: f32) {
    let color = match paint {
        Paint::Solid(color) => color.clone(),
        // Only a user's template can have one. It becomes the gray of its middle.
        Paint::Gradient(gradient) => gradient.sample(RatioOrAngle::Ratio(Ratio::new(0.5))),
        Paint::Tiling(_) => return,
    };
    let mut luma = color.to_luma();
    if luma.luma < black {
        luma.luma = 0.0;
    }
    *paint = Paint::Solid(Color::Process(ProcessColor::Luma(luma)));
}

fn grey_image(image: &Image, size: Size) -> Image {
    if let ImageKind::Svg(drawing) = image.kind()
        && let Some(grey) = grey_svg(&drawing.tree().to_string(&Default::default()))
        && let Ok(drawing) = SvgImage::new(Bytes::from_string(grey))
    {
        return Image::new(drawing, image.alt().map(Into::into), Smart::Auto);
    }
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

/// The text of a drawing with gray colors, as the engine writes it: with plain colors, and letters as outlines. `None` if something
/// in it can't be turned gray this way, or the PDF writer would write it in color.
fn grey_svg(text: &str) -> Option<String> {
    if COLORED.iter().any(|element| text.contains(element)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=\"#") {
        let (before, color) = rest.split_at(at + 3);
        out.push_str(before);
        let is_color = ["fill", "stroke"].iter().any(|name| before[..at].ends_with(name));
        let digits = color.get(..6).filter(|digits| color[6..].starts_with('"') && digits.chars().all(|c| c.is_ascii_hexdigit()));
        rest = color;
        if let (true, Some(digits)) = (is_color, digits) {
            let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("they are hexadecimal digits");
            let rgb = Rgba([channel(0), channel(2), channel(4), u8::MAX]);
            out.push_str(&format!("{:02x}", rgb.to_luma().0[0]).repeat(3));
            rest = &color[6..];
        }
    }
    out.push_str(rest);
    Some(out)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_turn_gray() {
        let drawing = |color: &str| format!("<svg><path fill=\"{color}\" stroke=\"#000000\" d=\"M 0 0\"/></svg>");
        assert_eq!(grey_svg(&drawing("#ff0000")), Some(drawing("#363636")));
        assert_eq!(grey_svg(&drawing("none")), Some(drawing("none")));
        assert_eq!(grey_svg(&drawing("url(#a)").replace("<path", "<linearGradient/><path")), None);
        let link = "<svg><use xlink:href=\"#abcdef\"/></svg>";
        assert_eq!(grey_svg(link).as_deref(), Some(link));
    }
}
