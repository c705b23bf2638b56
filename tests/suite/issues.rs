//! Packets of whole issues: cover, contents with working links, the lessons as in their own packets, and all sources.

use std::collections::HashSet;

use crate::editions::{LESSONS, PACKETS, open};
use crate::pdf::{Pdf, validate};
use crate::project::Project;

fn issue(name: &str) -> Pdf {
    Pdf::open(&PACKETS.read(&format!("output/fair-hearing-1/fair-hearing-1-issue-{name}.pdf")))
}

/// The lines of the contents: titles and page numbers, counted from 1.
fn contents(pdf: &Pdf) -> Vec<(String, usize)> {
    let line = |line: &str| {
        let (title, dots) = line.split_once('.')?;
        let page = dots.matches('.').nth(4).map(|_| dots)?;
        let page = page.rsplit(['.', ' ']).next()?.parse().ok()?;
        Some((title.trim().to_owned(), page))
    };
    pdf.page_text(1).lines().filter_map(line).collect()
}

#[test]
fn the_contents_link_to_the_right_pages() {
    for name in ["student", "student-a4", "teacher"] {
        let pdf = issue(name);
        let contents = contents(&pdf);
        assert!(contents.len() > 12, "{name}: {contents:?}");
        let jumps = pdf.jumps(1);
        let pages: HashSet<usize> = jumps.iter().map(|(page, _)| page + 1).collect();
        assert_eq!(pages, contents.iter().map(|(_, page)| *page).collect(), "{name}");
        for (title, page) in &contents {
            let first_words: String = title.split_inclusive(' ').take(3).collect();
            let (_, baseline) = pdf.place(page - 1, first_words.trim()).unwrap_or_else(|| {
                // Some titles print in capitals.
                pdf.place(page - 1, &first_words.trim().to_uppercase())
                    .unwrap_or_else(|| panic!("{name}: `{title}` is not on page {page}: {}", pdf.page_text(page - 1)))
            });
            let leads_there = |(to, height): &(usize, f64)| *to == page - 1 && (height - baseline).abs() < 60.0;
            assert!(jumps.iter().any(leads_there), "{name}: no link leads to `{title}` at {baseline} on page {page}: {jumps:?}");
        }
    }
}

#[test]
fn the_bookmarks_list_lessons_and_their_parts() {
    let outline = issue("student").outline();
    let top: Vec<&str> = outline.lines().filter(|line| !line.starts_with(' ')).collect();
    let expected = [
        "Due Process and Equal Protection",
        "Contents",
        "Confession on Command: The Moscow Trials",
        "How the Bill of Rights Reached the States",
        "Whose School, Whose Money?",
        "Sources and further reading",
    ];
    assert_eq!(top, expected);
    let of_first = "Confession on Command: The Moscow Trials\n  Reading\n    A promise on paper\n";
    assert!(outline.contains(of_first), "{outline}");
}

#[test]
fn the_cover_and_the_imprint_name_the_issue() {
    let pdf = issue("student");
    assert_eq!(pdf.title(), "Fair Hearing 1: Due Process and Equal Protection");
    assert_eq!(pdf.language(), "en-US");
    for words in ["Fair Hearing", "Issue 1", "Fall 2026", "Which rights must every state respect", "CC BY 4.0"] {
        assert!(pdf.page_text(0).contains(words), "the cover lacks `{words}`: {}", pdf.page_text(0));
    }
    assert!(pdf.page_text(1).contains("creativecommons.org"), "{}", pdf.page_text(1));
    let teacher = issue("teacher");
    assert!(teacher.page_text(0).to_lowercase().contains("teacher edition"), "{}", teacher.page_text(0));
}

#[test]
fn an_issue_packet_has_everything_from_its_lessons() {
    for edition in ["student", "teacher"] {
        let whole = issue(edition).text();
        for lesson in LESSONS {
            let own = open(lesson, edition).text();
            // Page numbers and sheet counts differ, and so do the lines with them. What inspired the issue is in its imprint.
            let is_same = |line: &&str| {
                line.split(' ').count() > 6
                    && !["page", "sheets", "Student page", "Inspired by:"].iter().any(|word| line.contains(word))
            };
            let lines: Vec<&str> = own.lines().filter(is_same).collect();
            assert!(lines.len() > 40, "{lesson}: {} lines", lines.len());
            let missing: Vec<_> = lines.iter().filter(|line| !whole.contains(**line)).collect();
            assert!(missing.is_empty(), "{edition} of {lesson}: {missing:#?}");
        }
    }
}

#[test]
fn the_running_head_names_the_lesson() {
    let pdf = issue("student");
    let contents = contents(&pdf);
    for title in ["Confession on Command", "How the Bill of Rights", "Whose School, Whose Money?"] {
        let (_, page) = contents.iter().find(|(line, _)| line.starts_with(title)).expect("the contents have the lesson");
        let next = pdf.page_text(*page);
        assert!(next.lines().take(3).any(|line| line.contains(title)), "page {}: {next}", page + 1);
    }
}

const LICENSED: &str = "number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: [war, peace]\n";

#[test]
fn a_teacher_issue_prints_student_pages_for_a_lesson_without_a_teacher_file() {
    let project = Project::with_lesson("title: War\nreading: A page about war.\ndiscussion:\n  - {id: why, ask: Why war?}\n")
        .write("lessons/one/issue.yaml", LICENSED)
        .write("lessons/one/peace.yaml", "title: Peace\nreading: A page about peace.\ndiscussion:\n  - {id: why, ask: Why?}\n")
        .write("lessons/one/peace.teacher.yaml", "answers:\n  why: Because.\n");
    project.run("build").succeeds();
    let teacher = project.read("output/one/one-issue-teacher.pdf");
    assert_eq!(validate(&teacher), [""; 0]);
    let text = Pdf::open(&teacher).text();
    for words in ["A page about war.", "Because.", "No teacher file: same as the student version"] {
        assert!(text.to_lowercase().contains(&words.to_lowercase()), "no `{words}` in {text}");
    }
    // Both lessons have an item `why`, but each gets its own answer.
    let student = Pdf::open(&project.read("output/one/one-issue-student.pdf")).everything();
    assert!(!student.contains("Because"), "an answer is in the packet for students");
}

#[test]
fn lessons_in_an_issue_can_use_the_same_ids_and_labels() {
    let lesson = |lines: &str, name: &str| {
        format!(
            "title: {name}\nnumbers: lines\nreading: |\n{lines}  The place itself. {{#place}}\ndiscussion:\n  - {{id: why, ask: Why?, see: [place]}}\n"
        )
    };
    let far = "  A first paragraph that fills a line or two of the page, which moves the paragraphs after it further down.\n\n"
        .repeat(9);
    let project = Project::with_lesson(&lesson("", "War"))
        .write("lessons/one/issue.yaml", LICENSED)
        .write("lessons/one/peace.yaml", lesson(&far, "Peace"));
    project.run("build --edition student").succeeds();
    let reference = |text: String| text.lines().filter(|line| line.contains("Why?")).map(str::to_owned).collect::<Vec<_>>();
    let own = |name: &str| reference(Pdf::open(&project.read(&format!("output/one/one-{name}-student.pdf"))).text());
    let whole = reference(Pdf::open(&project.read("output/one/one-issue-student.pdf")).text());
    assert_eq!(whole, [own("war"), own("peace")].concat());
    assert_ne!(own("war"), own("peace"));
}

#[test]
fn an_issue_packet_is_built_only_with_its_whole_issue() {
    let project = Project::with_specimen();
    project.run("build --edition student").succeeds();
    let files = project.files("output");
    assert!(files.iter().any(|file| file.ends_with("-issue-student.pdf")), "{files:?}");
    let part = Project::with_own_lessons();
    part.run("build fair-hearing-1/equal-schools --edition student,key").succeeds();
    let is_packet = |file: &String| file.starts_with("fair-hearing-1/") && (file.ends_with(".pdf") || file.ends_with(".zip"));
    let files: Vec<_> = part.files("output").into_iter().filter(is_packet).collect();
    assert_eq!(
        files,
        ["fair-hearing-1/fair-hearing-1-equal-schools-key.pdf", "fair-hearing-1/fair-hearing-1-equal-schools-student.pdf"]
    );
}
