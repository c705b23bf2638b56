//! Random lessons, with long text everywhere: nothing is off the page or over something else, every footnote is on the page of its
//! mark or reported, and no text is missing.
//!
//! The lessons come from seeds, and a failure names the seed. `RANDOM_LESSONS=5000` tries that many, and `RANDOM_FROM=700` begins
//! with that seed. `RANDOM_KEEP=DIR` keeps the projects with faults in a folder.

mod writer;

use crate::pdf::Pdf;
use writer::{Issue, LESSONS, Written};

/// How many lessons the tests try by default.
const USUAL: u64 = 20;

#[test]
#[expect(clippy::disallowed_macros, reason = "a long run shows at once what it finds")]
fn random_lessons_print_whole() {
    let number = |name: &str, usual| std::env::var(name).map_or(usual, |value| value.parse().expect("a number of lessons"));
    let (first, count) = (number("RANDOM_FROM", 0), number("RANDOM_LESSONS", USUAL));
    let mut faults = Vec::new();
    for first in (first..first + count).step_by(LESSONS as usize) {
        let found = faults_of(&writer::issue(first));
        found.iter().for_each(|fault| eprintln!("{fault}"));
        faults.extend(found);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_seed_always_writes_the_same_lesson() {
    let lesson = |seed| writer::issue(seed).project.read(&format!("lessons/one/lesson-{seed}.yaml"));
    assert_eq!(lesson(7), lesson(7));
    assert_ne!(lesson(7), lesson(8));
}

/// Builds an issue and lists what is wrong with its packets.
fn faults_of(issue: &Issue) -> Vec<String> {
    let run = issue.project.run(&format!("build {}", issue.arguments));
    let range = format!("lessons {} and following", issue.lessons[0].seed);
    if run.code != 0 {
        if let Ok(folder) = std::env::var("RANDOM_KEEP") {
            crate::project::copy(&issue.project.path(""), &std::path::Path::new(&folder).join(issue.lessons[0].id.as_str()));
        }
        let shown: String =
            run.stderr.lines().filter(|line| !line.starts_with("warning")).take(30).collect::<Vec<_>>().join("\n");
        return vec![format!("{range}: the build ends with {}:\n{shown}", run.code)];
    }
    let mut faults = Vec::new();
    for file in issue.project.files("output").into_iter().filter(|file| file.ends_with(".pdf")) {
        let pdf = Pdf::painted(&issue.project.read(&format!("output/{file}")));
        let of = |fault: String| format!("{range}: {file} {}: {fault}", issue.arguments);
        faults.extend(pdf.misplaced().into_iter().map(of));
        if let Some(lesson) = issue.lessons.iter().find(|lesson| file.starts_with(&format!("one/one-{}-", lesson.id))) {
            let reported = run.stderr.matches("[footnote-apart]").count();
            faults.extend(notes_apart(&pdf, lesson, is_imposed(&file), reported).into_iter().map(of));
            // The reader joins right-to-left lines in another order.
            if file.contains("-student") && !issue.is_right_to_left {
                faults.extend(missing(&pdf, lesson, is_imposed(&file)).into_iter().map(of));
            }
        }
    }
    if !faults.is_empty()
        && let Ok(folder) = std::env::var("RANDOM_KEEP")
    {
        crate::project::copy(&issue.project.path(""), &std::path::Path::new(&folder).join(issue.lessons[0].id.as_str()));
    }
    faults
}

/// Whether a file has two pages side by side.
fn is_imposed(file: &str) -> bool {
    file.contains("-booklet") || file.contains("-2-up")
}

/// The footnotes on other pages than their marks, beyond those that are reported.
fn notes_apart(pdf: &Pdf, lesson: &Written, is_imposed: bool, reported: usize) -> Vec<String> {
    let page = |token: &str| {
        let (page, x) = pdf.places_of(token).first().copied()?;
        Some((page, is_imposed && x > pdf.page_size(page).0 / 2.0))
    };
    let apart = (1..=lesson.notes).filter_map(|note| {
        let (mark, text) = (page(&format!("m{note}q"))?, page(&format!("n{note}q"))?);
        (mark != text).then(|| format!("note {note} is on page {}, its mark on {}", text.0 + 1, mark.0 + 1))
    });
    let apart: Vec<String> = apart.collect();
    if apart.len() > reported { apart } else { Vec::new() }
}

/// The pieces of text that a packet lacks.
fn missing(pdf: &Pdf, lesson: &Written, is_imposed: bool) -> Vec<String> {
    let letters = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let whole = if is_imposed { String::new() } else { letters(&pdf.text()) };
    let lacks = |text: &&String| !is_imposed && !whole.contains(&letters(text));
    lesson.texts.iter().filter(lacks).map(|text| format!("“{text}” is missing")).take(2).collect()
}
