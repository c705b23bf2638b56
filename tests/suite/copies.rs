//! How many copies a class needs, and how much paper each way of printing takes, wherever Packetpress says it.

use crate::cuts::{LESSON, project};
use crate::pdf::Pdf;
use crate::project::Project;

const TEACHER: &str = "objectives: Know the war.\nsubstitute:\n  minutes: 20\n  in_two_minutes: A lesson about the war.\n  steps:\n    - {minutes: 20, do: Hand out the sheets.}\n";

/// One line of text.
fn flat(text: &str) -> String {
    text.replace('\u{2060}', "").replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn list_compares_the_ways_of_printing() {
    let run = project().run("list --edition student");
    // Reading and discussion on 4 pages, 28 copies each; 7 copies of the activity; 28 exit tickets with 3 on a sheet; role cards
    // and pieces for 7 groups with 2 sets on a sheet; and pieces for 28 students with 4 sets on a sheet: 56 + 7 + 10 + 4 + 4 + 7.
    let one = "    28 students: 196 sheets as whole packets, 88 sheets by need (least paper), 116 sheets as a class set and worksheets\n";
    // The reading's 2 sheets for 28 students are printed once; the other 60 sheets for each class.
    let five = "    5 classes: 980 sheets as whole packets, 440 sheets by need, 356 sheets as a class set and worksheets (least paper)\n";
    assert!(run.succeeds().stdout.contains(&format!("{one}{five}")), "{}", run.stdout);
}

#[test]
fn the_guide_says_what_to_print_for_whom() {
    let project = project().write("lessons/one/war.teacher.yaml", TEACHER);
    project.run("build --edition teacher,substitute").succeeds();
    let guide = flat(&Pdf::open(&project.read("output/one/one-war-teacher.pdf")).text());
    let jobs = [
        "Reading, Discussion pages 1–4: 28 copies",
        "Activity page 5: 7 copies (one per group)",
        "Exit ticket: 10 sheets (one-war-cards-student.pdf)",
        "Cards: 4 sheets (one-war-cards-student.pdf)",
        "Cut-outs: 7 sheets (one-war-cards-student.pdf)",
        "For one class: 196 sheets for whole packets; 88 sheets if each part is printed only as needed (least paper); 116 sheets for a class set and worksheets.",
        "For 5 classes: 980 sheets for whole packets; 440 sheets if each part is printed only as needed; 356 sheets for a class set and worksheets (least paper).",
        "Cut out the 2 cards on page 9",
    ];
    for job in jobs {
        assert!(guide.contains(job), "no {job} in {guide}");
    }
    let pdf = Pdf::open(&project.read("output/one/one-war-substitute.pdf"));
    assert_eq!(pdf.pages(), 1);
    let plan = flat(&pdf.text());
    assert!(plan.contains("Activity page 5: 7 copies (one per group)") && plan.contains("88 sheets total."), "{plan}");
}

#[test]
fn the_download_page_has_the_same_numbers() {
    let rights = "rights: {holder: Test Authors, license: CC BY 4.0}\n";
    let series = format!("name: Test Series\nlanguage: en-US\npaper: letter\nclass_size: 28\nclasses: 5\n{rights}");
    let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series);
    project.run("build").succeeds();
    let page = String::from_utf8(project.read("output/one/war/index.html")).expect("a page is text");
    let class = "<p>One class: 196 sheets for whole packets, 88 sheets if you print each part only as needed <strong>(least paper)</strong>, 116 sheets for a class set and worksheets</p>";
    let classes = "<p>5 classes: 980 sheets for whole packets, 440 sheets if you print each part only as needed, 356 sheets for a class set and worksheets <strong>(least paper)</strong></p>";
    assert!(page.contains(class) && page.contains(classes), "{page}");
    assert!(page.contains("Sheets to cut") && page.contains("exit tickets and cards, nothing else"), "{page}");
}

#[test]
fn a_reading_that_students_write_on_is_counted_without_its_questions() {
    // The reading has a question that takes a page, which the worksheet has in a class set.
    let lesson = "title: War\nreading:\n  - One paragraph.\n  - page_break\n  - prompt: What do you think?\ndiscussion: [Why?]\n";
    let series = "name: Test Series\nlanguage: en-US\npaper: letter\nclass_size: 10\nclasses: 3\n";
    let project = Project::with_lesson(lesson).write("lessons/series.yaml", series);
    project.run("build --edition student --part all,reading,worksheet").succeeds();
    let pages = |name: &str| Pdf::open(&project.read(&format!("output/one/one-war-{name}.pdf"))).pages();
    assert_eq!((pages("student"), pages("reading-student"), pages("worksheet-student")), (3, 2, 2));
    let run = project.run("list --edition student");
    // Whole packets have 2 sheets; a class set has 1 for each of 10 students, and a worksheet 1 for each of 30.
    let expected = "10 students: 20 sheets as whole packets\n    3 classes: 60 sheets as whole packets, 40 sheets as a class set and worksheets (least paper)\n";
    assert!(run.succeeds().stdout.contains(expected), "{}", run.stdout);
}
