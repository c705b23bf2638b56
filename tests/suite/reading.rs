//! How YAML and Markdown are read: short forms, text that looks like other types, and places in prose.

use packetpress::diagnostics::Diagnostics;
use packetpress::glyphs::Coverage;
use packetpress::lesson::Lesson;
use packetpress::lesson::issue::Issue;
use packetpress::lesson::series::Series;
use packetpress::lesson::teacher::Teacher;
use packetpress::read::{self, Context, Document};
use packetpress::source::Sources;
use proptest::prelude::*;

use crate::pdf::Pdf;
use crate::project::Project;

fn text_of(lesson: &str) -> String {
    Pdf::open(&Project::with_lesson(lesson).build()).text()
}

#[test]
fn values_stay_the_text_they_look_like() {
    let text = text_of("title: 1984\nquestion: no\nreading: 12:30:00\nvocabulary:\n  - {term: 0x1F, meaning: 1e3}\n");
    for value in ["1984", "no", "12:30:00", "0x1F", "1e3"] {
        assert!(text.contains(value), "{value} is missing:\n{text}");
    }
    let project = Project::with_lesson("title: War\nreading: It began.\n")
        .write("lessons/one/issue.yaml", "number: 7:4\ndate: 1991\npublished: 1991-04-01\ntheme: no\nlessons: [war]\n");
    let packet = Pdf::open(&project.build()).page_text(0);
    assert!(packet.contains("7:4"), "{packet}");
}

#[test]
fn short_forms_mean_the_same_as_long_ones() {
    let short = "title: War\nreading: It began.\ndiscussion:\n  - Why?\nactivity:\n  title: Sort\n  body:\n    - It began.\n    - decide: {choices: [A, B], items: [One]}\n    - prompt: Why?\n";
    let long = "title: War\nreading:\n  - prose: It began.\ndiscussion:\n  - {ask: Why?}\nactivity:\n  title: Sort\n  body:\n    - prose: It began.\n    - decide: {choices: [A, B], items: [{text: One}]}\n    - prompt: {ask: Why?}\n";
    let (short, long) = (Project::with_lesson(short).build(), Project::with_lesson(long).build());
    assert!(short == long, "a short form and its long form print differently");
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let plain = "title: War\nreading: |\n  One.\n\n  Two.\n";
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    let (plain, windows) = (Project::with_lesson(plain).build(), Project::with_lesson(&windows).build());
    assert!(plain == windows, "a lesson saved on Windows prints differently");
}

#[test]
fn an_error_in_prose_is_reported_at_its_line() {
    let lesson = "title: War\nreading:\n  - >-\n    A folded text\n    with [@one] in it.\n  - |\n    Literal text.\n\n      - with a list\n      - and ßü [[two]] in it\n  - \"quoted \\\"text\\\" \\\n    and [@three]\"\n";
    let run = Project::with_lesson(lesson).run("check");
    run.finds_mistakes()
        .reports("unknown-citation", "war.yaml:5:12")
        .reports("unknown-term", "war.yaml:10:18")
        .reports("unknown-citation", "war.yaml:12:11");
}

#[test]
fn markdown_prints_as_formatted_text() {
    let text = text_of(
        "title: War\nreading: |\n  H~2~O, x^2^, *soft*, **loud**, [a link](https://example.org), \\*star\\*, a &amp; b.[^n]\n\n  [^n]: The note.\n\n  3. three\n  4. four\n\n  > Quoted.\n  >\n  > — Someone, *Somewhere*\n",
    );
    for line in ["H2O, x2, soft, loud, a link, *star*, a & b.", "The note.", "Quoted.", "— Someone, Somewhere"] {
        assert!(text.contains(line), "{line} is missing:\n{text}");
    }
}

/// Reads text as a kind of file and counts the errors. The point is that it doesn't panic.
fn read<T: Document>(text: &str) -> usize {
    let mut sources = Sources::default();
    let file = sources.add("lesson.yaml", text.to_owned());
    let mut diagnostics = Diagnostics::default();
    let coverage = Coverage::new(0..0x80, Vec::new());
    let context = Context { file, sources: &sources, coverage: &coverage };
    let _: read::Reading<T> = read::document(&context, &mut diagnostics);
    packetpress::diagnostics::report::render(&diagnostics, &sources, false).len()
}

/// Files with every block, question, and answer, ready to be damaged.
const WHOLE: [&str; 4] = [
    include_str!("../../lessons/fair-hearing-1/moscow-trials.yaml"),
    include_str!("../specimen/lessons/specimen/blocks.yaml"),
    include_str!("../specimen/lessons/specimen/questions.yaml"),
    include_str!("../specimen/lessons/specimen/questions.teacher.yaml"),
];

/// Something that a hurried or hostile writer might put in a file.
fn splinter() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\n".to_owned()),
        Just("\t".to_owned()),
        Just(": ".to_owned()),
        Just("- ".to_owned()),
        Just("  ".to_owned()),
        Just("[@".to_owned()),
        Just("[[".to_owned()),
        Just("{#".to_owned()),
        Just("{{".to_owned()),
        Just("$`\\frac{".to_owned()),
        Just("page_break".to_owned()),
        Just("null".to_owned()),
        Just("{".to_owned()),
        Just("]".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("|\n".to_owned()),
        Just("é\u{301}字".to_owned()),
        Just("&a *a !t".to_owned()),
        ".{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_are_read_without_a_panic(
        cuts in proptest::collection::vec((0.0..1.0f64, 0usize..40, splinter()), 1..6),
    ) {
        for whole in WHOLE {
            let mut text = whole.to_owned();
            for (at, length, splinter) in &cuts {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length is an index")]
                let mut from = (at * text.len() as f64) as usize;
                while !text.is_char_boundary(from) {
                    from -= 1;
                }
                let mut to = (from + length).min(text.len());
                while !text.is_char_boundary(to) {
                    to += 1;
                }
                text.replace_range(from..to, splinter);
            }
            read::<Lesson>(&text);
            read::<Teacher>(&text);
            read::<Issue>(&text);
            read::<Series>(&text);
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "(?s).{0,200}") {
        read::<Lesson>(&text);
    }
}

#[test]
fn a_damaged_file_gets_a_report() {
    assert!(read::<Lesson>("titel: War") > 0);
    assert_eq!(read::<Lesson>("title: War"), 0);
}

#[test]
fn brackets_after_a_backslash_print_as_brackets() {
    let text = text_of("title: War\nreading: 'Written \\[\\[so\\]\\], \\[@so\\] and \\[^so\\] it prints.'\n");
    assert!(text.contains("Written [[so]], [@so] and [^so] it prints."), "{text}");
}

#[test]
fn a_broken_part_neither_hides_nor_invents_errors_elsewhere() {
    let lesson =
        "title: War\nreading: See [@doe].\ndiscussion:\n  - id: a\n\task: Why?\nminutes: many\nbibliography:\n  groups: [\n";
    let run = Project::with_lesson(lesson).run("check");
    run.finds_mistakes().reports("broken-yaml", "war.yaml:5:1").reports("wrong-type", "war.yaml:6:10");
    assert!(!run.stderr.contains("[unknown-citation]"), "{}", run.stderr);
}
