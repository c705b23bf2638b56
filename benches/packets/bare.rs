//! The engine without our code: no layout of the same text can be faster.

use std::collections::HashMap;
use std::fmt::Write;

use camino::Utf8Path;
use packetpress::packet::Packet;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// The text of a packet as one source file: plain paragraphs, without margin numbers, ruled lines, tables, or QR codes.
pub(crate) struct Bare {
    library: LazyHash<Library>,
    fonts: FontStore,
    main: FileId,
    sources: HashMap<FileId, Source>,
}

impl Bare {
    pub(crate) fn new(packet: &Packet) -> Self {
        let mut text = String::from(
            "#set document(title: \"Bare\", date: datetime(year: 2026, month: 1, day: 1))\n\
             #set page(paper: \"us-letter\")\n#set text(font: \"Source Serif 4\", lang: \"en\")\n#set par(justify: true)\n= Bare\n",
        );
        for paragraph in paragraphs(packet) {
            write!(text, "#{paragraph:?}\n\n").expect("writing to a string cannot fail");
        }
        let path = VirtualPath::new("/bare.typ").expect("the path is valid");
        let main = RootedPath::new(VirtualRoot::Project, path).intern();
        let mut fonts = FontStore::new();
        let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let mut files: Vec<_> =
            folder.read_dir_utf8().expect("the fonts are there").map(|entry| entry.expect("readable").into_path()).collect();
        files.sort();
        for path in files.iter().filter(|path| path.extension() == Some("ttf")) {
            let font = Font::new(Bytes::new(std::fs::read(path).expect("a font can be read")), 0).expect("a font is valid");
            let info = font.info().clone();
            fonts.push((font, info));
        }
        let sources = HashMap::from([(main, Source::new(main, text))]);
        Self { library: LazyHash::new(Library::default()), fonts, main, sources }
    }

    pub(crate) fn pdf(&self) -> usize {
        let document = typst::compile::<PagedDocument>(self).output.expect("plain text can be typeset");
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("the standards go together");
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Auto,
            timestamp: None,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        typst_pdf::pdf(&document, &options).expect("plain text can be written").len()
    }
}

/// Every line of a packet as a paragraph.
pub(crate) fn paragraphs(packet: &Packet) -> Vec<String> {
    let mut lines = Vec::new();
    collect(&serde_json::to_value(packet).expect("a packet is plain data"), &mut lines);
    lines
}

fn collect(value: &serde_json::Value, to: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(runs) if runs.iter().any(|run| run.get("kind").is_some_and(|kind| kind == "text")) => {
            let mut line = String::new();
            words(value, &mut line);
            to.push(line);
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, to)),
        serde_json::Value::Object(map) => map.values().for_each(|value| collect(value, to)),
        _ => {}
    }
}

fn words(value: &serde_json::Value, to: &mut String) {
    match value {
        serde_json::Value::Array(list) => list.iter().for_each(|value| words(value, to)),
        serde_json::Value::Object(map) => {
            if let Some(text) = map.get("text").and_then(serde_json::Value::as_str) {
                to.push_str(text);
            }
            map.get("runs").into_iter().for_each(|runs| words(runs, to));
        }
        _ => {}
    }
}

impl World for Bare {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
