//! Pages that come out full: lines by the kind of question, elastic room, lines below their prompts, and editions for teachers
//! that flow on.

use std::fmt::Write as _;

use crate::pdf::{Pdf, Rule};
use crate::project::Project;

/// The distance between lines of wide ruled paper, 11/32 in, in points.
const WIDE: f64 = 24.75;

fn packet(project: &Project, name: &str) -> Pdf {
    Pdf::open(&project.read(&format!("output/one/one-war-{name}.pdf")))
}

fn student(lesson: &str) -> Pdf {
    let project = Project::with_lesson(lesson);
    project.run("build --edition student").succeeds();
    packet(&project, "student")
}

/// The lines to write on, each as its page, where it starts, and its height: those that are this far below another.
fn writing_lines(packet: &Pdf, pitch: f64) -> Vec<(usize, f64, f64)> {
    let mut lines = Vec::new();
    for page in 0..packet.pages() {
        let across: Vec<&Rule> = packet.rules(page).iter().filter(|rule| rule.top == rule.bottom && rule.dash == 0.0).collect();
        let is_next = |a: &Rule, b: &Rule| ((b.top - a.top).abs() - pitch).abs() < 0.01 && a.left == b.left;
        let written = across.iter().filter(|rule| across.iter().any(|other| is_next(rule, other)));
        lines.extend(written.map(|rule| (page, rule.left, rule.top)));
    }
    lines
}

#[test]
fn a_question_gets_lines_by_what_it_asks() {
    // The least lines, and the most where the page has room for more.
    let essay = format!("Who was right? {}", "Say why you think so and give one reason. ".repeat(5));
    for (ask, most) in [("Why did it happen?", 6), ("What did he fear? Name two of his methods.", 10), (essay.trim(), 14)] {
        let lesson = format!("title: War\ndiscussion:\n  - {{ask: \"{ask}\"}}\n");
        let project = Project::with_lesson(&lesson);
        project.run("build --edition student --paper letter,a4 --format standard,large-print").succeeds();
        for name in ["student", "student-a4"] {
            assert_eq!(writing_lines(&packet(&project, name), WIDE).len(), most, "{ask} in {name}");
        }
    }
    // With many questions, each has its least lines on every page but the last.
    let mut lesson = String::from("title: War\nreading: Kings.\ndiscussion:\n");
    for number in 1..=16 {
        writeln!(lesson, "  - {{ask: \"Why did number {number} happen?\"}}").expect("a string takes all");
    }
    let project = Project::with_lesson(&lesson);
    project.run("build --edition student --paper letter,a4").succeeds();
    for name in ["student", "student-a4"] {
        let packet = packet(&project, name);
        assert_eq!(packet.pages(), 4, "{name}: a page to read, and three pages of questions");
    }
}

#[test]
fn an_explicit_number_of_lines_never_grows() {
    let packet = student("title: War\ndiscussion:\n  - {ask: \"Why did it happen?\", space: {lines: 4}}\n");
    assert_eq!(writing_lines(&packet, WIDE).len(), 4);
}

#[test]
fn lines_begin_where_their_prompt_begins() {
    let packet = student(
        "title: War\ndiscussion:\n  - {ask: \"Why did it happen?\", space: {lines: 3}}\n  \
         - {ask: Look at the map., parts: [Whose land was it?], space: {lines: 4}}\n  \
         - {t_chart: {ask: Sort the reasons., columns: [For, Against]}}\n",
    );
    let start_of = |words: &str| (0..packet.pages()).find_map(|page| packet.place(page, words)).expect("it prints").0;
    let lines = writing_lines(&packet, WIDE);
    let starts: Vec<f64> = lines.iter().map(|(_, left, _)| *left).collect();
    let near = |start: f64, words: &str| assert!((start - start_of(words)).abs() < 0.6, "{words}: {start}, {}", start_of(words));
    near(starts[0], "Why did");
    near(starts[3], "Whose land");
    // The chart has two columns of eight lines, and the first begins below its question, inside a cell.
    let chart = starts[7];
    assert!((chart - start_of("Sort the")).abs() < 7.0, "{chart}, {}", start_of("Sort the"));
}

/// A lesson with these questions, each with as many lines as asked.
fn with_lines(counts: &[u32]) -> String {
    let mut lesson = String::from("title: War\nreading: Kings.\ndiscussion:\n");
    for (index, count) in counts.iter().enumerate() {
        writeln!(lesson, "  - {{ask: \"Why number {index}?\", space: {{lines: {count}}}}}").expect("a string takes all");
    }
    lesson
}

#[test]
fn room_is_a_little_less_where_that_saves_a_page() {
    // Two questions with 22 lines fit a page with their usual room; 23 lines don't, but they do with a twentieth less.
    let usual = student(&with_lines(&[11, 11]));
    let saved = student(&with_lines(&[12, 11]));
    assert_eq!((usual.pages(), saved.pages()), (2, 2));
    assert_eq!(writing_lines(&usual, WIDE).len(), 22);
    assert_eq!(writing_lines(&saved, 0.95 * WIDE).len(), 23);
    let most = student(&with_lines(&[12, 12]));
    assert_eq!((most.pages(), writing_lines(&most, 0.9 * WIDE).len()), (2, 24));
    // More than a tenth less is never tried.
    let over = student(&with_lines(&[13, 12]));
    assert_eq!(over.pages(), 3);
}

#[test]
fn true_sizes_never_change() {
    let graph = |lines: u32| {
        let lesson = format!(
            "title: War\nreading: Kings.\ndiscussion:\n  - {{ask: Draw., space: {{grid: 5 cm}}}}\n  - {{ask: Why?, space: {{lines: {lines}}}}}\n"
        );
        student(&lesson)
    };
    // The lines come closer together to fit the page; the squares keep their size.
    let packet = graph(17);
    assert_eq!(packet.pages(), 2);
    assert!(writing_lines(&packet, WIDE).is_empty() || writing_lines(&packet, WIDE).len() == 17);
    let upright: Vec<&Rule> = packet.rules(1).iter().filter(|rule| rule.left == rule.right).collect();
    assert!(upright.len() >= 26);
    assert!((upright[1].left - upright[0].left - 18.0).abs() < 0.01);
}

#[test]
fn parts_of_the_teacher_edition_follow_one_another() {
    let project = Project::with_lesson(
        "title: War\nreading: Kings wanted land.\ndiscussion:\n  - {id: why, ask: \"Why did it happen?\"}\nexit_ticket:\n  - {id: one, ask: \"What surprised you?\"}\n",
    )
    .write("lessons/one/war.teacher.yaml", "answers:\n  why: For land.\n  one: Anything with a reason.\n");
    project.run("build --edition student,teacher").succeeds();
    assert_eq!(packet(&project, "student").pages(), 3, "what students turn in begins a page, and what they cut a sheet");
    let teacher = packet(&project, "teacher");
    assert_eq!(teacher.pages(), 2, "the reading is as students have it, and the rest follows");
    assert!(teacher.page_text(0).contains("Kings wanted"));
    for words in ["Why did it happen", "For land", "What surprised you", "Student page 2"] {
        assert!(teacher.page_text(1).contains(words), "{words} in {}", teacher.page_text(1));
    }
}

#[test]
fn a_key_repeats_the_number_of_an_answer_that_continues() {
    let mut answer = String::new();
    for number in 1..=70 {
        write!(
            answer,
            "\n    Paragraph {number} of a long answer that says what students should know about the war and its causes.\n"
        )
        .expect("a string takes all");
    }
    let project = Project::with_lesson(
        "title: War\nreading: Kings.\ndiscussion:\n  - {id: what, ask: What happened?}\n  - {id: why, ask: Why did it happen?}\n",
    )
    .write("lessons/one/war.teacher.yaml", format!("answers:\n  what: A war.\n  why: |{answer}"));
    project.run("build --edition key").succeeds();
    let key = packet(&project, "key");
    assert!(key.pages() > 1);
    for page in 0..key.pages() {
        let text = key.page_text(page);
        assert!(text.contains("Student page 2") && text.contains("Why did it happen?"), "page {}: {text}", page + 1);
    }
}

#[test]
fn a_key_shows_the_equations_of_its_questions() {
    let project = Project::with_lesson(
        "title: War\nreading: Kings.\ndiscussion:\n  - {id: solve, ask: \"Solve $`3x + 4 = 10`$ for x.\"}\n",
    )
    .write("lessons/one/war.teacher.yaml", "answers:\n  solve: Two.\n");
    project.run("build --edition key").succeeds();
    let text = packet(&project, "key").page_text(0);
    assert!(text.contains("Solve") && text.contains('='), "{text}");
    assert!(!text.contains("equals"), "{text}");
}

#[test]
fn decisions_have_more_room_for_situations_than_for_boxes() {
    let packet = student(
        "title: War\nreading: Kings.\nactivity:\n  title: Cases\n  body:\n    - decide:\n        choices: [Forced, Not forced, It depends]\n        reason: true\n        items:\n          - A man was arrested at midnight and questioned for many hours by officers who took turns until morning came.\n          - A woman was told that her children would be taken away from her if she didn't sign the paper in front of her.\n",
    );
    let place = |words: &str| packet.place(1, words).expect("it prints").0;
    let (situation, first, reason) = (place("Situation"), place("Forced"), place("Our reason"));
    let width = packet.page_size(1).0 - 58.0 - situation;
    let shares = ((first - situation) / width, (width - (reason - situation)) / width);
    assert!(shares.0 > 0.36 && shares.1 > 0.24, "{shares:?}");
}
