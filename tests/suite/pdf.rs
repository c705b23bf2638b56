//! Reads finished packets for the tests: text, tags, bookmarks, links, ruled lines, and pixels. Also validates PDF/UA and PDF/A.
//!
//! It reads only the PDF that Typst writes and panics on anything else: a test must not pass because its reader skipped
//! something.

mod areas;
mod breaks;
mod content;
mod heard;
mod picture;
mod structure;

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

pub(crate) use areas::Area;
pub(crate) use content::Rule;
use content::{Painting, Run, join, plain, rounded};
pub(crate) use picture::render;
use structure::Element;

/// A finished packet. Pages count from 0.
pub(crate) struct Pdf {
    document: Document,
    sizes: Vec<(f64, f64)>,
    paintings: Vec<Painting>,
    structure: Option<Element>,
}

impl Pdf {
    /// Reads a whole file. Panics if it's broken, untagged, or has text without a Unicode mapping.
    pub(crate) fn open(bytes: &[u8]) -> Pdf {
        let pdf = Pdf::painted(bytes);
        assert!(pdf.structure.is_some(), "the file is tagged");
        pdf
    }

    /// Reads a file only for what's painted on its pages. Booklets have no tags.
    pub(crate) fn painted(bytes: &[u8]) -> Pdf {
        let document = Document::load_mem(bytes).expect("the file is a PDF");
        let pages: Vec<_> = document.page_iter().collect();
        let sizes: Vec<_> = pages.iter().map(|id| size(&document, document.get_dictionary(*id).expect("a page"))).collect();
        let paintings = pages.iter().zip(&sizes).map(|(id, (_, height))| content::paint(&document, *id, *height)).collect();
        let structure =
            document.catalog().is_ok_and(|catalog| catalog.has(b"StructTreeRoot")).then(|| Element::root(&document, &pages));
        Pdf { document, sizes, paintings, structure }
    }

    /// The number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.sizes.len()
    }

    /// The width and height of a page, in points.
    pub(crate) fn page_size(&self, page: usize) -> (f64, f64) {
        self.sizes[page]
    }

    /// The title in the document information. PDF/A-2 requires the same title in XMP.
    pub(crate) fn title(&self) -> String {
        let information = self.document.get_dict_in_dict(&self.document.trailer, b"Info").ok();
        information.and_then(|information| string_in(&self.document, information, b"Title")).unwrap_or_default()
    }

    /// The language of the document, as a BCP 47 tag.
    pub(crate) fn language(&self) -> String {
        string_in(&self.document, self.catalog(), b"Lang").unwrap_or_default()
    }

    /// What a screen reader reads, one line per block: without artifacts, with hyphenated words joined, and with figures as
    /// `[figure: alternative text]`.
    pub(crate) fn text(&self) -> String {
        self.structure().text(&self.paintings)
    }

    /// The text painted on a page, including the running head and foot, in painting order, one line per baseline.
    pub(crate) fn page_text(&self, page: usize) -> String {
        let runs = &self.paintings[page].runs;
        let mut text = String::new();
        for (i, run) in runs.iter().enumerate() {
            join(&mut text, i.checked_sub(1).map(|last| &runs[last]), run, "\n");
        }
        text.replace('\u{ad}', "-").lines().map(|line| plain(line) + "\n").collect()
    }

    /// The bookmarks, one per line, indented by level.
    pub(crate) fn outline(&self) -> String {
        let mut out = String::new();
        if let Ok(root) = self.document.get_dict_in_dict(self.catalog(), b"Outlines") {
            self.write_bookmarks(root, 0, &mut out);
        }
        out
    }

    /// The structure tree, one element per line, indented by level, with the start of each run of text.
    pub(crate) fn tags(&self) -> String {
        self.structure().tags(&self.paintings)
    }

    /// What a screen reader says, one line per stop: only what has something on a page.
    pub(crate) fn heard(&self) -> String {
        heard::heard(self.structure(), &self.paintings)
    }

    /// The web addresses of all links, in page order.
    pub(crate) fn links(&self) -> Vec<String> {
        let pages = self.document.page_iter();
        let annotations = pages.flat_map(|page| self.document.get_page_annotations(page).expect("annotations can be read"));
        let actions = annotations.filter_map(|annotation| self.document.get_dict_in_dict(annotation, b"A").ok());
        actions.filter_map(|action| string_in(&self.document, action, b"URI")).collect()
    }

    /// The targets of a page's internal links, in order: the page, and the distance from its top in points.
    pub(crate) fn jumps(&self, page: usize) -> Vec<(usize, f64)> {
        let pages: Vec<_> = self.document.page_iter().collect();
        let annotations = self.document.get_page_annotations(pages[page]).expect("annotations can be read");
        let targets = annotations.into_iter().filter_map(|annotation| annotation.get_deref(b"Dest", &self.document).ok());
        let jump = |target: &Object| {
            let target = target.as_array().expect("a destination is an array");
            let id = target[0].as_reference().expect("a destination begins with a page");
            let page = pages.iter().position(|page| *page == id).expect("the page is in the file");
            let height = f64::from(target[3].as_float().expect("a destination has a height"));
            (page, self.sizes[page].1 - height)
        };
        targets.map(jump).collect()
    }

    /// The middles of the horizontal rules on a page, from the top down, in points from its top.
    pub(crate) fn horizontal_rules(&self, page: usize) -> Vec<f64> {
        let rules = self.paintings[page].rules.iter();
        let mut heights: Vec<f64> = rules.filter(|rule| rule.top == rule.bottom).map(|rule| rule.top).collect();
        heights.sort_by(f64::total_cmp);
        heights
    }

    /// The pages where this text is painted, and how far from the left.
    pub(crate) fn places_of(&self, text: &str) -> Vec<(usize, f64)> {
        let pages = self.paintings.iter().enumerate();
        pages.flat_map(|(page, painting)| painting.starts_of(text).map(move |run| (page, run.left))).collect()
    }

    /// The horizontal and vertical lines on a page, in painting order.
    pub(crate) fn rules(&self, page: usize) -> &[Rule] {
        &self.paintings[page].rules
    }

    /// The smallest text outside drawings: its size on paper, in points, and the text.
    pub(crate) fn smallest_text(&self) -> (f64, String) {
        let mut drawn = BTreeSet::new();
        self.structure().figures(&mut drawn);
        let runs =
            self.paintings.iter().enumerate().flat_map(|(page, painting)| painting.runs.iter().map(move |run| (page, run)));
        let is_drawn = |page: usize, run: &Run| run.mcid.is_some_and(|mcid| drawn.contains(&(page, mcid)));
        let runs = runs.filter(|(page, run)| !is_drawn(*page, run) && !run.text.trim().is_empty()).map(|(_, run)| run);
        let smallest = runs.min_by(|a, b| a.size.total_cmp(&b.size)).expect("a packet has text");
        (rounded(smallest.size), smallest.text.clone())
    }

    /// The size of the first text with these words, on paper in points.
    pub(crate) fn size_of(&self, words: &str) -> f64 {
        let mut runs = self.paintings.iter().flat_map(|painting| &painting.runs);
        rounded(runs.find(|run| run.text.contains(words)).unwrap_or_else(|| panic!("no {words} is painted")).size)
    }

    /// The largest number of components in any color, on pages and in images. 1 means everything is gray.
    pub(crate) fn color_components(&self) -> usize {
        let of_operators = self.paintings.iter().map(|painting| painting.color_components).max().unwrap_or(0);
        let pictures = self.document.objects.values().filter_map(|object| object.as_stream().ok());
        let pictures =
            pictures.filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image"));
        let space = |stream: &lopdf::Stream| {
            stream.dict.get_deref(b"ColorSpace", &self.document).ok().map(|space| content::components(&self.document, space))
        };
        pictures.filter_map(space).max().unwrap_or(0).max(of_operators)
    }

    /// The names of the fonts, each once.
    pub(crate) fn fonts(&self) -> BTreeSet<String> {
        let fonts = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        let names = fonts.filter_map(|font| font.get(b"BaseFont").and_then(Object::as_name).ok());
        names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// Where the first text with these words starts on a page, and its baseline.
    pub(crate) fn place(&self, page: usize, words: &str) -> Option<(f64, f64)> {
        let run = self.paintings[page].starts_of(words).next()?;
        Some((run.left, run.baseline))
    }

    /// All text that a reader or a tool could find, for tests that something is *not* in a packet: text as painted and as read,
    /// alternative text, and every string, metadata stream, and attachment.
    pub(crate) fn everything(&self) -> String {
        let mut out = self.text();
        for page in 0..self.pages() {
            out += &self.page_text(page);
            out += &self.paintings[page].notes.join("\n");
            out.push('\n');
        }
        write_strings(&Object::Dictionary(self.document.trailer.clone()), &mut out);
        for object in self.document.objects.values() {
            write_strings(object, &mut out);
        }
        out
    }

    fn write_bookmarks(&self, parent: &Dictionary, depth: usize, out: &mut String) {
        let mut next = self.document.get_dict_in_dict(parent, b"First").ok();
        while let Some(bookmark) = next {
            let title = string_in(&self.document, bookmark, b"Title").expect("a bookmark has a title");
            *out += &format!("{:1$}{title}\n", "", depth * 2);
            self.write_bookmarks(bookmark, depth + 1, out);
            next = self.document.get_dict_in_dict(bookmark, b"Next").ok();
        }
    }

    fn structure(&self) -> &Element {
        self.structure.as_ref().expect("the file is tagged")
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().expect("a file has a catalog")
    }
}

/// The rules of PDF/UA-1 and PDF/A-2a that a file breaks.
pub(crate) fn validate(bytes: &[u8]) -> Vec<String> {
    let profiles = [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a];
    let broken = profiles.into_iter().flat_map(|profile| {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options).unwrap_or_else(|error| panic!("{profile} cannot be checked: {error}"));
        assert_eq!(report.is_compliant, report.failures.is_empty(), "{profile}: the report contradicts itself");
        // If a stream's last byte happens to be a carriage return, the validator takes it for the line ending before `endstream`.
        // `.ci/run` checks the lengths with qpdf and veraPDF.
        let is_real = |failure: &String| !failure.contains("a stream /Length does not match");
        report.failures.into_iter().map(move |failure| format!("{profile}: {failure}")).filter(is_real)
    });
    broken.collect()
}

/// The width and height of a page. krilla's pages start at the origin.
fn size(document: &Document, page: &Dictionary) -> (f64, f64) {
    let media_box = page.get_deref(b"MediaBox", document).and_then(Object::as_array).expect("a page has a media box");
    let corners: Vec<_> = media_box.iter().map(|number| f64::from(number.as_float().expect("a media box is numbers"))).collect();
    let [0.0, 0.0, width, height] = corners[..] else { panic!("a page starts at the origin, not {corners:?}") };
    (rounded(width), rounded(height))
}

fn write_strings(object: &Object, out: &mut String) {
    match object {
        Object::String(..) => {
            *out += &string(object);
            out.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| write_strings(item, out)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| write_strings(value, out)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, value)| write_strings(value, out));
            if matches!(stream.dict.get_type(), Ok(b"Metadata" | b"EmbeddedFile")) {
                *out += &String::from_utf8_lossy(&stream.get_plain_content().expect("a stream can be unpacked"));
                out.push('\n');
            }
        }
        _ => {}
    }
}

/// A string as text. Anything that isn't text, such as a file identifier, becomes replacement characters.
fn string(object: &Object) -> String {
    lopdf::decode_text_string(object)
        .unwrap_or_else(|_| String::from_utf8_lossy(object.as_str().unwrap_or_default()).into_owned())
}

fn string_in(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    dictionary.get_deref(key, document).ok().map(string)
}
