//! Packets for different readers and printers: large print, booklets, 2-up, and grayscale.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use packetpress::lesson::packet_spec::PacketSpec;
use packetpress::lesson::series::{Edition, Format, Paper};
use packetpress::packet::PacketId;
use packetpress::paths;

use crate::pdf::{self, Pdf};
use crate::project::Project;

const LESSON: &str = "title: War\nreading: It began.\ndiscussion: [Why did the war begin?]\nactivity:\n  title: Sort\n  body: [{prompt: Which was first?}]\n\
bibliography:\n  groups:\n    - title: Books\n      further_reading: true\n      entries:\n        one: {kind: book, author: \"Smith, Ann\", title: A Book, publisher: A Press, year: 1990}\n";

#[test]
fn duplex_starts_each_part_students_turn_in_on_a_new_sheet() {
    let project = Project::with_lesson(LESSON);
    project.run("build --edition student --duplex").succeeds();
    project.run("build --edition student").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-duplex.pdf", "one/one-war-student.pdf"]);
    let plain = Pdf::open(&project.read("output/one/one-war-student.pdf"));
    let duplex = Pdf::open(&project.read("output/one/one-war-student-duplex.pdf"));
    assert_eq!((plain.pages(), duplex.pages()), (4, 7));
    let note = "This page intentionally left blank";
    assert_eq!(duplex.text().matches(note).count(), 0, "the text on a blank side isn't read aloud");
    // The same text in the same order, except for page numbers.
    let words =
        |pdf: &Pdf| pdf.text().replace("of 4", "").replace("of 7", "").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let without_numbers = |words: Vec<String>| words.into_iter().filter(|word| word.parse::<u32>().is_err()).collect::<Vec<_>>();
    assert_eq!(without_numbers(words(&duplex)), without_numbers(words(&plain)));
}

#[test]
fn a_series_can_ask_for_duplex() {
    let project = Project::with_lesson(LESSON).write(
        "lessons/series.yaml",
        "name: Test\nlanguage: en-US\npaper: letter\npackets: [{edition: student}, {edition: student, duplex: true}]\n",
    );
    project.run("build").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-duplex.pdf", "one/one-war-student.pdf"]);
}

/// Student packets of the project's own lessons, in every format.
static FORMATS: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::with_own_lessons();
    project.run("build --edition student --format standard,compact,clear-print,large-print,booklet,2-up").succeeds();
    project.run("build --part cards").succeeds();
    project.run("build --edition student,teacher --mono").succeeds();
    project
});

/// The packet of a lesson whose file name ends like this.
fn own(lesson: &str, ending: &str) -> Vec<u8> {
    FORMATS.read(&format!("output/fair-hearing-1/fair-hearing-1-{lesson}-{ending}.pdf"))
}

const LESSONS: [&str; 3] = ["moscow-trials", "rights-and-states", "equal-schools"];

/// Only the letters of text, in lowercase.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The words of a packet that another packet doesn't have. Numbers and line breaks within words don't matter.
fn missing(plain: &Pdf, other: &Pdf) -> Vec<String> {
    let (text, there) = (plain.text(), letters(&other.text()));
    let words: BTreeSet<String> = text.split_whitespace().map(letters).collect();
    assert!(words.len() > 500, "{words:?}");
    words.into_iter().filter(|word| !there.contains(word)).collect()
}

#[test]
fn large_print_is_18_point_and_complete() {
    for lesson in LESSONS {
        let (plain, large) = (own(lesson, "student"), own(lesson, "student-large-print"));
        let (plain, pdf) = (Pdf::open(&plain), Pdf::open(&large));
        let (size, text) = pdf.smallest_text();
        assert!(size >= 17.99, "{lesson}: {text} has {size} points");
        assert_eq!(pdf::validate(&large), [""; 0], "{lesson}");
        // A scoring guide in large print is a list, and has no head for its criteria.
        let lost: Vec<_> = missing(&plain, &pdf).into_iter().filter(|word| word != "criteria").collect();
        assert_eq!(lost, [""; 0], "{lesson}");
        assert_eq!(pdf.page_size(0), plain.page_size(0), "{lesson}");
        // Paragraph and question numbers are the same in every format.
        let references = |pdf: &Pdf| pdf.text().replace('\u{a0}', " ").matches("¶ ").count();
        assert_eq!(references(&pdf), references(&plain), "{lesson}");
    }
}

#[test]
fn large_print_has_no_hyphens_italics_or_capitals() {
    let project = Project::with_lesson(
        "title: War\nreading: 'Some *emphasized* words about the incomprehensibilities of constitutionalism, ^2^ and more of these incomprehensibilities.'\nexit_ticket: [Why?]\n",
    );
    project.run("build --edition student --format large-print").succeeds();
    let pdf = Pdf::open(&project.read("output/one/one-war-student-large-print.pdf"));
    let fonts = pdf.fonts();
    assert!(fonts.iter().all(|font| font.contains("AtkinsonHyperlegibleNext")), "{fonts:?}");
    assert!(pdf.page_text(0).contains("Reading\n") && !pdf.page_text(0).contains("READING"), "{}", pdf.page_text(0));
    assert!(!pdf.page_text(0).contains("-\n"), "{}", pdf.page_text(0));
    assert!(pdf.tags().contains("Em"), "emphasis is still tagged: {}", pdf.tags());
}

#[test]
fn large_print_switches_fonts_as_a_whole_if_letters_are_missing() {
    let project = Project::with_lesson("title: Война и мир\nreading: Both in one font.\n");
    project.run("build --edition student --format large-print").succeeds();
    let fonts = Pdf::open(&project.read("output/one/one-war-student-large-print.pdf")).fonts();
    assert!(fonts.iter().all(|font| font.contains("SourceSans3")), "{fonts:?}");
}

/// The page numbers on each side of a sheet, from left to right.
fn numbers(pdf: &Pdf, side: usize) -> Vec<usize> {
    let text = pdf.page_text(side);
    let number = |line: &str| line.rsplit_once("Page ")?.1.split(' ').next()?.parse::<usize>().ok();
    let mut numbers: Vec<(f64, usize)> = Vec::new();
    for number in text.lines().filter_map(number) {
        let (left, _) = pdf.place(side, &format!("Page {number} of")).expect("the page has a foot");
        numbers.push((left, number));
    }
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
    numbers.into_iter().map(|(_, number)| number).collect()
}

#[test]
fn compact_and_clear_print_are_complete_and_accessible() {
    for lesson in LESSONS {
        let plain = Pdf::open(&own(lesson, "student"));
        for format in ["compact", "clear-print"] {
            let bytes = own(lesson, &format!("student-{format}"));
            let pdf = Pdf::open(&bytes);
            assert_eq!(pdf::validate(&bytes), [""; 0], "{lesson} {format}");
            let lost: Vec<_> = missing(&plain, &pdf).into_iter().filter(|word| word != "criteria").collect();
            assert_eq!(lost, [""; 0], "{lesson} {format}");
            assert_eq!(pdf.page_size(0), plain.page_size(0), "{lesson} {format}");
        }
        assert!(Pdf::open(&own(lesson, "student-compact")).pages() <= plain.pages(), "{lesson}");
        let (size, text) = Pdf::open(&own(lesson, "student-clear-print")).smallest_text();
        assert!(size >= 11.99, "{lesson}: {text} has {size} points");
    }
}

#[test]
fn a_booklet_folds_into_page_order() {
    for lesson in LESSONS {
        let pdf = Pdf::painted(&own(lesson, "student-booklet"));
        assert_eq!(pdf.page_size(0), (792.0, 612.0), "{lesson}");
        let all: Vec<Vec<usize>> = (0..pdf.pages()).map(|side| numbers(&pdf, side)).collect();
        let last = all.iter().flatten().max().copied().expect("there are pages");
        assert_eq!(pdf.pages(), last.div_ceil(4) * 2, "{lesson}");
        assert_eq!(all[0].last(), Some(&1), "{lesson}: the cover is on the right of the first side");
        assert_eq!(all[1].first(), Some(&2), "{lesson}: its back is on the left of the second side");
        let mut each: Vec<_> = all.concat();
        each.sort_unstable();
        assert_eq!(each, (1..=last).collect::<Vec<_>>(), "{lesson}");
    }
}

#[test]
fn two_up_pages_are_in_order_and_accessible() {
    for lesson in LESSONS {
        let bytes = own(lesson, "student-2-up");
        let pdf = Pdf::open(&bytes);
        let all: Vec<usize> = (0..pdf.pages()).flat_map(|side| numbers(&pdf, side)).collect();
        assert_eq!(all, (1..=all.len()).collect::<Vec<_>>(), "{lesson}");
        assert_eq!(pdf::validate(&bytes), [""; 0], "{lesson}");
        // What is cut is on whole sheets.
        let cut = letters(&Pdf::open(&own(lesson, "cards-student")).text());
        let lost = missing(&Pdf::open(&own(lesson, "student")), &pdf);
        let lost: Vec<String> = lost.into_iter().filter(|word| !cut.contains(word.as_str())).collect();
        assert_eq!(lost, [""; 0], "{lesson}");
    }
}

#[test]
fn mono_packets_use_only_gray() {
    for lesson in LESSONS {
        for edition in ["student", "teacher"] {
            let (mono, color) = (own(lesson, &format!("{edition}-mono")), own(lesson, "student"));
            assert_eq!(Pdf::open(&mono).color_components(), 1, "{lesson} {edition}");
            assert_eq!(pdf::validate(&mono), [""; 0], "{lesson} {edition}");
            assert_eq!(Pdf::open(&color).color_components(), 3, "{lesson} is in color without `--mono`");
        }
        let text = |ending| Pdf::open(&own(lesson, ending)).text();
        assert_eq!(text("student-mono"), text("student"), "{lesson}");
    }
}

#[test]
fn a_booklet_cannot_be_duplex() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build --format booklet --duplex");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("a sheet of a `booklet` packet has four pages"), "{}", run.stderr);
}

#[test]
fn no_two_packets_have_the_same_name() {
    let series = Project::with_lesson(LESSON);
    let series = series.write("lessons/series.yaml", "name: Test\nlanguage: en\npaper: a4\n");
    let fonts = packetpress::typeset::Fonts::bundled();
    let coverage = fonts.coverage();
    let mut session = packetpress::session::Session::new(&coverage);
    let root = camino::Utf8PathBuf::from_path_buf(series.path("lessons")).expect("the path is text");
    let library =
        packetpress::library::Library::index(&root, None, &mut session).expect("it can be read").expect("it is a series");
    let mut names = BTreeSet::new();
    let mut count = 0;
    for (edition, part) in Edition::ALL.into_iter().flat_map(|edition| edition.parts().iter().map(move |part| (edition, *part))) {
        for (format, sheets) in
            Format::ALL.into_iter().flat_map(|format| [None, Some(1), Some(12)].map(|sheets| (format, sheets)))
        {
            for paper in [Paper::Letter, Paper::A4] {
                for (mono, duplex) in [(false, false), (false, true), (true, false), (true, true)] {
                    let spec = PacketSpec { edition, part, format, paper, mono, duplex, sheets };
                    if spec.unavailable().is_some() {
                        continue;
                    }
                    for (lesson, language) in
                        [(Some("war"), "en"), (Some("war"), "es"), (Some("war"), "zh-CN"), (Some("a4"), "en"), (None, "en")]
                    {
                        names.insert(paths::packet(&PacketId::new(spec, "one", lesson, language), &library.series));
                        count += 1;
                    }
                }
            }
        }
    }
    assert_eq!(names.len(), count);
    let name = |spec: PacketSpec, language| paths::packet(&PacketId::new(spec, "one", Some("war"), language), &library.series);
    let usual = PacketSpec::usual(Edition::Student, packetpress::lesson::series::Part::All, Paper::A4);
    assert_eq!(name(usual, "en"), "one/one-war-student.pdf");
    let other = PacketSpec { format: Format::LargePrint, mono: true, duplex: true, paper: Paper::Letter, ..usual };
    assert_eq!(name(other, "es"), "one/one-war-student-large-print-mono-duplex-es-letter.pdf");
    let limited = |sheets| PacketSpec { sheets: Some(sheets), ..other };
    assert_eq!(name(limited(1), "es"), "one/one-war-student-large-print-mono-duplex-1-sheet-es-letter.pdf");
    assert_eq!(name(PacketSpec { sheets: Some(4), ..usual }, "en"), "one/one-war-student-4-sheets.pdf");
}
