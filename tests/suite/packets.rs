//! What is in a packet: text in reading order, outline, tags, and looks.
//!
//! `SNAPSHOTS=overwrite cargo test --release` rewrites the goldens. Review the changes before you commit them.

use std::path::Path;
use std::sync::LazyLock;

use snapbox::{Data, assert_data_eq};

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// The packets of the first real lesson, by paper name.
fn own_packets() -> [(&'static str, &'static [u8]); 2] {
    static BUILT: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
        let project = Project::with_own_lessons();
        project.run("build fair-hearing-1/moscow-trials").succeeds();
        ["", "-a4"].map(|paper| project.read(&format!("output/fair-hearing-1/fair-hearing-1-moscow-trials-student{paper}.pdf")))
    });
    [("letter", &BUILT[0]), ("a4", &BUILT[1])]
}

fn golden(name: &str) -> Data {
    Data::read_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(name), None).raw()
}

pub(crate) fn packet_of(lesson: &str) -> Pdf {
    Pdf::open(&Project::with_lesson(lesson).build())
}

#[test]
fn packets_meet_pdf_ua_and_pdf_a() {
    for (paper, packet) in own_packets() {
        assert_eq!(pdf::validate(packet), [""; 0], "{paper}");
    }
}

#[test]
fn text_outline_and_tags_match_the_reviewed_goldens() {
    let [(_, letter), _] = own_packets();
    let packet = Pdf::open(letter);
    assert_data_eq!(packet.text(), golden("moscow-trials.text.txt"));
    assert_data_eq!(packet.outline(), golden("moscow-trials.outline.txt"));
    assert_data_eq!(packet.tags(), golden("moscow-trials.tags.txt"));
}

#[test]
fn every_edition_is_heard_as_reviewed() {
    let project = Project::with_own_lessons();
    let lesson = "build fair-hearing-1/moscow-trials --paper letter --lang en";
    project.run(&format!("{lesson} --edition student,teacher,key,substitute")).succeeds();
    project.run(&format!("{lesson} --edition student --format fillable")).succeeds();
    for edition in ["student", "teacher", "key", "substitute", "student-fillable"] {
        let packet = project.read(&format!("output/fair-hearing-1/fair-hearing-1-moscow-trials-{edition}.pdf"));
        assert_data_eq!(Pdf::open(&packet).heard(), golden(&format!("heard/moscow-trials-{edition}.txt")));
    }
}

#[test]
fn both_paper_sizes_have_the_same_text() {
    let [(_, letter), (_, a4)] = own_packets();
    let (letter, a4) = (Pdf::open(letter), Pdf::open(a4));
    // Lines to write on take the room that a page has.
    let without_lines = |packet: &Pdf| {
        let text = packet.text();
        let lines =
            text.lines().map(|line| line.split(" lines]").next().unwrap_or(line).trim_end_matches(|c: char| c.is_ascii_digit()));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_lines(&letter), without_lines(&a4));
    let rounded = |(width, height): (f64, f64)| (width.round(), height.round());
    assert_eq!(rounded(letter.page_size(0)), (612.0, 792.0));
    assert_eq!(rounded(a4.page_size(0)), (595.0, 842.0));
}

#[test]
fn a_packet_has_a_title_a_language_and_a_foot() {
    let [(_, letter), _] = own_packets();
    let packet = Pdf::open(letter);
    assert_eq!(packet.title(), "Confession on Command: The Moscow Trials");
    assert_eq!(packet.language(), "en-US");
    let last = packet.page_text(packet.pages() - 1);
    assert!(last.contains("Fair Hearing, Issue 1"), "{last}");
    assert!(last.contains("CC BY 4.0"), "{last}");
    assert!(last.contains(&format!("Page {} of {}", packet.pages(), packet.pages())), "{last}");
}

#[test]
fn every_source_of_the_lesson_is_printed_with_its_address() {
    let [(_, letter), _] = own_packets();
    let packet = Pdf::open(letter);
    let lesson = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/fair-hearing-1/moscow-trials.yaml"));
    let lesson = lesson.expect("the lesson is there");
    let sources: Vec<&str> = lesson.lines().filter(|line| line.contains("{kind: ")).collect();
    assert!(sources.len() >= 20, "found {} sources", sources.len());
    let text = letters(&packet.text());
    let links = packet.links();
    for source in sources {
        let title = field(source, "title").or_else(|| field(source, "name")).expect("a source has a title");
        assert!(text.contains(&letters(&title)), "not printed: {title}");
        if let Some(url) = field(source, "url").filter(|url| url != "null") {
            let shown = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
            assert!(text.contains(&letters(shown)), "not printed: {shown}");
            assert!(links.contains(&url), "not linked: {url}");
        }
    }
    let lost = lesson.matches("url: null").count();
    assert_eq!(packet.text().matches("Link lost").count(), lost);
}

/// The value of a key in a line like `{kind: book, title: "A, B", year: 1990}`.
fn field(line: &str, key: &str) -> Option<String> {
    let rest = line.split_once(&format!(" {key}: "))?.1;
    Some(match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?.to_owned(),
        _ => rest.split([',', '}']).next()?.to_owned(),
    })
}

/// Only the letters and digits: quotation marks, spaces, and line breaks don't matter.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_kind_of_source_is_printed() {
    let packet = packet_of(
        r#"title: War
reading: It began.
bibliography:
  groups:
    - title: All kinds
      further_reading: true
      entries:
        a: {kind: book, author: ["Doe, Jane", "Roe, Richard"], title: "A Book: Its Subtitle", edition: Rev. ed., translator: "Poe, Edgar", publisher: Press, year: 2001}
        b: {kind: article, author: "Doe, Jane", title: An Article, journal: The Daily, volume: 3, issue: 4, pages: 5-6, year: 2002}
        c: {kind: chapter, author: "Doe, Jane", title: A Chapter, book: The Whole, editor: "Loe, Ann", publisher: Press, year: 2003}
        d: {kind: web, author: Library of Congress, title: A Page, url: null}
        e: {kind: case, name: United States v. Doe, citation: 1 F.3d 2, court: 9th Cir., year: 1993}
        f: {kind: statute, name: Civil Rights Act, citation: 42 U.S.C. § 1983, year: 1871}
        g: {kind: film, title: A Film, director: "Doe, Jane", distributor: Studio, year: 1990}
        h: {kind: archive, author: "Doe, Jane", title: Memorandum, date: 1940-01-02, collection: Papers, archive: National Archives}
        i: {kind: letter, author: "Doe, Jane", recipient: Richard Roe, year: 1941, collection: Collected Letters}
"#,
    );
    let text = packet.text();
    for line in [
        "A Book: Its Subtitle",
        "Edgar Poe",
        "“An Article.” The Daily 3 (4): 5–6.",
        "“A Chapter.”",
        "The Whole",
        "Library of Congress",
        "United States v. Doe, 1 F.3d 2 (9th Cir. 1993).",
        "Civil Rights Act, 42 U.S.C. § 1983 (1871).",
        "A Film. Studio.",
        "Doe, Jane. 1940. Memorandum. January 2. Papers. National Archives.",
        "Doe, Jane. 1941. Letter to Richard Roe. Collected Letters.",
    ] {
        assert!(text.contains(line), "not printed: {line}\n{text}");
    }
}

#[test]
fn citations_follow_the_style_and_cases_follow_our_rule() {
    let lesson = |style: &str| {
        format!(
            r#"title: War
reading: One [@doe, p. 7]. Two [@brown]. Three [@doe; @brown].
bibliography:
  style: {style}
  groups:
    - title: Sources
      entries:
        doe: {{kind: book, author: "Doe, Jane", title: A Book, publisher: Press, year: 2001}}
        brown: {{kind: case, name: Brown v. Mississippi, citation: 297 U.S. 278, year: 1936}}
"#
        )
    };
    let text = |style: &str| packet_of(&lesson(style)).text().replace('\u{a0}', " ");
    let chicago = text("chicago-author-date");
    let expected = "One (Doe 2001, 7). Two (Brown v. Mississippi 1936). Three (Doe 2001; Brown v. Mississippi 1936).";
    assert!(chicago.contains(expected), "{chicago}");
    let numbered = text("ieee");
    assert!(numbered.contains("One [1, p. 7]. Two (Brown v. Mississippi 1936)."), "{numbered}");
}

#[test]
fn prompts_print_the_paragraphs_they_point_to() {
    let packet = packet_of(
        "title: War\nreading: |\n  One.\n\n  > A quotation has no number.\n\n  Two. {#second}\n\n  Three. {#third}\n\n  Four. {#fourth}\ndiscussion:\n  - ask: Why?\n    see: [fourth, second]\n  - ask: How?\n    see: [third, second]\n",
    );
    let text = packet.text().replace('\u{a0}', " ");
    assert!(text.contains("paragraphs 2, 4"), "{text}");
    assert!(text.contains("paragraphs 2–3"), "{text}");
}

#[test]
fn typst_markup_in_a_lesson_prints_as_text() {
    let lesson = "title: \"#panic() $x$ = Heading @ref\"\nreading: |\n  \\#import \"/main.typ\" and #read(\"/packet.json\") and $ sum $ // comment\n";
    let text = packet_of(lesson).text();
    assert!(text.contains("#panic() $x$"), "{text}");
    assert!(text.contains("#read(“/packet.json”) and $ sum $ // comment"), "{text}");
}

#[test]
fn ruled_lines_are_wide_ruled() {
    let bytes = Project::with_lesson("title: War\ndiscussion:\n  - {ask: Why?, space: {lines: 5}}\n").build();
    let rules = Pdf::open(&bytes).horizontal_rules(0);
    let mut distances: Vec<f64> = rules.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.retain(|distance| (distance - 24.75).abs() < 0.01);
    assert_eq!(distances.len(), 4, "{rules:?}");
}

#[test]
fn pages_match_their_reviewed_images() {
    let [(_, letter), _] = own_packets();
    // A worksheet and a page of sources: rules, boxes, QR codes, and type in one small image each.
    for page in [13, 6] {
        let picture = pdf::render(letter, page, 0.5);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/moscow-trials.page-{}.png", page + 1));
        picture.assert_like(&path);
    }
}
