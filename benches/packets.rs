//! How long one packet takes compared with the bare engine, and the cost of many packets.
//!
//! `cargo bench` prints a table. The bare engine typesets the same text as plain paragraphs, without margin numbers, ruled lines,
//! tables, or QR codes. No layout can be faster.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reads files and prints results")]

use std::collections::HashMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use packetpress::lesson::packet_spec::PacketSpec;
use packetpress::lesson::series::{Edition, Paper, Part};
use packetpress::library::{IssueEntry, LessonEntry, Library};
use packetpress::packet::Packet;
use packetpress::press::Press;
use packetpress::session::Session;
use packetpress::typeset::{Fonts, Templates, Typesetter};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration as EngineDuration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library as EngineLibrary, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Runs per measurement, after one to warm up.
const RUNS: usize = 10;

fn main() {
    let fonts = Fonts::bundled();
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the lessons can be read").expect("there is a series");
    for issue in &library.issues {
        for entry in &issue.lessons {
            measure(&library, issue, entry, &fonts);
        }
    }
}

fn measure(library: &Library, issue: &IssueEntry, entry: &LessonEntry, fonts: &Fonts) {
    let templates = Templates::bundled();
    let typesetter = Typesetter::new(fonts, &templates);
    let bench = Bench { library, issue, entry, typesetter: &typesetter, fonts };
    let packet = bench.composed();
    let typeset = || {
        let laid_out = typesetter.lay_out(&packet).expect("the lessons have no errors");
        let pdf = laid_out.pdf().expect("the lessons have no errors");
        (laid_out.layout.pages, pdf.len())
    };
    let (pages, bytes) = typeset();
    let bare = Bare::new(&packet);

    println!("{}: {pages} pages, {} KB", packet.document.title, bytes.div_ceil(1024));
    let engine = median(|| {
        bare.pdf();
        comemo::evict(0);
    });
    let layout = median(|| {
        typeset();
        typesetter.forget();
    });
    let student = [(Edition::Student, Part::All, Paper::Letter)];
    let papers = [Paper::Letter, Paper::A4].map(|paper| (Edition::Student, Part::All, paper));
    let editions = Edition::ALL.map(|edition| (edition, Part::All, Paper::Letter));
    let parts = [Part::All, Part::Reading, Part::Worksheet].map(|part| (Edition::Student, part, Paper::Letter));
    let whole = median(|| bench.build(&student));
    println!("  bare engine, same text as plain paragraphs  {}", row(engine, engine));
    println!("  typeset only                                {}", row(layout, engine));
    println!("  read, compose, and typeset                  {}", row(whole, engine));
    println!("  the same on two paper sizes                 {}", row(median(|| bench.build(&papers)), whole));
    println!("  the same, complete and in parts             {}", row(median(|| bench.build(&parts)), whole));
    println!("  the same, every edition                     {}", row(median(|| bench.build(&editions)), whole));
    for edition in &editions[1..] {
        println!("    {:<41} {}", edition.0.name(), row(median(|| bench.build(&[*edition])), whole));
    }

    let before = resident_megabytes();
    for _ in 0..100 {
        typeset();
        typesetter.forget();
    }
    println!("  memory before and after 100 packets         {before} MB, {} MB", resident_megabytes());
}

/// One lesson, and what builds its packets.
struct Bench<'a> {
    library: &'a Library,
    issue: &'a IssueEntry,
    entry: &'a LessonEntry,
    typesetter: &'a Typesetter<'a>,
    fonts: &'a Fonts,
}

impl Bench<'_> {
    /// Reads the lesson and builds these packets one after another.
    fn build(&self, packets: &[(Edition, Part, Paper)]) {
        let coverage = self.fonts.coverage();
        let mut session = Session::new(&coverage);
        let mut press = self.press(&mut session);
        for (edition, part, paper) in packets {
            let id = press.id(PacketSpec::usual(*edition, *part, *paper));
            let pressed = press.press(&id, &mut session).expect("the lessons have no errors");
            pressed.laid_out.pdf().expect("the lessons have no errors");
        }
    }

    /// The complete student packet as plain data.
    fn composed(&self) -> Packet {
        let coverage = self.fonts.coverage();
        let mut session = Session::new(&coverage);
        let mut press = self.press(&mut session);
        let id = press.id(PacketSpec::usual(Edition::Student, Part::All, Paper::Letter));
        press.compose(&id, &mut session).expect("the pictures have no errors")
    }

    fn press(&self, session: &mut Session<'_>) -> Press<'_> {
        Press::new(self.library, self.issue, self.entry, self.typesetter, session).expect("the lessons have no errors")
    }
}

fn median(mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn row(time: Duration, base: Duration) -> String {
    format!("{:6.1} ms  {:.2} ×", time.as_secs_f64() * 1e3, time.as_secs_f64() / base.as_secs_f64())
}

/// This process's memory in megabytes (Linux; 0 elsewhere).
fn resident_megabytes() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096 / 1024 / 1024
}

/// The engine without our code: the text of a packet as one source file.
struct Bare {
    library: LazyHash<EngineLibrary>,
    fonts: FontStore,
    main: FileId,
    sources: HashMap<FileId, Source>,
}

impl Bare {
    fn new(packet: &Packet) -> Self {
        let mut text = String::from(
            "#set document(title: \"Bare\", date: datetime(year: 2026, month: 1, day: 1))\n\
             #set page(paper: \"us-letter\")\n#set text(font: \"Source Serif 4\", lang: \"en\")\n#set par(justify: true)\n= Bare\n",
        );
        paragraphs(&serde_json::to_value(packet).expect("a packet is plain data"), &mut text);
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
        Self { library: LazyHash::new(EngineLibrary::default()), fonts, main, sources }
    }

    fn pdf(&self) -> usize {
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
fn paragraphs(value: &serde_json::Value, to: &mut String) {
    match value {
        serde_json::Value::Array(runs) if runs.iter().any(|run| run.get("kind").is_some_and(|kind| kind == "text")) => {
            let mut line = String::new();
            words(value, &mut line);
            write!(to, "#{line:?}\n\n").expect("writing to a string cannot fail");
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| paragraphs(value, to)),
        serde_json::Value::Object(map) => map.values().for_each(|value| paragraphs(value, to)),
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
    fn library(&self) -> &LazyHash<EngineLibrary> {
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

    fn today(&self, _: Option<EngineDuration>) -> Option<Datetime> {
        None
    }
}
