//! Gives the engine tags for the marks that templates leave in a layout. [`crate::structure`] carries them out in the PDF.
//!
//! A mark and its end are metadata, which take no room and change no line. Here they become the beginning and the end of a figure
//! whose alternative text stands for the mark. What is between them is the content of the blank or of the words to say. The engine
//! takes lines and boxes for decoration, so content that is only drawn gets an invisible picture where it is: readers that follow
//! the structure tree find only elements with content, and Chrome and Edge speak only of pictures.

use std::collections::HashSet;
use std::sync::LazyLock;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use typst::foundations::{Bytes, Content, Label, Packed, Smart, Value};
use typst::introspection::{Location, MetadataElem, Tag, TagFlags};
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};
use typst::model::{Document, FigureElem};
use typst::pdf::ArtifactElem;
use typst::syntax::Span;
use typst::text::{Lang, Locale, Region};
use typst::utils::PicoStr;
use typst::visualize::{ExchangeFormat, Image, RasterImage};
use typst_layout::{Page, PagedDocument};

use crate::structure::{Area, Mark, Placed, alternative_text};

/// The label of marks in the layout.
static LABEL: LazyLock<Label> = LazyLock::new(|| Label::new(PicoStr::intern("tag")).expect("a label isn't empty"));

/// The height of the invisible picture, in points: within the thinnest line.
const STRIP: f64 = 0.4;

/// The pixels of the invisible picture: at least 150 per inch across the widest page, enlarged too.
const PIXELS: (u32, u32) = (2500, 3);

/// A white picture of one line.
static WHITE: LazyLock<Image> = LazyLock::new(|| {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let white = DynamicImage::ImageLuma8(GrayImage::from_pixel(PIXELS.0, PIXELS.1, Luma([u8::MAX])));
    white.write_to(&mut bytes, ImageFormat::Png).expect("writing to memory cannot fail");
    let raster = RasterImage::plain(Bytes::new(bytes.into_inner()), ExchangeFormat::Png).expect("the picture can be decoded");
    Image::new(raster, None, Smart::Auto)
});

/// A document whose marks are tags.
pub(super) struct Tagged {
    pub document: PagedDocument,
    pub marks: Vec<Placed>,
}

impl Tagged {
    /// A document for a file without tags.
    pub(super) fn without_marks(document: PagedDocument) -> Self {
        Self { document, marks: Vec::new() }
    }
}

/// Turns the marks of a document into tags. With `fields`, blanks get no content of their own: a field takes its place.
pub(super) fn tagged(document: &PagedDocument, fields: bool) -> Tagged {
    let own = document.info().locale.custom().unwrap_or(Locale::DEFAULT);
    let mut tagger = Tagger {
        marks: Vec::new(),
        open: Vec::new(),
        left_out: HashSet::new(),
        artifacts: HashSet::new(),
        page: 0,
        height: 0.0,
        fields,
        own,
    };
    let mut pages: Vec<Page> = document.pages().to_vec();
    for (index, page) in pages.iter_mut().enumerate() {
        tagger.page = index;
        tagger.height = page.frame.height().to_pt();
        tagger.change(&mut page.frame, Transform::identity());
    }
    // Every mark has an end, except one in the template of a user.
    while let (Some(Open { location, .. }), Some(last)) = (tagger.open.pop(), pages.last_mut()) {
        last.frame.push(Point::zero(), end(location));
    }
    Tagged { document: PagedDocument::new(pages.into(), document.info().clone()), marks: tagger.marks }
}

struct Tagger {
    marks: Vec<Placed>,
    /// The marks without an end so far. What they hold may go on in the next line, or on the next page.
    open: Vec<Open>,
    /// The metadata whose end is left out.
    left_out: HashSet<Location>,
    /// The artifacts that haven't ended.
    artifacts: HashSet<Location>,
    page: usize,
    height: f64,
    fields: bool,
    /// The language of the document.
    own: Locale,
}

/// A mark without its end yet.
struct Open {
    index: usize,
    location: Location,
    page: usize,
    /// What its content covers on its page.
    rect: Option<Rect>,
    /// Whether any of it is read: text or a picture.
    is_read: bool,
}

/// A mark in the layout, or the end of one.
enum Found {
    Mark(Mark, Locale),
    End,
}

impl Tagger {
    /// Changes the marks in a frame.
    fn change(&mut self, frame: &mut Frame, to_page: Transform) {
        if self.open.is_empty() && !has_any(frame) {
            return;
        }
        let mut items = Vec::with_capacity(frame.items().len());
        for (at, item) in frame.items() {
            let (at, mut item) = (*at, item.clone());
            match &mut item {
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if element.is::<ArtifactElem>() {
                        self.artifacts.extend(element.location());
                    }
                    if let Some(found) = found(element, self.own) {
                        let location = element.location().expect("metadata in a layout has a location");
                        self.left_out.insert(location);
                        match found {
                            Found::End => self.close(at, to_page, &mut items),
                            Found::Mark(mark, locale) => self.begin(mark, locale, location, at, &mut items),
                        }
                        continue;
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) if self.left_out.contains(location) => continue,
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.artifacts.remove(location);
                }
                FrameItem::Link(..) => {}
                FrameItem::Group(group) => {
                    let own = Transform::translate(at.x, at.y).pre_concat(group.transform);
                    let to_page = to_page.pre_concat(own);
                    self.cover(Rect::from_pos_size(Point::zero(), group.frame.size()), to_page, false);
                    self.change(&mut group.frame, to_page);
                }
                FrameItem::Text(text) => self.cover(moved(text.bbox(), at), to_page, true),
                FrameItem::Shape(shape, _) => self.cover(moved(shape.bbox(true), at), to_page, false),
                FrameItem::Image(_, size, _) => self.cover(Rect::from_pos_size(at, *size), to_page, true),
            }
            items.push((at, item));
        }
        let baseline = frame.has_baseline().then(|| frame.baseline());
        let mut changed = Frame::new(frame.size(), frame.kind());
        changed.push_multiple(items);
        if let Some(baseline) = baseline {
            changed.set_baseline(baseline);
        }
        *frame = changed;
    }

    fn begin(&mut self, mark: Mark, locale: Locale, location: Location, at: Point, items: &mut Vec<(Point, FrameItem)>) {
        let index = self.marks.len();
        items.push((at, start(index, location, locale)));
        if mark.is_point() {
            items.push((at, end(location)));
        } else {
            self.open.push(Open { index, location, page: self.page, rect: None, is_read: false });
        }
        self.marks.push(Placed { mark, area: None });
    }

    /// Adds content to the marks that it is in.
    fn cover(&mut self, rect: Rect, to_page: Transform, is_read: bool) {
        if self.open.is_empty() {
            return;
        }
        let rect = transformed(rect, to_page);
        // Nothing in an artifact is read.
        let is_read = is_read && self.artifacts.is_empty();
        for open in &mut self.open {
            open.is_read |= is_read;
            if open.page == self.page {
                open.rect = Some(open.rect.map_or(rect, |own| Rect::new(own.min.min(rect.min), own.max.max(rect.max))));
            }
        }
    }

    /// Ends the mark that began last.
    fn close(&mut self, at: Point, to_page: Transform, items: &mut Vec<(Point, FrameItem)>) {
        let Some(Open { index, location, page, rect, is_read }) = self.open.pop() else { return };
        let rect = rect.unwrap_or_else(|| transformed(Rect::from_pos_size(at, Size::splat(Abs::pt(1.0))), to_page));
        let placed = &mut self.marks[index];
        placed.area = Some(Area {
            page,
            left: rect.min.x.to_pt(),
            bottom: self.height - rect.max.y.to_pt(),
            right: rect.max.x.to_pt(),
            top: self.height - rect.min.y.to_pt(),
        });
        let is_field = self.fields && matches!(placed.mark, Mark::Blank(_));
        if !is_read && !is_field {
            let own = to_page.invert().map_or(rect, |from_page| transformed(rect, from_page));
            // In the middle, away from what is around it.
            let width = (0.5 * own.size().x).max(Abs::pt(1.0));
            let left = (own.min.x + own.max.x - width) / 2.0;
            let strip = FrameItem::Image(WHITE.clone(), Size::new(width, Abs::pt(STRIP)), Span::detached());
            // Below what is drawn there: before it in the list.
            let first = items.iter().rposition(|(_, item)| is_start(item, location)).map_or(items.len(), |start| start + 1);
            items.insert(first, (Point::new(left, own.max.y - Abs::pt(STRIP)), strip));
        }
        items.push((at, end(location)));
    }
}

/// Whether a frame has any mark. Frames that stay as they are stay shared.
fn has_any(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_any(&group.frame),
        FrameItem::Tag(Tag::Start(element, _)) => is_mark(element),
        _ => false,
    })
}

fn is_mark(element: &Content) -> bool {
    element.is::<MetadataElem>() && element.label() == Some(*LABEL)
}

/// The mark that an element is, if it is one.
fn found(element: &Content, own: Locale) -> Option<Found> {
    if !is_mark(element) {
        return None;
    }
    let metadata = element.to_packed::<MetadataElem>()?;
    if matches!(metadata.value, Value::None) {
        return Some(Found::End);
    }
    let value = serde_json::to_value(&metadata.value).expect("a mark is plain data");
    let mut tag = value["lang"].as_str().unwrap_or_default().split('-');
    let lang = tag.next().and_then(|lang| lang.parse::<Lang>().ok());
    let region = tag.find_map(|part| part.parse::<Region>().ok());
    // The document's own language includes the country.
    let locale = lang.filter(|lang| *lang != own.lang).map_or(own, |lang| Locale::new(lang, region));
    // A template of the user may have others, which say nothing.
    let mark = serde_json::from_value(value).ok()?;
    Some(Found::Mark(mark, locale))
}

/// Tags that only the PDF writer reads.
const FLAGS: TagFlags = TagFlags { introspectable: false, tagged: true };

fn start(index: usize, location: Location, locale: Locale) -> FrameItem {
    let mut figure = Packed::new(FigureElem::new(Content::empty()).with_alt(Some(alternative_text(index).into())));
    figure.locale = Some(locale);
    let mut content = figure.pack();
    content.set_location(location);
    FrameItem::Tag(Tag::Start(content, FLAGS))
}

fn end(location: Location) -> FrameItem {
    FrameItem::Tag(Tag::End(location, 0, FLAGS))
}

fn is_start(item: &FrameItem, location: Location) -> bool {
    matches!(item, FrameItem::Tag(Tag::Start(element, _)) if element.location() == Some(location))
}

fn moved(rect: Rect, by: Point) -> Rect {
    Rect::new(rect.min + by, rect.max + by)
}

fn transformed(rect: Rect, by: Transform) -> Rect {
    let Rect { min, max } = rect;
    let corners = [min, max, Point::new(min.x, max.y), Point::new(max.x, min.y)].map(|corner| corner.transform(by));
    let least = corners.iter().fold(corners[0], |least, corner| least.min(*corner));
    let most = corners.iter().fold(corners[0], |most, corner| most.max(*corner));
    Rect::new(least, most)
}
