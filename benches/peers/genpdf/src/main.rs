//! Sets text with genpdf: each line of the input names a JSON file and a PDF to write; the answer is the processor time in seconds.

use std::io::BufRead;

use genpdf::fonts::{FontData, FontFamily};
use genpdf::{Document, Element, PaperSize, SimplePageDecorator, elements, style};

fn main() {
    let fonts = std::env::args().nth(1).expect("the folder of the fonts is the first word");
    let font = |name: &str| FontData::load(format!("{fonts}/{name}.ttf"), None).expect("the font can be read");
    let family = FontFamily {
        regular: font("SourceSerif4-Regular"),
        bold: font("SourceSerif4-SemiBold"),
        italic: font("SourceSerif4-Italic"),
        bold_italic: font("SourceSerif4-SemiBoldItalic"),
    };
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the input is text");
        let (text, pdf) = line.split_once('\t').expect("a file and a PDF, with a tab between them");
        let before = processor_seconds();
        set(text, pdf, family.clone());
        println!("{}", processor_seconds() - before);
    }
}

fn set(text: &str, pdf: &str, family: FontFamily<FontData>) {
    let text: serde_json::Value =
        serde_json::from_slice(&std::fs::read(text).expect("the text can be read")).expect("the text is JSON");
    let words = |value: &serde_json::Value| value.as_str().expect("a paragraph is a string").to_owned();
    let mut document = Document::new(family);
    document.set_title(words(&text["title"]));
    document.set_paper_size(PaperSize::Letter);
    document.set_font_size(11);
    document.set_line_spacing(1.2);
    let mut pages = SimplePageDecorator::new();
    pages.set_margins(25);
    document.set_page_decorator(pages);
    document.push(elements::Paragraph::new(words(&text["title"])).styled(style::Style::new().bold().with_font_size(18)));
    for paragraph in text["paragraphs"].as_array().expect("there are paragraphs") {
        document.push(elements::Paragraph::new(words(paragraph)).padded((0, 0, 2, 0)));
    }
    document.render_to_file(pdf).expect("the PDF can be written");
}

/// The processor time that this process has taken.
fn processor_seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on every system with POSIX timers, and `time` is valid for writing.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
