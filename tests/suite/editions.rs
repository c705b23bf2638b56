//! Editions and parts: what each contains, and how much paper it takes.

use std::sync::LazyLock;

use camino::{Utf8Path, Utf8PathBuf};
use packetpress::lesson::Lesson;
use packetpress::lesson::packet_spec::PacketSpec;
use packetpress::lesson::prose::Inline;
use packetpress::lesson::series::{Edition, Paper, Part};
use packetpress::lesson::teacher::Teacher;
use packetpress::library::Library;
use packetpress::press::Press;
use packetpress::session::Session;
use packetpress::typeset::{Fonts, Templates, Typesetter};

use crate::pdf::{self, Pdf};
use crate::project::{LESSON, Project};

/// Every packet of our own lessons, on both papers.
pub(crate) static PACKETS: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::with_own_lessons();
    project.run("build --strict --paper letter,a4 --edition student,teacher,key,substitute").succeeds();
    project.run("build --strict --paper letter,a4 --edition student,teacher --part reading,worksheet").succeeds();
    project.run("build --strict --paper letter,a4 --part cards").succeeds();
    project.run("build --strict --edition student --format fillable").succeeds();
    project
});

/// The lessons of the issue.
pub(crate) const LESSONS: [&str; 3] = ["moscow-trials", "rights-and-states", "equal-schools"];

pub(crate) fn packet(lesson: &str, name: &str) -> Vec<u8> {
    PACKETS.read(&format!("output/fair-hearing-1/fair-hearing-1-{lesson}-{name}.pdf"))
}

pub(crate) fn open(lesson: &str, name: &str) -> Pdf {
    Pdf::open(&packet(lesson, name))
}

/// The names of the student packets of a lesson.
pub(crate) const STUDENT: [&str; 8] = [
    "student",
    "student-a4",
    "reading-student",
    "reading-student-a4",
    "worksheet-student",
    "worksheet-student-a4",
    "cards-student",
    "cards-student-a4",
];

/// Only the letters and digits: quotation marks, spaces, and line breaks don't matter.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A lesson with its teacher file.
pub(crate) fn read(lesson: &str) -> (Lesson, Teacher) {
    let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let fonts = Fonts::bundled();
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the folder can be read").expect("there is a series");
    let issue = &library.issues[0];
    let entry = issue.lessons.iter().find(|entry| entry.id == lesson).expect("the lesson is there");
    let loaded = library.load(entry, &mut session).expect("the lesson has no errors").lesson;
    let teacher = library.load_teacher(issue, entry, &mut session).expect("the teacher file has no errors");
    (loaded, teacher.expect("there is a teacher file"))
}

/// All pieces of plain text in something.
pub(crate) fn pieces(each: impl FnOnce(&mut dyn FnMut(&Inline))) -> Vec<String> {
    let mut pieces = Vec::new();
    each(&mut |inline| {
        if let Inline::Text { text } = inline {
            pieces.push(text.clone());
        }
    });
    pieces
}

/// The pieces of text that a packet doesn't have.
fn missing(pieces: &[String], packet: &Pdf) -> Vec<String> {
    let text = letters(&packet.text());
    pieces.iter().filter(|piece| !text.contains(&letters(piece))).cloned().collect()
}

#[test]
fn every_edition_and_part_meets_pdf_ua_and_pdf_a() {
    let files = PACKETS.packets();
    // One of the lessons has a translation. Forms are on one paper.
    assert_eq!(files.len(), (LESSONS.len() + 1) * (2 * (4 + 4 + 1) + 1), "{files:?}");
    for file in files {
        assert_eq!(pdf::validate(&PACKETS.read(&format!("output/{file}"))), [""; 0], "{file}");
    }
}

#[test]
fn the_teacher_edition_has_the_lesson_and_the_teacher_file_except_the_plan() {
    for lesson in LESSONS {
        let (student, mut teacher) = read(lesson);
        teacher.substitute = None;
        let packet = open(lesson, "teacher");
        assert_eq!(missing(&pieces(|see| student.each_inline(see)), &packet), [""; 0], "in the lesson {lesson}");
        assert_eq!(missing(&pieces(|see| teacher.each_inline(see)), &packet), [""; 0], "in the teacher file of {lesson}");
        let text = packet.text();
        for fact in [student.grades.as_deref(), student.subject.as_deref()].into_iter().flatten() {
            assert!(letters(&text).contains(&letters(fact)), "{lesson} doesn't say {fact}");
        }
        for standard in &student.standards {
            assert!(letters(&text).contains(&letters(&standard.code)), "{lesson} doesn't list {}", standard.code);
        }
    }
}

#[test]
fn the_answer_key_and_the_substitute_packet_have_every_answer() {
    for lesson in LESSONS {
        let (_, mut teacher) = read(lesson);
        let substitute = teacher.substitute.take();
        let answers = Teacher { answers: teacher.answers, ..none() };
        let answers = pieces(|see| answers.each_inline(see));
        assert!(answers.len() > 20, "{lesson} has few answers");
        assert_eq!(missing(&answers, &open(lesson, "key")), [""; 0], "{lesson}");
        let packet = open(lesson, "substitute");
        assert_eq!(missing(&answers, &packet), [""; 0], "{lesson}");
        let plan = pieces(|see| Teacher { substitute, ..none() }.each_inline(see));
        let first = letters(&packet.page_text(0).replace("-\n", ""));
        let lost: Vec<_> = plan.iter().filter(|piece| !first.contains(&letters(piece))).collect();
        assert!(lost.is_empty(), "{lesson}: not on the first page: {lost:?}");
    }
}

/// An empty teacher file.
fn none() -> Teacher {
    Teacher {
        objectives: Vec::new(),
        pacing: Vec::new(),
        notes: Default::default(),
        answers: Default::default(),
        misconceptions: Vec::new(),
        substitute: None,
        rubric: None,
    }
}

#[test]
fn teacher_packets_give_the_right_student_pages() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let fonts = Fonts::bundled();
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the folder can be read").expect("there is a series");
    let templates = Templates::bundled();
    let typesetter = Typesetter::new(&fonts, &templates);
    let issue = &library.issues[0];
    for entry in &issue.lessons {
        let mut press = Press::new(&library, issue, entry, &typesetter, &mut session).expect("the lesson has no errors");
        let id = press.id(PacketSpec::usual(Edition::Key, Part::All, Paper::Letter));
        let packet = press.compose(&id, &mut session).expect("the lesson has no errors");
        let packet = serde_json::to_value(packet).expect("a packet is plain data");
        let student = open(&entry.id, "student");
        let key = letters(&open(&entry.id, "key").text());
        let sections = packet["sections"][0]["sections"].as_array().expect("a key has sections");
        let mut items = 0;
        for block in sections.iter().flat_map(|section| section["blocks"].as_array().expect("a section has items")) {
            let solution = &block["question"]["solution"];
            let (Some(page), Some(cue)) = (solution["page"].as_u64(), solution["cue"].as_array()) else { continue };
            let cue: String = cue.iter().filter_map(|run| run["text"].as_str()).collect();
            let page = usize::try_from(page).expect("a packet has few pages");
            let beginning = letters(cue.trim_end_matches('…'));
            assert!(
                letters(&student.page_text(page - 1).replace("-\n", "")).contains(&beginning),
                "{}: {cue} on page {page}",
                entry.id
            );
            let number = block["question"]["number"].as_u64().map(|number| number.to_string()).unwrap_or_default();
            let line = format!("{number}Studentpage{page}{beginning}");
            assert!(key.contains(&line), "the answer key of {} doesn't say {line}", entry.id);
            items += 1;
        }
        assert!(items >= 4, "{} has few items", entry.id);
    }
}

#[test]
fn parts_refer_to_each_other_and_only_worksheets_have_name_lines() {
    let pointers = |packet: &Pdf| -> Vec<String> {
        let text = packet.text();
        let lines = text.lines().filter(|line| line.contains(" paragraph") && line.ends_with(|c: char| c.is_ascii_digit()));
        lines.map(|line| letters(line.rsplit_once(" paragraph").expect("it has one").1)).collect()
    };
    for lesson in LESSONS {
        let (whole, reading, worksheet) =
            (open(lesson, "student"), open(lesson, "reading-student"), open(lesson, "worksheet-student"));
        assert!(pointers(&whole).len() >= 3, "{lesson} has few pointers");
        assert_eq!(pointers(&worksheet), pointers(&whole), "{lesson}");
        let has_name_line = |packet: &Pdf, page: usize| {
            let text = packet.page_text(page);
            text.lines().any(|line| line.contains("Date"))
                && text.lines().any(|line| line.contains("Class") && !line.contains("set"))
        };
        let on = |packet: &Pdf| (0..packet.pages()).filter(|page| has_name_line(packet, *page)).count();
        assert_eq!(on(&reading), 0, "{lesson}");
        // In the worksheet, the questions of the reading are a section that students turn in.
        let of_reading = usize::from(worksheet.text().contains("Reading questions"));
        assert_eq!(on(&worksheet), on(&whole) + of_reading, "{lesson}");
        assert!(on(&worksheet) >= 2, "{lesson}");
        assert_eq!(on(&open(lesson, "teacher")), 0, "{lesson}");
        // Together, the two parts have everything.
        let (lesson_texts, _) = read(lesson);
        let both = letters(&(reading.text() + &worksheet.text()));
        let mut lost = Vec::new();
        for block in lesson_texts.blocks() {
            for text in block.texts() {
                let texts = pieces(|see| text.each_inline(see));
                lost.extend(texts.into_iter().filter(|text| !both.contains(&letters(text))));
            }
        }
        assert_eq!(lost, [""; 0], "{lesson}");
    }
}

#[test]
fn questions_in_a_reading_move_to_the_worksheet() {
    let lesson = "title: War\nreading:\n  - One. {#one}\n  - multiple_choice: {ask: Which war?, choices: [The first, The second]}\n  - stop_and_think: {ask: Why then?, space: {lines: 2}}\n  - prompt: {ask: And now?, see: [one]}\n";
    let project = Project::with_lesson(lesson);
    project.run("build --part all,reading,worksheet").succeeds();
    let text = |name: &str| Pdf::open(&project.read(&format!("output/one/one-war-{name}.pdf"))).text();
    let reading = text("reading-student");
    assert!(reading.contains("Question 1 is on your worksheet.") && reading.contains("Question 2 is"), "{reading}");
    assert!(reading.contains("Why then?") && !reading.contains("Which war?") && !reading.contains("Writing space"), "{reading}");
    let worksheet = text("worksheet-student").replace('\u{a0}', " ");
    for line in ["1. Which war?", "Why then?", "2. And now?", "paragraph 1", "Writing space"] {
        assert!(worksheet.contains(line), "not on the worksheet: {line}\n{worksheet}");
    }
    assert!(!worksheet.contains("One."), "{worksheet}");
}

#[test]
fn list_shows_pages_and_sheets_for_every_packet() {
    let run = PACKETS.run("list --edition student,teacher,key,substitute");
    run.succeeds();
    let mut packets = 0;
    for line in run.stdout.lines().filter(|line| line.contains(".pdf")) {
        let (file, extent) = line.trim().split_once("  ").expect("a line has the file and its extent");
        let pages = Pdf::open(&PACKETS.read(&format!("output/{file}"))).pages();
        let sheets = pages.div_ceil(2);
        assert_eq!(extent, format!("{pages} pages ({sheets} sheets, double-sided)"), "{file}");
        packets += 1;
    }
    assert_eq!(packets, 4 * (LESSONS.len() + 1) + 2, "{}", run.stdout);
}

#[test]
fn build_says_which_packets_need_a_teacher_file() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build");
    run.succeeds();
    assert_eq!(project.packets(), ["one/one-war-student.pdf"]);
    assert_eq!(
        run.stderr.lines().next(),
        Some("one/war: no teacher, key, or substitute packets: the lesson has no `war.teacher.yaml`")
    );
    let run = project.run("build --edition key");
    assert_eq!(run.code, 1);
    assert!(run.stderr.ends_with("Nothing was built.\n"), "{}", run.stderr);
    let run = project.run("build --part reading,worksheet");
    run.succeeds();
    assert_eq!(
        run.stderr.lines().next(),
        Some(
            "one/war: no student worksheet packet: the lesson has nothing to fill in: no `discussion`, `activity`, or `exit_ticket`"
        )
    );
    let project = project.write("lessons/one/war.teacher.yaml", "objectives: Know what war is.\n");
    let run = project.run("build");
    run.succeeds();
    assert_eq!(project.packets(), ["one/one-war-reading-student.pdf", "one/one-war-student.pdf", "one/one-war-teacher.pdf"]);
    let expected = "one/war: no key packet: `war.teacher.yaml` has no `answers`\none/war: no substitute packet: `war.teacher.yaml` has no `substitute`\n";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
}

#[test]
fn an_edition_without_that_part_is_reported() {
    let run = Project::with_lesson(LESSON).run("build --edition key --part reading");
    let expected = "the key edition has no part `reading`: `student` and `teacher` have `reading` and `worksheet`, `student` also has `cards`, and `substitute` has `plan`\n";
    assert_eq!((run.code, run.stderr.as_str()), (2, expected));
}

#[test]
fn a_teacher_edition_leaves_out_empty_sections() {
    let project = Project::with_lesson("title: War\ndiscussion:\n  - {id: why, ask: Why?}\n  - How?\n")
        .write("lessons/one/war.teacher.yaml", "answers: {why: Because.}\n");
    project.run("build --edition teacher,key").succeeds();
    let text = |name: &str| Pdf::open(&project.read(&format!("output/one/one-war-{name}.pdf"))).text();
    let teacher = text("teacher");
    for absent in ["Pacing", "Standards", "Common misconceptions", "Words to know", "Grades", "Scoring guide"] {
        assert!(!teacher.contains(absent), "{absent} is there\n{teacher}");
    }
    for present in ["Because.", "The teacher file has no answer for this.", "Student page 1"] {
        assert!(teacher.contains(present), "{present} is missing\n{teacher}");
    }
    let key = text("key");
    assert!(key.contains("Because.") && key.contains("The teacher file has no answer for this."), "{key}");
}

#[test]
fn a_note_follows_its_paragraph_and_never_reaches_students() {
    let lesson = "title: War\nnumbers: none\nreading: |\n  One. {#first}\n\n  Two.\ndiscussion:\n  - {id: why, ask: Why?}\n";
    let teacher = "notes:\n  first: |\n    Ask about one. {#first}\n  why: Wait a minute.\nanswers: {why: Because.}\n";
    let project = Project::with_lesson(lesson).write("lessons/one/war.teacher.yaml", teacher);
    let run = project.run("build --strict");
    run.succeeds();
    let text = |name: &str| Pdf::open(&project.read(&format!("output/one/one-war-{name}.pdf"))).text();
    let teacher = text("teacher");
    let at = |words: &str| teacher.find(words).unwrap_or_else(|| panic!("{words} is missing\n{teacher}"));
    assert!(at("One.") < at("Ask about one.") && at("Ask about one.") < at("Two."), "{teacher}");
    assert!(at("Because.") < at("Wait a minute."), "{teacher}");
    assert!(!text("student").contains("Ask about one."));
}

#[test]
fn citations_in_a_teacher_file_do_not_change_student_packets() {
    let lesson = "title: War\nreading: One [@doe].\ndiscussion:\n  - {id: why, ask: Why?}\nbibliography:\n  style: ieee\n  groups:\n    - title: Sources\n      further_reading: true\n      entries:\n        roe: {kind: book, author: \"Roe, Ann\", title: Another Book, publisher: Press, year: 2002}\n        doe: {kind: book, author: \"Doe, Jane\", title: A Book, publisher: Press, year: 2001}\n";
    let project = Project::with_lesson(lesson);
    project.run("build --edition student").succeeds();
    let before = project.read("output/one/one-war-student.pdf");
    let project = project.write("lessons/one/war.teacher.yaml", "answers: {why: \"Because [@roe, p. 3; @doe].\"}\n");
    project.run("build --edition student,key").succeeds();
    assert!(project.read("output/one/one-war-student.pdf") == before, "a citation in an answer changed the student packet");
    let key = Pdf::open(&project.read("output/one/one-war-key.pdf")).text();
    assert!(key.contains("Because [1], [2, p. 3]."), "{key}");
}
