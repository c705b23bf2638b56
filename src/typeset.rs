//! Lays out a composed packet and writes the PDF. The only module that names Typst.
//!
//! Templates decide how a packet looks. They get the packet as one JSON file, so lesson text is data, never code.

mod breaks;
mod draft;
mod elastic;
mod families;
mod fit;
mod fonts;
mod fullness;
mod grayscale;
mod growing;
mod last_page;
mod no_break;
mod notes;
mod overflow;
mod page_text;
mod rounds;
mod sheets;
mod tagging;
mod templates;
mod unprintable;
mod world;

pub use draft::Draft;
pub use fit::Fitted;
pub use fonts::{Fonts, stand_in as stand_in_font};
pub use overflow::{Overflow, OverflowWarning, Spot};
pub use templates::Templates;

use std::borrow::Cow;

use image::RgbImage;
use typst::foundations::{Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::Dir;
use typst::text::Lang;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

use crate::glyphs::missing as missing_glyphs;
use crate::imposition::{self, Side};
use crate::lesson::series::{Edition, Format};
use crate::packet::layout::{PartPage, part_pages};
use crate::packet::setting::Setting;
use crate::packet::{Layout, Look, Packet};
use crate::structure::{self, Form};
use breaks::BreaksKept;
use draft::Choices;
use grayscale::in_grayscale;
use no_break::without_no_breaks;
use notes::NotesKept;
use overflow::overflow_warnings;
use rounds::{Rounds, compiled};
use sheets::{enlarged, imposed};
use tagging::{Tagged, tagged};
use unprintable::unprintable;
use world::PacketWorld;

/// A packet that has been laid out: its pages are known, but its PDF is not written yet.
pub struct LaidOut<'a> {
    world: PacketWorld<'a>,
    document: PagedDocument,
    identity: String,
    /// The pages on each side of each sheet, if there are two side by side.
    sides: Option<Vec<Side>>,
    /// Whether it is in grayscale.
    mono: bool,
    /// How much it is enlarged after layout, as a factor.
    zoom: f64,
    /// Whether pages are in reading order.
    in_order: bool,
    /// Whether it is a form with fields.
    has_fields: bool,
    /// Its language, as an ISO 639 code.
    language: String,
    /// What was chosen so that its pages end well.
    choices: Choices,
    /// What other packets need to know about it.
    pub layout: Layout,
    /// What did not fit.
    pub warnings: Vec<OverflowWarning>,
    /// How it was set to end on the sheets that it may take, if their number was asked for.
    pub fitted: Option<Fitted>,
}

/// Why a checked packet could not be typeset.
#[derive(Debug, Clone)]
pub enum TypesetError {
    /// A bundled template failed: always a bug in Packetpress.
    Fault(String),
    /// No font has some of the text that Packetpress or a citation style adds.
    Unprintable(String),
    /// One of the user's templates failed, at these lines.
    Replaced(String),
    /// A bundled template failed when used with the user's templates.
    Beside(String),
}

impl std::fmt::Display for TypesetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fault(what) => {
                write!(f, "this is a bug in Packetpress, not in the lesson; please report it: {what}")
            }
            Self::Unprintable(what) => f.write_str(what),
            Self::Replaced(what) => write!(f, "one of your templates failed:\n{what}"),
            Self::Beside(what) => {
                write!(f, "a template failed, most likely because one of yours doesn't define or accept what it needs: {what}")
            }
        }
    }
}

impl std::error::Error for TypesetError {}

/// Whether room is added or taken away so that pages come out full, which takes several layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PageEnds {
    /// Pages end where they do in one layout.
    AsTheyCome,
    /// The room to write is chosen by what it does to the ends of pages.
    Chosen,
}

/// Typesets packets, one after another.
///
/// Must not run inside a rayon pool: the PDF writer yields into the next job on the same stack and overflows it.
pub struct Typesetter<'a> {
    fonts: &'a Fonts,
    templates: &'a Templates,
}

impl<'a> Typesetter<'a> {
    /// A typesetter with these fonts and templates.
    pub fn new(fonts: &'a Fonts, templates: &'a Templates) -> Self {
        Self { fonts, templates }
    }

    /// Lays out a packet, in a setting that ends on the sheets that it may take if there is one.
    ///
    /// # Errors
    /// If a template fails, which for a checked lesson is a bug in Packetpress.
    pub fn lay_out(&self, packet: &Packet) -> Result<LaidOut<'a>, TypesetError> {
        let look = &packet.look;
        let Some(limit) = packet.sheets else { return self.lay_out_in(packet, look.setting, PageEnds::Chosen) };
        let (limit, format) = (limit as usize, look.format);
        let ladder = look.setting.ladder(format, look.duplex);
        let sheets = |laid_out: &LaidOut<'_>| imposition::sheets(laid_out.layout.pages, format);
        let (first, setting, fewest) = fit::search(&ladder, limit, |setting| {
            let laid_out = self.lay_out_in(packet, setting, PageEnds::AsTheyCome)?;
            let sheets = sheets(&laid_out);
            Ok((laid_out, sheets))
        })?;
        let full = self.lay_out_in(packet, setting, PageEnds::Chosen)?;
        let laid_out = if sheets(&full) <= fewest { full } else { first };
        let sheets = sheets(&laid_out);
        Ok(LaidOut { fitted: Some(Fitted { limit, sheets, setting, format }), ..laid_out })
    }

    /// Lays out a packet in this setting.
    fn lay_out_in(&self, packet: &Packet, setting: Setting, ends: PageEnds) -> Result<LaidOut<'a>, TypesetError> {
        let mut world = PacketWorld::new(packet, self.fonts, self.templates);
        if setting != packet.look.setting {
            world.set_look(&Look { setting, ..packet.look.clone() });
        }
        let mut content = serde_json::to_value(packet).expect("a packet is plain data");
        if setting.lines < 1.0 {
            elastic::set_fewer_lines(&mut content["sections"], setting.lines);
        }
        breaks::name_blocks(&mut content);
        let composed = content.clone();
        let mut chosen = setting;
        world.set_packet(&content);
        let mut document = compiled(&world, None, Rounds::UntilSettled)?;
        if ends == PageEnds::AsTheyCome {
            // A search for a setting only needs to know about how many pages there are.
        } else if packet.edition == Edition::Student {
            let mut again = |content: &serde_json::Value, before: &PagedDocument, rounds| {
                world.set_packet(content);
                compiled(&world, Some(before), rounds)
            };
            (content, document) = last_page::with_closer_readings(content, document, &mut again)?;
            (content, document) = elastic::with_best_rooms(content, document, &mut again);
            (content, document) = growing::with_grown_lines(content, document, again);
        } else if packet.edition == Edition::Key {
            (chosen, document) = last_page::saved(setting, document, |setting, before, rounds| {
                world.set_look(&Look { setting, ..packet.look.clone() });
                compiled(&world, Some(before), rounds)
            })?;
            world.set_look(&Look { setting: chosen, ..packet.look.clone() });
        }
        let (mut notes, mut breaks) = (NotesKept::default(), BreaksKept::default());
        let mut helped = None;
        while notes.find(&content, &document) || breaks.find(&document) {
            let mut again = content.clone();
            breaks.help(&mut again);
            notes.help(&mut again);
            world.set_packet(&again);
            document = compiled(&world, Some(&document), Rounds::UntilSettled)?;
            helped = Some(again);
        }
        let layout = layout(&document);
        let warnings = overflow_warnings(&document, packet.look.zoom);
        let in_order = packet.look.format != Format::Booklet;
        let sides = sides_of(packet, layout.pages);
        let choices = Choices::of(chosen, &composed, helped.as_ref().unwrap_or(&content));
        Ok(LaidOut {
            world,
            document,
            identity: packet.identity.clone(),
            sides,
            mono: packet.look.mono,
            zoom: packet.look.zoom,
            in_order,
            has_fields: packet.look.format.has_fields(),
            language: packet.document.language.clone(),
            choices,
            layout,
            warnings,
            fitted: None,
        })
    }

    /// Drops work that packets of the lesson before this one used and this one didn't. Call it after the last packet of each lesson.
    ///
    /// What all packets share stays, such as evaluated templates.
    pub fn forget(&self) {
        rounds::forget();
    }
}

impl LaidOut<'_> {
    /// Writes the PDF as PDF/UA-1 and PDF/A-2a, except for a booklet, whose pages are not in reading order.
    ///
    /// # Errors
    /// If no font has some of the text, or a template produced something inaccessible, which for a checked lesson is a bug in
    /// Packetpress.
    pub fn pdf(&self) -> Result<Vec<u8>, TypesetError> {
        let missing: Vec<String> = unprintable(&self.document).into_iter().collect();
        if !missing.is_empty() {
            let (message, help, _) = missing_glyphs(&missing.join(" "));
            return Err(TypesetError::Unprintable(format!("{message}, which packets print in addition to the lesson; {help}")));
        }
        let document = without_no_breaks(&self.document);
        let marked = if self.in_order { tagged(&document, self.has_fields) } else { Tagged::without_marks(document) };
        let document = as_printed(&marked.document, self.mono, self.sides.as_deref(), self.zoom);
        let in_order = self.in_order;
        let standards: &[PdfStandard] = if in_order { &[PdfStandard::Ua_1, PdfStandard::A_2a] } else { &[] };
        let standards = PdfStandards::new(standards).expect("PDF/UA-1 and PDF/A-2a go together");
        let options = PdfOptions {
            ident: Smart::Custom(self.identity.clone()),
            creator: Smart::Custom(Some(concat!("Packetpress ", env!("CARGO_PKG_VERSION")).into())),
            timestamp: None,
            page_ranges: None,
            standards,
            tagged: in_order,
            pretty: false,
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| self.world.explain(&errors))?;
        if !in_order {
            return Ok(pdf);
        }
        let form = self.has_fields.then_some(Form { zoom: self.zoom });
        structure::completed(&pdf, &marked.marks, &self.language, form)
            .map_err(|error| TypesetError::Fault(format!("the PDF has no valid structure: {error}")))
    }

    /// Renders a page at this width in pixels. Pages count from 1.
    ///
    /// # Panics
    /// If the page does not exist.
    pub fn picture(&self, page: usize, width: u32) -> RgbImage {
        rendered(&self.document.pages()[page - 1], width)
    }

    /// The pages as they print.
    fn as_printed(&self) -> Cow<'_, PagedDocument> {
        as_printed(&self.document, self.mono, self.sides.as_deref(), self.zoom)
    }
}

/// A picture of a page at this width in pixels.
fn rendered(page: &Page, width: u32) -> RgbImage {
    let pixel_per_pt = f64::from(width) / page.frame.width().to_pt();
    let pixels = typst_render::render(page, &RenderOptions { pixel_per_pt: pixel_per_pt.into(), render_bleed: false });
    let (width, height) = (pixels.width(), pixels.height());
    // The paper is opaque, so the alpha channel can be dropped.
    let rgb = pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    RgbImage::from_raw(width, height, rgb).expect("an image has three bytes per pixel")
}

/// The pages of a packet as they print: in grayscale, on sheets, or larger.
fn as_printed<'d>(document: &'d PagedDocument, mono: bool, sides: Option<&[Side]>, zoom: f64) -> Cow<'d, PagedDocument> {
    let mut document = Cow::Borrowed(document);
    if mono {
        document = Cow::Owned(in_grayscale(&document));
    }
    if let Some(sides) = sides {
        document = Cow::Owned(imposed(&document, sides));
    } else if zoom != 1.0 {
        document = Cow::Owned(enlarged(&document, zoom));
    }
    document
}

/// The pages on each side of each sheet of a packet, if there are two side by side.
fn sides_of(packet: &Packet, pages: usize) -> Option<Vec<Side>> {
    imposition::sides(pages, packet.look.format, is_right_to_left(&packet.document.language))
}

/// Whether a language (an ISO 639 code) is written right to left.
fn is_right_to_left(language: &str) -> bool {
    language.parse::<Lang>().is_ok_and(|language| language.dir() == Dir::RTL)
}

/// A label by its name.
fn label(name: &str) -> Label {
    Label::new(PicoStr::intern(name)).expect("the name is not empty")
}

/// What templates left in the layout under a label, with page numbers.
fn marks(document: &PagedDocument, label: &str) -> Vec<(Value, usize)> {
    let introspector = document.introspector();
    let mut marks = Vec::new();
    for element in introspector.query(&Selector::Label(self::label(label))) {
        let page = element.location().and_then(|location| introspector.page(location));
        if let (Some(metadata), Some(page)) = (element.to_packed::<MetadataElem>(), page) {
            marks.push((metadata.value.clone(), page.get()));
        }
    }
    marks
}

/// The pages and heights, in points, of what templates left in the layout under a label.
fn places(document: &PagedDocument, label: &str) -> Vec<(usize, f64)> {
    let introspector = document.introspector();
    let marks = introspector.query(&Selector::Label(self::label(label)));
    let positions = marks.iter().filter_map(|mark| introspector.position(mark.location()?));
    positions.map(|position| (position.page.get(), position.point.y.to_pt())).collect()
}

/// Reads what other packets need to know from the finished layout.
fn layout(document: &PagedDocument) -> Layout {
    let mut layout = Layout { pages: document.pages().len(), ..Layout::default() };
    for (mark, page) in marks(document, "item") {
        if let Value::Str(mark) = mark {
            layout.item_pages.entry(mark.to_string()).or_insert(page);
        }
    }
    let mut parts = Vec::new();
    let mut lesson = None;
    for (mark, page) in marks(document, "part") {
        let Value::Dict(mark) = mark else { continue };
        if let Ok(Value::Str(id)) = mark.get("lesson") {
            // The following parts belong to it.
            lesson = Some(id.to_string());
        } else if let (Ok(Value::Str(kind)), Ok(Value::Bool(at_top))) = (mark.get("kind"), mark.get("at-top")) {
            parts.push(PartPage { kind: kind.to_string(), lesson: lesson.clone(), page, at_top: *at_top, on_sheet: 1 });
        }
    }
    for (count, page) in marks(document, "tickets-on-sheet") {
        let part = parts.iter_mut().rev().find(|part| part.page <= page && part.kind == "exit-ticket");
        if let (Some(part), Value::Int(count)) = (part, count) {
            part.on_sheet = usize::try_from(count).unwrap_or(1);
        }
    }
    for (sets, _) in marks(document, "sets-on-sheet") {
        if let Value::Dict(sets) = sets
            && let (Ok(Value::Str(mark)), Ok(Value::Int(count))) = (sets.get("mark"), sets.get("count"))
        {
            layout.sets_on_sheet.insert(mark.to_string(), usize::try_from(*count).unwrap_or(1));
        }
    }
    let is_end = |(mark, page)| matches!(mark, Value::Str(_)).then_some(page);
    let ends: Vec<usize> = marks(document, "sheet-end").into_iter().filter_map(is_end).collect();
    layout.parts = part_pages(parts, &ends, layout.pages);
    for (mark, _) in marks(document, "lines-of") {
        if let Value::Dict(dict) = mark
            && let (Ok(Value::Str(label)), Ok(Value::Int(first)), Ok(Value::Int(last))) =
                (dict.get("label"), dict.get("first"), dict.get("last"))
            && let (Ok(first), Ok(last)) = (u32::try_from(*first), u32::try_from(*last))
        {
            layout.lines.insert(label.to_string(), (first, last));
        }
    }
    for (mark, page) in marks(document, "labelled") {
        if let Value::Str(label) = mark {
            layout.label_pages.entry(label.to_string()).or_insert(page);
        }
    }
    layout
}
