//! Lessons without a reading begin with their questions, in every edition and part.

use crate::pdf::{self, Pdf};
use crate::project::Project;

const QUIZ: &str = r#"title: Quiz
question: What do you know about averages?
content_notes: It has numbers in it.
vocabulary: [{term: mean, meaning: the sum divided by the count}]
discussion:
  - {id: mean, ask: What is a mean?, space: {lines: 3}}
  - {ask: What is a median?, space: {lines: 3}}
activity:
  title: Data
  body:
    - prompt: {id: data, ask: Count the pencils., space: {lines: 3}}
exit_ticket: [What surprised you?]
bibliography: {groups: [{title: Books, further_reading: true, entries: {one: {kind: book, author: "Smith, Ann", title: A Book, publisher: A Press, year: 1990}}}]}
"#;

const TEACHER: &str = "objectives: Know the mean.\nanswers: {mean: The sum divided by the count., data: There are ten.}\nsubstitute:\n  minutes: 20\n  in_two_minutes: A quiz.\n  steps:\n    - {minutes: 20, do: Hand out the quiz., see: [mean, data, discussion]}\n";

fn quiz() -> Project {
    Project::with_lesson(QUIZ).write("lessons/one/war.teacher.yaml", TEACHER)
}

fn open(project: &Project, name: &str) -> Pdf {
    let bytes = project.read(&format!("output/one/one-war-{name}.pdf"));
    assert_eq!(pdf::validate(&bytes), [""; 0], "{name}");
    Pdf::open(&bytes)
}

#[test]
fn the_first_page_has_the_questions() {
    let project = quiz();
    project.run("build --edition student --part all,worksheet --format standard,large-print --paper letter,a4").succeeds();
    for name in ["student", "student-a4", "student-large-print", "worksheet-student", "worksheet-student-a4"] {
        let pdf = open(&project, name);
        let first = pdf.page_text(0);
        for words in ["Quiz", "What do you know about averages?", "the sum divided by the count", "Before you begin."] {
            assert!(first.contains(words), "{name}: no {words} in {first}");
        }
        // Large print has no room for a question below all of this.
        let has_question = first.contains("Discuss and write") && first.contains("What is a mean?");
        assert_eq!(has_question, !name.contains("large"), "{name}: {first}");
        assert!(pdf.text().contains("What is a mean?") && !pdf.text().contains("the reading"), "{name}: {}", pdf.text());
        assert!(!pdf.text().contains("Reading"), "{name}: {}", pdf.text());
    }
    let pdf = open(&project, "student");
    let page_of = |words: &str| (0..pdf.pages()).find(|page| pdf.page_text(*page).contains(words)).expect("it prints") + 1;
    let pages = ["What is a median?", "Count the pencils.", "A Book", "Before you go"].map(page_of);
    // The exit ticket is on a sheet of its own: the sources are before it.
    assert_eq!(pages, [1, 2, 3, 5]);
    assert_eq!(open(&project, "worksheet-student").pages(), 3, "a worksheet has no sources, and its ticket is on a new sheet");
}

#[test]
fn teacher_editions_have_no_reading_and_the_right_pages() {
    let project = quiz();
    project.run("build --edition teacher,key,substitute").succeeds();
    project.run("build --edition teacher --part worksheet").succeeds();
    let teacher = open(&project, "teacher");
    let text = teacher.text();
    assert!(!text.contains("Student reading") && !text.contains("What students read"), "{text}");
    assert_eq!(text.matches("Student page 1").count(), 2, "{text}");
    assert!(text.contains("Student page 2") && text.contains("Student page 5"), "{text}");
    let key = open(&project, "key").text();
    let items: Vec<&str> = key.lines().filter(|line| line.starts_with("Student page ")).collect();
    assert_eq!(items, ["Student page 1", "Student page 1", "Student page 2", "Student page 5"], "{key}");
    let plan = open(&project, "substitute").text().replace('\u{a0}', " ");
    assert!(plan.contains("question 1, page 1; Question, page 2; Discussion, page 1"), "{plan}");
    // The worksheet's pages, not those of the complete packet.
    let worksheet = open(&project, "worksheet-teacher").text();
    assert!(worksheet.contains("Student page 3") && !worksheet.contains("Student page 5"), "{worksheet}");
    let run = project.run("build --part reading");
    assert!(run.stderr.starts_with("one/war: no student reading packet: the lesson has no `reading`\n"), "{}", run.stderr);
}

#[test]
fn a_lesson_in_an_issue_begins_with_its_questions() {
    let project = quiz();
    project.run("build --edition student,teacher").succeeds();
    let bytes = project.read("output/one/one-issue-student.pdf");
    assert_eq!(pdf::validate(&bytes), [""; 0]);
    let pdf = Pdf::open(&bytes);
    assert!(pdf.page_text(2).contains("Quiz") && pdf.page_text(2).contains("What is a mean?"), "{}", pdf.page_text(2));
    assert!(pdf.page_text(1).contains("Discuss and write"), "the contents: {}", pdf.page_text(1));
    let bytes = project.read("output/one/one-issue-teacher.pdf");
    assert_eq!(pdf::validate(&bytes), [""; 0]);
    let teacher = Pdf::open(&bytes);
    assert!(teacher.text().contains("Student page 3"), "{}", teacher.text());
}

#[test]
fn the_opening_is_in_the_language_of_the_lesson() {
    let heads = [
        ("ar", "ناقشوا واكتبوا"),
        ("de", "Sprechen und schreiben"),
        ("es", "Conversa y escribe"),
        ("fr", "Échangez et écrivez"),
        ("ht", "Pale epi ekri"),
        ("pt", "Discuta e escreva"),
        ("vi", "Trao đổi và viết"),
        ("zh", "讨论与写作"),
    ];
    for (language, head) in heads {
        let table = packetpress::words::table(language).expect("it has a table");
        assert_eq!(table["discussion-title-alone"], head, "{language}");
    }
}
