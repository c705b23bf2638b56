//! What stands in a packet: text in reading order, outline, tags, looks.
//!
//! `SNAPSHOTS=overwrite cargo test --release` writes the goldens anew; look at what changed before committing them.

use std::path::Path;
use std::sync::LazyLock;

use snapbox::{Data, assert_data_eq};

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// The packets of the first real lesson, by the names of their papers.
fn own_packets() -> [(&'static str, &'static [u8]); 2] {
    static BUILT: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
        let project = Project::with_own_lessons();
        project.run("build bria-7-4/stalin-purges").succeeds();
        ["", "-a4"].map(|paper| project.read(&format!("output/bria-7-4/bria-7-4-stalin-purges-student{paper}.pdf")))
    });
    [("letter", &BUILT[0]), ("a4", &BUILT[1])]
}

fn golden(name: &str) -> Data {
    Data::read_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(name), None).raw()
}

fn packet_of(lesson: &str) -> Pdf {
    Pdf::open(&Project::with_lesson(lesson).build())
}

#[test]
fn packets_meet_pdf_ua_and_pdf_a() {
    for (paper, packet) in own_packets() {
        assert_eq!(pdf::validate(packet), [""; 0], "{paper}");
    }
}

#[test]
fn text_outline_and_tags_are_as_they_were_looked_at() {
    let [(_, letter), _] = own_packets();
    let packet = Pdf::open(letter);
    assert_data_eq!(packet.text(), golden("stalin-purges.text.txt"));
    assert_data_eq!(packet.outline(), golden("stalin-purges.outline.txt"));
    assert_data_eq!(packet.tags(), golden("stalin-purges.tags.txt"));
}

#[test]
fn both_papers_carry_the_same_text_on_their_own_size() {
    let [(_, letter), (_, a4)] = own_packets();
    let (letter, a4) = (Pdf::open(letter), Pdf::open(a4));
    assert_eq!(letter.text(), a4.text());
    let rounded = |(width, height): (f64, f64)| (width.round(), height.round());
    assert_eq!(rounded(letter.page_size(0)), (612.0, 792.0));
    assert_eq!(rounded(a4.page_size(0)), (595.0, 842.0));
}

#[test]
fn a_packet_says_what_it_is() {
    let [(_, letter), _] = own_packets();
    let packet = Pdf::open(letter);
    assert_eq!(packet.title(), "Stalin’s Purges and the “Show Trials”");
    assert_eq!(packet.language(), "en-US");
    let last = packet.page_text(packet.pages() - 1);
    assert!(last.contains("Bill of Rights in Action"), "{last}");
    assert!(last.contains("CC BY 4.0"), "{last}");
    assert!(last.contains(&format!("Page {} of {}", packet.pages(), packet.pages())), "{last}");
}

#[test]
fn every_source_of_the_lesson_is_printed_with_its_address() {
    let [(_, letter), _] = own_packets();
    let packet = Pdf::open(letter);
    let lesson = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/bria-7-4/stalin-purges.yaml"));
    let lesson = lesson.expect("the lesson is there");
    let sources: Vec<&str> = lesson.lines().filter(|line| line.contains("{kind: ")).collect();
    assert!(sources.len() >= 20, "{} sources were found", sources.len());
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

/// The value of a key in a line such as `{kind: book, title: "A, B", year: 1990}`.
fn field(line: &str, key: &str) -> Option<String> {
    let rest = line.split_once(&format!(" {key}: "))?.1;
    Some(match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next()?.to_owned(),
        _ => rest.split([',', '}']).next()?.to_owned(),
    })
}

/// Letters and digits alone, so that quotation marks, spaces and line ends do not matter.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_kind_of_source_is_printed() {
    let packet = packet_of(
        r#"title: War
reading: A text.
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
        "Doe, Jane. Memorandum. January 2, 1940. Papers. National Archives.",
        "Doe, Jane to Richard Roe. 1941. Collected Letters.",
    ] {
        assert!(text.contains(line), "not printed: {line}\n{text}");
    }
}

#[test]
fn citations_print_by_the_style_and_cases_by_our_rule() {
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
fn prompts_print_the_paragraphs_that_they_point_to() {
    let packet = packet_of(
        "title: War\nreading: |\n  One.\n\n  > A quotation has no number.\n\n  Two. {#second}\n\n  Three. {#third}\n\n  Four. {#fourth}\ndiscussion:\n  - ask: Why?\n    see: [fourth, second]\n  - ask: How?\n    see: [third, second]\n",
    );
    let text = packet.text().replace('\u{a0}', " ");
    assert!(text.contains("¶ 2, 4"), "{text}");
    assert!(text.contains("¶ 2–3"), "{text}");
}

#[test]
fn markup_of_the_engine_in_a_lesson_is_only_text() {
    let lesson = "title: \"#panic() $x$ = Heading @ref\"\nreading: |\n  \\#import \"/main.typ\" and #read(\"/packet.json\") and $ sum $ // comment\n";
    let text = packet_of(lesson).text();
    assert!(text.contains("#panic() $x$"), "{text}");
    assert!(text.contains("#read(“/packet.json”) and $ sum $ // comment"), "{text}");
}

#[test]
fn ruled_lines_are_wide_ruled() {
    let bytes = Project::with_lesson("title: War\ndiscussion:\n  - {ask: Why?, space: {lines: 5}}\n").build();
    let rules = Pdf::open(&bytes).horizontal_rules(1);
    let mut distances: Vec<f64> = rules.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.retain(|distance| (distance - 24.75).abs() < 0.01);
    assert_eq!(distances.len(), 4, "{rules:?}");
}

#[test]
fn pages_look_as_they_were_looked_at() {
    let [(_, letter), _] = own_packets();
    // A worksheet and a page of sources: rules, boxes, codes and type in one small picture each.
    for page in [6, 8] {
        let picture = pdf::render(letter, page, 0.5);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/stalin-purges.page-{}.png", page + 1));
        picture.assert_like(&path);
    }
}
