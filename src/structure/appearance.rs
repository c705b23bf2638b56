//! What fields look like before anyone fills them in, and the font for what is typed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use ttf_parser::Face;

/// The name of the font in a form.
pub(super) const FONT: &str = "PP";

/// The value of a checked box.
pub(super) const BUTTON_ON: &str = "Yes";

/// The font for what is typed: whole, because nobody knows which letters it needs, and small. A program that fills in a field can
/// only write with a font whose letters have codes, so it's a simple font with the codes of Windows.
static BYTES: &[u8] = include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Regular.ttf");

/// The first and last code of the font's widths.
const CODES: std::ops::RangeInclusive<u8> = 32..=255;

/// The characters of WinAnsiEncoding from 0x80 to 0x9f (ISO 32000-1, annex D.2); `'\0'` for none.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—',
    '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The compressed font file and its metrics, which every form has.
static EMBEDDED: LazyLock<(Stream, Dictionary, Vec<Object>)> = LazyLock::new(|| {
    let face = Face::parse(BYTES, 0).expect("the bundled fonts are valid");
    let mut file = Stream::new(dictionary! { "Length1" => i64::try_from(BYTES.len()).unwrap_or_default() }, BYTES.to_vec());
    file.compress().expect("compressing in memory cannot fail");
    let per_em = f64::from(face.units_per_em());
    #[expect(clippy::cast_possible_truncation, reason = "a thousandth of the type size is exact enough")]
    let scaled = |units: i16| (f64::from(units) * 1000.0 / per_em).round() as i64;
    let bounds = face.global_bounding_box();
    let descriptor = dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => "AtkinsonHyperlegibleNext-Regular",
        // Not symbolic: its codes are those of an encoding.
        "Flags" => 32,
        "FontBBox" => [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|side| Object::Integer(scaled(side))).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => scaled(face.ascender()),
        "Descent" => scaled(face.descender()),
        "CapHeight" => scaled(face.capital_height().unwrap_or_else(|| face.ascender())),
        "StemV" => 80,
    };
    let width = |code: u8| {
        let advance = character(code).and_then(|c| face.glyph_index(c)).and_then(|glyph| face.glyph_hor_advance(glyph));
        Object::Integer(scaled(i16::try_from(advance.unwrap_or_default()).unwrap_or(i16::MAX)))
    };
    (file, descriptor, CODES.map(width).collect())
});

/// The character of a code.
fn character(code: u8) -> Option<char> {
    match code {
        0x80..=0x9f => Some(WINDOWS[usize::from(code - 0x80)]).filter(|c| *c != '\0'),
        code => Some(char::from(code)),
    }
}

/// The appearances of a document.
pub(super) struct Appearances {
    /// The font for what is typed.
    pub font: ObjectId,
    /// The looks of boxes to check, by width and height in hundredths of a point.
    buttons: BTreeMap<(i64, i64), (ObjectId, ObjectId)>,
}

impl Appearances {
    pub(super) fn new(document: &mut Document) -> Self {
        let (file, descriptor, widths) = &*EMBEDDED;
        let file = document.add_object(file.clone());
        let mut descriptor = descriptor.clone();
        descriptor.set("FontFile2", file);
        let descriptor = document.add_object(descriptor);
        let font = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "TrueType",
            "BaseFont" => "AtkinsonHyperlegibleNext-Regular",
            "Encoding" => "WinAnsiEncoding",
            "FirstChar" => i64::from(*CODES.start()),
            "LastChar" => i64::from(*CODES.end()),
            "Widths" => widths.clone(),
            "FontDescriptor" => descriptor,
        });
        Self { font, buttons: BTreeMap::new() }
    }

    /// An empty field for text. Each field has its own: programs that fill in a field write over it.
    pub(super) fn empty_text(&self, document: &mut Document, size: (f64, f64)) -> ObjectId {
        let resources = dictionary! { "Font" => dictionary! { FONT => self.font } };
        drawing(document, size, resources, "/Tx BMC EMC")
    }

    /// A box or a circle to check, which the page shows, without and with a check mark.
    pub(super) fn button(&mut self, document: &mut Document, size: (f64, f64)) -> (ObjectId, ObjectId) {
        *self.buttons.entry(hundredths(size)).or_insert_with(|| {
            let off = drawing(document, size, Dictionary::new(), "");
            let (x, y) = size;
            let pen = 0.13 * x.min(y);
            let mark = format!(
                "q {pen:.2} w 1 J 1 j 0 G {:.2} {:.2} m {:.2} {:.2} l {:.2} {:.2} l S Q",
                0.22 * x,
                0.5 * y,
                0.42 * x,
                0.26 * y,
                0.8 * x,
                0.78 * y
            );
            (off, drawing(document, size, Dictionary::new(), &mark))
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a page has few hundredths of a point")]
fn hundredths((width, height): (f64, f64)) -> (i64, i64) {
    ((width * 100.0).round() as i64, (height * 100.0).round() as i64)
}

/// A drawing of this size.
fn drawing(document: &mut Document, size: (f64, f64), resources: Dictionary, content: &str) -> ObjectId {
    let (width, height) = hundredths(size);
    #[expect(clippy::cast_precision_loss, reason = "a page has few hundredths of a point")]
    let points = |hundredths: i64| Object::Real(hundredths as f32 / 100.0);
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![Object::Integer(0), Object::Integer(0), points(width), points(height)],
        "Resources" => resources,
    };
    document.add_object(Stream::new(dictionary, content.as_bytes().to_vec()))
}
