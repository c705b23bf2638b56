//! How long one packet takes compared with the bare engine, where the time goes, and the cost of many packets.
//!
//! `cargo bench --bench packets` prints tables. Options follow after `--`:
//! - `--runs N`: runs per measurement (default 10).
//! - `--lesson ID`: only this lesson.
//! - `--json FILE`: writes the results there too, in milliseconds.
//! - `--templates FOLDER`: with the templates in this folder, which replace bundled ones.
//! - `--trace FOLDER`: writes the engine's trace of each lesson's student packet there, for a viewer of Chromium traces.
//! - `--lessons FOLDER`: the lessons in this folder instead of our own.
//! - `--texts FOLDER`: measures nothing, but writes the text of each lesson that isn't a translation there, for `benches/peers`.
//! - `--warm`: instead of measuring, builds the student packet of the lesson that each line of the input names, such as
//!   `fair-hearing-1/moscow-trials`, and answers with its processor time in seconds. Also for `benches/peers`.
//! - `--against PROGRAM`: compares with the same benchmark of another commit. `cargo bench --bench packets --no-run` prints the path
//!   of the program it builds; copy it before you check out the other commit. The two take turns.
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reads files and prints results")]

mod against;
mod bare;
mod clock;
mod trace;

use camino::{Utf8Path, Utf8PathBuf};
use mimalloc::MiMalloc;
use packetpress::lesson::packet_spec::PacketSpec;
use packetpress::lesson::series::{Edition, Paper, Part};
use packetpress::library::{IssueEntry, LessonEntry, Library};
use packetpress::packet::Packet;
use packetpress::press::Press;
use packetpress::session::Session;
use packetpress::typeset::{Fonts, Templates, Typesetter};
use serde_json::{Map, json};

use bare::Bare;
use clock::{Time, median, resident_megabytes};
use trace::Trace;

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What the command line asks for.
#[derive(Default)]
struct Options {
    runs: usize,
    lesson: Option<String>,
    json: Option<Utf8PathBuf>,
    templates: Option<Utf8PathBuf>,
    trace: Option<Utf8PathBuf>,
    lessons: Option<Utf8PathBuf>,
    texts: Option<Utf8PathBuf>,
    warm: bool,
    against: Option<Utf8PathBuf>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self { runs: 10, ..Self::default() };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().unwrap_or_else(|| panic!("{word} needs a value"));
            match word.as_str() {
                "--runs" => options.runs = value().parse().expect("--runs needs a number"),
                "--lesson" => options.lesson = Some(value()),
                "--json" => options.json = Some(value().into()),
                "--templates" => options.templates = Some(value().into()),
                "--trace" => options.trace = Some(value().into()),
                "--lessons" => options.lessons = Some(value().into()),
                "--texts" => options.texts = Some(value().into()),
                "--warm" => options.warm = true,
                "--against" => options.against = Some(value().into()),
                // Added by Cargo.
                "--bench" => {}
                _ => panic!("unknown option {word}"),
            }
        }
        options
    }
}

fn main() {
    let options = Options::read();
    if let Some(other) = &options.against {
        against::compare(other, options.runs, options.lesson.as_deref());
        return;
    }
    let fonts = Fonts::bundled();
    let root = options.lessons.clone().unwrap_or_else(|| Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"));
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the lessons can be read").expect("there is a series");
    let mut results = Map::new();
    let lessons: Vec<Lesson<'_>> =
        library.issues.iter().flat_map(|issue| issue.lessons.iter().map(move |entry| (issue, entry))).collect();
    if let Some(folder) = &options.texts {
        write_texts(&library, &lessons, &fonts, folder);
        return;
    }
    if options.warm {
        build_as_asked(&library, &lessons, &fonts);
        return;
    }
    for lesson in &lessons {
        let (_, entry) = lesson;
        if options.lesson.as_ref().is_some_and(|asked| *asked != entry.id) {
            continue;
        }
        let other = lessons.iter().find(|(_, other)| other.id != entry.id);
        let rows = measure(&library, lesson, other, &fonts, &options);
        let times = |row: &Row| json!({ "processor": milliseconds(row.time.processor), "wall": milliseconds(row.time.wall) });
        let rows: Map<_, _> = rows.iter().map(|row| (row.name.clone(), times(row))).collect();
        results.insert(format!("{}{}", entry.id, entry.translation.as_ref().map_or("", |_| " (translated)")), rows.into());
    }
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_vec_pretty(&results).expect("the results are plain data"))
            .expect("the file can be written");
    }
}

/// Writes the text of each lesson to a file of its own.
fn write_texts(library: &Library, lessons: &[Lesson<'_>], fonts: &Fonts, folder: &Utf8Path) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let templates = Templates::bundled();
    let typesetter = Typesetter::new(fonts, &templates);
    for (issue, entry) in lessons.iter().filter(|(_, entry)| entry.translation.is_none()) {
        let packet = Bench { library, issue, entry, typesetter: &typesetter, fonts }.composed();
        let id = format!("{}/{}", issue.id, entry.id);
        let text = json!({ "id": id, "title": packet.document.title, "paragraphs": bare::paragraphs(&packet) });
        let path = folder.join(format!("{}-{}.json", issue.id, entry.id));
        std::fs::write(path, text.to_string()).expect("the file can be written");
    }
}

/// Builds the student packets of the lessons that the input names.
fn build_as_asked(library: &Library, lessons: &[Lesson<'_>], fonts: &Fonts) {
    let templates = Templates::bundled();
    let typesetter = Typesetter::new(fonts, &templates);
    for line in std::io::stdin().lines() {
        let line = line.expect("the input is text");
        let is_it = |(issue, entry): &&Lesson<'_>| entry.translation.is_none() && line == format!("{}/{}", issue.id, entry.id);
        let (issue, entry) = lessons.iter().find(is_it).unwrap_or_else(|| panic!("there is no lesson {line}"));
        let bench = Bench { library, issue, entry, typesetter: &typesetter, fonts };
        let time = clock::time(|| bench.build(&[(Edition::Student, Part::All, Paper::Letter)]));
        println!("{}", time.processor.as_secs_f64());
    }
}

/// One measurement.
struct Row {
    name: String,
    time: Time,
}

/// A lesson and its issue.
type Lesson<'a> = (&'a IssueEntry, &'a LessonEntry);

/// Measures and prints the packets of one lesson. `other` is another one.
fn measure(
    library: &Library,
    (issue, entry): &Lesson<'_>,
    other: Option<&Lesson<'_>>,
    fonts: &Fonts,
    options: &Options,
) -> Vec<Row> {
    let runs = options.runs;
    let templates = match &options.templates {
        Some(folder) => Templates::with_folder(folder).expect("the templates can be read"),
        None => Templates::bundled(),
    };
    let typesetter = Typesetter::new(fonts, &templates);
    let bench = Bench { library, issue, entry, typesetter: &typesetter, fonts };
    let packet = bench.composed();
    let typeset = || {
        let laid_out = typesetter.lay_out(&packet).expect("the lessons have no errors");
        let pdf = laid_out.pdf().expect("the lessons have no errors");
        (laid_out.layout.pages, pdf.len())
    };
    let (pages, bytes) = typeset();
    println!("{}: {pages} pages, {} KB", packet.document.title, bytes.div_ceil(1024));
    println!("  {:44} processor      wall", "");

    let mut rows: Vec<Row> = Vec::new();
    let mut row_after = |name: &str, base: Option<Time>, before: &mut dyn FnMut(), work: &mut dyn FnMut()| {
        let time = median(runs, before, work);
        let share = base
            .map_or_else(String::new, |base| format!("  {:.2} ×", time.processor.as_secs_f64() / base.processor.as_secs_f64()));
        println!("  {name:44} {:6.1} ms {:6.1} ms{share}", milliseconds(time.processor), milliseconds(time.wall));
        rows.push(Row { name: name.to_owned(), time });
        time
    };
    let mut row = |name: &str, base: Option<Time>, work: &mut dyn FnMut()| row_after(name, base, &mut || comemo::evict(0), work);

    let bare = Bare::new(&packet);
    let engine = row("bare engine, same text as plain paragraphs", None, &mut || {
        bare.pdf();
    });
    row("read", None, &mut || bench.read());
    row("read, format the citations", None, &mut || bench.cite());
    row("read, format the citations, compose", None, &mut || drop(bench.composed()));
    row("typeset", Some(engine), &mut || {
        typeset();
    });
    let laid_out = typesetter.lay_out(&packet).expect("the lessons have no errors");
    row("write the PDF", None, &mut || {
        laid_out.pdf().expect("the lessons have no errors");
    });
    row("draw a picture of each page", None, &mut || (1..=pages).for_each(|page| drop(laid_out.picture(page, 1000))));
    drop(laid_out);

    let student = [(Edition::Student, Part::All, Paper::Letter)];
    let papers = [Paper::Letter, Paper::A4].map(|paper| (Edition::Student, Part::All, paper));
    let editions = Edition::ALL.map(|edition| (edition, Part::All, Paper::Letter));
    let parts = [Part::All, Part::Reading, Part::Worksheet].map(|part| (Edition::Student, part, Paper::Letter));
    let whole = row("student packet, first in its process", Some(engine), &mut || bench.build(&student));
    row("student packet, two paper sizes", Some(whole), &mut || bench.build(&papers));
    row("student packet, complete and in parts", Some(whole), &mut || bench.build(&parts));
    if entry.path.with_file_name(entry.teacher_file()).exists() {
        row("every edition", Some(whole), &mut || bench.build(&editions));
        for edition in &editions[1..] {
            row(edition.0.name(), Some(whole), &mut || bench.build(&[*edition]));
        }
    }
    if let Some((issue, entry)) = other {
        let other = Bench { issue, entry, ..bench };
        let before = &mut || {
            comemo::evict(0);
            other.build(&student);
        };
        row_after("student packet, after one of another lesson", Some(engine), before, &mut || bench.build(&student));
    }

    comemo::evict(0);
    let trace = Trace::of(&templates, || {
        typeset();
    });
    let split = trace.split();
    println!("  traced, {} layouts:", split.layouts);
    println!("    evaluate templates {:25} {:16.1} ms", "", milliseconds(split.evaluate));
    for (round, time) in &split.rounds {
        println!("    rounds {round:37} {:16.1} ms", milliseconds(*time));
    }
    if let Some(folder) = &options.trace {
        std::fs::create_dir_all(folder).expect("the folder can be made");
        std::fs::write(folder.join(format!("{}.json", entry.id)), &trace.json).expect("the file can be written");
    }

    let before = resident_megabytes();
    for _ in 0..runs * 5 {
        bench.build(&student);
    }
    println!("  memory before and after {} packets: {before} MB, {} MB\n", runs * 5, resident_megabytes());
    rows
}

fn milliseconds(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
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
    /// Reads the lesson.
    fn read(&self) {
        let coverage = self.fonts.coverage();
        self.library.load(self.entry, &mut Session::new(&coverage)).expect("the lessons have no errors");
    }

    /// Reads the lesson and formats its citations.
    fn cite(&self) {
        let coverage = self.fonts.coverage();
        drop(self.press(&mut Session::new(&coverage)));
    }

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
