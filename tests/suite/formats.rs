//! Packets for all kinds of printers, and in the look of their series.

use crate::pdf::Pdf;
use crate::project::Project;

const LESSON: &str = "title: War\nreading: A text.\ndiscussion: [Why did the war begin?]\nactivity:\n  title: Sort\n  body: [{prompt: Which was first?}]\n\
bibliography:\n  groups:\n    - title: Books\n      further_reading: true\n      entries:\n        one: {kind: book, author: \"Smith, Ann\", title: A Book, publisher: A Press, year: 1990}\n";

#[test]
fn with_duplex_each_part_that_is_handed_in_is_a_sheet_of_its_own() {
    let project = Project::with_lesson(LESSON);
    project.run("build --edition student --duplex").succeeds();
    project.run("build --edition student").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-duplex.pdf", "one/one-war-student.pdf"]);
    let plain = Pdf::open(&project.read("output/one/one-war-student.pdf"));
    let duplex = Pdf::open(&project.read("output/one/one-war-student-duplex.pdf"));
    assert_eq!((plain.pages(), duplex.pages()), (4, 7));
    let note = "This side is empty";
    assert_eq!(duplex.text().matches(note).count(), 0, "what stands on an empty side is not read aloud");
    // The same text in the same order, but for the numbers of pages.
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

#[test]
fn two_series_have_looks_of_their_own() {
    let series = |look: &str| {
        let rights = "rights: {holder: The Press, licence: CC BY 4.0}\n";
        format!("name: Test\nlanguage: en-US\npaper: letter\n{rights}{look}")
    };
    let style = |project: &Project| String::from_utf8(project.read("output/catalogue/style.css")).expect("a style is text");
    let red = Project::with_lesson(LESSON).write("lessons/series.yaml", series(""));
    let blue = Project::with_lesson(LESSON).write("lessons/series.yaml", series("look: {accent: \"#1f4e79\"}\n"));
    let packets = (red.build(), blue.build());
    assert_ne!(packets.0, packets.1);
    assert_eq!(Pdf::open(&packets.0).text(), Pdf::open(&packets.1).text());
    assert!(style(&red).contains("--accent: #7a1f2b;") && style(&blue).contains("--accent: #1f4e79;"));
    // The look is known of a packet: another is another packet.
    let blue = blue.write("lessons/series.yaml", series("look: {accent: \"#1e5b3a\"}\n"));
    let run = blue.run("build --dry-run");
    assert!(run.succeeds().stdout.contains("one-war-student.pdf"), "{}", run.stdout);
}
