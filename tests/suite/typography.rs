//! What good printers see to: where lines and pages break, and how numbers, names, and addresses are set.

use std::sync::LazyLock;

use crate::pdf::Pdf;
use crate::project::Project;

/// The student and teacher packets of the project's own lessons.
static OWN: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::with_own_lessons();
    project.run("build --edition student,teacher").succeeds();
    project
});

fn own_packets() -> impl Iterator<Item = (String, Pdf)> {
    OWN.packets().into_iter().map(|path| {
        let pdf = Pdf::open(&OWN.read(&format!("output/{path}")));
        (path, pdf)
    })
}

/// A project whose series is in a language.
fn in_language(language: &str, lesson: &str) -> Project {
    Project::with_lesson(lesson).write("lessons/series.yaml", format!("name: Test Series\nlanguage: {language}\npaper: letter\n"))
}

/// The lines of running text on a page, from the top down: where they are, and their text.
fn running_lines(pdf: &Pdf, page: usize) -> Vec<(f64, String)> {
    let height = pdf.page_size(page).1;
    let mut areas = pdf.areas(page);
    areas.retain(|area| 74.0 < area.bottom && area.bottom < height - 63.0 && area.what != "[image]");
    areas.sort_by(|a, b| a.bottom.total_cmp(&b.bottom).then(a.left.total_cmp(&b.left)));
    let mut lines: Vec<(f64, String)> = Vec::new();
    for area in areas {
        match lines.last_mut() {
            Some((bottom, text)) if area.bottom - *bottom < 3.0 => text.push_str(&area.what),
            _ => lines.push((area.bottom, area.what)),
        }
    }
    lines
}

#[test]
fn no_page_ends_with_a_hyphen() {
    let mut pages = 0;
    for (path, pdf) in own_packets() {
        for page in 0..pdf.pages() {
            if let Some((_, last)) = running_lines(&pdf, page).last() {
                assert!(!last.ends_with('\u{ad}'), "{path}, page {}: {last}", page + 1);
                pages += 1;
            }
        }
    }
    assert!(pages > 100, "{pages}");
}

#[test]
fn a_footnote_leaves_no_line_alone() {
    // With and without a line more above it, one of these paragraphs would end with a line on the next page, and another would
    // begin with a line at the foot of its page.
    let words = "The court heard the case again and asked the parties to say what the rule would mean for every other school. ";
    for before in 20..32 {
        let note = "A note that is long enough to take a line or two at the foot of the page, where the text would be otherwise.";
        let lesson = format!(
            "title: War\nreading: |\n  {}\n\n  {}And here is its mark.[^1] {}\n\n  {}\n\n  [^1]: {note}\n",
            vec!["One line of text comes here.\n\n  "; before].concat(),
            words,
            words.repeat(2),
            words.repeat(4)
        );
        let pdf = Pdf::open(&Project::with_lesson(&lesson).build());
        for page in 0..pdf.pages() {
            let lines = running_lines(&pdf, page);
            // A line of a long paragraph is alone if the next line is far away.
            for (at, (bottom, text)) in lines.iter().enumerate() {
                let is_near = |other: Option<&(f64, String)>| other.is_some_and(|(other, _)| (other - bottom).abs() < 16.0);
                let is_long = words.contains(text.trim().get(..12).unwrap_or("One line")) && text.len() > 40;
                let is_alone = !(is_near(lines.get(at + 1)) || at > 0 && is_near(lines.get(at - 1)));
                assert!(!(is_long && is_alone), "{before} lines before, page {}: {text}", page + 1);
            }
        }
    }
}

#[test]
fn addresses_break_before_their_marks_without_a_hyphen() {
    let address =
        "https://www.example.org/mass-violence-war-massacre/en/nkvd-mass-secret-operation-n-00447-august-1937-november-1938.html";
    for language in ["en", "es", "pt", "de", "fr"] {
        let lesson = format!(
            "title: War\nreading: 'See this page, {address} and more of it.[^n]\n\n  [^n]: It is {address} here.'\nactivity:\n  title: Sort\n  body: [{{note: 'The address {address} again.'}}]\n\
bibliography:\n  groups:\n    - title: Web\n      further_reading: true\n      entries:\n        one: {{kind: web, title: A Page, url: \"{address}\"}}\n"
        );
        let pdf = Pdf::open(&in_language(language, &lesson).build());
        let shown = address.trim_start_matches("https://");
        let mut found = 0;
        for page in 0..pdf.pages() {
            let text = pdf.page_text(page);
            found += text.replace('\n', "").matches(shown).count();
            let ends_with_mark = |line: &&str| line.ends_with(['-', '/', '.']) && shown.contains(line.trim_end_matches('-'));
            assert_eq!(text.lines().find(ends_with_mark), None, "{language}");
        }
        assert_eq!(found, 4, "{language}");
    }
}

#[test]
fn a_word_and_its_number_stay_on_a_line() {
    // Every line breaks wherever it can.
    let template = r#"#import "words.typ": day-text, pages-text, say, words-of
#import "question.typ": lines-text
#let (sections, ..packet) = json("/packet.json")
#let words = words-of(packet.document.language)
#set document(title: "Words", date: datetime(year: 2026, month: 4, day: 1))
#set text(lang: packet.document.language, hyphenate: false)
#for body in (
  pages-text(words, (3, 14)),
  lines-text(((1, 6),), words),
  day-text(words, (1936, 3, 12)),
  say(words, "page", n: 3, of: 16),
  say(words, "student-page", n: 6),
  say(words, "question-on", number: 2, page: pages-text(words, (8, 8))),
  say(words, "issue", number: "7:4"),
  say(words, "minutes", n: 5),
  say(words, "points", n: 2),
  say(words, "short-minutes", n: 12),
  say(words, "page-count", n: 8),
  say(words, "card", n: 4),
  say(words, "member", n: 4),
  say(words, "copies", n: 30, sheets: say(words, "sheet-count", n: 90)),
) { block(width: 1pt, body) }
"#;
    for language in ["en", "es", "fr", "de", "pt", "ht", "vi"] {
        let project = in_language(language, "title: War\nreading: One.\n").write("own/main.typ", template);
        project.run("build --edition student --templates own").succeeds();
        let pdf = Pdf::open(&project.read("output/one/one-war-student.pdf"));
        let text: String = (0..pdf.pages()).map(|page| pdf.page_text(page)).collect();
        assert!(text.lines().count() > 15, "{language}: {text}");
        // A year can begin a line.
        let alone = text.lines().find(|line| !line.chars().any(char::is_alphabetic) && *line != "1936");
        assert_eq!(alone, None, "{language}: {text}");
    }
}

#[test]
fn names_and_words_that_are_taught_are_not_hyphenated() {
    let filler = "and then they all of them went on ";
    for before in 0..12 {
        let start: String = filler.chars().take(before * 3).collect();
        let lesson = format!(
            "title: War\nvocabulary: [{{term: constitutionality, meaning: a word}}]\nreading: '{start} a man whose name was Konstantinopolskaya came with [[constitutionality]] to the assembly of the Representatives.'\n"
        );
        let pdf = Pdf::open(&Project::with_lesson(&lesson).build());
        let text = pdf.page_text(0);
        for word in ["Konstantinopolskaya", "constitutionality", "Representatives"] {
            assert!(text.contains(word), "{before}: {text}");
        }
    }
}

#[test]
fn line_numbers_are_at_the_ends_of_lines() {
    let text = "The court heard the case again and asked the parties to say what it would mean for every school in the land. ";
    let lesson = format!(
        "title: War\nreading:\n  - A paragraph.\n  - primary_source:\n      label: Document A\n      text: '{}'\n      origin: A court.\n      numbers: lines\n",
        text.repeat(8)
    );
    let pdf = Pdf::open(&Project::with_lesson(&lesson).build());
    let areas = pdf.areas(0);
    let number = areas.iter().find(|area| area.what.trim() == "5").expect("the fifth line has a number");
    let line = areas.iter().filter(|area| (area.bottom - number.bottom).abs() < 1.0 && area.what.len() > 10);
    let end = line.map(|area| area.right).fold(0.0, f64::max);
    assert!((6.0..14.0).contains(&(number.left - end)), "{} – {end}", number.left);
    let paragraph = areas.iter().find(|area| area.what.trim() == "1").expect("the paragraph has a number");
    assert!(paragraph.right < 70.0, "the number of a paragraph is before it: {}", paragraph.right);
}

#[test]
fn a_title_keeps_its_quotation_and_leaves_no_word_alone() {
    let lesson = "title: 'The 14th Amendment and the Long Story of the \"Second Bill of Rights\"'\nreading: One.\n";
    let pdf = Pdf::open(&Project::with_lesson(lesson).build());
    let text = pdf.page_text(0);
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("The 14th")).expect("the title is there");
    assert_eq!(lines[first..first + 2], ["The 14th Amendment and the Long", "Story of the “Second Bill of Rights”"], "{text}");
}

#[test]
fn numbers_in_neighboring_columns_line_up_at_their_ends() {
    let lesson = "title: War\nreading: |\n  | Town | Pupils | Money |\n  |---|---|---|\n  | One | 300 | $9,000 |\n  | Two | 120 | $10,000 |\n";
    let pdf = Pdf::open(&Project::with_lesson(lesson).build());
    let areas = pdf.areas(0);
    let right =
        |text: &str| areas.iter().find(|area| area.what.trim() == text).unwrap_or_else(|| panic!("{text}: {areas:?}")).right;
    assert!((right("300") - right("120")).abs() < 0.1);
    assert!((right("300") - right("Pupils")).abs() < 0.1, "the head is above the numbers");
    assert!((right("$9,000") - right("$10,000")).abs() < 0.1);
}

#[test]
fn a_booklet_has_no_bookmarks_in_the_order_of_its_sheets() {
    let project = Project::with_lesson("title: War\nreading: One.\nexit_ticket: [Why?]\n");
    project.run("build --edition student --format booklet,standard").succeeds();
    let outline = |ending: &str| Pdf::painted(&project.read(&format!("output/one/one-war-student{ending}.pdf"))).outline();
    assert_eq!(outline("-booklet"), "");
    assert!(outline("").contains("War"));
}

#[test]
fn dates_and_ranges_of_sources_are_those_of_the_language() {
    for (language, style, expected) in [
        ("es", "chicago-author-date", ["Art Bin, 12 de marzo.", "98: 1017–49."]),
        ("es", "apa", ["(1938, 12 de marzo)", "98, 1017–1049."]),
        ("es", "mla", ["Art Bin, 12 de marzo de 1938.", "pp. 1017–49."]),
        ("pt", "chicago-notes", ["Art Bin, 12 de março de 1938.", "98 (1993): 1017–49."]),
        ("vi", "chicago-author-date", ["Art Bin, 12 tháng 3.", "98: 1017–49."]),
        ("ht", "chicago-author-date", ["Art Bin, 12 mas.", "98: 1017–49."]),
        ("ht", "mla", ["Art Bin, 12 mas 1938.", "1017–49."]),
    ] {
        let lesson = format!(
            "title: War\nreading: One.\nbibliography:\n  style: {style}\n  groups:\n    - title: Web\n      further_reading: true\n      entries:\n\
        \x20       a: {{kind: web, author: \"Bukharin, Nikolai\", title: Last Plea, site: Art Bin, date: 1938-03-12, url: null}}\n\
        \x20       b: {{kind: article, author: \"Getty, Arch\", title: Victims, journal: Review, volume: 98, pages: 1017-1049, year: 1993}}\n"
        );
        let text = Pdf::open(&in_language(language, &lesson).build()).text();
        for expected in expected {
            assert!(text.contains(expected), "{language} {style}: {text}");
        }
    }
}

#[test]
fn a_drawing_stays_a_drawing_in_black_and_white() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='100'><rect width='300' height='100' fill='#c00'/><text x='9' y='50' font-size='20'>Words</text></svg>";
    let lesson = "title: War\nreading:\n  - One.\n  - figure: {image: a.svg, alt: A box, credit: By us.}\n";
    let project = Project::with_lesson(lesson).write("lessons/one/a.svg", drawing);
    project.run("build --edition student --mono").succeeds();
    let bytes = project.read("output/one/one-war-student-mono.pdf");
    assert_eq!(Pdf::open(&bytes).color_components(), 1);
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(!holds(b"/Subtype/Image") && !holds(b"/Subtype /Image"), "it would be pixels");
}
