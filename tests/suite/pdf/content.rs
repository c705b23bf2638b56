//! Replays the content of a page: the text and lines it paints, where, and in which marked content.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

/// Everything painted on one page. Lengths are in points, and heights count from the top of the page.
#[derive(Default)]
pub(super) struct Painting {
    pub runs: Vec<Run>,
    /// The horizontal and vertical lines, stroked or filled.
    pub rules: Vec<Rule>,
    /// The largest number of components in any color.
    pub color_components: usize,
    /// The images, and the drawings with many pieces, such as QR codes.
    pub images: Vec<[f64; 4]>,
    /// The boxes of all lines, shapes, and drawings.
    pub shapes: Vec<[f64; 4]>,
    /// `/Alt` and `/ActualText` in the content itself, not in the structure tree.
    pub notes: Vec<String>,
}

impl Painting {
    /// The runs where these words start. They may go on in the next runs of the line.
    pub(super) fn starts_of<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a Run> {
        let starts_here = move |(index, run): &(usize, &'a Run)| {
            let mut text = run.text.clone();
            for pair in self.runs[*index..].windows(2) {
                if text.len() > run.text.len() + words.len() {
                    break;
                }
                join(&mut text, Some(&pair[0]), &pair[1], "\n");
            }
            text.find(words).is_some_and(|start| start < run.text.len().max(1))
        };
        self.runs.iter().enumerate().filter(starts_here).map(|(_, run)| run)
    }
}

/// A run of text painted in one step.
pub(super) struct Run {
    pub text: String,
    pub mcid: Option<i64>,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    /// The font size on paper.
    pub size: f64,
    /// The part of its box, from the baseline to the height of capitals, that is not cut off: left, top, right, bottom.
    pub area: [f64; 4],
}

/// A horizontal or vertical line: its start and end, measured at the middle of its width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// The distance from one dash to the next. 0 if the line is solid.
    pub dash: f64,
}

/// A box around everything.
const EVERYTHING: [f64; 4] = [f64::MIN, f64::MIN, f64::MAX, f64::MAX];

/// The height of capitals, as a share of the font size.
const CAPITALS: f64 = 0.65;

/// Drawings with at least this many pieces count as images.
const DRAWING: usize = 20;

/// Filled boxes up to this height, in points, count as rules.
const THICKEST_RULE: f64 = 3.0;

/// Adds a run to a line: with a space if there's a gap, or with `line_break` if a new line starts without one.
pub(super) fn join(line: &mut String, last: Option<&Run>, run: &Run, line_break: &str) {
    if let Some(last) = last {
        let size = last.size.max(run.size);
        let gap = run.left - last.right;
        let spaced = line.ends_with(char::is_whitespace) || run.text.starts_with(char::is_whitespace);
        if (run.baseline - last.baseline).abs() > 0.6 * size || gap < -size {
            line.push_str(line_break);
        } else if gap > 0.15 * size && !spaced {
            line.push(' ');
        }
    }
    line.push_str(&run.text);
}

/// A line without word joiners, with each stretch of white space as one plain space.
pub(super) fn plain(line: &str) -> String {
    line.replace('\u{2060}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rounds to a thousandth of a point, because the file's numbers are short.
pub(super) fn rounded(points: f64) -> f64 {
    (points * 1000.0).round() / 1000.0
}

/// Six numbers, as in PDF: x' = a x + c y + e, y' = b x + d y + f.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(operands: &[Object]) -> Matrix {
        Matrix(std::array::from_fn(|i| number(&operands[i])))
    }

    /// First `self`, then `outer`.
    fn then(self, outer: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [oa, ob, oc, od, _, _]) = (self.0, outer.0);
        let (x, y) = outer.apply(e, f);
        Matrix([a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, x, y])
    }

    fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    fn scale(self) -> f64 {
        self.0[0].hypot(self.0[1])
    }
}

struct Font<'a> {
    encoding: Encoding<'a>,
    /// Advances by code, in thousandths of the font size, and the default advance.
    widths: (HashMap<u16, f64>, f64),
}

#[derive(Clone)]
struct State<'a> {
    matrix: Matrix,
    line_width: f64,
    dash: f64,
    font: Option<Rc<Font<'a>>>,
    font_size: f64,
    /// The box that painting is cut to: left, top, right, bottom.
    clip: [f64; 4],
}

enum Mark {
    Artifact,
    Content(i64),
    /// The replacement for the text painted inside. The first run takes it.
    Reads(Option<String>),
    Plain,
}

struct Painter<'a> {
    document: &'a Document,
    page_height: f64,
    fonts: HashMap<ObjectId, Rc<Font<'a>>>,
    marks: Vec<Mark>,
    state: State<'a>,
    saved: Vec<State<'a>>,
    text_matrix: Matrix,
    /// One bounding box per subpath: left, top, right, bottom.
    path: Vec<[f64; 4]>,
    painting: Painting,
}

/// Replays page `id`. Its top edge is `page_height` points above the origin.
pub(super) fn paint(document: &Document, id: ObjectId, page_height: f64) -> Painting {
    let page = document.get_dictionary(id).expect("a page is a dictionary");
    let resources = page.get_deref(b"Resources", document).and_then(Object::as_dict).expect("a page has resources");
    let state = State { matrix: Matrix::IDENTITY, line_width: 1.0, dash: 0.0, font: None, font_size: 0.0, clip: EVERYTHING };
    let mut painter = Painter {
        document,
        page_height,
        fonts: HashMap::new(),
        marks: Vec::new(),
        state,
        saved: Vec::new(),
        text_matrix: Matrix::IDENTITY,
        path: Vec::new(),
        painting: Painting::default(),
    };
    painter.replay(&document.get_page_content(id), resources);
    assert!(painter.marks.is_empty() && painter.saved.is_empty(), "marked content or `q` is left open on a page");
    // Right-to-left lines are painted from left to right.
    let is_same_line = |a: &Run, b: &Run| a.mcid == b.mcid && (a.baseline - b.baseline).abs() < 0.5;
    for line in painter.painting.runs.chunk_by_mut(is_same_line) {
        if line.iter().any(|run| run.text.chars().any(is_right_to_left)) {
            line.reverse();
        }
    }
    painter.painting
}

impl<'a> Painter<'a> {
    fn replay(&mut self, content: &[u8], resources: &'a Dictionary) {
        let content = Content::decode_strict(content).expect("the content stream can be read to its end");
        for Operation { operator, operands } in &content.operations {
            self.step(operator, operands, resources);
        }
    }

    fn step(&mut self, operator: &str, operands: &[Object], resources: &'a Dictionary) {
        let numbers = || operands.iter().map(number).collect::<Vec<_>>();
        match operator {
            "q" => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().expect("every `Q` closes a `q`"),
            "cm" => self.state.matrix = Matrix::of(operands).then(self.state.matrix),
            "cs" | "CS" => {
                let name = operands[0].as_name().expect("a color space has a name");
                let space =
                    if name.starts_with(b"Device") { &operands[0] } else { entry(self.document, resources, b"ColorSpace", name) };
                self.set_color(components(self.document, space));
            }
            "g" | "G" => self.set_color(1),
            "rg" | "RG" => self.set_color(3),
            "k" | "K" => self.set_color(4),
            "w" => self.state.line_width = number(&operands[0]),
            "d" => {
                let dashes = operands[0].as_array().expect("`d` takes an array");
                self.state.dash = dashes.iter().map(number).sum();
            }
            "Do" => self.paint_form(&operands[0], resources),

            "BMC" | "BDC" => self.open_mark(operands, resources),
            "EMC" => drop(self.marks.pop().expect("every `EMC` closes marked content")),

            "BT" => self.text_matrix = Matrix::IDENTITY,
            "Tm" => self.text_matrix = Matrix::of(operands),
            "Tf" => {
                let name = operands[0].as_name().expect("`Tf` names a font");
                (self.state.font, self.state.font_size) = (Some(self.font(name, resources)), number(&operands[1]));
            }
            "Tj" => self.show(operands),
            "TJ" => self.show(operands[0].as_array().expect("`TJ` shows an array")),
            "ET" | "Tr" => {}
            // Only writers other than krilla use these. Skipping them would misplace the text.
            "Td" | "TD" | "T*" | "TL" | "Tc" | "Tw" | "Tz" | "Ts" | "'" | "\"" => {
                panic!("this reader doesn't know the text operator `{operator}`")
            }

            "m" => {
                let (x, y) = self.point(&numbers());
                self.path.push([x, y, x, y]);
            }
            "l" | "c" | "v" | "y" => numbers().chunks(2).for_each(|point| self.extend_path(point)),
            "re" => {
                let [x, y, width, height] = numbers()[..] else { panic!("`re` takes four numbers") };
                let (left, top) = self.point(&[x, y]);
                self.path.push([left, top, left, top]);
                self.extend_path(&[x + width, y + height]);
            }
            "W" | "W*" => {
                let path = around(&self.path);
                self.state.clip = common(self.state.clip, path);
            }
            "n" => self.path.clear(),
            "S" | "s" => self.end_path(self.state.line_width * self.state.matrix.scale()),
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" => self.end_path(0.0),
            _ => {}
        }
    }

    fn open_mark(&mut self, operands: &[Object], resources: &'a Dictionary) {
        let tag = operands[0].as_name().expect("marked content has a tag");
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(Object::Name(name)) => entry(self.document, resources, b"Properties", name).as_dict().ok(),
            _ => None,
        };
        let get = |key: &[u8]| properties.and_then(|properties| properties.get(key).ok());
        let text = |key: &[u8]| get(key).map(|value| lopdf::decode_text_string(value).expect("text strings can be decoded"));
        self.painting.notes.extend(text(b"Alt").into_iter().chain(text(b"ActualText")));
        self.marks.push(match get(b"MCID").map(Object::as_i64) {
            _ if tag == b"Artifact" => Mark::Artifact,
            Some(id) => Mark::Content(id.expect("an MCID is an integer")),
            None => text(b"ActualText").map_or(Mark::Plain, |text| Mark::Reads(Some(text))),
        });
    }

    fn show(&mut self, pieces: &[Object]) {
        let State { font: Some(font), font_size, matrix, .. } = self.state.clone() else { panic!("text before a font is set") };
        let (mut text, mut advance) = (String::new(), 0.0);
        for piece in pieces {
            let Object::String(bytes, _) = piece else {
                advance -= number(piece);
                continue;
            };
            for code in bytes.chunks(2) {
                let letters = font.encoding.bytes_to_string(code).expect("text has a Unicode mapping");
                // Right-to-left text is painted from left to right.
                if letters.chars().any(is_right_to_left) {
                    text.insert_str(0, &letters)
                } else {
                    text.push_str(&letters)
                }
                let code = u16::from_be_bytes([code[0], code[1]]);
                advance += font.widths.0.get(&code).unwrap_or(&font.widths.1);
            }
        }
        if let Some(reads) =
            self.marks.iter_mut().rev().find_map(|mark| if let Mark::Reads(text) = mark { Some(text) } else { None })
        {
            text = reads.take().unwrap_or_default();
        }
        let innermost = self.marks.iter().rev().find(|mark| matches!(mark, Mark::Artifact | Mark::Content(_)));
        let mcid = if let Some(Mark::Content(id)) = innermost { Some(*id) } else { None };

        let to_page = self.text_matrix.then(matrix);
        let (left, y) = to_page.apply(0.0, 0.0);
        let width = advance / 1000.0 * font_size;
        let (right, _) = to_page.apply(width, 0.0);
        self.text_matrix = Matrix([1.0, 0.0, 0.0, 1.0, width, 0.0]).then(self.text_matrix);
        let (baseline, size) = (self.page_height - y, font_size * to_page.scale());
        let area = common(self.state.clip, self.area(to_page, width, CAPITALS * font_size));
        self.painting.runs.push(Run { text, mcid, left, right, baseline, size, area });
    }

    /// The box on the page of a rectangle from the origin: left, top, right, bottom.
    fn area(&self, to_page: Matrix, width: f64, height: f64) -> [f64; 4] {
        let corners = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)].map(|(x, y)| to_page.apply(x, y));
        let bounds = |values: [f64; 4]| {
            values.into_iter().fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
        };
        let (left, right) = bounds(corners.map(|(x, _)| x));
        let (bottom, top) = bounds(corners.map(|(_, y)| y));
        [left, self.page_height - top, right, self.page_height - bottom]
    }

    fn set_color(&mut self, components: usize) {
        self.painting.color_components = self.painting.color_components.max(components);
    }

    fn paint_form(&mut self, name: &Object, resources: &'a Dictionary) {
        let name = name.as_name().expect("`Do` names an object");
        let form = entry(self.document, resources, b"XObject", name).as_stream().expect("an XObject is a stream");
        if form.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            let area = self.area(self.state.matrix, 1.0, 1.0);
            self.painting.images.push(common(self.state.clip, area));
            return;
        }
        let outer = self.state.clone();
        if let Ok(matrix) = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array) {
            self.state.matrix = Matrix::of(matrix).then(self.state.matrix);
        }
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        self.replay(&form.get_plain_content().expect("a form can be unpacked"), own.unwrap_or(resources));
        self.state = outer;
    }

    fn font(&mut self, name: &[u8], resources: &'a Dictionary) -> Rc<Font<'a>> {
        let document = self.document;
        let fonts = resources.get_deref(b"Font", document).and_then(Object::as_dict).expect("the resources hold fonts");
        let id = fonts.get(name).and_then(Object::as_reference).expect("a font is a separate object");
        let read = || {
            let font = document.get_dictionary(id).expect("a font is a dictionary");
            let encoding = font.get_font_encoding(document).expect("a font has an encoding");
            assert!(matches!(encoding, Encoding::UnicodeMapEncoding(_)), "a font has no Unicode mapping: {font:?}");
            Rc::new(Font { encoding, widths: widths(document, font) })
        };
        Rc::clone(self.fonts.entry(id).or_insert_with(read))
    }

    fn point(&self, point: &[f64]) -> (f64, f64) {
        let (x, y) = self.state.matrix.apply(point[0], point[1]);
        (x, self.page_height - y)
    }

    fn extend_path(&mut self, point: &[f64]) {
        let (x, y) = self.point(point);
        let [left, top, right, bottom] = self.path.last_mut().expect("a path starts with `m`");
        (*left, *top, *right, *bottom) = (left.min(x), top.min(y), right.max(x), bottom.max(y));
    }

    fn end_path(&mut self, line_width: f64) {
        if !self.path.is_empty() {
            self.painting.shapes.push(common(self.state.clip, around(&self.path)));
        }
        if self.path.len() >= DRAWING {
            self.painting.images.push(common(self.state.clip, around(&self.path)));
        }
        // A path with several pieces is a drawing, such as a QR code.
        if let [[left, top, right, bottom]] = self.path[..] {
            let (width, height) = (right - left, bottom - top);
            let is_line = |across: f64, along: f64| {
                (line_width == 0.0 || across < 0.01)
                    && across + line_width <= THICKEST_RULE
                    && along > 4.0 * (across + line_width)
            };
            let dash = rounded(self.state.dash * self.state.matrix.scale());
            if is_line(height, width) {
                let y = rounded((top + bottom) / 2.0);
                self.painting.rules.push(Rule { left: rounded(left), top: y, right: rounded(right), bottom: y, dash });
            } else if is_line(width, height) {
                let x = rounded((left + right) / 2.0);
                self.painting.rules.push(Rule { left: x, top: rounded(top), right: x, bottom: rounded(bottom), dash });
            }
        }
        self.path.clear();
    }
}

/// The box around these boxes.
fn around(boxes: &[[f64; 4]]) -> [f64; 4] {
    boxes.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |all, one| {
        [all[0].min(one[0]), all[1].min(one[1]), all[2].max(one[2]), all[3].max(one[3])]
    })
}

/// What two boxes have in common.
fn common(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
    [one[0].max(other[0]), one[1].max(other[1]), one[2].min(other[2]), one[3].min(other[3])]
}

/// Hebrew and Arabic letters, including their joined forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{6ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The number of components in a color space.
pub(super) fn components(document: &Document, space: &Object) -> usize {
    let family = |object: &Object| String::from_utf8_lossy(object.as_name().expect("a color space has a name")).into_owned();
    if space.as_name().is_ok() {
        return match family(space).as_str() {
            "DeviceGray" | "Pattern" => 1,
            "DeviceRGB" => 3,
            "DeviceCMYK" => 4,
            other => panic!("unknown color space {other}"),
        };
    }
    let parts = space.as_array().expect("a color space is a name or an array");
    let (_, of) = parts.get(1).map(|part| document.dereference(part).expect("a color space can be read")).expect("it has parts");
    match family(&parts[0]).as_str() {
        "ICCBased" => number(of.as_stream().expect("a profile is a stream").dict.get(b"N").expect("it has components")) as usize,
        "Indexed" => components(document, of),
        "CalGray" | "Separation" => 1,
        "CalRGB" | "Lab" => 3,
        other => panic!("unknown color space family {other}"),
    }
}

/// The entry `name` of one kind of resources.
fn entry<'a>(document: &'a Document, resources: &'a Dictionary, kind: &[u8], name: &[u8]) -> &'a Object {
    let found =
        resources.get_deref(kind, document).and_then(Object::as_dict).and_then(|of_kind| of_kind.get_deref(name, document));
    found.unwrap_or_else(|_| panic!("the resources lack {}", String::from_utf8_lossy(name)))
}

/// The advances of a composite font, from `/W` and `/DW` (ISO 32000-1, 9.7.4.3). krilla's codes are the CIDs.
fn widths(document: &Document, font: &Dictionary) -> (HashMap<u16, f64>, f64) {
    let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).expect("the font is composite");
    let (_, cid_font) = document.dereference(&descendants[0]).expect("a composite font has a descendant");
    let cid_font = cid_font.as_dict().expect("a font is a dictionary");
    let default = cid_font.get(b"DW").map_or(1000.0, number);
    let mut widths = HashMap::new();
    let mut rest = cid_font.get_deref(b"W", document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    while let [first, second, after @ ..] = rest {
        let first = number(first) as u16;
        if let Ok(list) = second.as_array() {
            widths.extend((first..).zip(list.iter().map(number)));
            rest = after;
        } else {
            let (width, after) = after.split_first().expect("a range of widths ends with the width");
            widths.extend((first..=number(second) as u16).map(|code| (code, number(width))));
            rest = after;
        }
    }
    (widths, default)
}

fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        other => panic!("expected a number, found {other:?}"),
    }
}
